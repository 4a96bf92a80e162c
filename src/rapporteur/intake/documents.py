"""Documents (one JSON object, one article): the text is taken as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rapporteur.errors import LineError
from rapporteur.intake.datelines import Dateline, opening_dateline
from rapporteur.intake.dates import iso_date, url_date
from rapporteur.intake.identity import article_id
from rapporteur.model import Article, PublicationDate

DOCUMENT_BYTES = 5_000_000
"""A document's line may have this many bytes."""

_KEYS = ("id", "text", "title", "date", "url", "source")
_SHAPE = 'a document is one object a line, {"id", "text", "title"?, "date"?, "url"?, "source"?}'


def read_document(
    record: Mapping[str, object], *, date: str | None = None, where: str = "document", page: str | None = None
) -> Article:
    """One article from a document.

    Args:
        record: ``text`` (required) becomes the body exactly; ``id`` (a string, or a whole number that is written as
            one; None or absent: made from the content), ``title``, ``date`` (ISO, also with a time), ``url``,
            ``source`` may be None, absent or, but for ``id``, empty. Other keys are ignored.
        date: publication date (ISO) of a document that carries none.
        where: how errors name the document.
        page: the file that it comes from.

    The date is the document's own (basis ``given``), or that in its address (``url``), or that of a dateline with a
    year (``dateline``), or ``date`` (``given``). Two documents with the same id are two articles.

    Raises:
        LineError: the record isn't as above, or holds characters that no file can (lone surrogates, NUL).
    """
    if not isinstance(record, Mapping):
        raise LineError(where, f"{_json_name(record)}, not an object; {_SHAPE}")
    fields = {name: _string(record, name, where) for name in _KEYS}
    text = fields["text"]
    if text is None:
        raise LineError(where, f'no "text"; {_SHAPE}')
    if not text.strip():
        raise LineError(where, '"text" is empty; leave the document out or give its text')
    if len(text) > DOCUMENT_BYTES:
        raise LineError(where, f'"text" is longer than {DOCUMENT_BYTES // 1_000_000} million characters; split it')
    headline = fields["title"] or None
    dateline = opening_dateline(text.lstrip().split("\n"))
    return Article(
        id=fields["id"] or article_id(headline, text),
        page=page,
        headline=headline,
        body=text,
        date=_date(fields, dateline, date, where),
        outlet=fields["source"] or None,
        agency=dateline.agency if dateline else None,
        dateline_place=dateline.place if dateline else None,
        url=(fields["url"] or "").strip() or None,
    )


def parse_document(line: bytes, *, date: str | None, where: str, page: str | None) -> Article:
    """One article from one line of JSON in UTF-8.

    Raises:
        LineError: the line isn't UTF-8, isn't JSON, or isn't a document.
    """
    try:
        record = json.loads(line.decode("utf-8-sig").rstrip())
    except UnicodeDecodeError as error:
        raise LineError(
            where, f"not UTF-8 (byte 0x{line[error.start]:02x} at {error.start + 1}); save the file as UTF-8"
        ) from None
    except json.JSONDecodeError as error:
        problem = error.msg[:1].lower() + error.msg[1:]
        raise LineError(where, f"not valid JSON ({problem} at column {error.colno}); {_SHAPE}") from None
    except (ValueError, RecursionError):
        raise LineError(where, f"JSON with a number or a nesting that is too large; {_SHAPE}") from None
    return read_document(record, date=date, where=where, page=page)


def _string(record: Mapping[str, object], name: str, where: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        valid = "a string" if name == "text" else "a string or null"
        raise LineError(where, f'"{name}" is {_json_name(value)}; it must be {valid}')
    surrogate = next((char for char in value if "\ud800" <= char <= "\udfff"), None)
    if surrogate:
        raise LineError(
            where, f'"{name}" holds half a character (\\u{ord(surrogate):04x}); write it whole or leave it out'
        )
    if "\x00" in value:
        raise LineError(where, f'"{name}" holds a NUL character (\\u0000); leave it out')
    return value


def _date(
    fields: Mapping[str, str | None], dateline: Dateline | None, given: str | None, where: str
) -> PublicationDate:
    own, url = (fields["date"] or "").strip(), fields["url"] or ""
    if own:
        value = iso_date(own)
        if value is None:
            shown = own if len(own) <= 40 else own[:40] + "..."
            raise LineError(where, f'"date" is {json.dumps(shown)}; it must be YYYY-MM-DD, YYYY-MM, YYYY or null')
        return PublicationDate(value, "given")
    in_url = url_date(url)
    if in_url:
        return PublicationDate(in_url, "url")
    if dateline and dateline.date:
        return PublicationDate(dateline.date, "dateline")
    return PublicationDate(given, "given") if given else PublicationDate()


def _json_name(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return "null" if value is None else names.get(type(value), type(value).__name__)
