"""Where a sentence speaks of talks: each word for them, with who talks, of what, where, when, and how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapporteur.events.clause import Clauses
from rapporteur.events.placing import Placer
from rapporteur.events.when import Calendar
from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Article, Event, Party, When
from rapporteur.standing.finder import Finder
from rapporteur.standing.talks_delegates import Delegates
from rapporteur.standing.talks_fate import AFTER, Fated, FateReader
from rapporteur.standing.talks_matter import Matters
from rapporteur.standing.talks_parties import distinct
from rapporteur.standing.talks_rounds import Rounds
from rapporteur.standing.talks_sight import Kind, Sight
from rapporteur.standing.talks_times import Times
from rapporteur.standing.talks_who import BEFORE, Who

#: How a word for talks hangs from the verb that tells how they fare.
_SAID = ("s", "o", "verb")


class Sights:
    """Finds the sights of one parsed sentence."""

    def __init__(
        self,
        article: Article,
        clauses: Clauses,
        people: Finder,
        placer: Placer,
        words: TalksWords,
        events: Sequence[Event],
    ) -> None:
        self._clauses = clauses
        self._syntax: Syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._people = people
        self._placer = placer
        self._words = words
        self._events = [e for e in events if e.type == "CONSULT"]
        self._body = article.body
        self._published = article.date.value
        self._calendar = Calendar(article.body, clauses, article.date.value)
        self._fates = FateReader(clauses, words)
        times = [(m.start, m.end) for m in self._calendar.mentions()]
        self._matters = Matters(article.body, clauses, words, times, self._is_town)
        self._who = Who(clauses, people, words)
        self._delegates = Delegates(clauses, self._who, words)
        self._times = Times(article, clauses, words, self._calendar)
        self._rounds = Rounds(self._syntax, words, self._times)

    def find(self) -> list[Sight]:
        """All sights of talks that there are, were or are to be, in text order; what is only wanted is none."""
        found: list[Sight] = []
        taken: set[int] = set()
        for token in self._tokens:
            kind = self._kind(token)
            if kind is None or token.i in taken:
                continue
            top = self._fates.whole(token.i)
            if top != token.i and self._kind(self._tokens[top]) is not None:
                taken.add(top)
                found = [s for s in found if s.head != top]
            sight = self._verb(token, kind) if kind in ("meeting", "negotiating") else self._noun(token, kind)
            if sight is not None:
                found.append(sight)
        found = sorted(found + self._sent(found), key=lambda s: s.head)
        return self._rounds.hung(self._united(found) + self._elliptic() + self._agendas(found))

    def _sent(self, found: Sequence[Sight]) -> list[Sight]:
        """Talks that are told by what delegates do, where nothing else in the clause tells of them."""
        out: list[Sight] = []
        for deed in self._delegates.deeds():
            fated = self._settled(
                replace(self._fates.of_verb(deed.verb), fate=self._fates.of_deed(deed.verb, deed.fate))
            )
            if fated is None or any(
                s.head == deed.verb or (self._governing(s) == deed.verb and s.parties) for s in found
            ):
                continue
            told = self._matters.of_verb(deed.verb)
            sight = self._sight(deed.verb, deed.verb, "negotiating", deed.parties, True, told, None, fated)
            named = self._matters.called(deed.who)
            out.append(replace(sight, named=named, place=sight.place or self._place_at(deed.who)))
            earlier = self._days_before(deed.verb) if deed.fate == "resumed" else None
            if earlier is not None:
                out.append(replace(out[-1], place=earlier, fate="held", mood="actual", date=None))
        return out

    def _days_before(self, v: int) -> str | None:
        """Where those sat who return: "after two days in Oslo"."""
        above = self._tokens[self._tokens[v].head]  # "will be back, an aide said, after two days in Oslo"
        said = self._tokens[v].dep == "ccomp" and above.lemma in self._words.verbs.saying
        homes = (v, above.i) if said else (v,)
        after = (t for home in homes for t in self._syntax.children(home, "prep") if t.lower in self._words.after)
        days = (t for prep in after for t in self._syntax.children(prep.i, "pobj") if t.lemma in self._clauses.times)
        return next((place for t in days if (place := self._place_at(t.i)) is not None), None)

    def _agendas(self, found: Sequence[Sight]) -> list[Sight]:
        """What the sides named before treat, where the sentence has no word for the talks."""
        if found:
            return []
        out: list[Sight] = []
        for v in self._delegates.agendas():
            fated = replace(self._fates.of_verb(v), fate=None)
            told = self._matters.treated(v)
            if told is not None and fated.mood in ("actual", "future"):
                sight = self._sight(v, v, "meeting", (), False, told, None, fated)
                out.append(replace(sight, parties=(), definite=True, date=None))
        return out

    # -- which words

    def _kind(self, token: Token) -> Kind | None:
        words = self._words
        lemma = token.lemma.lower()
        if token.tag[:1] == "V" and token.dep not in ("amod", "compound"):
            if lemma in words.verbs.negotiating:
                return "negotiating"
            return "meeting" if lemma in words.verbs.meeting or self._sits_down(token) else None
        if token.tag[:2] != "NN":
            return None
        if token.dep in ("compound", "nmod", "amod") and not self._fates.mistaken(token):
            return None
        if lemma in words.plural_only and token.tag not in ("NNS", "NNPS"):
            return None
        if self._excluded(token):
            return None
        nouns = words.nouns
        if lemma in nouns.talks:
            return "talks"
        if lemma in nouns.exchanges:
            return "exchange"
        if lemma in nouns.summits:
            return "summit"
        if lemma in nouns.gatherings:
            return "gathering"
        before = {t.lower for t in self._syntax.children(token.i, *BEFORE)}
        if lemma in nouns.processes and before & words.process_words:
            return "process"
        return "round" if lemma in nouns.rounds and (self._of_talks(token, before) or self._several(token)) else None

    def _several(self, token: Token) -> bool:
        """ "The two sides held nine rounds": of those named before."""
        verb = self._tokens[token.head]
        counted = any(t.tag == "CD" for t in self._syntax.children(token.i, "nummod"))
        held = token.dep == "dobj" and verb.lemma in self._words.fates["held"].o
        return counted and held and self._by_known(verb.i)

    def _by_known(self, v: int) -> bool:
        """Are those who do it named before: "both", "the two sides"?"""
        return any(self._tokens[i].lower in self._words.taking_up for i in self._clauses.agents(v))

    def _sits_down(self, token: Token) -> bool:
        """ "Sat down with", "came together"."""
        beside = self._syntax.children(token.i, "prt", "advmod")
        return any(f"{token.lemma} {t.lower}" in self._words.sitting_down for t in beside)

    def _excluded(self, token: Token) -> bool:
        before = (t for t in self._syntax.children(token.i, *BEFORE) if self._tokens[t.i - 1].tag != "HYPH")
        return any(t.lower in self._words.not_talks for t in before)

    def _of_talks(self, token: Token, before: set[str]) -> bool:
        """ "the third round": not one of a fight or a cup."""
        behind = [t.lower for t in self._syntax.children(token.i, "prep") if t.lower == "of"]
        return not behind and bool(before & (set(self._words.ordinals) | self._words.another))

    # -- one sight

    def _noun(self, token: Token, kind: Kind) -> Sight | None:
        n = token.i
        top = self._fates.whole(n)
        fated = self._settled(self._fates.of_noun(n))
        if fated is None:
            return None
        told = self._matters.told(n, top, fated.verb if self._who.carries(fated) or self._about(fated) else -1)
        named = self._matters.named(n, top)
        places = frozenset(
            t.i for home in (n, top) for t in self._syntax.children(home, *BEFORE) if self._names_place(t)
        )
        parties, facing = self._who.of_noun(n, top, fated, places)
        if kind in ("summit", "gathering") and not facing and self._who.organisers(n, places):
            return None  # an organisation's own affair
        return self._sight(n, top, kind, parties, facing, told, named, fated)

    def _verb(self, token: Token, kind: Kind) -> Sight | None:
        v = token.i
        if any(t.tag[:1] == "V" and t.lemma in self._words.verbs.meeting for t in self._syntax.children(v, "xcomp")):
            return None
        fated = self._settled(self._fates.of_verb(v))
        if fated is None:
            return None
        parties, facing = self._who.of_verb(v, objects=kind == "meeting")
        if kind == "negotiating" and len(parties) < 2 and not facing and self._reached(v):
            return None
        if kind == "meeting" and any(self._tokens[i].lemma in self._words.negotiators for i in self._clauses.agents(v)):
            kind = "negotiating"
        return self._sight(v, v, kind, parties, facing, self._matters.of_verb(v), None, fated)

    def _reached(self, v: int) -> bool:
        """ "Negotiated a truce": what was brought about is told, not talks."""
        return self._tokens[v].tag in ("VBD", "VBN") and any(self._syntax.children(v, "dobj", "nsubjpass"))

    def _sight(
        self, n: int, top: int, kind: Kind, parties: tuple[Party, ...], facing: bool, told: str | None,
        named: str | None, fated: Fated,
    ) -> Sight:  # fmt: skip
        event = self._event(n, top, fated.verb)
        if event is not None:
            every = self._who.at_home((*parties, *self._told_by(event, n, fated)))
            parties = distinct(every, self._words.armed)
        when = self._times.date(n, top, fated)
        off = self._times.until(fated.verb) if fated.fate == "suspended" and fated.verb >= 0 else None
        if off is not None and self._tokens[fated.verb].lemma in self._words.recessing:
            fated = replace(fated, fate="going")
        return Sight(
            start=self._tokens[n].start, end=self._tokens[n].end, sentence=self._syntax.sentence, head=n,
            top=top, kind=kind, parties=parties, facing=facing,
            subject=told, named=named, weighty=self._matters.weighty(n, told),
            place=self._place(n, top, fated, event), date=when, fate=fated.fate, mood=self._timed(fated, when),
            depth=self._clauses.depth[fated.verb if fated.verb >= 0 and fated.role in _SAID else n],
            ordinal=self._rounds.ordinal(n, top, fated), definite=self._takes_up(n, top, kind, fated),
            under=self._rounds.under(top), event=event, resumes=off,
        )  # fmt: skip

    def _told_by(self, event: Event, n: int, fated: Fated) -> tuple[Party, ...]:
        """The event's parties, save who only brings the sides together and what is the event's place."""
        verbs = [t for t in self._syntax.children(n, "acl", "relcl") if t.lemma in self._words.hosting]
        if fated.verb >= 0 and self._tokens[fated.verb].lemma in self._words.hosting:
            verbs.append(self._tokens[fated.verb])
        hosts = {p.start for v in verbs for p in self._who.parties(self._clauses.agents(v.i))}
        place = self._place(n, n, fated, event)
        told = (*event.actors, *event.recipients)
        found = (p for p in told if p.start not in hosts and (place or "?") not in p.text and not self._inside(p))
        return self._who.able(found)

    def _inside(self, party: Party) -> bool:
        """ "In Oslo": a place, which the event takes for who acts from there."""
        before = self._body[: party.start].split()[-1:]
        return bool(before) and before[0].lower() in self._words.places

    def _settled(self, fated: Fated) -> Fated | None:
        """What is only wanted or denied tells of talks where it takes them for granted, else of none."""
        if fated.mood in ("actual", "future"):
            return fated
        if fated.fate not in self._words.presupposing:
            return None
        fate = "suspended" if fated.fate == "resumed" else "going"
        return Fated(fate, "actual", fated.verb, fated.role)

    def _timed(self, fated: Fated, when: When | None) -> str:
        """A day after the article's is to come, whatever the verb's form: "talks resume on Friday"."""
        if when is None or self._published is None or fated.verb < 0:
            return fated.mood
        if fated.fate in ("failed", "suspended", "ended"):
            return fated.mood
        ahead = when.value > self._published[: len(when.value)]
        past = self._tokens[fated.verb].tag in ("VBD", "VBN") and fated.role not in self._words.ahead
        return "future" if ahead and not past else fated.mood

    def _about(self, fated: Fated) -> bool:
        """ "The talks were about the border", "focused on it": does the verb say what of?"""
        verb = self._tokens[fated.verb] if fated.verb >= 0 else None
        return verb is not None and fated.role == "s" and verb.lemma in (self._words.aimed | {"be"})

    # -- where and when

    def _names_place(self, token: Token) -> bool:
        """ "the Geneva talks": a town before the noun is where they are."""
        if token.dep == "poss" or token.tag[:3] != "NNP":
            return False
        found = self._placer.at(token.i)
        return found is not None and found.kind in ("town", "area")

    def _is_town(self, token: Token) -> bool:
        found = self._placer.at(token.i) if token.tag[:3] == "NNP" else None
        return found is not None and found.kind == "town"

    def _place(self, n: int, top: int, fated: Fated, event: Event | None) -> str | None:
        for home in (n, top, *self._clauses_below(n, top)):
            found = self._place_at(home)
            if found is not None:
                return found
        for child in self._syntax.children(n, "compound", "nmod"):
            if self._names_place(child):
                located = self._placer.at(child.i)
                return located.place.name if located is not None else None
        if event is not None and event.place is not None:
            return event.place.name
        if fated.verb >= 0 and self._tokens[fated.verb].lemma not in self._words.verbs.saying:
            # "ended without a deal | in Oslo", "met for a third time | in Oslo"
            between = [i for _, i in self._clauses.prepositional(fated.verb, ("without", "for"))]
            own = self._words.fruits | {"time"}
            homes = (fated.verb, *(i for i in between if self._tokens[i].lemma in own))
            homes += tuple(
                i for i in self._clauses.agents(fated.verb) if self._who.delegates(i)
            )  # "envoys in Oslo met"
            return next((name for i in homes if (name := self._place_at(i)) is not None), None)
        return None

    def _clauses_below(self, n: int, top: int) -> list[int]:
        """The verbs behind the word that tell of its place: "talks due to be held in Oslo"."""
        behind = (t for home in (n, top) for t in self._syntax.children(home, *AFTER) if t.i > n)
        out = [t.i for t in behind if t.tag[:1] in "VJ" or t.lemma in self._words.arranging]  # "due"
        for i in out:
            out += [t.i for t in self._syntax.children(i, "xcomp") if t.i not in out]
        return out

    def _elliptic(self) -> list[Sight]:
        """ "A week after the first in Oslo": rounds told by their number alone; ``Rounds.hung`` drops those that hang
        from no talks."""
        return [self._by_number(i) for i in self._rounds.bare()]

    def _by_number(self, i: int) -> Sight:
        token = self._tokens[i]
        return Sight(
            start=token.start, end=token.end, sentence=self._syntax.sentence, head=i, top=i, kind="round",
            parties=(), facing=False, subject=None, named=None, weighty=False, place=self._place_at(i),
            date=None, fate="held", mood="actual", depth=self._clauses.depth[i],
            ordinal=self._words.ordinals[token.lower], definite=True, under=self._rounds.under(i), event=None,
        )  # fmt: skip

    def _place_at(self, i: int) -> str | None:
        """What "in" or "at" below token ``i`` names; a country only behind "in"."""
        for prep, obj in self._clauses.prepositional(i, self._words.places):
            if self._tokens[prep].head != i and self._tokens[self._tokens[prep].head].tag[:1] == "V":
                continue
            found = self._placer.at(obj)
            if found is not None and found.place.name:
                return found.place.name
        return None

    # -- which talks

    def _takes_up(self, n: int, top: int, kind: Kind, fated: Fated) -> bool:
        """Does it take up talks told before: "the talks", "the two sides held nine rounds"?"""
        known = kind == "round" and fated.verb >= 0 and self._by_known(fated.verb)
        return known or self._definite(n) or self._definite(top)

    def _definite(self, n: int) -> bool:
        return any(t.lower in self._words.definite for t in self._syntax.children(n, "det", "amod", "predet", "poss"))

    def _united(self, found: list[Sight]) -> list[Sight]:
        """Without verbs of meeting that only support a noun told of ("gathered for talks")."""
        supported = {self._governing(s) for s in found if s.kind not in ("meeting", "negotiating")}
        return [s for s in found if s.kind != "meeting" or s.head not in supported]

    def _governing(self, sight: Sight) -> int:
        token = self._tokens[sight.top]
        head = self._tokens[token.head]
        prep_of_verb = head.dep == "prep" and head.lower in ("for", "in", "at")
        return head.head if prep_of_verb else head.i

    def _event(self, n: int, top: int, verb: int) -> Event | None:
        """The CONSULT event stated by the word, or by its verb together with it."""
        for event in self._events:
            span = event.trigger
            for i in (n, top):
                token = self._tokens[i]
                if span.start <= token.start and token.end <= span.end:
                    return event
        if verb >= 0 and self._tokens[verb].tag[:1] == "V":
            start = self._tokens[verb].start
            return next((e for e in self._events if e.trigger.start == start), None)
        return None
