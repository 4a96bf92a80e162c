"""What the page Review shows: where in the queue one is, a report in its context, what was said of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from rapporteur.errors import AskError
from rapporteur.record.review import ORDERS, Asked
from rapporteur.record.said import UNDO
from rapporteur.web import article_marks, telling
from rapporteur.web.spans import stretches

ORDER_WORDS = {"unsure": "least certain first", "newest": "newest first"}
_AROUND = 1  # sentences before and after
_SAID = {
    "accept": "accepted",
    "reject": "rejected",
    "retype": "retyped as",
    "recode": "parties set:",
    "merge": "merged with",
    "split": "split off",
    UNDO: "undid",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the queue one is: all that stands in the address.

    Attributes:
        order, only, judged: which reports, as ``review.Asked`` has them; ``only`` a type, "" any; judged "1" or "".
        after, before, report: the one behind it, the one before it, or itself; "" where not told.
        said, on: a judgement that was just entered, and the report that it was entered on.
    """

    order: str = ORDERS[0]
    only: str = ""
    judged: str = ""
    after: str = ""
    before: str = ""
    report: str = ""
    said: str = ""
    on: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Place:
        """From an address's or a form's values; unknown names and empty values are nothing.

        Raises:
            AskError: there is no such order.
        """
        place = cls(**{name: str(told[name]).strip() for name in cls.__dataclass_fields__ if told.get(name)})
        if place.order not in ORDERS:
            raise AskError("order", f"'{place.order}' is none; valid: {', '.join(ORDERS)}")
        return replace(place, judged="1" if place.judged == "1" else "")

    def asked(self) -> Asked:
        """The part of the queue: the report to show."""
        order = next(order for order in ORDERS if order == self.order)
        return Asked(order, self.after or None, 1, bool(self.judged), self.before or None, self.only or None)

    def at(self, **changes: str) -> Place:
        """Somewhere else in the same queue, with nothing said."""
        return replace(Place(self.order, self.only, self.judged), **changes)

    def href(self) -> str:
        """Its address."""
        told = {name: value for name, value in asdict(self).items() if value and value != ORDERS[0]}
        return "/review" + ("?" + urlencode(told) if told else "")

    def kept(self) -> dict[str, str]:
        """What forms bring along, that the queue be the same after them."""
        return {name: value for name, value in asdict(self.at()).items() if value}


def shown(row: telling.Row, article: telling.Row, why: Sequence[telling.Row]) -> dict[str, Any]:
    """A report as the page shows it.

    Args:
        row: of ``Ledger.report``.
        article: its article (``Ledger.article``).
        why: what stands behind the report (``Ledger.why``).
    """
    names = ("headline", "article", "published", "outlet", "type", "told_type", "retyped", "recoded", "verdict", "mode")
    told = article_marks.from_ledger(article, why)
    card = next((card for card in told["cards"] if card["id"] == row["report"]), None)
    judgements = [one for behind in why for one in behind["judgements"]]
    return {
        **{name: row[name] for name in (*names, "status", "confidence", "rules", "place", "date_value", "report")},
        "stretches": _context(row, article, [mark for mark in told["marks"] if mark.card == row["report"]]),
        "actors": telling.who(row["actors"]),
        "recipients": telling.who(row["recipients"]),
        "parties": _choices(row),
        "chain": card["chain"] if card else (),
        "judgements": [_said(one) for one in judgements],
        "undoable": undoable(judgements),
        "article_page": telling.address("articles", row["article"]) + f"#card-{row['report']}",
        "event_page": telling.address("events", row["event"]),
    }


def _context(row: telling.Row, article: telling.Row, marks: Sequence[Any]) -> list[dict[str, Any]]:
    """The sentence with its marks, and those beside it."""
    body = article["body"]
    spans = [tuple(span) for span in article["sentences"]]
    own = next((i for i, (start, _) in enumerate(spans) if start == row["sentence_start"]), None)
    near = [] if own is None else spans[max(0, own - _AROUND) : own + _AROUND + 1]
    near = near or [(row["sentence_start"], row["sentence_end"])]
    return [
        {
            "own": s.pieces[0].start == row["sentence_start"],
            "sentence": s.sentence,
            "pieces": [{"piece": piece, "text": body[piece.start : piece.end]} for piece in s.pieces],
        }
        for s in stretches(near[-1][1], near, marks)
        if s.pieces and s.pieces[0].start >= near[0][0]
    ]


def _choices(row: telling.Row) -> list[tuple[str, str]]:
    """The parties that can be set right, as ``recode`` numbers them, and one more of each side."""
    sides = (("actors", "actor"), ("recipients", "recipient"))
    named = [
        (f"{side}/{number}", f"{word} {number}: {party['name'] or party['text']} ({party['code'] or 'no code'})")
        for side, word in sides
        for number, party in enumerate(row[side] or (), 1)
    ]
    return [*named, *((f"{side}/+", f"one more {word}") for side, word in sides)]


def undoable(judgements: Iterable[telling.Row]) -> str | None:
    """The latest judgement that counts and is no undo itself."""
    counting = [j for j in judgements if j["undone_by"] is None and j["verdict"] != UNDO]
    return max(counting, key=lambda j: j["made"])["judgement"] if counting else None


def _said(judgement: telling.Row) -> dict[str, Any]:
    words = _SAID[judgement["verdict"]]
    return {
        **{name: judgement[name] for name in ("judgement", "who", "why")},
        "words": f"{words} {judgement['value'] or ''}".strip(),
        "made": judgement["made"].isoformat(" ", "minutes"),
        "undone": judgement["undone_by"] is not None,
    }


def announced(said: str, why: Sequence[telling.Row]) -> dict[str, Any] | None:
    """What to say of a judgement that was just entered on a report; None where the report has no such judgement.

    Args:
        said: the judgement's id.
        why: what stands behind the report (``Ledger.why``).

    Returns:
        As the card shows it, with ``report``, its ``text``, and ``undo``: the judgement, if it can be undone.
    """
    for row in why:
        by_id = {judgement["judgement"]: judgement for judgement in row["judgements"]}
        judgement = by_id.get(said)
        if judgement is None:
            continue
        told = _said(judgement)
        undone = by_id.get(judgement["value"]) if judgement["verdict"] == UNDO else None
        words = told["words"] if undone is None else f"undone: {_said(undone)['words']}"
        undo = None if judgement["verdict"] == UNDO or told["undone"] else said
        return {**told, "words": words, "undo": undo, "report": row["mention"], "text": row["text"]}
    return None
