"""The shape of a noun phrase: where it begins and ends for a reader, its name, its modifiers.

Dependencies are ClearNLP's as in ``language.syntax``.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from rapporteur.language import Syntax, Token

BEFORE = frozenset(
    {"det", "predet", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "npadvmod", "advmod", "case"}
)
_INSIDE = frozenset({"amod", "compound", "nmod", "nummod"})
_LONGEST_TAIL = 6
_CALENDAR = frozenset((*calendar.day_name, *calendar.month_name[1:]))


def is_nominal(token: Token) -> bool:
    """Whether the token can head a phrase for somebody: noun, name, number, demonstrative, adjective as noun."""
    return token.tag[:2] == "NN" or token.tag in ("CD", "DT", "PDT", "JJ", "JJS", "JJR", "ADD", "FW")


def is_modifier(token: Token) -> bool:
    """Whether the token stands inside a larger phrase, before its head."""
    return token.dep in ("compound", "amod", "nmod", "nummod", "det", "predet", "quantmod", "npadvmod", "advmod")


def name_start(syntax: Syntax, i: int) -> int:
    """Index of the first token of the proper name that ends at ``i``: capitalised parts directly before it."""
    first = i
    tokens = syntax.tokens
    while first > 0:
        before = tokens[first - 1]
        joined = (
            before.tag in ("NNP", "NNPS") and before.dep in ("compound", "nmod", "amod") and top(syntax, before.i) == i
        )
        hyphen = before.tag == "HYPH" and first > 1 and tokens[first - 2].tag == "NNP" and top(syntax, first - 2) == i
        if not (joined or hyphen):
            break
        first -= 1
    return first


def top(syntax: Syntax, i: int) -> int:
    """Head of the phrase that the modifier ``i`` is part of."""
    tokens = syntax.tokens
    while tokens[i].dep in ("compound", "amod", "nmod", "nummod", "npadvmod", "punct") and tokens[i].head > i:
        i = tokens[i].head
    return i


def left_edge(syntax: Syntax, i: int) -> int:
    """Index of the first token of the phrase headed by ``i``: determiner, titles, adjectives, possessor."""
    first = i
    for child in syntax.children(i):
        if child.i > i or child.dep not in BEFORE:
            continue
        if child.tag in ("VBN", "VBG") and any(True for _ in syntax.children(child.i, "agent", "prep", "npadvmod")):
            continue  # a clause of its own: "prompted by the raid, Chad objected"
        first = min(first, _reach(syntax, child.i))
    while first < i and syntax.tokens[first].dep == "punct":
        first += 1
    return first


def _reach(syntax: Syntax, i: int) -> int:
    edge = i
    for child in syntax.children(i):
        if child.i < edge and child.dep not in ("cc", "punct", "preconj", "mark", "prep", "acl", "relcl", "advcl"):
            edge = min(edge, _reach(syntax, child.i))
    return edge


def right_edge(syntax: Syntax, i: int) -> int:
    """Index of the last token of the phrase for a reader: a name in apposition, a short prepositional phrase after
    the head; relative clauses and long tails are left out."""
    last = i
    for child in syntax.children(i):
        if child.i <= i or child.dep == "punct":
            continue
        if child.dep == "appos" and child.tag in ("NNP", "NNPS") and syntax.tokens[i].tag[:3] != "NNP":
            begin = left_edge(syntax, child.i)
            gap = begin - last
            if gap == 1 or (gap == 2 and syntax.tokens[begin - 1].text == ","):
                last = child.i
                continue
            break
        if child.dep in ("prep", "amod") and child.i == last + 1:
            tail = syntax.subtree(child.i)
            if len(tail) <= _LONGEST_TAIL and tail[-1] - tail[0] + 1 == len(tail) and not _is_clausal(syntax, tail):
                last = tail[-1]
                continue
        break
    return last


def _is_clausal(syntax: Syntax, indices: list[int]) -> bool:
    """Whether a tail is more than a name's own: a clause, a further phrase, or when something happened."""
    tokens = [syntax.tokens[k] for k in indices]
    return any(t.dep in ("relcl", "acl", "pcomp", "conj") or t.text in _CALENDAR for t in tokens)


def span(syntax: Syntax, i: int) -> tuple[int, int]:
    """Body offsets of the phrase headed by ``i`` as a reader would name it."""
    first, last = left_edge(syntax, i), right_edge(syntax, i)
    return syntax.tokens[first].start, syntax.tokens[last].end


def inner(syntax: Syntax, i: int) -> Iterator[Token]:
    """Tokens that modify head ``i`` from before, in text order, possessors left out: names among them say whose the
    phrase is."""
    for child in syntax.children(i):
        if child.i < i and child.dep in _INSIDE:
            yield from inner(syntax, child.i)
            yield child
            yield from (c for c in syntax.children(child.i, "conj") if c.i < i)
            if child.tag == "NNS":  # "dozens of Hamas members", parsed as dozens-of-Hamas members
                yield from (obj for obj in objects(syntax, child.i, "of") if obj.i < i)


def possessor(syntax: Syntax, i: int) -> Token | None:
    """The possessor of head ``i`` ("Israel's", "his"), looked for at its titles too."""
    return next(syntax.children(i, "poss"), None)


def objects(syntax: Syntax, i: int, preposition: str) -> Iterator[Token]:
    """Objects of the prepositions ``preposition`` directly under ``i``, with those coordinated with them; not with a
    phrase that "a" introduces, which mostly stands beside the whole ("troops of the regime and a rebel group")."""
    for prep in syntax.children(i, "prep", "agent", "dative"):
        if prep.lower == preposition:
            for obj in syntax.children(prep.i, "pobj", "pcomp"):
                for each in conjuncts(syntax, obj.i):
                    if each.i == obj.i or determiner(syntax, each.i) not in ("a", "an"):
                        yield each


def conjuncts(syntax: Syntax, i: int) -> Iterator[Token]:
    """Token ``i`` and what is coordinated with it, in text order."""
    yield syntax.tokens[i]
    for child in syntax.children(i, "conj"):
        yield from conjuncts(syntax, child.i)


def determiner(syntax: Syntax, i: int) -> str | None:
    """The determiner of head ``i``, lower case, or None."""
    first = next(syntax.children(i, "det", "predet"), None)
    return first.lower if first is not None else None


def is_plural(token: Token) -> bool:
    """Whether the head is plural in form."""
    return token.tag in ("NNS", "NNPS")
