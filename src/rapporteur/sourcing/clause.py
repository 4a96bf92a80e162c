"""Grammar of a crediting clause: whose clause it is, and which words are its verb.

Dependencies are ClearNLP's, as in ``language.syntax``.
"""

from __future__ import annotations

from rapporteur.knowledge.cues import Cues
from rapporteur.language.syntax import Syntax, Token

_RELATIVE = frozenset(("which", "that", "who", "whom", "what", "whose"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_SHARED = frozenset(("conj", "xcomp", "advcl", "pcomp", "acl", "ccomp", "parataxis", "dep", "prep"))
_QUOTE_TAGS = frozenset(("``", "''"))
_DEPTH = 6


def is_verb(token: Token) -> bool:
    """Whether the token is a verb form."""
    return token.tag[:1] == "V" or token.tag == "MD"


def is_finite(token: Token) -> bool:
    """Whether the token is a tensed verb."""
    return token.tag in ("VBD", "VBZ", "VBP")


def is_passive(syntax: Syntax, verb: Token) -> bool:
    """Whether the participle is passive: "was rejected", "a view shared by"."""
    if verb.tag not in ("VBN", "VBD"):
        return False
    deps = {child.dep for child in syntax.children(verb.i)}
    if "auxpass" in deps:
        return True
    if "nsubj" in deps or verb.tag != "VBN":
        return False
    if "nsubjpass" in deps:
        return True
    if verb.dep == "conj":
        head = syntax.tokens[verb.head]
        return head.tag == "VBN" and is_passive(syntax, head)
    return not any(child.lemma == "have" for child in syntax.children(verb.i, "aux"))


def infinitive_mark(syntax: Syntax, verb: Token) -> Token | None:
    """The "to" of an infinitive."""
    return next((c for c in syntax.children(verb.i, "aux", "mark") if c.tag == "TO"), None)


def own_subject(syntax: Syntax, verb: Token) -> Token | None:
    """The verb's own subject. "The talks, said Ruiz, ...": behind the verb beats before it, a name a relative."""
    found = list(syntax.children(verb.i, *_SUBJECTS))
    if not found:
        return _inverted(syntax, verb)
    if len(found) > 1:
        found = [t for t in found if not (t.lower in _RELATIVE and t.tag[:1] == "W")] or found
    behind = [t for t in found if t.i > verb.i]
    if behind and not _may_invert(syntax, verb):
        return found[0] if found[0].i < verb.i else None
    return behind[0] if behind else found[-1]


def _may_invert(syntax: Syntax, verb: Token) -> bool:
    """Whether a subject may stand behind the verb: at the start or behind a comma or quotation ("..., said X").

    In "rejects this and says its army left", what the parser calls the subject of "says" belongs to what is said.
    """
    first = verb.i
    while first > 0 and syntax.tokens[first - 1].dep in ("aux", "auxpass", "advmod", "neg"):
        first -= 1
    if verb.dep != "conj" or first == 0:
        return True
    before = syntax.tokens[first - 1]
    return before.text in (",", "—", "–", "-", ":") or before.tag in _QUOTE_TAGS


def _inverted(syntax: Syntax, verb: Token) -> Token | None:
    """ "...," said the minister: the parser may take the subject behind the verb for its object."""
    if not is_finite(verb) or verb.i == 0 or verb.dep not in ("ROOT", "parataxis", "ccomp"):
        return None
    before = syntax.tokens[verb.i - 1]
    if before.text != "," and before.tag not in _QUOTE_TAGS:
        return None
    behind = [t for t in syntax.children(verb.i, "dobj", "attr", "npadvmod", "oprd", "dep") if t.i > verb.i]
    if len(behind) == 1 and behind[0].tag[:1] in ("N", "P"):
        return behind[0]
    return None


def agent(syntax: Syntax, verb: Token) -> Token | None:
    """Who a passive says did it."""
    for by in syntax.children(verb.i, "agent"):
        for person in syntax.children(by.i, "pobj"):
            return person
    return None


def subject(syntax: Syntax, verb: Token, depth: int = 0) -> Token | None:
    """The verb's subject, its own or the one it shares with the verb it leans on ("..., adding that ...")."""
    found = own_subject(syntax, verb)
    if found is not None or depth > _DEPTH or verb.dep not in _SHARED:
        return found
    head = syntax.tokens[verb.head]
    if verb.dep in ("acl", "relcl") and not is_verb(head):
        comma = any(syntax.tokens[k].text == "," for k in range(head.i, verb.i))
        if (not comma and verb.tag == "VBG") or is_finite(verb):
            return head
    if is_finite(verb) and verb.dep not in ("conj", "dep"):
        return None
    while not is_verb(head):
        if head.head == head.i:
            return None
        head = syntax.tokens[head.head]
    if verb.dep in ("xcomp", "advcl", "ccomp") and infinitive_mark(syntax, verb) is not None:
        controller = next(syntax.children(head.i, "dobj"), None)
        if controller is not None and controller.i < verb.i:
            return controller
    return subject(syntax, head, depth + 1)


def leans_on(syntax: Syntax, participle: Token, cues: Cues) -> Token | None:
    """The verb of speech that "..., adding that ..." really leans on, where the parser hung it inside what that says.

    "He said it had failed, adding that ...", "He said it had failed and blamed the army": whoever said also added and
    blamed. A joined verb is the speaker's where its form is that of the verb of speech and not that of what is said.
    """
    finite = participle.tag == "VBD" and participle.dep == "conj"
    if not finite and (participle.tag != "VBG" or participle.dep not in ("advcl", "conj")):
        return None
    if own_subject(syntax, participle) is not None:
        return None
    own = cues.verb(participle.lemma)
    if own is None or not own.speech or participle.i == 0:
        return None
    first = syntax.subtree(participle.i)[0]
    set_off = first > 0 and syntax.tokens[first - 1].text in (",", "—", "–")
    inside = syntax.tokens[participle.head]
    for above in syntax.ancestors(inside.i):
        if inside.dep != "ccomp" or inside.i < above.i:
            return None
        cue = cues.verb(above.lemma)
        joined = participle.dep == "conj" and above.tag == participle.tag != inside.tag
        if cue is not None and cue.speech and is_verb(above) and (joined or (participle.dep == "advcl" and set_off)):
            return above
        inside = above
    return None


def antecedent(syntax: Syntax, token: Token) -> Token:
    """The noun that a relative pronoun stands for; the token itself where it is none."""
    if token.lower in _RELATIVE and token.tag[:1] == "W":
        for above in syntax.ancestors(token.i):
            if above.dep == "relcl":
                return syntax.tokens[above.head]
    return token


def verb_group(syntax: Syntax, verb: Token, cues: Cues) -> tuple[list[int], bool]:
    """The verb with its auxiliaries, particle, negation and inner adverbs, and the verbs that only colour it
    ("appeared to threaten"); and whether it is negated."""
    group = {verb.i}
    negated = False
    for child in syntax.children(verb.i):
        if child.dep in ("aux", "auxpass", "prt", "neg"):
            group.add(child.i)
            negated = negated or child.dep == "neg"
        elif child.dep == "advmod" and child.i == verb.i - 1 and child.tag[:2] == "RB":
            group.add(child.i)
    head = syntax.tokens[verb.head]
    if verb.dep == "xcomp" and is_verb(head) and head.lemma in cues.raising and head.i < verb.i:
        above, above_negated = verb_group(syntax, head, cues)
        group.update(above)
        negated = negated or above_negated
    return sorted(group), negated


def first_auxiliary(group: list[int], verb: int) -> int:
    """Where the unbroken run of group words up to the verb begins."""
    i = verb
    while i - 1 in group:
        i -= 1
    return i
