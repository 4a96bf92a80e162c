"""What a verb is said to say: which of its complements are content.

``Complements`` sorts a verb's children once; ``content_of`` chooses by what the verb's cue takes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapporteur.knowledge.cues import Cues, VerbCue
from rapporteur.language.syntax import Syntax, Token
from rapporteur.sourcing.clause import infinitive_mark, is_finite, is_verb, leans_on, own_subject

_QUOTE_TAGS = frozenset(("``", "''"))
_FINITE_SIGNS = ("nsubj", "nsubjpass", "aux", "auxpass", "expl")
_NOUN_PHRASE = frozenset("DT PRP$ PRP POS JJ JJR JJS CD NN NNS NNP NNPS HYPH VBN".split())
_CONTRAST = frozenset(("while", "whereas"))
_CONTENT_MARKS = frozenset(("that", "whether", "if", "how", "why"))


@dataclass(slots=True)
class Complements:
    """A verb's children by what they are, in text order."""

    clauses: list[Token] = field(default_factory=list)
    infinitives: list[Token] = field(default_factory=list)
    gerunds: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    predicates: list[Token] = field(default_factory=list)
    prepositions: list[Token] = field(default_factory=list)
    fronted: list[Token] = field(default_factory=list)
    left_clause: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """Tokens of the content, the complement or preposition that it is, words that join the cue, where it stands, and
    the source where the words' order tells it better than the parser."""

    tokens: frozenset[int]
    complement: str
    joins: tuple[int, ...] = ()
    behind: bool = False
    source: frozenset[int] = frozenset()


def complements_of(syntax: Syntax, verb: Token, subject: Token | None) -> Complements:
    """Sort the verb's children."""
    found = Complements()
    for child in syntax.children(verb.i):
        if subject is not None and child.i == subject.i:
            continue
        _sort_in(syntax, verb, child, found)
    if not any(c.i > verb.i for c in found.clauses):
        found.clauses.extend(_under_manner(syntax, found.prepositions))
    found.left_clause = any(c.i < verb.i for c in found.clauses)
    return found


def _under_manner(syntax: Syntax, prepositions: list[Token]) -> list[Token]:
    """ "said in a statement that ...": the clause may hang from "statement"."""
    return [
        clause
        for preposition in prepositions
        for noun in syntax.children(preposition.i, "pobj")
        for clause in syntax.children(noun.i, "acl", "ccomp")
        if preposition.lower in ("in", "on", "to", "at", "via") and _opens_with(syntax, clause, _CONTENT_MARKS)
    ]


def _sort_in(syntax: Syntax, verb: Token, child: Token, found: Complements) -> None:
    dep = child.dep
    behind = child.i > verb.i
    to = infinitive_mark(syntax, child) if child.tag in ("VB", "VBN") else None
    if dep in ("xcomp", "ccomp", "advcl") and to is not None:
        if behind and (dep != "advcl" or child.i - verb.i < 15):
            found.infinitives.append(child)
    elif dep == "xcomp" and child.tag == "VBG" and behind:
        found.gerunds.append(child)
    elif dep == "ccomp" or (dep == "xcomp" and behind and _is_finite_clause(syntax, child)):
        if not behind or _is_clause(syntax, child):
            found.clauses.append(child)
        if behind and not is_verb(child):
            found.predicates.append(child)
    elif _is_clause_all_the_same(syntax, child, behind):
        found.clauses.append(child)
    elif dep in ("dobj", "dative") and behind:
        found.objects.append(child)
    elif dep == "dobj" and verb.dep == "relcl" and child.tag == "WDT":
        found.fronted.append(child)
    elif dep in ("oprd", "attr", "acomp", "xcomp") and behind:
        found.predicates.append(child)
    elif dep in ("prep", "dative", "agent") and behind:
        found.prepositions.append(child)


def _is_clause_all_the_same(syntax: Syntax, child: Token, behind: bool) -> bool:
    """Content clauses that the parser gave another label."""
    if child.dep in ("dobj", "dep", "attr", "oprd", "intj"):
        return is_finite(child)
    return child.dep in ("advcl", "acl", "relcl") and behind and _opens_with(syntax, child, _CONTENT_MARKS - {"if"})


def _is_clause(syntax: Syntax, child: Token) -> bool:
    return is_verb(child) or any(True for _ in syntax.children(child.i, "mark", "cop", "aux", "nsubj"))


def _is_finite_clause(syntax: Syntax, child: Token) -> bool:
    return any(c.tag == "MD" or c.dep in ("nsubj", "csubj") for c in syntax.children(child.i)) and is_verb(child)


def _opens_with(syntax: Syntax, clause: Token, words: frozenset[str]) -> bool:
    return any(c.lower in words and c.i < clause.i for c in syntax.children(clause.i, "mark", "advmod"))


def content_of(
    syntax: Syntax, verb: Token, cue: VerbCue, found: Complements, *, passive: bool,
    credit_start: int, cues: Cues,
) -> Content | None:  # fmt: skip
    """The verb's content, None where nothing that it takes is there.

    ``credit_start`` is the token at which the credit begins: what a verb has before that is content of a credit
    that comes behind ("..., he said").
    """
    particle = any(True for _ in syntax.children(verb.i, "prt")) and " " not in cue.lemma
    chosen = _clause(syntax, verb, cue, found, credit_start, cues)
    if chosen is not None or particle:
        return chosen
    for choose in (_infinitive, _gerund, _small, _object):
        chosen = choose(syntax, cue, found, passive)
        if chosen is not None:
            return chosen
    chosen = _prepositional(syntax, cue, found, cues)
    if chosen is None and (not found.objects or cue.hearer):
        chosen = _parenthetical(syntax, verb, cue, credit_start)
        if chosen is None or max(chosen.tokens, default=-1) < verb.i:
            chosen = _by_position(syntax, verb, cue) or chosen
    return chosen


def _clause(
    syntax: Syntax, verb: Token, cue: VerbCue, found: Complements, credit_start: int, cues: Cues
) -> Content | None:
    ahead = [c for c in found.clauses if c.i > verb.i]
    if ahead and ("clause" in cue.takes or ("quote" in cue.takes and _quoted(syntax, ahead[0]))):
        tokens = {k for c in ahead for k in syntax.subtree(c.i)} - _others_words(syntax, ahead, cues)
        tokens -= _circumstance(syntax, verb, ahead[0])
        tokens.update(_relative_left_over(syntax, verb))
        broken = found.left_clause and "quote" in cue.takes and _quoted(syntax, found.clauses[0])
        if broken and _quoted(syntax, ahead[0]) and _set_off(syntax, credit_start):
            tokens.update(k for k in syntax.subtree(verb.i) if k < credit_start)
        return Content(frozenset(tokens), "clause", behind=broken)
    run_on = _run_on(syntax, verb, credit_start) if not ahead and "clause" in cue.takes else None
    if run_on is not None:
        return run_on
    if found.left_clause and not ahead and cue.takes & {"clause", "quote"} and _set_off(syntax, credit_start):
        first = found.clauses[0]
        if first.tag in ("VBN", "VBG") and not any(True for _ in syntax.children(first.i, *_FINITE_SIGNS)):
            return None
        if "clause" not in cue.takes and not _quoted(syntax, first):
            return None
        tokens = {k for k in syntax.subtree(verb.i) if k < credit_start}
        return Content(frozenset(tokens), "clause", behind=True)
    return None


def _circumstance(syntax: Syntax, verb: Token, clause: Token) -> set[int]:
    """ "said on Monday it would": without a comma, what stands between tells when or where it was said."""
    cut: set[int] = set()
    at = verb.i + 1
    for child in syntax.children(clause.i):
        reach = syntax.subtree(child.i)
        if child.dep not in ("prep", "npadvmod") or child.i > clause.i or reach[0] > at or reach[-1] - reach[0] > 8:
            break
        at = reach[-1] + 1
        cut.update(reach)
    if cut and syntax.tokens[at].text not in (",", "—", "–"):
        return cut
    return set()


def _run_on(syntax: Syntax, verb: Token, credit_start: int) -> Content | None:
    """ "rejects this and says its army left", where "its army" was parsed as who says, and "left" as one verb more.

    What is said runs from that noun to the end of the next verb's clause.
    """
    if own_subject(syntax, verb) is not None or verb.dep != "conj":
        return None
    noun = next((c for c in syntax.children(verb.i, "nsubj", "dobj") if c.i > verb.i), None)
    siblings = [*syntax.children(verb.head, "conj"), *syntax.children(verb.i, "conj")]
    follower = next((c for c in siblings if noun and c.i > noun.i and is_finite(c)), None)
    if noun is None or follower is None or any(c.i < follower.i for c in syntax.children(follower.i, "nsubj")):
        return None
    first = syntax.subtree(noun.i)[0]
    if any(syntax.tokens[k].tag == "CC" for k in range(syntax.subtree(noun.i)[-1] + 1, follower.i)):
        return None
    return Content(frozenset(range(first, syntax.subtree(follower.i)[-1] + 1)), "clause")


def _others_words(syntax: Syntax, clauses: list[Token], cues: Cues) -> set[int]:
    """ "A said it failed, while B said it had not": what hangs on the first content, but is another's credit."""
    cut: set[int] = set()
    for clause in clauses:
        cut.update(k for c in syntax.children(clause.i) if leans_on(syntax, c, cues) for k in syntax.subtree(c.i))
        for child in syntax.children(clause.i, "advcl", "conj"):
            contrast = child.dep == "conj" or any(c.lower in _CONTRAST for c in syntax.children(child.i, "mark"))
            if child.i > clause.i and contrast and _credits(syntax, child, cues) and own_subject(syntax, child):
                before = [c.i for c in syntax.children(clause.i, "cc") if c.i < child.i]
                cut.update(syntax.subtree(child.i), before[-1:])
    return cut


def _credits(syntax: Syntax, verb: Token, cues: Cues) -> bool:
    cue = cues.verb(verb.lemma) if is_verb(verb) else None
    if cue is None or not cue.speech or "clause" not in cue.takes or _that_opens(syntax, verb):
        return False
    return any(c.i > verb.i for c in syntax.children(verb.i, "ccomp"))


def _that_opens(syntax: Syntax, verb: Token) -> bool:
    return any(c.lower == "that" for c in syntax.children(verb.i, "mark"))


def _relative_left_over(syntax: Syntax, verb: Token) -> list[int]:
    """ "which it says amounts to ...": the relative belongs to what it says, wherever the parser hung it."""
    if verb.dep != "relcl":
        return []
    return [c.i for c in syntax.children(verb.i) if c.i < verb.i and c.lower in ("which", "that") and c.tag == "WDT"]


def _quoted(syntax: Syntax, clause: Token) -> bool:
    reach = syntax.subtree(clause.i)
    first, last = reach[0], reach[-1]
    marks = range(max(0, first - 1), min(len(syntax.tokens), last + 3))
    return any(syntax.tokens[k].tag in _QUOTE_TAGS or syntax.tokens[k].text in '“”"‘' for k in marks)


def _infinitive(syntax: Syntax, cue: VerbCue, found: Complements, passive: bool) -> Content | None:
    if not found.infinitives:
        return None
    infinitive = found.infinitives[0]
    tokens = set(syntax.subtree(infinitive.i))
    own_subject = any(True for _ in syntax.children(infinitive.i, "nsubj"))
    objects = [o for o in found.objects if o.i < infinitive.i]
    if "object_infinitive" in cue.takes and (objects or own_subject or passive):
        for noun in objects:
            tokens.update(syntax.subtree(noun.i))
        return Content(frozenset(tokens), "object_infinitive")
    if "infinitive" in cue.takes and infinitive.dep == "xcomp" and not objects and not passive:
        return Content(frozenset(tokens), "infinitive")
    if passive and infinitive.dep == "xcomp" and cue.takes & {"clause", "object_infinitive"}:
        return Content(frozenset(tokens), "object_infinitive")
    return None


def _gerund(syntax: Syntax, cue: VerbCue, found: Complements, passive: bool) -> Content | None:
    if found.gerunds and "gerund" in cue.takes and not passive:
        return Content(frozenset(syntax.subtree(found.gerunds[0].i)), "gerund")
    return None


def _small(syntax: Syntax, cue: VerbCue, found: Complements, passive: bool) -> Content | None:
    if "small" not in cue.takes or not found.predicates:
        return None
    tokens = set(syntax.subtree(found.predicates[0].i))
    for noun in found.objects:
        tokens.update(syntax.subtree(noun.i))
    return Content(frozenset(tokens), "small")


def _object(syntax: Syntax, cue: VerbCue, found: Complements, passive: bool) -> Content | None:
    """An object, with what its preposition brings: "accused the army of bombing it", "sees it as a threat"."""
    objects = [o for o in found.objects if not is_finite(o)] or found.fronted
    if not objects and not passive:
        return None
    tokens = {k for o in objects for k in syntax.subtree(o.i)}
    brought: list[Token] = [p for p in found.prepositions if p.lower in cue.object_prepositions]
    brought += [p for o in objects for p in syntax.children(o.i, "prep") if p.lower in cue.object_prepositions]
    if brought:
        for preposition in brought:
            tokens.update(syntax.subtree(preposition.i))
        if cue.hearer:
            for noun in objects:
                tokens.difference_update(set(syntax.subtree(noun.i)) - set(syntax.subtree(brought[0].i)))
        if tokens - {p.i for p in brought}:
            return Content(frozenset(tokens), brought[0].lower if brought[0].lower in cue.forces else "object")
    if objects and "object_infinitive" in cue.takes:
        for clause in syntax.children(objects[0].i, "acl", "relcl"):
            if infinitive_mark(syntax, clause) is not None:
                return Content(frozenset(tokens), "object_infinitive")
    if objects and "object" in cue.takes and not cue.hearer:
        return Content(frozenset(tokens), "object")
    return None


def _prepositional(syntax: Syntax, cue: VerbCue, found: Complements, cues: Cues) -> Content | None:
    for preposition in found.prepositions:
        of_manner = any(c.lemma in cues.manners for c in syntax.children(preposition.i))
        if preposition.lower in cue.prepositions and not of_manner:
            tokens = set(syntax.subtree(preposition.i)) - {preposition.i}
            if found.infinitives and found.infinitives[0].i > preposition.i:
                tokens.update(syntax.subtree(found.infinitives[0].i))
            if tokens:
                return Content(frozenset(tokens), preposition.lower, joins=(preposition.i,))
    return None


def _parenthetical(syntax: Syntax, verb: Token, cue: VerbCue, credit_start: int) -> Content | None:
    """A credit let into the sentence: "Russia, he said, will leave", "as he said, ...", "..., sources said"."""
    if not cue.takes >= {"clause", "quote"}:
        return None
    below = set(syntax.subtree(verb.i))
    left = {k for k in below if k < credit_start}
    if verb.dep in ("parataxis", "advcl") and (verb.dep == "parataxis" or _is_as_clause(syntax, verb)):
        host = {k for k in syntax.subtree(verb.head) if k not in below} | left - _as_word(syntax, verb)
        return Content(frozenset(_before_next_credit(syntax, verb, host)), "clause", behind=True)
    if verb.dep == "ccomp" and _set_off(syntax, credit_start):
        head = syntax.tokens[verb.head]
        ahead = {k for c in syntax.children(head.i, "ccomp") if c.i < verb.i < head.i for k in syntax.subtree(c.i)}
        if ahead:  # "A, B said, C reported": two contents of "reported" to the parser
            return Content(frozenset(k for k in ahead if k < credit_start), "clause", behind=True)
    if any(_tells(syntax.tokens[k]) for k in left) and _set_off(syntax, credit_start):
        return Content(frozenset(left), "clause", behind=True)
    return None


def _by_position(syntax: Syntax, verb: Token, cue: VerbCue) -> Content | None:
    """ "..., senior diplomats said, ...": noun phrase and verb between commas, whatever the parser made of them."""
    behind = syntax.tokens[verb.i + 1 : verb.i + 2]
    if not cue.speech or not is_finite(verb) or (behind and behind[0].text not in (",", ".", ";", "”", '"')):
        return None
    first = verb.i
    while first > 0 and syntax.tokens[first - 1].tag in _NOUN_PHRASE:
        first -= 1
    subject = own_subject(syntax, verb)
    if subject is None or not first <= subject.i < verb.i or first < 2 or syntax.tokens[first - 1].text != ",":
        return None
    if not any(is_finite(t) for t in syntax.tokens[: first - 1]):
        return None
    return Content(frozenset(range(first - 1)), "clause", behind=True, source=frozenset(range(first, verb.i)))


def _tells(token: Token) -> bool:
    return is_finite(token) or token.tag in _QUOTE_TAGS


def _is_as_clause(syntax: Syntax, verb: Token) -> bool:
    return bool(_as_word(syntax, verb))


def _as_word(syntax: Syntax, verb: Token) -> set[int]:
    return {c.i for c in syntax.children(verb.i) if c.lower == "as" and c.i < verb.i}


def _before_next_credit(syntax: Syntax, verb: Token, host: set[int]) -> set[int]:
    """Of "A, B said, C reported", what B said ends before C: an outer credit is no part of an inner one's content."""
    head = syntax.tokens[verb.head]
    clauses = [c for c in syntax.children(head.i, "ccomp") if c.i < verb.i]
    if clauses and head.i > verb.i:
        return {k for k in host if k < verb.i}
    return host


def _set_off(syntax: Syntax, credit_start: int) -> bool:
    before = syntax.tokens[credit_start - 1] if credit_start else None
    return before is not None and (before.text in (",", "—", "–", "-") or before.tag in _QUOTE_TAGS)
