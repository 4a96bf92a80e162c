"""``docs/institutions.md``: how to put questions, and every institution of the catalogue in plain words.

The first part is written by hand (``handbook_text/before.md``) with places for what is made: ``{{list}}`` and the like.
The second is made from the catalogue, so that it says what the program knows and nothing else.
``tools/institutions_doc.py`` writes the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from rapporteur.institutions import naming
from rapporteur.institutions.handbook_bodies import deciding, effects, patterns, stopping
from rapporteur.institutions.handbook_clocks import clock_lines, coming_and_going, text_lines
from rapporteur.institutions.handbook_words import (
    TEXT,
    Told,
    code,
    day_in_words,
    listed,
    sentence,
    state,
    table,
)
from rapporteur.knowledge.institutions import Catalogue, Dispute, Example, Institution, catalogue

#: The day for which the page tells who is a member and what stands.
DAY = "2026-11-28"
#: The file that the page shows as a worked example of how to add an institution, and the example that it opens with.
WORKED = TEXT / "ThuleBank.yaml"
_OPENING = "one-objection"
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_ORDER = ("tally", "yes", "no", "abstain", "absent", "scope", "deadline", "until", "renews", "stops", "name")


def page(known: Catalogue, day: str = DAY) -> str:
    """The whole page in Markdown, with members and states as of ``day`` (ISO)."""
    worked = catalogue(WORKED).institutions[WORKED.stem]
    opening = next(example for example in worked.examples if example.id == _OPENING)
    made = {
        "question": _json(_case(worked, opening)),
        "answer": _json({"id": opening.id, **opening.expected}),
        "example": WORKED.read_text(encoding="utf-8").strip(),
        "actors": "\n".join(_actors(known)).strip(),
        "day": day_in_words(day),
        "list": "\n".join(_list(known)).strip(),
    }
    text = (TEXT / "before.md").read_text(encoding="utf-8")
    first = _PLACE.sub(lambda place: made[place[1]], text).strip()
    sections = [section(known, id, day).strip() for id in known.institutions]
    return "\n\n".join([first, *sections]) + "\n"


def section(known: Catalogue, id: str, day: str = DAY) -> str:
    """The part on one institution in Markdown, as of ``day`` (ISO).

    Raises:
        KeyError: there is no such institution.
    """
    institution = known.institutions[id]
    told = Told(known, institution, day)
    names = f" Also named {listed([code(name) for name in institution.names])}." if institution.names else ""
    lines = [
        f'<a id="{id}"></a>',
        "",
        f"### {institution.title} ({code(id)})",
        "",
        f"{sentence(institution.summary)}{names}",
        "",
    ]
    lines += _part(
        "Who decides, and how", [line for body in institution.bodies for line in deciding(told, body)] + _uses(told)
    )
    lines += _part("Who may stop what", _bullets(_stops(told)))
    lines += _part("Clocks", [line for clock in institution.clocks for line in clock_lines(told, clock)])
    lines += _part("Texts and terms", [line for text in institution.texts for line in text_lines(told, text)])
    lines += _part("Joining and leaving", list(coming_and_going(told)))
    lines += _part("Effects", effects(told))
    lines += _part("Rival readings", [line for dispute in institution.disputes for line in _dispute(told, dispute)])
    lines += _part("What happened", _history(told))
    lines += _part("An example", [line for example in institution.examples[:1] for line in _example(example)])
    lines += _part("Not modelled", _bullets(institution.limits))
    lines += _part("From a ledger", _from_ledger(institution))
    rules = [(sentence(rule.text), rule.citation, code(rule.id)) for rule in institution.rules]
    lines += _part(
        "Rules and sources",
        [*table(("what it says", "where it is written", "rule"), rules), f"Made from: {sentence(institution.origin)}"],
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _part(title: str, lines: Iterable[str]) -> list[str]:
    """A part with its heading; nothing where it would be empty."""
    body = list(lines)
    return [f"#### {title}", "", *body, ""] if any(body) else []


def _bullets(lines: Iterable[str]) -> list[str]:
    return [f"- {sentence(line)}" if not line.endswith(")*") else f"- {line}" for line in lines]


def _list(known: Catalogue) -> Iterator[str]:
    """The table of all institutions."""
    rows = []
    for id, institution in known.institutions.items():
        ways = [
            *dict.fromkeys(patterns(body) for body in institution.bodies),
            *(["clock"] if institution.clocks else []),
        ]
        rows.append((f"[{code(id)}](#{id})", institution.title, ", ".join(ways)))
    yield from table(("id", "institution", "patterns"), rows)


def _actors(known: Catalogue) -> Iterator[str]:
    """The table of names that bodies and chairs act under."""
    rows: dict[tuple[str, str], list[str]] = {}
    for id, institution in known.institutions.items():
        for body in institution.bodies:
            rows.setdefault((body.id, body.title), []).append(id)
            for name in [*(body.silence.by if body.silence else ()), *(body.chair.by if body.chair else ())]:
                rows.setdefault((name, f"chair of the {body.title}"), []).append(id)
    told = [
        (code(n), what, listed([f"[{code(i)}](#{i})" for i in dict.fromkeys(ids)]))
        for (n, what), ids in sorted(rows.items())
    ]
    yield from table(("name in `by`", "who that is", "in"), told)


def _uses(told: Told) -> list[str]:
    return [
        f"Decided here too by [{told.known.institutions[id].title}](#{id}), by its own rules.\n"
        for id in told.institution.uses
    ]


def _stops(told: Told) -> Iterator[str]:
    """Who may stop decisions and clocks."""
    for body in told.institution.bodies:
        yield from stopping(told, body)
    for clock in told.institution.clocks:
        who = (
            ["whoever gave the notice" if clock.starts == "notify" else "whoever brought the dispute"]
            if clock.take_back
            else []
        )
        who += [code(clock.stopped_by.by)] if clock.stopped_by else []
        rule = clock.stopped_by.rule if clock.stopped_by else None
        yield f"The clock of {code(clock.object)}: {listed(who, 'or') or 'nobody'}.{told.cite(clock.take_back, rule)}"


def _dispute(told: Told, dispute: Dispute) -> Iterator[str]:
    yield f"**{dispute.question}**{told.cite(dispute.rule)}"
    yield ""
    yield from (f"- {code(name)}: {sentence(what)}" for name, what in dispute.readings)
    yield ""


def _history(told: Told) -> list[str]:
    """Moves of the past that are known, for questions from a ledger."""
    rows = [
        (
            day_in_words(move.date),
            listed([state(who) for who in move.by]),
            code(move.type),
            code(move.object),
            move.event,
        )
        for move in sorted(told.history(), key=lambda move: (move.date, move.object, move.by))
    ]
    note = [
        "These moves are known without being told in questions from a ledger. Other questions bring their own facts.",
        "",
    ]
    return [*note, *table(("day", "who", "move", "on", "what happened"), rows)] if rows else []


def _from_ledger(institution: Institution) -> list[str]:
    """What reports in a ledger are taken for which move."""
    rows = []
    for rule in institution.ledger:
        what = listed([code(name) for name in (*rule.kinds, *rule.types)], "or") or "any"
        words = " and ".join(_phrases(phrases) for phrases in (rule.words, rule.also) if phrases)
        gives = code(rule.gives) + (f" on {code(rule.object)}" if rule.object else "")
        ended = f"{code(rule.ended)} when it ends" if rule.ended else ""
        threatened = f"{code(rule.threatened)} if only threatened" if rule.threatened else ""
        rows.append((f"{rule.view}: {what}", words, gives, "; ".join(filter(None, (ended, threatened)))))
    return table(("row of", "with words", "is taken for", "or for"), rows)


def _phrases(phrases: Iterable[str]) -> str:
    """Phrases of which one must stand there; a name in braces is a list of phrases."""
    told = ["a name of it" if p == "{names}" else code(p) if p.startswith("{") else f"“{p}”" for p in phrases]
    return listed(told, "or")


# -- the example -----------------------------------------------------------------------------------------------


def _example(example: Example) -> Iterator[str]:
    party = example.ask.get("party")
    whose = f" for {naming.party(party)}" if party else ""
    asked = f"{code(str(example.ask.get('kind')))} of {code(str(example.ask.get('object')))}{whose}"
    yield f"*{sentence(example.question)}* Asked: {asked}, as of {day_in_words(example.as_of)}."
    yield ""
    rows = [
        (
            day_in_words(fact["date"]),
            listed([state(who) for who in fact["by"]]),
            code(fact["type"]),
            code(fact["object"]),
            _more(fact),
        )
        for fact in example.facts
    ]
    yield from table(("day", "who", "move", "on", "more"), rows)
    keys = [f"{code(key)} {_shown(value)}" for key, value in example.expected.items() if key != "outcome"]
    yield f"Answer: **{example.expected.get('outcome')}**{'; ' if keys else ''}{'; '.join(keys)}."
    yield ""


def _more(fact: dict[str, Any]) -> str:
    told = [f"{code(key)} {_shown(fact[key])}" for key in _ORDER if key in fact and fact[key] != []]
    return "; ".join(filter(None, [str(fact.get("event") or ""), *told]))


def _shown(value: Any) -> str:
    """A value in words: names of states, days, lists."""
    if isinstance(value, list | tuple):
        whole = all(isinstance(item, int) for item in value) and value
        return "-".join(map(str, value)) if whole else ", ".join(map(_shown, value)) or "nobody"
    if isinstance(value, dict):
        return "(" + ", ".join(f"{key}: {_shown(item)}" for key, item in value.items()) + ")"
    if value is None:
        return "none"
    return (
        state(day_in_words(value))
        if isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )


def _case(institution: Institution, example: Example) -> dict[str, Any]:
    return {
        "id": example.id,
        "institution": institution.id,
        "question": example.question,
        "ask": example.ask,
        "facts": list(example.facts),
        "as_of": example.as_of,
    }


def _json(value: dict[str, Any]) -> str:
    """JSON with a fact a line."""
    lines = []
    for key, item in value.items():
        if key == "facts":
            facts = ",\n".join(f"    {json.dumps(fact, ensure_ascii=False)}" for fact in item)
            lines.append(f'  "facts": [\n{facts}\n  ]')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(item, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}"
