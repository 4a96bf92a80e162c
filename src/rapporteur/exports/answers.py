"""Answers about institutions, written: JSON Lines for programs, sentences for people.

Every text of a case or a ledger goes through ``printable``: it can't steer a terminal.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, TextIO

import msgspec
from rich.console import Console
from rich.text import Text

from rapporteur.exports.console import console_on
from rapporteur.exports.words import printable
from rapporteur.institutions import naming, times
from rapporteur.knowledge.answer_words import answer_words
from rapporteur.knowledge.institutions import Catalogue, Consensus, Institution

Answer = Mapping[str, Any]
_STYLES = {
    "adopted": "green", "in_force": "green", "lifted": "green", "held": "green", "blocked": "bold red",
    "not_adopted": "bold red", "disputed": "bold yellow", "pending": "cyan", "extended": "cyan", "withdrawn": "yellow",
    "terminated": "yellow", "not_effective": "dim",
}  # fmt: skip
_DAYS = (
    "clock_start", "deadline", "deadline_before_extension", "effective_utc", "effective_end", "until",
    "would_be_effective",
)  # fmt: skip
_LISTS = ("blocked_by", "can_stop", "would_end", "scope_open", "not_obliged", "suspended_by")


def write_line(answer: Answer, stream: BinaryIO) -> None:
    """One JSON object on a line of its own."""
    stream.write(msgspec.json.encode(answer) + b"\n")
    stream.flush()


class Pages:
    """Prints answers for people on a stream."""

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        self._console: Console = console_on(stream, width)

    def line(self, text: str, indent: int = 0, style: str = "", mark: str = "") -> None:
        """One paragraph, wrapped and indented; ``mark`` hangs before it."""
        before = " " * indent
        for line in textwrap.wrap(
            text,
            max(24, self._console.width),
            initial_indent=before + mark,
            subsequent_indent=before + " " * len(mark),
            break_on_hyphens=False,
        ):
            self._console.print(Text(line, style=style), no_wrap=True, overflow="ignore", crop=False)

    def answer(self, answer: Answer, ask: Mapping[str, Any], as_of: str, question: str | None = None) -> None:
        """One answer: what was asked, the outcome with its keys, rival readings, why, and what was wrong with facts."""
        words = answer_words()
        self.line(asked(ask, as_of, question), style="bold")
        head, *more = told(answer, ask.get("party"))
        self.line(head, 2, _STYLES.get(answer["outcome"], ""))
        for sentence in more:
            self.line(sentence, 2)
        for label, lines in (
            ("readings", [reading(one) for one in answer.get("readings") or ()]),
            ("because", [step(one) for one in answer.get("because") or ()]),
            ("also", [brief(other) for other in answer.get("also") or ()]),
            ("problems", [printable(str(problem.get("text"))) for problem in answer.get("problems") or ()]),
        ):
            if lines:
                self.line(f"{words.labels[label]}:", 2, "dim")
            for text in lines:
                self.line(text, 4, mark="- ")
        self._able(answer.get("can") or {})
        self._console.print()

    def able(self, can: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """What actors can do, as an entry of its own."""
        if can:
            self._able(can)
            self._console.print()

    def _able(self, can: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        labels = answer_words().labels
        for actor, moves in can.items():
            self.line(printable(labels["can"].format(naming.party(actor))), 2, "dim")
            for move in moves:
                self.line(move_told(move), 4, mark="- ")
            if not moves:
                self.line(labels["can_nothing"], 4, mark="- ")

    def used(self, institution: str, facts: Sequence[Mapping[str, Any]], aside: Iterable[Mapping[str, Any]]) -> None:
        """Facts of a ledger, numbered, with their reports; and the rows that were left aside."""
        words = answer_words()
        if facts:
            self.line(f"{words.labels['facts']}:", style="bold")
        else:
            self.line(words.labels["no_facts"].format(institution))
        for number, fact in enumerate(facts, 1):
            for place, text in enumerate(fact_told(fact)):
                self.line(
                    f"{number}. {text}" if place == 0 else text, 2 if place == 0 else 5, "" if place == 0 else "dim"
                )
        left = list(aside)
        if left:
            self.line(f"{words.labels['aside']}:", style="bold")
        for row in left:
            self.line(f"{row['view']} {row['id']}: {row['why']}", 2)
            if row.get("text"):
                self.line(f"“{printable(str(row['text']))}”", 5, "dim")
        self._console.print()

    def institutions(self, known: Catalogue) -> None:
        """A list of the institutions."""
        for institution in known.institutions.values():
            self.line(f"{institution.id}: {institution.title}", style="bold")
            self.line(f"{', '.join(patterns(institution))}; {len(institution.rules)} rules", 2)


def asked(ask: Mapping[str, Any], as_of: str, question: str | None = None) -> str:
    """The question in words, with the case's own if it has one."""
    words = answer_words()
    party = ask.get("party")
    template = (words.asked_of_party if party else words.asked)[ask["kind"]]
    told = template.format(
        object=printable(ask["object"]), as_of=_day(as_of), party=naming.party(party) if party else ""
    )
    told = printable(told[:1].upper() + told[1:])
    return f"{printable(question)} ({told})" if question else told


def told(answer: Answer, party: str | None = None) -> list[str]:
    """The outcome, then the keys that have a value, a sentence each."""
    words = answer_words()
    outcome = answer["outcome"]
    if outcome == "deadline" and answer.get("deadline"):
        return [line for key in words.keys if (line := _key(answer, key))]
    head = words.outcomes_of_party.get(outcome) if party else None
    head = head or words.outcomes[outcome]
    when = answer.get("effective")
    if when and outcome in words.effective:
        head += f", {words.effective[outcome].format(_day(when))}"
    return [f"{head}.", *(line for key in words.keys if (line := _key(answer, key)))]


def _key(answer: Answer, key: str) -> str | None:
    words = answer_words()
    value = answer.get(key)
    if value in (None, []) or (key == "until" and answer["outcome"] == "terminated"):
        return None
    template = words.keys[key]
    if key in _DAYS:
        return template.format(_day(value))
    if key in _LISTS:
        return template.format(_parties(value))
    if key == "tally":
        return template.format(*value)
    named = {"reason": words.reasons, "default": words.states, "effect": words.effects}.get(key, {})
    return template.format(named.get(str(value), printable(str(value))))


def reading(one: Mapping[str, Any]) -> str:
    """A rival reading: what it is, who holds it, what it makes of the question."""
    words = answer_words()
    holders = one.get("holders") or ()
    held = f", {words.labels['held_by'].format(_parties(holders))}" if holders else ""
    since = f", {_day(one['effective'])}" if one.get("effective") else ""
    return f"{_plain(one['reading'])}{held}: {_plain(one['outcome'])}{since}"


def brief(answer: Mapping[str, Any]) -> str:
    """A further answer in one sentence."""
    party = answer.get("party")
    about = f"{printable(answer['object'])}, {naming.party(party)}" if party else printable(answer["object"])
    return f"{about}: {told(answer, party)[0]}"


def step(one: Mapping[str, Any]) -> str:
    """A step of the explanation, with its citation and the numbers of the facts that it rests on."""
    words = answer_words()
    numbers = ", ".join(str(n + 1) for n in one.get("facts") or ())
    label = "fact" if len(one.get("facts") or ()) == 1 else "facts_of"
    facts = f" ({words.labels[label].format(numbers)})" if numbers else ""
    return f"{printable(str(one['text']))} [{printable(str(one['citation']))}]{facts}"


def move_told(move: Mapping[str, Any]) -> str:
    """A move that an actor could make, and what would come of it."""
    citation = f" [{printable(str(move['citation']))}]" if move.get("citation") else ""
    return f"{printable(str(move['text']))}{citation}"


def fact_told(fact: Mapping[str, Any]) -> Iterator[str]:
    """A fact in words, then where it comes from."""
    words = answer_words()
    by = _parties(fact["no"] if fact.get("implied") else fact["by"])
    said = words.facts["vote_no" if fact.get("implied") else fact["type"]].format(
        by=by, object=printable(fact["object"])
    )
    basis = words.bases.get(str(fact.get("date_basis")))
    if fact.get("supposed"):
        basis = words.labels["supposed"]
    yield f"{_day(fact['date'])}: {said}{f' ({basis})' if basis else ''}"
    source = fact.get("source") or {}
    if source.get("view") == "history":
        yield words.labels["history"]
    elif source:
        credited = ", ".join(printable(one) for one in source.get("attributed_to") or ())
        parts = [
            f"“{printable(source['text'])}”" if source.get("text") else "",
            words.labels["ends_when"].format(printable(source["ends_when"])) if source.get("ends_when") else "",
            words.labels["in_article"].format(printable(str(source["article"]))) if source.get("article") else "",
            words.labels["credited"].format(credited) if credited else "",
            ", ".join(map(printable, (source["id"], *source.get("also", ())))) if source.get("id") else "",
        ]
        yield " · ".join(filter(None, parts))


def patterns(institution: Institution) -> list[str]:
    """How it decides and which clocks it has, in words."""
    words = answer_words().patterns
    found: dict[str, None] = {}
    for body in institution.bodies:
        tag = "consensus" if isinstance(body.decision, Consensus) else body.decision.__struct_config__.tag
        found[words[str(tag)]] = None
        found.update({words["silence"]: None} if body.silence else {})
    for clock in institution.clocks:
        found[words[clock.then]] = None
    found.update({words["deposits"]: None} if any(text.accession for text in institution.texts) else {})
    found.update({words["term"]: None} if any(text.term or text.ends for text in institution.texts) else {})
    return list(found)


def _parties(codes: Iterable[str]) -> str:
    names = [printable(naming.party(code)) for code in codes]
    return naming.joined(names) if names else ""


def _day(text: str) -> str:
    """A day, month, year or instant in words."""
    if len(text) == 4:
        return text
    try:
        return naming.day(times.parse(text), month=len(text) == 7)
    except ValueError:
        return printable(text)


def _plain(text: str) -> str:
    return printable(str(text).replace("_", " "))
