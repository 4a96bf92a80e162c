"""The table a person reads on a terminal, in 80 to 160 columns.

An article is its headline, a line that says where it comes from, and its events in text order: date, who to whom,
type and mode, status; below each the sentence around the trigger, where it was and how many, and whose word it is.
Then the measures and talks that it tells of.
Nothing depends on colour:
status is a word, and where the output takes no styles the trigger stands between asterisks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from rich.console import Console
from rich.text import Text

from rapporteur.explain import Skip
from rapporteur.exports.standing_lines import standing_lines
from rapporteur.exports.words import INDENT, PARTY_LENGTH, printable, shorten
from rapporteur.knowledge.ontology import Ontology
from rapporteur.model import Article, Attribution, Event, Party, Span

_PRONOUN = 5  # letters; a shorter source is hardly ever a name
_WHO_WIDTH = 64
_KIND_WIDTH = len("ASSAULT·suicide-attack")
_HEADLINE_LENGTH = 200
_STATUS_STYLE = {"actual": "green", "negated": "bold red", "future": "italic cyan", "hypothetical": "italic yellow"}


def show(article: Article, console: Console) -> None:
    """Print one article and an empty line after it."""
    console.print(_clip(Text(_headline(article), style="bold"), _HEADLINE_LENGTH))
    console.print(Text(_provenance(article), style="dim"))
    if not article.events:
        console.print(Text("No events found.", style="italic"))
    for event in article.events:
        console.print()
        for line in (*_summary(event, console), _quotation(article, event, console), *_behind(article, event)):
            console.print(line, no_wrap=True, overflow="ellipsis")
    for line in standing_lines(article, console):
        console.print(line, no_wrap=True, overflow="ellipsis")
    console.print()


def show_skips(skips: Iterable[Skip], console: Console) -> None:
    """Print the possible events that were let go, a line each, and an empty line after them."""
    lines = [(f"{skip.type:<10}", printable(skip.text), skip.reason, skip.because) for skip in skips]
    console.print(Text("Let go:" if lines else "Nothing was let go.", style="italic"))
    for kind, text, reason, because in lines:
        line = Text("  ").append(kind, style="bold").append(f"  {shorten(text, PARTY_LENGTH)}  ")
        console.print(line.append(f"{reason}: ", style="yellow").append(because), no_wrap=True, overflow="ellipsis")
    console.print()


def _headline(article: Article) -> str:
    return printable(article.headline or "") or f"(no headline) {printable(article.body[:_HEADLINE_LENGTH])}"


def _provenance(article: Article) -> str:
    date = article.date.value or "no date"
    if article.date.value and article.date.basis == "inferred":
        date += " (inferred)"
    outlet, agency = article.outlet, article.agency
    origin = f"{outlet} ({agency})" if outlet and agency and outlet != agency else outlet or agency
    parts = [date, origin, article.dateline_place, article.page or article.id]
    if article.duplicate_of:
        parts.append(f"same text as {article.duplicate_of}")
    return " · ".join(printable(p) for p in parts if p)


def _summary(event: Event, console: Console) -> Iterator[Text]:
    """The event's first line; one more for each that long names need."""
    room = max(24, min(_WHO_WIDTH, console.width - INDENT - _KIND_WIDTH - len("hypothetical") - 4))
    first, *rest = _who(event).wrap(console, room)
    line = Text(printable(event.date.value or "") if event.date else "")
    line.pad_right(INDENT - line.cell_len)
    first.rstrip()
    first.pad_right(room + 2 - first.cell_len)
    kind = f"{event.type}·{event.mode}" if event.mode else event.type
    line.append(first).append(f"{kind:<{_KIND_WIDTH}}  ", style="bold").append(
        event.status, style=_STATUS_STYLE[event.status]
    )
    yield line
    for more in rest:
        more.rstrip()
        yield Text(" " * INDENT).append(more)


def _who(event: Event) -> Text:
    """``actor → recipient``; ``A ↔ B`` for an act that its actors do to or with each other."""
    actors, recipients = ([_name(p) for p in group] for group in (event.actors, event.recipients))
    if recipients:
        return Text(f"{', '.join(actors) or '(unnamed)'} → {', '.join(recipients)}")
    mutual = len(actors) > 1 and Ontology.load().types[event.type].mutual
    return Text((" ↔ " if mutual else ", ").join(actors) or "(unnamed)")


def _name(party: Party) -> str:
    name = shorten(printable(party.name or party.text), PARTY_LENGTH)
    return f"{name} ({party.code})" if party.code else name


def _clip(text: Text, length: int) -> Text:
    text.truncate(length, overflow="ellipsis")
    return text


def _quotation(article: Article, event: Event, console: Console) -> Text:
    """The sentence on one line: shortened around its trigger, which is set off by style or by asterisks."""
    start, end = article.sentences[event.sentence]
    trigger = event.trigger
    before = printable(article.body[start : trigger.start])
    words = shorten(printable(article.body[trigger.start : trigger.end]), max(20, console.width - INDENT - 30))
    after = printable(article.body[trigger.end : end])
    gaps = (
        article.body[trigger.start - 1 : trigger.start].isspace(),
        article.body[trigger.end : trigger.end + 1].isspace(),
    )
    plain = console.color_system is None
    words = f"*{words}*" if plain else words
    left, right = _around(before, after, console.width - INDENT - len(words) - 2)
    line = Text(" " * INDENT + left + " " * (gaps[0] and bool(left)))
    line.append(words, style="bold underline")
    line.append(" " * (gaps[1] and bool(right)) + right)
    return line


def _around(before: str, after: str, room: int) -> tuple[str, str]:
    """Both sides cut at words to ``room`` characters together; the side that needs less leaves it the rest."""
    half = max(room // 2, 8)
    room_before = max(half, room - len(after))
    room_after = max(half, room - len(before))
    if len(before) > room_before:
        before = "…" + before[len(before) - room_before + 1 :].partition(" ")[2]
    if len(after) > room_after:
        after = after[: room_after - 1].rpartition(" ")[0] + "…"
    return before, after


def _behind(article: Article, event: Event) -> Iterator[Text]:
    """What is told below the sentence: where and how many, and on whose word."""
    yield from _scale(event)
    yield from _credit(article, event)


def _scale(event: Event) -> Iterator[Text]:
    """``Kabul (AFG) · killed: at least five · injured: 12``; an act's crowd or force is its ``size``."""
    parts = []
    if event.place is not None:
        country = event.place.country
        name = shorten(printable(event.place.name), PARTY_LENGTH)
        parts.append(f"{name} ({country})" if country else name)
    if event.magnitude is not None:
        for field in fields(event.magnitude):
            size = getattr(event.magnitude, field.name)
            if size is not None:
                parts.append(f"{field.name}: {shorten(printable(size.text), PARTY_LENGTH)}")
    if parts:
        yield Text(f"{' ' * INDENT}{' · '.join(parts)}", style="dim")


def _credit(article: Article, event: Event) -> Iterator[Text]:
    """``according to Reuters ‹ sources familiar with the process``: the outermost source first."""
    chain = [_source(article, article.attributions[i]) for i in event.attributed_to]
    named = [source for source in chain if source]
    if named:
        yield Text(f"{' ' * INDENT}according to {' ‹ '.join(named)}", style="dim")


def _source(article: Article, attribution: Attribution) -> str:
    spans: tuple[Span, ...] = attribution.source
    source = shorten(printable(" … ".join(article.body[s:e] for s, e in spans)), 60)
    party = attribution.party
    if party is not None and party.name and len(source) < _PRONOUN:  # "he": say who
        source = f"{source} ({party.name})"
    return f"{source} ({attribution.force})" if source and attribution.force != "assert" else source
