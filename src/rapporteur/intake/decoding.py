"""Bytes to text, and what kind of thing the bytes are.

Text is UTF-8, or what a byte order mark or the page's markup says, or else what reads cleanly: Windows-1252 or another
old encoding where letters, quotes and dashes stand where such characters can stand, else the best guess of
charset-normalizer.
"""

from __future__ import annotations

import codecs
import json
import re
from enum import Enum, auto
from itertools import pairwise

from rapporteur.errors import PageError

PAGE_BYTES = 20_000_000
"""A page may have this many bytes; more is no news page."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file; extract its text first (pdftotext)"),
    (b"PK\x03\x04", "a ZIP archive or office document; unpack it or save it as text first"),
    (b"\x1f\x8b", "a gzip file; unpack it first (gunzip)"),
    (b"BZh", "a bzip2 file; unpack it first (bunzip2)"),
    (b"\xfd7zXZ\x00", "an xz file; unpack it first (unxz)"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first (unzstd)"),
    (b"\x89PNG\r\n", "a picture; give text"),
    (b"\xff\xd8\xff", "a picture; give text"),
    (b"GIF8", "a picture; give text"),
    (b"SQLite format 3\x00", "a database; export its text first"),
    (b"{\\rtf", "an RTF document; save it as plain text first"),
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\x00") | {0x7F}
_SAMPLE = 65_536
# English in an encoding of one's own country; the first that reads cleanly is taken.
_LEGACY = ("cp1252", "gb18030", "big5", "euc_kr", "shift_jis", "mac_roman")
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|span|a|script|style|meta|link|title|h[1-6]|article|section|ul|li|br|img)\b[^<>]*>"
)
_PROLOGUE = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
_ROOT = re.compile(r"<([a-z][\w:.-]*)")
_FEEDS = ("rss", "feed", "rdf:rdf", "nitf", "newsml", "newsitem", "urlset", "sitemapindex", "opml")
_MIME = re.compile(r"(?:from|mime-version|snapshot-content-location|subject|date|content-type): ")
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*(?P<name>[\w:.-]{2,40})", re.IGNORECASE
)
_WEB = re.compile(
    r"iso-?8859|latin|windows-?\d|cp\d|ibm866|koi8|gb|big5|euc|shift|x-sjis|x-gbk|mac|tis-?620|ks_c|(?:us-)?ascii"
)
_HEAD = 8192  # bytes in which a page says its encoding
# What browsers take these names to mean (WHATWG Encoding Standard).
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
          "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932", "iso-8859-9": "cp1254",
          "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "x-gbk": "gb18030", "windows-874": "cp874"}  # fmt: skip
_QUOTE_LIKE = "‘’“”–—…•€£§©®°·«»´`¡¿"


class Kind(Enum):
    """What text is: a page of plain text, HTML (XHTML too), another XML format, a page saved with its pictures (MHTML),
    JSON documents line by line, or other JSON."""

    TEXT = auto()
    HTML = auto()
    XML = auto()
    MHTML = auto()
    DOCUMENTS = auto()
    JSON = auto()


def decode(content: bytes, where: str) -> str:
    """The text of ``content``.

    Raises:
        PageError: it is empty, too large, no text, or in an encoding that can't be told.
    """
    if len(content) > PAGE_BYTES:
        raise too_large(where)
    if not content.strip(b" \t\r\n\x0b\x0c\x00"):
        raise PageError(where, "empty; nothing to read")
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise PageError(where, f"not text but {what}")
    text = _marked(content) or _unmarked_utf16(content) or _utf8(content)
    if text is None:
        _refuse_binary(content, where)
        text = (
            _declared(content)
            or next(filter(None, (_cleanly(content, encoding) for encoding in _LEGACY)), None)
            or _guessed(content)
        )
    if text is None:
        raise PageError(where, "not in an encoding that can be told; save it as UTF-8")
    _refuse_control(text, where)
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise PageError(where, "empty; nothing to read")
    return text


def too_large(where: str) -> PageError:
    """The error for more than ``PAGE_BYTES``."""
    return PageError(
        where, f"larger than {PAGE_BYTES // 1_000_000} MB, which no page is; split it, or give one JSON document a line"
    )


def kind_of(text: str) -> Kind:
    """What ``text`` is, from its content."""
    head = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    low = head.lower()
    if low.startswith(("<!doctype html", "<html")):
        return Kind.HTML
    root = _root(low)
    if low.startswith("<?xml") or root in _FEEDS:
        return Kind.HTML if root.rpartition(":")[2] == "html" else Kind.XML
    if _MIME.match(low) and "multipart/related" in low:
        return Kind.MHTML
    tags = len(_TAG.findall(low))
    if tags >= 12 or (tags >= 2 and low.startswith("<")):
        return Kind.HTML
    if head.startswith(("{", "[")):
        return _kind_of_json(head)
    return Kind.TEXT


def _root(low: str) -> str:
    """The name of the first element of a page in markup, after declarations and comments; "" where there is none."""
    at = 0
    while opening := next((pair for pair in _PROLOGUE if low.startswith(pair[0], at)), None):
        inner = low.find("[", at, low.find(">", at) + 1) if low.startswith("<!doctype", at) else -1
        end = low.find("]>", inner) if inner >= 0 else low.find(opening[1], at)
        if end < 0:
            return ""
        at = low.find(">", end) + 1
        at += len(low[at:]) - len(low[at:].lstrip())
    match = _ROOT.match(low, at)
    return match[1] if match else ""


def _kind_of_json(head: str) -> Kind:
    lines = [line for line in head.split("\n") if line.strip()]
    braced = sum(1 for line in lines if line.startswith("{") and (len(lines) == 1 or len(line.strip()) > 1))
    if braced and 2 * braced >= len(lines):
        return Kind.DOCUMENTS
    if head.startswith("[") and not re.match(r"\[\s*(?:[{\[\"\]\d-]|null|true|false)", head):
        return Kind.TEXT
    if head.startswith("{") and not re.match(r"\{\s*[\"}]", head):
        return Kind.TEXT
    try:
        json.loads(head)
    except (ValueError, RecursionError):
        return Kind.JSON if len(lines) == 1 or re.match(r"[{\[]\s*[{\"]", head) else Kind.TEXT
    return Kind.JSON


def looks_like_document(line: bytes) -> bool:
    """Whether a first line is that of a JSONL file: an object that begins and goes on on this line."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]", line[:_SAMPLE]) is not None


def _marked(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    return None


def _utf8(content: bytes) -> str | None:
    """UTF-8, also with a few broken sequences in it (a page cut or pasted carelessly)."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken
    return text if whole >= 4 * broken and broken * 500 <= len(text) + 500 else None


def _declared(content: bytes) -> str | None:
    """The text in the encoding that the page's markup says, where it reads in that with few losses."""
    match = _CHARSET.search(content[:_HEAD])
    if not match:
        return None
    name = match["name"].decode("ascii", "replace").lower()
    if not _WEB.match(name):
        return None
    try:
        encoding = codecs.lookup(_MEANT.get(name, name))
        text = content.decode(encoding.name, "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") * 200 <= len(text) else None


def _unmarked_utf16(content: bytes) -> str | None:
    """English UTF-16 without a mark has a zero for every other byte."""
    sample = content[:_SAMPLE]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if (
            len(sample) >= 8
            and sample[first::2].count(0) > 0.7 * len(sample) / 2
            and sample[1 - first :: 2].count(0) == 0
        ):
            return content.decode(encoding, "replace")
    return None


def _refuse_binary(content: bytes, where: str) -> None:
    sample = content[:_SAMPLE]
    controls = sum(1 for byte in sample if byte in _CONTROLS) + sample.count(0)
    if controls > 0.005 * len(sample) + 2:
        raise PageError(where, "not text but a binary file; give text, or JSON documents line by line")


def _refuse_control(text: str, where: str) -> None:
    sample = text[:_SAMPLE]
    controls = sum(1 for char in sample if ord(char) in _CONTROLS) + sample.count("\x00")
    if controls > 0.05 * len(sample):
        raise PageError(where, "not text but a binary file; give text, or JSON documents line by line")


def _cleanly(content: bytes, encoding: str) -> str | None:
    """The text, where no character is odd: letters stand within words, the rest are typographer's signs."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = [i for i, char in enumerate(text) if char > "\x7f" and char not in _QUOTE_LIKE and char != "\u00a0"]
    if len(odd) > 0.05 * len(text) + 1:
        return None
    misplaced = sum(1 for i in odd if not _within_word(text, i))
    doubled = sum(1 for i, j in pairwise(odd) if j == i + 1)
    return text if misplaced + doubled <= 0.2 * len(odd) else None


def _within_word(text: str, i: int) -> bool:
    """A letter beside an ASCII letter, and a capital only where a word begins or all is capitals."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if not text[i].isalpha():
        return False
    if text[i].isupper():
        return not before.islower() and (after.isalpha() or before.isupper())
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


def _guessed(content: bytes) -> str | None:
    import charset_normalizer  # late: hardly ever needed

    best = charset_normalizer.from_bytes(content[: 16 * _SAMPLE]).best()
    if best is None:
        return None
    try:
        return content.decode(best.encoding, "replace")
    except LookupError:
        return None
