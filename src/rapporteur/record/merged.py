"""One event from the reports that tell of it. Pure: plain rows in, a row of ``shapes.EVENTS`` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]

#: Of statuses that differ: what some report calls done was done.
_STATUSES = ("actual", "negated", "future", "hypothetical")
_FIGURES = ("killed", "injured", "arrested", "size")


def merged(event: str, reports: Sequence[Row], as_of: date) -> dict[str, Any]:
    """The event that the reports tell of.

    Args:
        event: id of its root.
        reports: those that count, at least one, in the order of (published, article, id): the columns of ``reports``
            with ``outlet``, ``agency``, ``original``, ``verdicts`` and the type as it was judged.
        as_of: what was dated behind that day was still to come.
    """
    type = most_told(report["type"] for report in reports)
    alike = [report for report in reports if report["type"] == type]
    mode = most_told(report["mode"] for report in alike if report["mode"] is not None)
    model = next(report for report in alike if report["mode"] == mode or mode is None)
    when = _dated(reports)
    return {
        "id": f"e-{event}",
        "type": type,
        "mode": mode,
        "contexts": sorted({context for report in alike for context in report["contexts"] or ()}),
        "actors": parties(reports, "actors"),
        "recipients": parties(reports, "recipients"),
        "status": _status(reports, when, as_of),
        "date": None if when is None else {"value": when["date_value"], "basis": when["date_basis"]},
        "place": _place(reports),
        "figures": figures(reports),
        **{key: model[key] for key in ("cameo", "quad", "goldstein", "scale")},
        "confidence": max(report["confidence"] for report in reports),
        "trigger": model["trigger_text"],
        "articles": len({report["original"] or report["article"] for report in reports}),
        "first_published": min(report["published"] for report in reports),
        "last_published": max(report["published"] for report in reports),
        "judgement": ", ".join(sorted({v for report in reports for v in report["verdicts"] or ()})) or None,
        "reports": [told(report) for report in reports],
    }


def told(report: Row) -> dict[str, Any]:
    """A report as it stands behind an event (``shapes.REPORT``)."""
    return {
        "article": report["article"],
        "event": report["report"],
        "attributed_to": report["attributed_to"],
        "evidence": [report["sentence_start"], report["sentence_end"]],
        "published": report["published"],
        "outlet": report["outlet"],
        "agency": report["agency"],
        "status": report["status"],
        "duplicate_of": report["original"],
        "mention": None,
    }


def most_told(values: Iterable[Any]) -> Any:
    """The value told most often, of equals the one told first; None of none."""
    counts = Counter(values)  # keeps the order in which values were met first
    return max(counts, key=lambda value: counts[value]) if counts else None


def parties(reports: Sequence[Row], side: str) -> list[dict[str, Any]]:
    """The parties of one side in all reports, each once (``gathered``)."""
    return [party for party, _ in gathered([party for report in reports for party in report[side] or ()])]


def gathered(mentions: Sequence[Row]) -> list[tuple[dict[str, Any], list[int]]]:
    """The parties that these mentions name, each once, with the places of those that name it.

    Those are one that have the same registry id or name; one that a text leaves nameless ("officials", "the army") is
    taken for a named one of its country and sector, else for another nameless one. Of several mentions of a party the
    one with registry id and the longest words stands for it.
    """
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    places: dict[tuple[Any, ...], list[int]] = {}
    for place in sorted(range(len(mentions)), key=lambda n: _identity(mentions[n]) is None):  # the named first
        party = mentions[place]
        key = _identity(party) or _like(party, found) or ("nameless", party["code"], party["sector"], _bare(party))
        held = found.get(key)
        if held is None or _telling(party) > _telling(held):
            found[key] = dict(party)
        places.setdefault(key, []).append(place)
    return [(party, sorted(places[key])) for key, party in found.items()]


def _identity(party: Row) -> tuple[Any, ...] | None:
    """What names a party, None of a nameless one."""
    if party["entity"] is not None:
        return ("entity", party["entity"])
    return ("name", party["name"].lower()) if party["name"] else None


def _like(party: Row, found: Mapping[tuple[Any, ...], Row]) -> tuple[Any, ...] | None:
    """The party met before that a nameless one may be."""
    if party["code"] is None:
        return None
    for key, other in found.items():
        one_sector = party["sector"] is None or other["sector"] is None or party["sector"] == other["sector"]
        if other["code"] == party["code"] and one_sector:
            return key
    return None


def _bare(party: Row) -> str | None:
    """What tells nameless parties of no country apart: their words."""
    return party["text"].lower() if party["code"] is None else None


def _telling(party: Row) -> tuple[bool, bool, int]:
    """How much a mention tells of who it is."""
    return party["entity"] is not None, party["name"] is not None, len(party["text"])


def figures(reports: Sequence[Row]) -> list[dict[str, Any]]:
    """Every value that was reported, with the report and those whose word it is; a copied one once.

    Different values stand side by side: which is right isn't judged.
    """
    found, met = [], set()
    for report in reports:
        counts = report["magnitude"] or {}
        for what in _FIGURES:
            size = counts.get(what)
            if size is None:
                continue
            key = (report["original"] or report["article"], what, size["min"], size["max"])
            if key not in met:
                met.add(key)
                found.append(
                    {
                        "what": what,
                        **{part: size[part] for part in ("min", "max", "text")},
                        "report": report["report"],
                        "attributed_to": report["attributed_to"],
                    }
                )
    return sorted(found, key=lambda figure: _FIGURES.index(figure["what"]))


def _status(reports: Sequence[Row], when: Row | None, as_of: date) -> str:
    status = min((report["status"] for report in reports), key=_STATUSES.index)
    to_come = when is not None and when["first_day"] > as_of
    return "future" if status == "actual" and to_come else str(status)


def _dated(reports: Sequence[Row]) -> Row | None:
    """The report with the most precise date of its own, of equals the first; None where none has one."""
    dated = [report for report in reports if report["dated"]]
    return min(dated, key=lambda report: report["last_day"] - report["first_day"], default=None)


def _place(reports: Sequence[Row]) -> dict[str, Any] | None:
    """The place told most often, a named one before a bare country."""
    told_places = [report["place"] for report in reports if report["place"]]
    named = [place for place in told_places if place["name"]] or told_places
    chosen = most_told((place["name"], place["country"]) for place in named)
    return next((dict(place) for place in named if (place["name"], place["country"]) == chosen), None)
