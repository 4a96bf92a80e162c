"""The small language in which frames state their patterns (``docs/frames.md`` is its manual).

A pattern is a line such as ``impose {sanctions} (on|against R)``. Its first word is the head (a verb, noun or
adjective lemma, a choice ``a|b`` or a class ``{name}``); what follows are elements in any order of the sentence:

====================  =================================================================
``R`` ``A`` ``X``     the object fills recipient, actor, or merely must be there
``R!``                the object must be somebody: a party, a person or a group
``R:{people}``        the object's head is in the class, and it fills the recipient
``{talks}`` ``a|b``   the object's head is one of these words; it fills no role
``on|against R``      a prepositional phrase, its object as above
``+out``              a particle
``TO`` ``THAT``       an infinitive, a finite clause (``TO:{leave}``: its verb in the class)
``ING``               a gerund
``TO:{face}/{costs}`` (TO, THAT, ING) its verb in the first class, with an object in the second
``WILL``              the head verb stands in the future: "will", "would", "is going to"
``MAIN``              the head verb is no participle that describes somebody: not "forces fighting the rebels"
``X:[drone|air]``     the filler has one of these words before it: adjective, compound or possessor
``[air|drone]``       (nouns) a word before the head: adjective, compound or possessor
``( ... )``           the element may be missing
====================  =================================================================

The subject of a verb fills the actor; ``R <`` before the head makes it the recipient, ``X <`` neither; ``A:{force} <``
asks for a subject of the class, ``A:[drone] <`` for one with that word before it. In a clause's class, "not" is met by
a negated verb, an adjective or noun by what the clause says that its subject is ("that the raid was illegal").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal

import msgspec

ElementKind = Literal["obj", "prep", "prt", "to", "that", "ing", "mod", "will", "main"]
Role = Literal["A", "R", "X"]

_TOKEN = re.compile(r"\(([^()]+)\)|(\S+)")
_HEAD_ROLE = re.compile(r"^([ARX])(?::(\S+))?\s*<\s*")
_NONE: frozenset[str] = frozenset()
_CLAUSE = {"TO": "to", "THAT": "that", "ING": "ing"}


class Element(msgspec.Struct, frozen=True, array_like=True):
    """One condition on the head's surroundings.

    ``words`` are the prepositions or the particle, or of a clause the objects that its verb may have; ``lemmas`` the
    words allowed as filler's head (empty: any); ``role`` what the filler is; ``strict`` that the filler must be
    somebody; ``optional`` that it may be missing; ``before`` words of which one must stand before the filler's head.
    """

    kind: ElementKind
    words: tuple[str, ...] = ()
    lemmas: frozenset[str] = frozenset()
    role: Role | None = None
    strict: bool = False
    optional: bool = False
    before: frozenset[str] = frozenset()


class Pattern(msgspec.Struct, frozen=True, array_like=True):
    """A parsed pattern line: head lemmas, the role of a verb's subject, and the elements."""

    heads: frozenset[str]
    subject: Role
    elements: tuple[Element, ...]
    text: str
    subject_lemmas: frozenset[str] = frozenset()
    subject_before: frozenset[str] = frozenset()


class PatternError(ValueError):
    """A pattern line that can't be understood; the message says which part and why."""


def parse_pattern(line: str, classes: Mapping[str, Collection[str]], prepositions: Collection[str]) -> Pattern:
    """Parse one pattern line.

    Args:
        line: the pattern, see the module's table.
        classes: word classes by name.
        prepositions: words that begin a prepositional element.

    Raises:
        PatternError: with the part that is wrong.
    """
    rest = line.strip()
    subject: Role = "A"
    subject_lemmas, subject_before = _NONE, _NONE
    if match := _HEAD_ROLE.match(rest):
        subject = match.group(1)  # type: ignore[assignment]
        subject_lemmas, subject_before = _limits(match.group(2) or "", classes)
        rest = rest[match.end() :]
    pieces: list[tuple[str, bool]] = [(m.group(1) or m.group(2), m.group(1) is not None) for m in _TOKEN.finditer(rest)]
    before = 0  # "[air|drone] strike": words before the head may stand before it in the line too
    while before < len(pieces) and pieces[before][0].startswith("["):
        before += 1
    if before >= len(pieces) or pieces[before][1]:
        raise PatternError(f"'{line}' has no head word")
    heads = _lemmas(pieces[before][0], classes)
    elements = [_element(piece.split(), opt, line, classes, prepositions) for piece, opt in pieces[:before]]
    at = before + 1
    while at < len(pieces):
        piece, optional = pieces[at]
        at += 1
        words = piece.split()
        if not optional and _is_preposition(piece, prepositions):
            if at >= len(pieces) or pieces[at][1]:
                raise PatternError(f"'{piece}' in '{line}' needs what follows it, such as '{piece} R'")
            words = [piece, pieces[at][0]]
            at += 1
        elements.append(_element(words, optional, line, classes, prepositions))
    return Pattern(heads, subject, tuple(elements), line.strip(), subject_lemmas, subject_before)


def _is_preposition(piece: str, prepositions: Collection[str]) -> bool:
    return all(part in prepositions for part in piece.split("|"))


def _element(
    words: list[str], optional: bool, line: str, classes: Mapping[str, Collection[str]], prepositions: Collection[str]
) -> Element:
    first = words[0]
    if len(words) == 2 and _is_preposition(first, prepositions):
        role, strict, lemmas, before = _filler(words[1], classes)
        return Element("prep", tuple(first.split("|")), lemmas, role, strict, optional, before)
    if len(words) != 1:
        raise PatternError(
            f"'{' '.join(words)}' in '{line}' is not one element; prepositions are listed in classes.yaml"
        )
    if first.startswith("+"):
        return Element("prt", tuple(first[1:].split("|")), optional=optional)
    if first.startswith("[") and first.endswith("]"):
        return Element("mod", (), _lemmas(first[1:-1], classes), optional=optional)
    if first in ("WILL", "MAIN"):
        return Element("will" if first == "WILL" else "main", optional=optional)
    clause, _, verbs = first.partition(":")
    if clause in _CLAUSE:
        verbs, _, objects = verbs.partition("/")
        lemmas = _lemmas(verbs, classes) if verbs else _NONE
        with_object = tuple(sorted(_lemmas(objects, classes))) if objects else ()
        return Element(_CLAUSE[clause], with_object, lemmas, optional=optional)  # type: ignore[arg-type]
    role, strict, lemmas, before = _filler(first, classes)
    return Element("obj", (), lemmas, role, strict, optional, before)


def _filler(
    word: str, classes: Mapping[str, Collection[str]]
) -> tuple[Role | None, bool, frozenset[str], frozenset[str]]:
    """Role, strictness, words allowed as head, words wanted before the head."""
    slot, _, limit = word.partition(":")
    strict = slot.endswith("!")
    name = slot.removesuffix("!")
    if name == "ING":  # "from ING": a gerund after a preposition
        return "X", False, *_limits(limit, classes)
    if name in ("A", "R", "X"):
        return name, strict, *_limits(limit, classes)  # type: ignore[return-value]
    return None, False, _lemmas(word, classes), _NONE


def _limits(limit: str, classes: Mapping[str, Collection[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """What ``R:`` is followed by: the words allowed as head, or in brackets those wanted before it."""
    if limit.startswith("[") and limit.endswith("]"):
        return _NONE, _lemmas(limit[1:-1], classes)
    return (_lemmas(limit, classes) if limit else _NONE), _NONE


def _lemmas(choice: str, classes: Mapping[str, Collection[str]]) -> frozenset[str]:
    out: set[str] = set()
    for part in choice.split("|"):
        if part.startswith("{") and part.endswith("}"):
            name = part[1:-1]
            if name not in classes:
                raise PatternError(f"no class '{name}'; known are {', '.join(sorted(classes)) or 'none'}")
            out.update(classes[name])
        elif re.fullmatch(r"[^\W\d_][\w'&.-]*", part) and part == part.lower():
            out.add(part)
        else:
            raise PatternError(f"'{part}' is neither a lower-case word, a class in braces nor a slot (A, R, X)")
    return frozenset(out)
