"""Does a frame's pattern hold at a word, and what fills its slots?"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapporteur.events.clause import Clauses
from rapporteur.knowledge.frames import Rule
from rapporteur.knowledge.patterns import Element
from rapporteur.language.syntax import Token

_COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl", "relcl", "pcomp", "dobj")
#: How an infinitive or that-clause hangs from a noun: "made a pledge to leave".
_OF_NOUN = ("acl", "relcl", "ccomp", "xcomp")


@dataclass(slots=True)
class Match:
    """A rule that holds at token ``head``.

    Attributes:
        words: tokens that state the act (the trigger).
        actors, recipients: heads of noun phrases.
        objects: heads that met an object class; a party inside one may be the recipient.
        others: heads that met an X.
        strict: heads that have to be somebody.
        complements: verbs of the infinitives and clauses that the pattern asked for.
        cuts: prepositions that the parser hung on a filler although they are the pattern's.
        met: required elements with words of their own: the more, the more specific.
    """

    rule: Rule
    head: int
    words: list[int]
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    strict: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    complements: list[int] = field(default_factory=list)
    cuts: dict[int, int] = field(default_factory=dict)
    met: int = 0

    @property
    def narrowness(self) -> float:
        """How few words the pattern's classes allow: of two patterns that hold, the narrower says more."""
        pattern = self.rule.pattern
        asked = [words for e in pattern.elements if not e.optional for words in (e.lemmas, e.before)]
        asked += [pattern.subject_lemmas, pattern.subject_before]
        return round(sum(1 / len(words) for words in asked if words), 6)


def match_verb(rule: Rule, v: int, clauses: Clauses) -> Match | None:
    """Match a verb rule at verb ``v``; None where a required element is missing."""
    found = Match(rule, v, [v])
    agents, patients = list(clauses.agents(v)), list(clauses.patients(v))
    if not _fit_subject(rule, v, agents, patients, clauses):
        return None
    if _has_stray_object(rule, v, clauses):
        return None
    if rule.pattern.subject == "A":
        found.actors += agents
    elif rule.pattern.subject == "R":
        found.recipients += agents if not clauses.passive(v) else patients
    if not _meet_all(rule, found, v, patients, clauses):
        return None
    found.met += bool(rule.pattern.subject_lemmas or rule.pattern.subject_before)
    if rule.pattern.subject == "X" and not agents:
        return None
    return found


def _fit_subject(rule: Rule, v: int, agents: list[int], patients: list[int], clauses: Clauses) -> bool:
    """Is the subject of the class that the pattern asks for? An actor stands in the by-phrase of a passive."""
    lemmas, before = rule.pattern.subject_lemmas, rule.pattern.subject_before
    if not lemmas and not before:
        return True
    subjects = patients if clauses.passive(v) and rule.pattern.subject != "A" else agents
    fitting = [i for i in subjects if not lemmas or clauses.tokens[i].lemma in lemmas]
    return any(not before or clauses.stands_before(i, before) for i in fitting)


def _has_stray_object(rule: Rule, v: int, clauses: Clauses) -> bool:
    """Has the verb a direct object although the pattern knows of none? "Resigned" is not "resigned himself to"."""
    if clauses.passive(v) or any(e.kind in ("obj", "that", "to") for e in rule.pattern.elements):
        return False
    return any(t.lemma not in clauses.times for t in clauses.syntax.children(v, "dobj"))


def match_adjective(rule: Rule, a: int, clauses: Clauses) -> Match | None:
    """Match an adjective rule at a predicate adjective: "has been critical of", "remains hostile to"."""
    token = clauses.tokens[a]
    verb = clauses.tokens[token.head]
    if token.dep not in ("acomp", "attr", "oprd", "conj", "ROOT", "advcl", "amod"):
        return None
    found = Match(rule, a, [a])
    while verb.dep == "conj" and verb.tag[:1] not in "VM" and verb.head != verb.i:
        verb = clauses.tokens[verb.head]
    if token.dep in ("acomp", "attr", "oprd", "conj") and verb.tag[:1] in "VM":
        found.actors += clauses.agents(verb.i)
    elif token.dep == "amod":
        found.actors.append(token.head)
    return found if _meet_all(rule, found, a, [], clauses) else None


def match_noun(rule: Rule, n: int, clauses: Clauses) -> Match | None:
    """Match a noun rule at noun ``n``: prepositional and premodifier elements only; parties come with ``nominal``."""
    found = Match(rule, n, [n])
    return found if _meet_all(rule, found, n, [], clauses) else None


def _meet_all(rule: Rule, found: Match, head: int, patients: list[int], clauses: Clauses) -> bool:
    """Are all required elements there? What isn't found beside the head is looked for again once the others are: the
    parser may have hung it on one of their fillers ("seek | a general for fraud")."""
    elements = sorted(rule.pattern.elements, key=_most_specific_first)
    unmet = [e for e in elements if not e.optional and not _meet(e, found, head, patients, clauses)]
    if not all(e.kind == "prep" and _meet(e, found, head, patients, clauses) for e in unmet):
        return False
    for element in elements:
        if element.optional:
            _meet(element, found, head, patients, clauses)
    return True


def _most_specific_first(element: Element) -> tuple[bool, bool, str]:
    return (element.optional, not element.lemmas, element.kind)


def _meet(element: Element, found: Match, head: int, patients: list[int], clauses: Clauses) -> bool:
    if element.kind == "obj":
        return _meet_object(element, found, patients, clauses)
    if element.kind == "prep":
        return _meet_prepositional(element, found, head, clauses)
    if element.kind == "prt":
        return _meet_particle(element, found, head, clauses)
    if element.kind == "mod":
        return _meet_modifier(element, found, head, clauses)
    if element.kind == "main":
        return not clauses.describes(head)
    if element.kind == "will":
        found.met += clauses.future(head)
        return clauses.future(head)
    return _meet_clause(element, found, head, clauses)


def _meet_object(element: Element, found: Match, patients: list[int], clauses: Clauses) -> bool:
    taken = {*found.objects, *found.others, *found.recipients, *found.actors}
    fitting = [p for p in patients if p not in taken and _allowed(element, p, clauses)]
    if not fitting and not patients and element.role == "R":
        fitting = [i for i in _asked(found, clauses) if _allowed(element, i, clauses)]
    if not fitting:
        return False
    if element.lemmas and element.role is None:
        found.words += fitting[:1]
    found.met += 1 + bool(element.lemmas) + 2 * bool(element.before)
    _fill(element, fitting, found)
    return True


def _asked(found: Match, clauses: Clauses) -> tuple[int, ...]:
    """The subject of an infinitive clause is the verb's object in sense: "wants the bank to lend"."""
    if all(e.kind != "to" for e in found.rule.pattern.elements):
        return ()
    subjects = [
        t.i
        for clause in clauses.syntax.children(found.head, "ccomp")
        if any(a.tag == "TO" for a in clauses.syntax.children(clause.i, "aux"))
        for t in clauses.syntax.children(clause.i, "nsubj", "nsubjpass")
    ]
    return clauses.expand(subjects)


def _meet_prepositional(element: Element, found: Match, head: int, clauses: Clauses) -> bool:
    places = [head, *found.objects, *found.others, *(p for p in found.words if p != head), *found.recipients]
    for place in dict.fromkeys(places):
        pairs = [pair for pair in clauses.prepositional(place, element.words) if _allowed(element, pair[1], clauses)]
        fitting = [f for _, f in pairs]
        if fitting and place in found.recipients:
            if element.role == "R":  # "the minister of Mali" is no second recipient
                continue
            found.cuts[place] = pairs[0][0]
        if fitting:
            if element.lemmas and element.role is None:
                found.words += fitting[:1]
            found.met += 1 + bool(element.lemmas) + 2 * bool(element.before)
            _fill(element, fitting, found)
            return True
    return False


def _fill(element: Element, heads: list[int], found: Match) -> None:
    if element.role == "R":
        found.recipients += heads
    elif element.role == "A":
        found.actors += heads
    elif element.role is None:
        found.objects += heads
    else:
        found.others += heads
    if element.strict:
        found.strict += heads


def _meet_particle(element: Element, found: Match, head: int, clauses: Clauses) -> bool:
    for child in clauses.syntax.children(head, "prt", "advmod", "prep", "acomp", "oprd"):
        if child.lower in element.words:
            found.words.append(child.i)
            found.met += 1
            return True
    return False


def _meet_modifier(element: Element, found: Match, head: int, clauses: Clauses) -> bool:
    child = next(clauses.words_before(head, element.lemmas), None)
    if child is None:
        return False
    found.words.append(child.i)
    found.met += 2
    return True


def _meet_clause(element: Element, found: Match, head: int, clauses: Clauses) -> bool:
    for place in dict.fromkeys((head, *found.objects)):
        for child in clauses.syntax.children(place, *(_COMPLEMENTS if place == head else _OF_NOUN)):
            if _clause_form(child, element, clauses) == element.kind and _clause_fits(element, child.i, clauses):
                found.met += 1 + bool(element.lemmas) + bool(element.words)
                found.complements.append(child.i)
                if element.lemmas and child.dep != "advcl":  # a purpose is an act of its own
                    found.words.append(child.i)
                return True
    return False


def _clause_form(child: Token, element: Element, clauses: Clauses) -> str | None:
    """Which kind of clause a dependent is; None for what is no complement of that kind."""
    if child.tag[:1] not in "VM" and not (child.dep == "ccomp" and element.kind == "that"):
        return None
    infinitive = any(t.tag == "TO" for t in clauses.syntax.children(child.i, "aux"))
    form = "to" if infinitive else "ing" if child.tag == "VBG" and child.dep != "ccomp" else "that"
    if child.dep in ("advcl", "relcl", "acl", "pcomp") and element.kind != form:
        return None
    return None if child.dep == "advcl" and element.kind == "that" else form


def _clause_fits(element: Element, verb: int, clauses: Clauses) -> bool:
    """Is the clause's verb in the element's class, and one of its objects among those the element names?"""
    if element.words:  # the verb and its object belong together: not "must stop or face tariffs"
        fits = not element.lemmas or clauses.tokens[verb].lemma in element.lemmas
        return fits and any(clauses.tokens[i].lemma in element.words for i in clauses.patients(verb))
    return not element.lemmas or not element.lemmas.isdisjoint(_verb_words(verb, clauses))


def _verb_words(verb: int, clauses: Clauses) -> set[str]:
    """Lemmas of a verb and its conjuncts, and their auxiliaries: ``THAT:must`` asks for a modal. "not" where it is
    negated; what its subject is said to be: "is illegal"."""
    words: set[str] = set()
    for v in clauses.expand_verbs(verb):
        words.add(clauses.tokens[v].lemma)
        words |= {t.lower for t in clauses.syntax.children(v, "aux")}
        if any(clauses.syntax.children(v, "neg")):
            words.add("not")
        elif clauses.tokens[v].lemma == "be":
            words |= {t.lemma for t in clauses.syntax.children(v, "acomp", "attr", "prep")}
    return words


def _allowed(element: Element, i: int, clauses: Clauses) -> bool:
    if element.lemmas and clauses.tokens[i].lemma not in element.lemmas:
        return False
    return not element.before or clauses.stands_before(i, element.before)
