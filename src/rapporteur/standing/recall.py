"""What a measure that is spoken of as known takes from earlier words: "the sanctions", "this block", "lifted it"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapporteur.events.roles import united
from rapporteur.knowledge.standing import MeasureFile, Phase
from rapporteur.language.syntax import Token
from rapporteur.model import Event, Party
from rapporteur.standing.draft import Draft, Sentence, agree, akin
from rapporteur.standing.life import Life, phase_for
from rapporteur.standing.phases import course_phase, enters_a_state, governing_phase

_OBJECTS = ("it", "them", "this", "these")
_SUBJECTS = ("it", "they", "this", "these")
_KNOWN = ("the", "this", "that", "these", "those", "its", "their", "his", "her")
_NEAR = 2  # sentences
_CLOSE = 1  # sentences, for what could be many things


def words_that_take_up(words: MeasureFile) -> tuple[tuple[frozenset[str], ...], ...]:
    """The words without which no sentence takes up a measure told before: in each row, one of each set."""
    course, life = words.course, words.life
    told = course.begin | course.keep | course.end | course.states | life.end | life.renew
    openings = frozenset(opening.split()[0] for opening in words.conditions.lasting)
    return (
        (frozenset(_KNOWN), frozenset(words.callings), told),
        (frozenset(_SUBJECTS), words.treating, openings),
        (frozenset(_SUBJECTS), course.entering | course.keep, course.states),
        (frozenset(_SUBJECTS), frozenset(("last",)), frozenset(("will", "would", "to"))),
        (frozenset(("so",)), frozenset(("do",)), openings),
    )


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement that a sentence names: the token and sentence, its words, and whose it is."""

    sentence: int
    token: int
    lemma: str
    words: str
    parties: tuple[Party, ...]


class Memory:
    """The measures and agreements of an article so far, each with the sentence that told of it, and who fights whom."""

    def __init__(self) -> None:
        self._known: list[tuple[int, Draft]] = []
        self._pacts: list[Pact] = []
        self._fighters: tuple[Party, ...] = ()
        self._foes: tuple[int, tuple[Party, ...]] = (0, ())
        self._sentence = 0

    def enter(self, sentence: Sentence, events: Iterable[Event]) -> None:
        """The next sentence is read: take in who fights whom in it, by its words or its events, and what agreements it
        names."""
        self._sentence = sentence.syntax.sentence
        for event in events:
            if event.type == "ASSAULT" and event.status == "actual":
                sides = _foes(event)
                self._foes = (self._sentence, sides) if sides else self._foes
        pacts = sentence.words.classes["treaty"]
        for token in sentence.tokens:
            if token.lemma in sentence.words.fights:
                between = (f for _, f in sentence.clauses.prepositional(token.i, ("between",)))
                sides = sentence.able(between, anybody=True)
                if len(sides) > 1:
                    self._fighters = sides
            if token.lemma in pacts and token.tag[:1] == "N":
                self._pacts.append(_pact(token, sentence))

    def note(self, draft: Draft) -> None:
        """A measure has been told of."""
        self._known.append((self._sentence, draft))

    def refer(self, draft: Draft, sentence: Sentence) -> bool:
        """Find the agreement that the draft's "it" stands for, and take its words and its other parties.

        Returns:
            Whether there is one, told before in this sentence or the last.
        """
        for pact in reversed(self._pacts):
            if self._sentence - pact.sentence > _CLOSE:
                return False
            before = pact.sentence < self._sentence or pact.token < draft.head
            if before and pact.lemma in draft.entry.antecedent:
                own = {p.code for p in draft.imposers}
                draft.called, draft.objects = pact.words, []
                draft.targets = tuple(p for p in pact.parties if p.code not in own)
                return True
        return False

    def complete(self, draft: Draft) -> None:
        """Give the draft the sides it lacks, from the last measure of its family that agrees with those it has.

        It takes them up where it is definite, or where it is said to end or (of a noun) to go on. A truce that names
        nobody is one between those who were said to fight each other; one whose brokers alone are named is that told
        before; who is held is held by whoever was said to.
        """
        if draft.brokered and draft.definite and self._complete_brokered(draft):
            return
        if draft.imposers and (draft.targets or draft.entry.shared):
            if draft.definite:
                self._join(draft)
            return
        told = draft.phase == "end" or (draft.head != draft.word and draft.phase in ("keep", "renew", "breach"))
        person = draft.entry.person and not draft.imposers and bool(draft.targets)
        again = bool(draft.imposers) and not draft.targets and draft.phase in (None, "keep")  # "US sanctions"
        if draft.definite or told or person or again:
            for known in self._fitting(draft):
                draft.imposers = draft.imposers or known.imposers
                draft.targets = draft.targets or known.targets
                draft.onset = known.onset
                return
        if draft.entry.shared and not draft.imposers:
            attacked, foes = self._foes
            near = draft.definite and self._sentence - attacked <= _CLOSE
            draft.imposers = self._fighters or (foes if near else ())

    def _join(self, draft: Draft) -> None:
        """A measure that is known, with all that it needs: its onset; of a truce, the sides that it doesn't name."""
        known = next(self._fitting(draft), None)
        if known is None:
            return
        draft.onset = known.onset
        if draft.entry.shared and len({p.code for p in draft.imposers}) == 1:
            draft.imposers = _with_others(known.imposers, draft.imposers)

    def _fitting(self, draft: Draft) -> Iterator[Draft]:
        """The measures known that this one may be, from the last on."""
        for _, known in reversed(self._known):
            if akin(known, draft) and agree(known.imposers, draft.imposers) and agree(known.targets, draft.targets):
                yield known

    def _complete_brokered(self, draft: Draft) -> bool:
        for _, known in reversed(self._known):
            if akin(known, draft) and known.imposers:
                draft.imposers = _with_others(known.imposers, draft.imposers)
                draft.onset = known.onset
                return True
        return False

    def spell_out(self, draft: Draft, sentence: Sentence) -> None:
        """Whoever is named by the last words of a name told before is the one so named: "the council"."""
        for place, party in enumerate(draft.imposers):
            words = party.text.lower().removeprefix("the ")
            if party.entity is not None or not sentence.finder.is_surmised(party):
                continue
            for _, known in reversed(self._known):
                named = next((p for p in known.imposers if p.entity and p.text.lower().endswith(f" {words}")), None)
                if named is not None:
                    draft.imposers = (*draft.imposers[:place], named, *draft.imposers[place + 1 :])
                    break

    def seized(self, sentence: Sentence) -> Iterator[Draft]:
        """The beginning of a detention told just before, where police break in: "was on holiday when police raided"."""
        if not self._known or self._sentence - self._known[-1][0] > _CLOSE:
            return
        known = self._known[-1][1]
        if not known.entry.person or known.onset is not None or known.status == "ended":
            return
        for token in sentence.tokens:
            if token.lemma not in sentence.words.seizing or token.tag[:1] != "V" or token.dep != "advcl":
                continue
            agents = [p for i in sentence.clauses.agents(token.i) for p in sentence.roles.parties(i)]
            if any(p.sector in ("COP", "MIL", "SPY") for p in agents):
                yield replace(known, head=token.i, word=token.i, phase="begin", begun=None, objects=[], called=None)

    # -- pronouns and other names ------------------------------------------------------------------------------

    def taken_up(self, sentence: Sentence, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """Measures that a pronoun or another noun stands for, and of which its verb tells: "restored it", "the
        suspension covers imports", "it will last until", "will go on doing so"."""
        taken = {i for d in drafts for i in (d.word, d.head)}
        for token in sentence.tokens:
            if token.i in taken or token.head in taken:
                continue
            known = self._meant(token, sentence, drafts)
            phase = _phase(token, known, sentence) if known is not None else None
            if known is None or phase is None:
                continue
            verb = token.head
            status = Life(sentence).status(phase, verb, known.entry)
            agents = (
                sentence.able(sentence.clauses.agents(verb)) if token.dep != "nsubj" and token.lower != "so" else ()
            )
            sealed = phase == "begin" and known.entry.shared  # "the plan was agreed by": its parties
            if status is not None and (sealed or agree(agents, known.imposers)):
                yield replace(
                    known,
                    imposers=_with_others(known.imposers, agents) if sealed else known.imposers,
                    head=verb,
                    word=verb,
                    phase=phase,
                    status=status,
                    begun=None,
                    objects=[],
                    definite=True,
                    brokered=False,
                )

    def _meant(self, token: Token, sentence: Sentence, drafts: Sequence[Draft]) -> Draft | None:
        """The measure that a word stands for, or None where it stands for none."""
        callings = sentence.words.callings
        if token.lower in _OBJECTS and token.dep in ("dobj", "nsubjpass"):
            return self._last(token, sentence, drafts, _NEAR)
        if token.lower in _SUBJECTS and token.dep == "nsubj" and _is_of_a_measure(token, sentence):
            return self._last(token, sentence, drafts, _CLOSE)
        if token.lower == "so" and token.dep == "advmod" and sentence.tokens[token.head].lemma == "do":
            return self._last(token, sentence, drafts, _CLOSE)
        if token.lemma in callings and token.tag[:1] == "N" and _is_bare(token, sentence):
            known = self._last(token, sentence, drafts, _NEAR)
            kinds = callings[token.lemma]
            return known if known is not None and (not kinds or known.entry.kind in kinds) else None
        return None

    def _last(self, token: Token, sentence: Sentence, drafts: Sequence[Draft], near: int) -> Draft | None:
        """The measure last told of before the word, in its sentence or shortly before."""
        here = [d for d in drafts if max(d.head, d.word) < token.i and d.imposers]
        if here:
            return here[-1]
        earlier = ((told, known) for told, known in reversed(self._known) if told < self._sentence)
        told, known = next(earlier, (-1, None))
        return known if self._sentence - told <= near else None


def _with_others(known: tuple[Party, ...], parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Those known and, of the others, who is of none of their countries."""
    codes = {p.code for p in known}
    return united(known, tuple(p for p in parties if p.code not in codes))


def _foes(event: Event) -> tuple[Party, ...]:
    """Both sides of an attack, or () where one of them is untold or of the other's country."""
    ours = tuple(p for p in event.actors if p.code is not None)
    theirs = tuple(p for p in event.recipients if p.code is not None)
    if not ours or not theirs or {p.code for p in ours} & {p.code for p in theirs}:
        return ()
    return united(ours[:1], theirs[:1])


def _pact(noun: Token, sentence: Sentence) -> Pact:
    """The agreement that the noun names; its parties by the noun's own words, else who signs or keeps it."""
    start, end = sentence.phrase(noun.i)
    syntax, clauses = sentence.syntax, sentence.clauses
    heads = [t.i for t in syntax.children(noun.i, "poss", "compound", "amod", "nmod")]
    heads += [f for _, f in clauses.prepositional(noun.i, ("with", "between", "among"))]
    parties = united(tuple(p for i in heads for p in sentence.roles.parties(i)))
    if not parties:
        verb = next((t for t in syntax.ancestors(noun.i) if t.tag[:1] == "V"), None)
        agents = clauses.agents(verb.i) if verb is not None else ()
        parties = united(tuple(p for i in agents for p in sentence.roles.parties(i)))
    known = tuple(p for p in parties if p.country is not None)
    return Pact(syntax.sentence, noun.i, noun.lemma, sentence.body[start:end], known)


def _is_bare(noun: Token, sentence: Sentence) -> bool:
    """Is it called by nothing but a noun that points back: "the measure", not "the measure against Chad"?"""
    syntax = sentence.syntax
    pointed = any(t.lower in _KNOWN for t in syntax.children(noun.i, "det", "poss"))
    return pointed and not any(syntax.children(noun.i, "prep", "relcl", "acl", "compound"))


def _is_of_a_measure(pronoun: Token, sentence: Sentence) -> bool:
    """Does a bare "it" tell how long something is so: "it will last until", "it remains in force"?"""
    verb = sentence.tokens[pronoun.head]
    if enters_a_state(sentence, verb):
        return True
    if verb.lemma not in sentence.words.treating:
        return False
    if verb.lemma == "last" and any(
        t.lower in ("will", "would", "to") for t in sentence.syntax.children(verb.i, "aux")
    ):
        return True
    if any(sentence.syntax.children(verb.i, "attr", "acomp", "dobj", "xcomp")):  # "it remains a member"
        return False
    if any(p.lower in ("in", "with", "at", "within") for p in sentence.syntax.children(verb.i, "prep")):
        return False
    clauses = [t.i for t in sentence.syntax.children(verb.i, "advcl", "prep")]
    openings = {words.split()[0] for words in sentence.words.conditions.lasting}
    return any(sentence.tokens[i].lower in openings for c in clauses for i in sentence.syntax.subtree(c)[:1])


def _phase(token: Token, known: Draft, sentence: Sentence) -> Phase | None:
    """What the word's verb tells of the measure that the word stands for."""
    verb = sentence.tokens[token.head]
    if token.dep == "advmod":  # "doing so"
        return "keep"
    if token.dep == "nsubj":
        phase = course_phase(sentence, verb)
        if phase is None and verb.lemma in sentence.words.treating:
            phase = "keep"
        return phase_for(known.entry, phase)
    if token.dep not in ("dobj", "nsubjpass"):
        return None
    phases: tuple[Phase, ...] = ("end", "renew", "keep", "breach")
    if token.dep == "nsubjpass" and token.tag[:1] == "N":
        phases = ("begin", "seal", *phases)
    phase = governing_phase(sentence, verb, phases)
    if phase is not None:
        return phase_for(known.entry, phase)
    ends = " ".join(pattern.split()[0] for pattern in known.entry.ends)
    return "end" if verb.lemma in ends.replace("|", " ").split() else None
