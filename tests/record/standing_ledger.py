"""Small ledgers of hand-made mentions, and short names for making these."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import msgspec

from rapporteur.model import ClaimMention, MeasureMention, NextRound, Party, Round, TalksMention, When
from rapporteur.record import mention_links, schema, standing_views
from rapporteur.record.query import Query
from rapporteur.record.rows import mention_id

Mention = MeasureMention | TalksMention | ClaimMention


def who(*names: str) -> tuple[Party, ...]:
    """Parties by short names: ``RUS``, ``igo:NATO``, or ``Anna Berg (SWE)`` for somebody of a country."""
    return tuple(map(_party, names))


def _party(name: str) -> Party:
    if name.startswith("igo:"):
        return Party(name[4:], 0, 1, "IGO", None, entity=name, name=name[4:])
    if name.startswith("group:"):
        text, _, members = name[6:].partition("=")
        return Party(text, 0, 1, "IGO", None, tuple(members.split("+")), entity=f"group:{text}", name=text)
    if name.endswith(")"):
        text, _, code = name[:-1].rpartition(" (")
        return Party(text, 0, 1, code, code)
    return Party(name, 0, 1, name, name, entity=f"state:{name}", name=name)


def measure(
    kind: str,
    by: Sequence[str] = (),
    on: Sequence[str] = (),
    object: str | None = None,
    status: Any = "in force",
    since: str | None = None,
    until: str | None = None,
    **more: Any,
) -> MeasureMention:
    """A mention; ``since`` may end in its basis, as in ``2018-05 report``."""
    value, _, basis = (since or "").partition(" ")
    onset = When(value, basis or "stated") if value else None  # type: ignore[arg-type]
    told: dict[str, Any] = {"through": None, "ends_when": None, "evidence": (0, 10)} | more
    end = When(until) if until else None
    return MeasureMention(kind, who(*by), who(*on), object, since=onset, until=end, status=status, **told)


def talks(
    between: Sequence[str],
    subject: str | None = None,
    status: Any = "under way",
    rounds: Sequence[str] = (),
    place: str | None = None,
    next: str | None = None,
    **more: Any,
) -> TalksMention:
    """A mention; a round is ``2019-03`` or ``2019-03 Vienna``."""
    held = tuple(Round(When(day), place or None) for day, _, place in (r.partition(" ") for r in rounds))
    following = NextRound(next) if next else None
    told: dict[str, Any] = {"evidence": (0, 10)} | more
    return TalksMention(who(*between), subject, place, held, following, status, **told)


def claim(by: str, content: str, force: str = "assert", **more: Any) -> ClaimMention:
    """A mention of a claim."""
    told: dict[str, Any] = {"evidence": (0, 10)} | more
    return ClaimMention(who(by)[0], by, force, content, **told)


@dataclass(frozen=True)
class Page:
    """An article as far as it matters here. ``reports``: id, type and parties' keys of its events."""

    id: str
    published: date
    mentions: tuple[Mention, ...]
    reports: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    @property
    def reading(self) -> str:
        return hashlib.blake2b(repr(self).encode(), digest_size=8).hexdigest()


def page(day: str, *mentions: Mention, id: str | None = None, reports: Sequence[Any] = ()) -> Page:
    """An article of this day; mentions stand in the text in the order given."""
    placed = tuple(
        replace(m, evidence=(100 * n, 100 * n + 50)) if m.evidence == (0, 10) else m for n, m in enumerate(mentions)
    )
    return Page(id or f"a-{day}", date.fromisoformat(day), placed, tuple(reports))


class Book:
    """A ledger in memory."""

    def __init__(self, *pages: Page) -> None:
        self.con = duckdb.connect()
        for statement in schema.statements():
            self.con.execute(statement)
        if pages:
            self.record(*pages)

    def record(self, *pages: Page) -> Book:
        """Add the articles in one batch; one of a known id that tells otherwise is read again."""
        gone, new = [], []
        for p in pages:
            before = self.con.execute("SELECT reading FROM current WHERE article = ?", [p.id]).fetchall()
            if (p.reading,) in before:
                continue
            new.append(p.reading)
            gone += [reading for (reading,) in before]
            self.con.execute("DELETE FROM current WHERE article = ?", [p.id])
            self.con.execute("INSERT INTO current VALUES (?, ?, ?)", [p.id, p.reading, p.published])
            self.con.execute(
                "INSERT INTO articles (reading, article, published) VALUES (?, ?, ?)", [p.reading, p.id, p.published]
            )
            for report, type, keys in p.reports:
                self.con.execute(
                    "INSERT INTO reports (report, reading, article, published, type, keys) VALUES (?, ?, ?, ?, ?, ?)",
                    [report, p.reading, p.id, p.published, type, list(keys)],
                )
            for row in _rows(p):
                self.con.execute("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        mention_links.link(self.con, new, gone)
        return self

    def judge(self, target: str, verdict: str, value: str | None = None, day: str = "2030-01-01") -> Book:
        """Enter a person's word on a mention, and link it anew, as the ledger does."""
        self.con.execute(
            "INSERT INTO judgements VALUES (?, ?, 'ann', 'seen', ?, 'mention', ?, ?)",
            [f"{target}{verdict}{day}", f"{day} 10:00:00", target, verdict, value],
        )
        readings = self.con.execute("SELECT DISTINCT reading FROM mentions WHERE mention = ?", [target]).fetchall()
        moved = [reading for (reading,) in readings]
        mention_links.link(self.con, moved, moved)
        return self

    def view(self, name: str, as_of: str = "2030-01-01", **asked: Any) -> list[dict[str, Any]]:
        """The rows of a view; days as ISO strings."""
        days = {k: date.fromisoformat(v) for k, v in asked.items() if k in ("known_by", "judged_by", "since", "until")}
        query = Query(**({"as_of": date.fromisoformat(as_of)} | asked | days))  # type: ignore[arg-type]
        rows: list[dict[str, Any]] = getattr(standing_views, name)(self.con, query).to_pylist()
        return rows

    def measures(self, as_of: str = "2030-01-01", **asked: Any) -> list[dict[str, Any]]:
        return self.view("measures", as_of, **asked)

    def one(self, as_of: str = "2030-01-01", **asked: Any) -> dict[str, Any]:
        """The only measure there is."""
        (row,) = self.measures(as_of, **asked)
        return row


def _rows(p: Page) -> Iterable[list[Any]]:
    told = [
        (m.kind, "measure") if isinstance(m, MeasureMention)
        else (m.force, "claim") if isinstance(m, ClaimMention) else ("talks", "talks")
        for m in p.mentions
    ]  # fmt: skip
    ids = [mention_id(p.id, what, kind, *m.evidence, 0) for (kind, what), m in zip(told, p.mentions, strict=True)]
    claims = [id for (_, what), id in zip(told, ids, strict=True) if what == "claim"]
    for (kind, what), id, m in zip(told, ids, p.mentions, strict=True):
        content = msgspec.to_builtins(m) | {"attributed_to": []}
        if isinstance(m, ClaimMention):
            content["answers"] = None if m.answers is None else claims[m.answers]
            parties: tuple[Party, ...] = (m.claimant,) if m.claimant else ()
        else:
            parties = (*m.imposers, *m.targets) if isinstance(m, MeasureMention) else m.participants
        keys = sorted({key for party in parties for key in (party.code, party.country, party.entity) if key})
        event = None if isinstance(m, ClaimMention) else m.event
        text = msgspec.json.encode(content).decode()
        yield [id, p.reading, p.id, p.published, what, kind, *m.evidence, event, keys, text]
