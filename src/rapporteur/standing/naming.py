"""The parties of mentions by their names: whoever is only "they" in a sentence is named where the article named him."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapporteur.knowledge.standing import measure_tables
from rapporteur.language.syntax import Syntax
from rapporteur.model import Article, MeasureMention, Party
from rapporteur.standing.finder import Finder


def renamed(
    mentions: Sequence[MeasureMention], article: Article, syntax: Mapping[int, Syntax], people: Finder
) -> tuple[MeasureMention, ...]:
    """The mentions, with the words of a name for each party that a pronoun stands for.

    The name is the one nearest before the pronoun that the article gives for the same entity, its canonical one if it
    has that; a pronoun for which there is none remains.
    """
    words = measure_tables().words.pronouns
    sides = [p for m in mentions for p in (*m.imposers, *m.targets)]
    if not any(_is_pronoun(p, words) for p in sides):
        return tuple(mentions)
    named = sorted(
        {p for p in (*sides, *_parties(article, syntax, people)) if not _is_pronoun(p, words)},
        key=lambda p: (p.end, p.start, p.text, p.name or ""),
    )

    meant: dict[tuple[int, int], set[tuple[str | None, str | None]]] = {}
    for party in named:
        meant.setdefault((party.start, party.end), set()).add(_key(party))
    named = [p for p in named if len(meant[p.start, p.end]) == 1]  # "the three countries" is the name of none

    def by_name(party: Party) -> Party:
        if not _is_pronoun(party, words) or party.entity is None:  # of whom only the country is known has no name
            return party
        before = [n for n in named if _key(n) == _key(party) and n.end <= party.start]
        proper = [n for n in before if n.name is not None and n.name.lower() in n.text.lower()]
        proper = proper or [n for n in before if n.name is not None and _share_a_word(n.name, n.text)]
        proper = proper or [n for n in before if any(w[:1].isupper() for w in n.text.removeprefix("The ").split())]
        if not before:
            return party
        name = (proper or before)[-1]
        return replace(party, text=name.text, start=name.start, end=name.end)

    return tuple(
        replace(m, imposers=tuple(map(by_name, m.imposers)), targets=tuple(map(by_name, m.targets))) for m in mentions
    )


def _share_a_word(name: str, text: str) -> bool:
    return not set(name.lower().split()).isdisjoint(text.lower().split())


def _parties(article: Article, syntax: Mapping[int, Syntax], people: Finder) -> Iterable[Party]:
    for index, parsed in sorted(syntax.items()):
        for token in parsed.tokens:
            if token.tag[:3] == "NNP":
                yield from people.parties(index, token.i)
    for event in article.events:
        yield from (*event.actors, *event.recipients)
    for attribution in article.attributions:
        if attribution.party is not None:
            yield attribution.party


def _key(party: Party) -> tuple[str | None, str | None]:
    return party.entity, party.code


def _is_pronoun(party: Party, words: frozenset[str]) -> bool:
    return party.text.lower() in words
