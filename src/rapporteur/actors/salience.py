"""How prominent a phrase is, by its place in its sentence, and which phrases act together.

The order subject, agent, object, possessor, rest is that of Lappin and Leass, "An Algorithm for Pronominal Anaphora
Resolution", Computational Linguistics 20 (1994); the weights were set on news text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapporteur.actors import nounphrase as np
from rapporteur.language import Syntax, Token

PLAIN = 1.5
_MAIN_SUBJECT = 3.4
_ROLES = {"nsubj": 2.8, "nsubjpass": 2.8, "agent": 2.4, "dobj": 2.0, "dative": 2.0, "poss": 1.6, "appos": 1.0}
_OTHER = 1.2
_TITLE = 0.6
_FOLLOWING = 0.1


def heads(syntax: Syntax, is_named: Callable[[int], bool]) -> Iterator[Token]:
    """Heads of phrases that may denote somebody, in text order; modifiers only where they are names.

    First-person pronouns are left out: they take up the speaker, not the text.
    """
    for token in syntax.tokens:
        if token.tag in ("CD", "DT", "JJ"):
            standing = token.dep in _ROLES or token.dep in ("pobj", "conj")
        else:
            standing = token.tag[:2] in ("NN", "PR", "WP") or token.tag == "WDT"
        if standing and (not np.is_modifier(token) or is_named(token.i)):
            yield token


def weight(syntax: Syntax, token: Token) -> float:
    """The prominence of the phrase headed by ``token``."""
    if np.is_modifier(token):
        return _TITLE
    head = syntax.tokens[token.head]
    if token.dep in ("nsubj", "nsubjpass") and head.dep == "ROOT":
        return _MAIN_SUBJECT
    if token.dep == "pobj" and head.dep == "agent":
        return _ROLES["agent"]
    if token.dep in ("conj", "appos"):
        return weight(syntax, head) - _FOLLOWING
    return _ROLES.get(token.dep, _OTHER)


def joint(syntax: Syntax, token: Token) -> list[Token]:
    """The heads of all phrases that act together once ``token``, the last of them, is reached; [] where it is none.

    A coordination, or the subjects of a verb and the objects of "with" under it.
    """
    if token.dep == "conj" and not any(True for _ in syntax.children(token.i, "conj")):
        first = token
        while first.dep == "conj":
            first = syntax.tokens[first.head]
        return list(np.conjuncts(syntax, first.i))
    if token.dep == "pobj" and syntax.tokens[token.head].lower == "with":
        verb = next((a for a in syntax.ancestors(token.i) if a.tag[:1] == "V"), None)
        subjects = list(syntax.children(verb.i, "nsubj")) if verb is not None else []
        if subjects:
            return [t for s in (*subjects, token) for t in np.conjuncts(syntax, s.i)]
    return []
