"""From the head of a noun phrase to the place that it names.

A name is looked up in the registry first, which knows what it means here, then in the gazetteer; a common noun for a
place ("a checkpoint near Mosul", "the Syrian city of Raqqa") is told by the names beside it, or takes up what was
named before. Which of several places of one name is meant is told by the countries that stand beside it, in its
sentence, and in the article; then by their size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property

from rapporteur.actors.placenames import PlaceKind, PlaceName
from rapporteur.events.scene import SPEAKING, Located, Scene, located
from rapporteur.knowledge.place_words import PlaceWords, place_words
from rapporteur.knowledge.places import Gazetteer, Spot, gazetteer, key_of
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Party, Place

_WITHIN = ("in", "near", "outside", "inside", "at", "across", "around", "off")
_NAMING = frozenset((*_WITHIN, "of", "from", "to", "into"))
_DEPTH = 3
_RECENT = 300  # characters
_ACRONYM = 5  # letters; what is as short and in capitals is no town
_WORLD_KNOWN = 100_000  # inhabitants from which a town is meant although nothing speaks of its country
_ALONE = 5_000  # the same where no other country has one of that name
_BESIDE, _IN_SENTENCE, _IN_ARTICLE = 3.0, 1.5, 1.0  # powers of ten of inhabitants that a country's naming outweighs


class Placer:
    """The places of one sentence's phrases."""

    def __init__(self, syntax: Syntax, scene: Scene) -> None:
        self._body = scene.body
        self._syntax = syntax
        self._scene = scene
        self._finder = scene.finder
        self._words: PlaceWords = place_words()
        self._gazetteer: Gazetteer = gazetteer()
        self._found: dict[int, Located | None] = {}

    @cached_property
    def _names(self) -> tuple[PlaceName, ...]:
        return self._finder.place_names(self._syntax.sentence)

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset(n.country for n in self._names if n.country and n.kind in SPEAKING)

    # -- asking

    def at(self, i: int) -> Located | None:
        """The place that the phrase headed by token ``i`` names or lies in, or None."""
        if i not in self._found:
            self._found[i] = self._resolve(i, frozenset(), 0)
        return self._found[i]

    def there(self, i: int) -> Located | None:
        """The place that the adverb "there" at token ``i`` takes up."""
        return self._taken(self._syntax.tokens[i], frozenset({"town", "area", "country"}))

    def recent(self, i: int) -> Located | None:
        """The town or area named last, within a sentence or two, before a place that has no name of its own: "at a
        checkpoint"."""
        token = self._syntax.tokens[i]
        found = self._taken(token, frozenset({"town", "area"})) if self.is_place_noun(token) else None
        return found if found is not None and token.start - found.start <= _RECENT else None

    def note_names(self) -> None:
        """Let the article know the places that only the gazetteer knows, for "the city" further on."""
        for token in self._syntax.tokens:
            head = self._syntax.tokens[token.head]
            if token.tag == "NNP" and token.dep == "pobj" and head.lower in _NAMING:
                self.at(token.i)

    def is_place_noun(self, token: Token) -> bool:
        """Is it a common noun for a place?"""
        return token.tag[:2] == "NN" and (token.lemma in self._words.nouns or token.lower in self._words.nouns)

    # -- phrases

    def _resolve(self, i: int, hints: frozenset[str], depth: int) -> Located | None:
        token = self._syntax.tokens[i]
        if depth > _DEPTH:
            return None
        name = self._finder.place_name(self._syntax.sentence, i)
        if name is not None and token.end <= name.end:
            return self._registered(name, self._beside(name.end) or hints) or self._below(i, hints, depth)
        if token.tag in ("NNP", "NNPS") and token.lemma.lower() in self._words.never - self._words.nouns:
            return self._below(i, hints, depth)
        if token.tag in ("NNP", "NNPS") and token.lower not in self._words.nouns:
            return self._proper(i, hints) or self._below(i, hints, depth)
        if token.tag[:2] != "NN":
            return None
        return self._common(i, hints, depth)

    def _registered(self, name: PlaceName, hints: frozenset[str]) -> Located | None:
        if name.kind == "country":
            return self._country(name)
        if name.kind == "area":
            return self._area(name)
        if name.kind == "town":
            return self._town(name.text, name.start, hints, name.country)
        spot = (
            self._gazetteer.area(name.text) if name.kind in ("seat", "other") else None
        )  # "arrived at the White House"
        return self._located(name.text, name.start, spot, name.country, "area") if spot is not None else None

    def _country(self, name: PlaceName) -> Located | None:
        point = self._gazetteer.country(name.country) if name.country else None
        part = self._part_before(name.start)
        if part:
            return Located(Place(f"{part} {name.text}", name.country), name.start, "area")
        lat, lon = point or (None, None)
        return Located(Place(name.text, name.country, lat, lon), name.start, "country")

    def _area(self, name: PlaceName) -> Located | None:
        spot = self._gazetteer.area(name.text) or self._gazetteer.area(name.name)
        part = self._part_before(name.start)
        if part and name.country is not None:
            return Located(Place(f"{part} {name.text}", name.country), name.start, "area")
        if spot is None and name.country is None:
            return None  # wider than a place: "the Middle East"
        if spot is None:
            town = self._spot(name.text, frozenset({name.country}) if name.country else frozenset())
            return self._located(name.text, name.start, town, name.country, "area")
        return self._located(name.text, name.start, spot, name.country, "area")

    def _town(self, text: str, start: int, hints: frozenset[str], country: str | None) -> Located | None:
        """A town that the registry knows: in its country, unless what stands beside it or the article names another
        that has one of the name, too."""
        spots = self._gazetteer.towns(text)
        wanted = hints
        if not wanted and country is not None and not self._scene.countries[country]:
            first = self._scene.countries.most_common(1)
            wanted = frozenset({first[0][0]}) if first else frozenset()
        other = next((s for s in spots if s.country in wanted and (hints or s.population >= _WORLD_KNOWN)), None)
        if other is not None:
            return self._located(text, start, other, other.country, "town")
        area = self._gazetteer.area(text)
        spot = next((s for s in spots if s.country == country), area)
        return self._located(text, start, spot, country, "town")

    def _proper(self, i: int, hints: frozenset[str]) -> Located | None:
        """A name that the registry doesn't know: as long as possible, its last word at token ``i``."""
        tokens = self._syntax.tokens
        first = i
        while first > 0 and tokens[first - 1].tag in ("NNP", "HYPH", "POS", "FW", "JJ", "NN") and i - first < 4:
            if (
                tokens[first - 1].tag in ("JJ", "NN")
                and not tokens[first - 1].text[:1].isupper()
                and tokens[first - 1].lower not in ("al", "el", "ez", "as", "al-")
            ):
                break
            first -= 1
        hints = self._beside(tokens[i].end) or hints
        for start in range(first, i + 1):
            if tokens[start].tag in ("HYPH", "POS"):
                continue
            text = self._body[tokens[start].start : tokens[i].end]
            area = self._gazetteer.area(text)
            if area is not None:
                return self._located(text, tokens[start].start, area, area.country, "area")
            spot = self._spot(text, hints)
            if spot is not None and not self._person_before(start):
                return self._located(text, tokens[start].start, spot, spot.country, "town")
        return None

    def _person_before(self, first: int) -> bool:
        """Is the word before one of the same name ("Jack London")?"""
        if first == 0:
            return False
        before = self._syntax.tokens[first - 1]
        return before.tag == "NNP" and self._body[before.end : self._syntax.tokens[first].start] == " "

    def _common(self, i: int, hints: frozenset[str], depth: int) -> Located | None:
        token = self._syntax.tokens[i]
        if not self.is_place_noun(token):
            return self._below(i, hints, depth)
        nations = frozenset(
            name.country
            for child in self._syntax.children(i, "amod", "compound", "nmod", "poss")
            if (name := self._finder.place_name(self._syntax.sentence, child.i)) is not None
            and name.country is not None
            and name.kind in SPEAKING
        )
        here = nations if token.lemma not in self._words.foreign else frozenset()
        beside = here or hints
        found = (
            self._of(i, beside, depth)
            or self._named_before(i, beside, depth)
            or self._below(i, beside, depth)
            or self._owner(i, beside, depth)
        )
        if found is not None:
            return found
        if len(here) == 1:
            return self._bare(next(iter(here)), token)
        return self._taken_up(i)

    def _of(self, i: int, hints: frozenset[str], depth: int) -> Located | None:
        """ "the city of Raqqa", "the town, Hajin,", "an enclave known as Afrin"."""
        for prep in self._syntax.children(i, "prep"):
            if prep.lower == "of":
                for obj in self._syntax.children(prep.i, "pobj"):
                    found = self._resolve(obj.i, hints, depth + 1) or self._unknown(obj, hints)
                    if found is not None:
                        return found
        for child in self._syntax.children(i, "appos"):
            found = self._resolve(child.i, hints, depth + 1)
            if found is not None:
                return found
        for child in self._syntax.children(i, "acl"):
            if child.lower in ("known", "called", "named"):
                for obj in self._objects(child.i, ("as",)):
                    return self._resolve(obj.i, hints, depth + 1)
        return None

    def _unknown(self, token: Token, hints: frozenset[str]) -> Located | None:
        """A place that no table knows, of which the words beside it tell the country: "the Syrian village of X"."""
        countries = self._beside(token.end) or hints
        if token.tag != "NNP" or len(countries) != 1:
            return None
        first = token.i
        while self._syntax.tokens[first - 1].tag == "NNP" and self._syntax.tokens[first - 1].head == token.i:
            first -= 1
        start = self._syntax.tokens[first].start
        return self._located(self._body[start : token.end], start, None, next(iter(countries)), "town")

    def _named_before(self, i: int, hints: frozenset[str], depth: int) -> Located | None:
        """ "a Baghdad hotel", "Idlib province": a name of a place right before the noun."""
        for child in self._syntax.children(i, "compound", "nmod", "amod"):
            if child.i < i and child.tag in ("NNP", "NNPS", "NN", "JJ") and child.text[:1].isupper():
                name = self._finder.place_name(self._syntax.sentence, child.i)
                if name is not None and name.kind in ("people", "other", "seat"):
                    continue
                found = self._resolve(child.i, hints, depth + 1) if name is not None else self._proper(child.i, hints)
                if found is not None:
                    return found
        return None

    def _owner(self, i: int, hints: frozenset[str], depth: int) -> Located | None:
        """ "Mexico City's main square"."""
        for child in self._syntax.children(i, "poss"):
            named = child.tag in ("NNP", "NNPS") or self.is_place_noun(child)
            found = self._resolve(child.i, hints, depth + 1) if named else None
            if found is not None:
                return self._part_of(found) if self._syntax.tokens[i].lemma in self._words.parts else found
            if child.tag == "PRP$":  # "its southern border area"
                owners = {p.country: p for p in self._finder.parties(self._syntax.sentence, child.i) if p.country}
                return self._home(next(iter(owners.values())), child) if len(owners) == 1 else None
        return None

    def _home(self, party: Party, token: Token) -> Located:
        lat, lon = self._gazetteer.country(party.country or "") or (None, None)
        names = [n for n in self._scene.names if n.country == party.country and n.kind == "country"]
        name = names[0].text if names else party.country or ""
        return Located(Place(name, party.country, lat, lon), token.start, "country")

    def _part_of(self, whole: Located) -> Located:
        """A part of a country, "Syria's north": of which no one point is known."""
        if whole.kind != "country":
            return whole
        return Located(Place(whole.place.name, whole.place.country), whole.start, "area")

    def _below(self, i: int, hints: frozenset[str], depth: int) -> Located | None:
        """What stands behind the noun: "a checkpoint near Mosul", "a meeting in Geneva", "a speech given in Rome"."""
        participles = (t.i for t in self._syntax.children(i, "acl") if t.tag == "VBN")
        for obj in (t for k in (i, *participles) for t in self._objects(k, _WITHIN)):
            found = self._resolve(obj.i, hints, depth + 1)
            if found is not None:
                return found
        return None

    def _objects(self, i: int, prepositions: tuple[str, ...]) -> Iterator[Token]:
        for prep in self._syntax.children(i, "prep"):
            if prep.lower in prepositions:
                yield from self._syntax.children(prep.i, "pobj")

    def _bare(self, country: str, token: Token) -> Located:
        """A place of which only the nationality is told: "a Kenyan prison"."""
        names = [n for n in self._names if n.country == country]
        point = self._gazetteer.country(country)
        lat, lon = point or (None, None)
        return Located(Place(names[0].name if names else country, country, lat, lon), token.start, "country")

    def _taken_up(self, i: int) -> Located | None:
        token = self._syntax.tokens[i]
        if not any(c.lower in ("the", "this", "that", "same") for c in self._syntax.children(i, "det", "amod")):
            return None
        taken = self._words.taken_up
        kinds: set[PlaceKind] = set()
        if token.lemma in taken.town:
            kinds.add("town")
        if token.lemma in taken.area:
            kinds.add("area")
        if token.lemma in taken.country:
            kinds.add("country")
        return self._taken(token, frozenset(kinds)) if kinds else None

    def _taken(self, token: Token, kinds: frozenset[PlaceKind]) -> Located | None:
        before = self._scene.before(token.start, kinds)
        return self._registered(before, frozenset()) if isinstance(before, PlaceName) else before

    # -- words beside

    def _part_before(self, start: int) -> str | None:
        """The direction before a country's name, as it stands: "northern"."""
        here = self._syntax.at(start, start + 1)
        if not here or here[0] == 0:
            return None
        first = here[0] - 1
        tokens = self._syntax.tokens
        if tokens[first].lower not in self._words.parts:
            return None
        if first > 1 and tokens[first - 1].tag == "HYPH":  # north-eastern
            first -= 2
        return self._body[tokens[first].start : tokens[here[0] - 1].end]

    def _beside(self, end: int) -> frozenset[str]:
        """The country named behind a comma or "in" right after a name: "Tripoli, Lebanon"; a state of the United
        States counts as that country."""
        for name in self._names:
            if name.start < end or name.country is None or name.kind not in ("country", "area"):
                continue
            comma, _, part = self._body[end : name.start].partition(" ")
            if comma in (",", "") and part.removeprefix("in ").strip() in ("", *self._words.parts, "in"):
                return frozenset({name.country})
        return frozenset()

    # -- choosing

    def _spot(self, text: str, hints: frozenset[str]) -> Spot | None:
        """The town of this name that is meant, or None where none is likely."""
        if len(key_of(text)) < 3 or key_of(text) in self._words.never or (text.isupper() and len(text) <= _ACRONYM):
            return None
        spots = self._gazetteer.towns(text)
        if hints & {s.country for s in spots}:
            spots = tuple(s for s in spots if s.country in hints)
        if not spots:
            return None
        best = max(spots, key=lambda s: self._weight(s, hints))
        near = best.country in hints or best.country in self._countries or self._scene.countries[best.country or ""]
        alone = len({s.country for s in spots}) == 1 and best.population >= _ALONE
        return best if near or alone or best.population >= _WORLD_KNOWN else None

    def _weight(self, spot: Spot, hints: frozenset[str]) -> float:
        size = math.log10(spot.population + 100)
        country = spot.country or ""
        return round(
            size
            + _BESIDE * (country in hints)
            + _IN_SENTENCE * (country in self._countries)
            + _IN_ARTICLE * bool(self._scene.countries[country]),
            6,
        )

    def _located(self, text: str, start: int, spot: Spot | None, country: str | None, kind: PlaceKind) -> Located:
        place = located(text, start, spot, country, kind)
        self._scene.note(place)
        return place
