"""What a name means where it could mean several things, or nothing: surnames, homonyms, institutions of one nation.

The rules are few and general; the words they need are in ``knowledge/data/actors/ambiguity.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rapporteur.actors.surroundings import Surroundings
from rapporteur.actors.tenure import GENDERED, countries_of, title_fit
from rapporteur.knowledge.registry import HEAD, Entity, Form, Guard, Registry, fold, holds

_PARTICLES = frozenset("van von de del della bin ibn al el der la le abu di da dos du ter".split())
_CURRENCIES = "$€£¥"
_DETERMINERS = frozenset({"the", "The", "THE", "this", "that", "its"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that is a form: offsets, indices of its first and last word, and the forms that it may be."""

    start: int
    end: int
    first: int
    last: int
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate after judgement: what it means, best first."""

    start: int
    end: int
    form: str
    entities: tuple[str, ...]


class Judge:
    """Chooses what each candidate of a text means, and drops those that mean nothing here."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._entity = registry.entity
        self._guards = registry.table.guards
        self._words = registry.table.vocabulary
        self._starts = registry.table.starts
        self._givens = registry.table.givens

    def choose(self, candidates: list[Candidate], around: Surroundings, date: str | None) -> list[Named]:
        """What the candidates mean, in text order.

        Plain names are taken first, since they tell what homonyms mean; surnames last, since both tell whose they are.
        """
        chosen: dict[int, Named] = {}
        homonyms, surnames = [], []
        for number, candidate in enumerate(candidates):
            form = candidate.forms[0]
            if any(f.kind == "surname" for f in candidate.forms):
                surnames.append(number)
            elif form.text in self._guards or form.kind == "city" or len(candidate.forms) + len(form.entities) > 2:
                homonyms.append(number)
            else:
                chosen[number] = Named(candidate.start, candidate.end, form.kind, form.entities)
        for numbers in (homonyms, surnames):
            scene = _Scene.of(chosen.values(), self._registry)
            for number in numbers:
                before = next((chosen[n] for n in range(number - 1, max(-1, number - 4), -1) if n in chosen), None)
                named = self._judged(candidates[number], before, around, scene, date)
                if named is None or (before is not None and named.start < before.end):
                    continue
                chosen[number] = named
                if named.form == "surname" or named.start < candidates[number].start:
                    scene.people.add(named.entities[0])  # known from here on
        return [chosen[number] for number in sorted(chosen)]

    def _judged(
        self, candidate: Candidate, before: Named | None, around: Surroundings, scene: _Scene, date: str | None
    ) -> Named | None:
        guard = self._guards.get(candidate.forms[0].text)
        if guard is not None and self._barred(candidate, guard, around):
            return None
        surname = next((f for f in candidate.forms if f.kind == "surname"), None)
        others = [f for f in candidate.forms if f.kind != "surname"]
        if surname is not None and (not others or scene.people & set(surname.entities)):
            named = self._surname(candidate, surname, guard, around, scene, date)
            if named is not None or not others:
                return named
        judged = self._guarded(candidate, tuple(others), guard, before, around, scene)
        if judged is None or guard is not None or len(judged.entities) == 1:
            return judged
        return replace(judged, entities=tuple(sorted(judged.entities, key=lambda id: not self._in_office(id, date))))

    def _in_office(self, id: str, date: str | None) -> bool:
        return any(holds(term.since, term.until, date) and HEAD.match(term.office) for term in self._entity(id).terms)

    def _barred(self, candidate: Candidate, guard: Guard, around: Surroundings) -> bool:
        """Whether a word beside it makes it no name."""
        before, after = around.word(candidate.first - 1), around.word(candidate.last + 1)
        if before.lower() in guard.not_after and around.gap(candidate.first - 1) in (" ", "-"):
            return True
        if around.text[candidate.end : candidate.end + 1] in _CURRENCIES and candidate.end < len(around.text):
            return True  # "US$5m"
        if around.gap(candidate.last) in (" ", ", ", "-"):
            if after.lower() in guard.not_before and (after.islower() or candidate.forms[0].kind != "surname"):
                return True
            if "#" in guard.not_before and after[:1].isdigit():
                return True
        return guard.needs == "caps" and around.in_capitals(candidate.start)

    def _guarded(
        self,
        candidate: Candidate,
        forms: tuple[Form, ...],
        guard: Guard | None,
        before: Named | None,
        around: Surroundings,
        scene: _Scene,
    ) -> Named | None:
        form = forms[0]
        if guard is None:
            if form.kind == "city" and self._part_of_person(candidate, around):
                return None
            return Named(candidate.start, candidate.end, form.kind, form.entities)
        if guard.person and self._part_of_person(candidate, around):
            return None
        if guard.needs == "foreign" and self._foreign(candidate, form, before, around, scene):
            return None
        if guard.needs == "home" and not self._at_home(candidate, form, before, around, scene):
            return None
        if guard.needs == "the" and not self._determined(candidate, before, around):
            return None
        return _by_cues(candidate, forms, guard, around)

    def _foreign(
        self, candidate: Candidate, form: Form, before: Named | None, around: Surroundings, scene: _Scene
    ) -> bool:
        """Whether the institution is another nation's: one named right before it, or the only one the text is about."""
        homes = {self._entity(i).country for i in form.entities}
        if before is not None and around.text[before.end : candidate.start] in (" ", "'s ", "' ", "-"):
            nations = {self._entity(i).country for i in before.entities}
            return not homes & nations
        # a body of no nation ("the Security Council" in a text about Syria) is nobody else's for that
        return None not in homes and scene.elsewhere(homes)

    def _at_home(
        self, candidate: Candidate, form: Form, before: Named | None, around: Surroundings, scene: _Scene
    ) -> bool:
        """Whether the institution is that of the nation the text is about, and no other nation stands before it."""
        homes = {self._entity(i).country for i in form.entities}
        named = max((scene.counts.get(home or "", 0) for home in homes), default=0)
        if not named or named < max(scene.counts.values()):
            return False
        return not self._foreign(candidate, form, before, around, scene)

    def _determined(self, candidate: Candidate, before: Named | None, around: Surroundings) -> bool:
        if around.word(candidate.first - 1) in _DETERMINERS:
            return True
        return before is not None and around.text[before.end : candidate.start] in (" ", "'s ", "' ")

    def _part_of_person(self, candidate: Candidate, around: Surroundings) -> bool:
        """Whether a place's name stands in a person's (Jim Jordan, Paris Hilton, Rep. Jordan)."""
        before, gap = around.word(candidate.first - 1), around.gap(candidate.first - 1)
        if gap in (" ", ". ") and before[:1].isupper():
            if before in self._words.given or (gap == ". " and (len(before) == 1 or self._title(candidate, around))):
                return True
            if gap == " " and not self._harmless_before(candidate, around):
                return True
        return self._followed(candidate, around)

    def _harmless_before(self, candidate: Candidate, around: Surroundings) -> bool:
        """Whether the capitalised word before is no part of a person's name."""
        i = candidate.first - 1
        word = around.word(i)
        if word in self._words.openers or word in self._words.beside:
            return True
        if around.in_headline(candidate.start) or around.in_capitals(candidate.start):
            return True
        named = any(form.kind != "surname" for form in self._registry.forms(word))
        return named or self._common_noun(word) or bool(self._title(candidate, around))

    def _followed(self, candidate: Candidate, around: Surroundings) -> bool:
        """Whether a capitalised word after makes it part of a longer name."""
        after = around.word(candidate.last + 1)
        if around.gap(candidate.last) != " " or not after[:1].isupper():
            return False
        if after in self._words.followers or (len(after) == 1 and around.gap(candidate.last + 1).startswith(".")):
            return True
        if candidate.forms[0].text in self._words.given and after not in self._words.beside:
            return not self._common_noun(after)
        if after in self._words.beside or after in self._starts or self._common_noun(after) or after.isupper():
            return False
        return not (around.in_headline(candidate.start) or around.in_capitals(candidate.start))

    def _common_noun(self, word: str) -> bool:
        low = word.lower()
        return any(
            noun in table
            for table in (self._registry.agents, self._registry.titles)
            for noun in (low, low.removesuffix("s"))
        )

    def _title(self, candidate: Candidate, around: Surroundings) -> str:
        """The title right before a candidate, lower case, longest first; empty where there is none."""
        first = candidate.first
        if around.gap(first - 1) not in (" ", ". "):
            return ""
        best = ""
        for n in (1, 2, 3, 4, 5):
            if first - n < 0 or (n > 1 and around.gap(first - n) not in (" ", "-")):
                break
            text = around.text[around.words[first - n][0] : around.words[first - 1][1]]
            low = text.lower()
            inside = around.gap(first - 1) == " "  # not "... of the government. May said"
            abbreviated = low + "." in self._registry.titles or text in self._words.neutral_titles
            if abbreviated or (inside and low in self._registry.titles):
                best = low
        return best

    def _surname(
        self,
        candidate: Candidate,
        form: Form,
        guard: Guard | None,
        around: Surroundings,
        scene: _Scene,
        date: str | None,
    ) -> Named | None:
        """The person that a surname means, or None where it means nobody we know."""
        whole = self._whole_name(candidate, form, around)
        if whole is not None:
            return whole
        title = self._title(candidate, around)
        if not title and not self._may_stand_alone(candidate, around):
            if around.word(candidate.first - 1) in self._words.given:
                scene.strangers.add(form.text)
            return None
        if self._followed(candidate, around):
            return None
        bare = self._bareness(form, guard)
        leader = next((id for id in form.entities if self._leads(self._entity(id), date)), None)
        ranked = []
        for position, id in enumerate(form.entities):
            person = self._entity(id)
            if not title and form.text in scene.strangers and id not in scene.people:
                continue
            weight = self._weight(person, title, bare, scene, date)
            if not title and leader and id != leader and person.fame < 3:
                weight = min(weight, 1)
            if weight > 0:
                ranked.append((-weight, position, id))
        if not ranked:
            return None
        return Named(candidate.start, candidate.end, "surname", tuple(id for _, _, id in sorted(ranked)))

    def _whole_name(self, candidate: Candidate, form: Form, around: Surroundings) -> Named | None:
        """A given name of the person before the surname, with a middle name or initial between: the whole name."""
        for n in (1, 2, 3):
            i = candidate.first - n
            word = around.word(i)
            gaps = (" ", ". ") if len(word) == 1 else (" ",)  # "Harry S. Truman", but not "... met Truman. Truman"
            if i < 0 or around.gap(i) not in gaps or not word[:1].isupper():
                return None
            if self._title(replace(candidate, first=i + 1), around) or len(word) == 1:
                if len(word) == 1:
                    continue
                return None
            ids = tuple(id for id in form.entities if word in self._givens.get(id, ()))
            if ids and (n == 1 or word in self._words.given):
                return Named(around.words[i][0], candidate.end, "name", ids)
        return None

    def _may_stand_alone(self, candidate: Candidate, around: Surroundings) -> bool:
        """Whether no word before contradicts that the surname stands for the person that we know."""
        before, gap = around.word(candidate.first - 1), around.gap(candidate.first - 1)
        if gap == ". " and len(before) == 1:
            return False
        if gap not in (" ", "-") or not before:
            return True
        if before in _PARTICLES:
            return False
        if not before[0].isupper() or gap == "-":
            return True
        if before in self._words.given:
            return before in self._words.openers and around.opens(candidate.first - 1)
        return self._harmless_before(candidate, around)

    def _bareness(self, form: Form, guard: Guard | None) -> int:
        """How far a surname counts with nothing beside it: 3 as rare as a name can be, 2 shared with others who are in
        the news, 1 common, 0 not at all (an ordinary word)."""
        if guard is not None and guard.needs == "title":
            return 0
        if form.text in self._words.common_surnames or form.text in self._words.given:
            return 1
        homes = {self._entity(i).country for i in form.entities if self._entity(i).fame > 1}
        shared = form.text in self._words.shared_surnames or len(homes) > 1
        return 2 if shared else 3

    def _leads(self, person: Entity, date: str | None) -> bool:
        """Whether the surname alone is this person's, even where a text names a relative in full."""
        return person.fame == 3 and any(holds(t.since, t.until, date) and t.sector != "ELI" for t in person.terms)

    def _female(self, person: Entity) -> bool:
        return any(word in self._words.female for word in self._givens.get(person.id, ()))

    def _weight(self, person: Entity, title: str, bare: int, scene: _Scene, date: str | None) -> int:
        """How well a person fits a surname here; 0 where it should not be read as that person."""
        named = person.id in scene.people
        at_home = bool(countries_of(person) & scene.countries)
        held = [term for term in person.terms if holds(term.since, term.until, date)]
        fit = title_fit(title, person, date, self._words.neutral_titles)
        if title in GENDERED and GENDERED[title] != self._female(person):
            return 0
        weight = 3 * person.fame + 4 * bool(held) + 3 * at_home + fit
        if named:
            return 100 + weight
        if fit < 0:
            return 0
        if fit > 10 or (fit and bare > 1 and (person.fame == 3 or at_home)):
            return weight + 10
        if fit and person.fame == 3 and held and at_home:
            return weight
        known = person.fame == 3 or (person.fame == 2 and at_home and (held or date is None))
        heads = bare > 2 and any(HEAD.match(term.office) for term in held)
        if bare > 1 and (known or heads):
            return weight
        return weight if bare == 1 and person.fame > 1 and held and at_home else 0


def _by_cues(candidate: Candidate, forms: tuple[Form, ...], guard: Guard, around: Surroundings) -> Named | None:
    """The meaning for which most cue words stand in the text; the first where none does."""
    form = forms[0]
    if not guard.cues:
        return Named(candidate.start, candidate.end, form.kind, form.entities)
    kinds = {id: f.kind for f in reversed(forms) for id in f.entities}
    weights = {id: sum(around.has(fold(cue)) for cue in cues) for id, cues in guard.cues.items()}
    ids = [id for id in weights if id in kinds or id == "none"]
    ids += [id for id in form.entities if id not in weights]
    ids.sort(key=lambda id: -weights.get(id, 0))
    if not ids or ids[0] == "none":
        return None
    best = tuple(id for id in ids if id != "none" and kinds[id] == kinds[ids[0]])
    return Named(candidate.start, candidate.end, kinds[ids[0]], best)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the names judged so far tell: persons named, and how often each country is meant."""

    people: set[str]
    countries: frozenset[str]
    counts: dict[str, int]
    strangers: set[str] = field(default_factory=set)  # surnames that persons bear whom we don't know

    @classmethod
    def of(cls, plain: Iterable[Named], registry: Registry) -> _Scene:
        people: set[str] = set()
        counts: dict[str, int] = {}
        for named in plain:
            entity = registry.entity(named.entities[0])
            if entity.kind == "person":
                people.update(named.entities)
            if entity.country:
                counts[entity.country] = counts.get(entity.country, 0) + 1
        return cls(people, frozenset(counts), counts)

    def elsewhere(self, homes: set[str | None]) -> bool:
        """Whether the text is about one other country and none of ``homes``."""
        if not self.counts or any(home in self.countries for home in homes):
            return False
        most = max(self.counts.values())
        return most > 1 and most * 2 > sum(self.counts.values())
