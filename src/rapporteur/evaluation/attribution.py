"""Figures of attributions against gold: who is credited (source), by which words (cue), with what (content).

Spans are compared by whitespace tokens; a span covers a token if it holds a letter or digit of it (any character, in
a token without those), so that quotation marks and full stops at its edges don't matter. Gold holds outermost
attributions only: of what was read, those without a parent are compared.

    tok_*   precision, recall and F1 of each role over tokens, one role a token: that of most of its letters and digits
    attr_*  the same over whole attributions, one to one, best content first:
        overlap  sources share a character (or both are absent), cues too, and contents agree by half (Jaccard)
        exact    the same, and contents equal
        strict   source, cue and content equal
        content  contents agree by half, whoever is credited
    recall_by_type  recall of "overlap" by the gold's type
    source  of matched contents that have a gold source: its source overlaps, holds the gold head
            word, is equal, is absent
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapporteur.evaluation.counts import Figures
from rapporteur.evaluation.gold import AttributionDocument, GoldAttribution
from rapporteur.evaluation.readings import ReadAttribution, Reading
from rapporteur.model import Span

ROLES = ("content", "source", "cue")  # in the order that breaks ties
Counts = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Credit:
    """One attribution as sets: characters and whitespace tokens of each role."""

    chars: Mapping[str, frozenset[int]]
    tokens: Mapping[str, frozenset[int]]
    type: str | None
    head: frozenset[int]


def token_at(text: str) -> dict[int, int]:
    """The number of the whitespace token to which each character that counts belongs."""
    found: dict[int, int] = {}
    for number, match in enumerate(re.finditer(r"\S+", text)):
        places = range(*match.span())
        for i in [i for i in places if text[i].isalnum()] or places:
            found[i] = number
    return found


def credits_of(attributions: Iterable[GoldAttribution | ReadAttribution], tokens: Mapping[int, int]) -> list[Credit]:
    """Attributions as sets."""
    out = []
    for credit in attributions:
        chars = {role: _chars(getattr(credit, role) or ()) for role in ROLES}
        out.append(
            Credit(
                chars,
                {role: frozenset(tokens[i] for i in chars[role] if i in tokens) for role in ROLES},
                credit.type if isinstance(credit, GoldAttribution) else None,
                _chars([credit.head] if isinstance(credit, GoldAttribution) and credit.head else ()),
            )
        )
    return out


def outermost(reading: Reading | None) -> list[ReadAttribution]:
    """The reading's attributions that no other encloses."""
    return [a for a in reading.attributions if a.parent is None] if reading else []


def attribution_figures(documents: Sequence[AttributionDocument], readings: Mapping[str, Reading]) -> Figures:
    """All figures; an article without a reading counts as read empty."""
    n: Counts = Counter()
    for document in documents:
        _count(document, readings.get(document.id), n)
    kinds = sorted((key for key in n if key[0] == "type"), key=str)
    found, wanted = n["src", "n"], n["src", "gold"]
    return {
        **{name: _prf(n, name) for name in ("tok_source", "tok_cue", "tok_content", "tok_all", *RULES)},
        "recall_by_type": {f"{kind} ({n['type', kind]})": n["hit", kind] / n["type", kind] for _, kind in kinds},
        "source": {
            **{name: n["src", name] / (found or 1) for name in ("overlap", "head", "equal", "absent")},
            "found": found / (wanted or 1),
            "n": found,
            "gold": wanted,
        },
    }


def pair_off(gold: Sequence[Credit], read: Sequence[Credit], rule: Rule) -> list[tuple[int, int]]:
    """One-to-one pairs that meet the rule, by index: best content first, then best cue and source."""
    ranked = []
    for g, wanted in enumerate(gold):
        for r, found in enumerate(read):
            alike = jaccard(wanted.tokens["content"], found.tokens["content"])
            if alike and rule(wanted, found, alike):
                near = sum(jaccard(wanted.tokens[role], found.tokens[role]) for role in ("cue", "source"))
                ranked.append((-alike, -near, g, r))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, r in sorted(ranked):
        if g not in pairs and r not in taken:
            pairs[g] = r
            taken.add(r)
    return list(pairs.items())


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """What two sets share, of what they hold together; 0.0 of two empty ones."""
    return len(one & other) / len(one | other) if one or other else 0.0


Rule = Callable[[Credit, Credit, float], bool]


def _credited_alike(gold: Credit, read: Credit) -> bool:
    return all(
        bool(gold.chars[role] & read.chars[role]) or not (gold.chars[role] or read.chars[role])
        for role in ("source", "cue")
    )


RULES: Mapping[str, Rule] = {
    "attr_overlap": lambda gold, read, alike: alike >= 0.5 and _credited_alike(gold, read),
    "attr_exact": lambda gold, read, alike: alike == 1 and _credited_alike(gold, read),
    "attr_strict": lambda gold, read, alike: all(gold.tokens[role] == read.tokens[role] for role in ROLES),
    "attr_content": lambda gold, read, alike: alike >= 0.5,
}


def _count(document: AttributionDocument, reading: Reading | None, n: Counts) -> None:
    tokens = token_at(document.text)
    gold, read = credits_of(document.attributions, tokens), credits_of(outermost(reading), tokens)
    _count_tokens(_roles(gold, tokens), _roles(read, tokens), n)
    for name, rule in RULES.items():
        pairs = pair_off(gold, read, rule)
        n[name, "g"] += len(gold)
        n[name, "p"] += len(read)
        n[name, "tp"] += len(pairs)
        if name == "attr_overlap":
            n.update(("type", str(credit.type)) for credit in gold)
            n.update(("hit", str(gold[g].type)) for g, _ in pairs)
        elif name == "attr_content":
            n["src", "gold"] += sum(bool(credit.chars["source"]) for credit in gold)
            for g, r in pairs:
                if gold[g].chars["source"]:
                    _count_source(gold[g], read[r], n)


def _count_tokens(gold: Mapping[int, str], read: Mapping[int, str], n: Counts) -> None:
    for role in ROLES:
        right = sum(name == role and read.get(token) == role for token, name in gold.items())
        for name in (f"tok_{role}", "tok_all"):
            n[name, "g"] += sum(wanted == role for wanted in gold.values())
            n[name, "p"] += sum(found == role for found in read.values())
            n[name, "tp"] += right


def _count_source(gold: Credit, read: Credit, n: Counts) -> None:
    wanted, found = gold.chars["source"], read.chars["source"]
    n["src", "n"] += 1
    n["src", "overlap"] += bool(wanted & found)
    n["src", "head"] += bool((gold.head or wanted) & found)
    n["src", "equal"] += gold.tokens["source"] == read.tokens["source"]
    n["src", "absent"] += not found


def _roles(credits: Sequence[Credit], tokens: Mapping[int, int]) -> dict[int, str]:
    """The one role of each token."""
    votes: dict[int, Counter[str]] = {}
    for role in ROLES:
        for i in {i for credit in credits for i in credit.chars[role] if i in tokens}:
            votes.setdefault(tokens[i], Counter())[role] += 1
    return {token: max(ROLES, key=lambda role: (v[role], -ROLES.index(role))) for token, v in votes.items()}


def _chars(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end))


def _prf(n: Counts, name: str) -> Figures:
    right, wanted, found = n[name, "tp"], n[name, "g"], n[name, "p"]
    return {
        "p": right / (found or 1),
        "r": right / (wanted or 1),
        "f1": 2 * right / (found + wanted or 1),
        "tp": right,
        "gold": wanted,
        "pred": found,
    }
