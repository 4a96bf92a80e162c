"""What one article names of places: countries, towns and areas, by which its events are placed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from rapporteur.actors.placenames import PlaceKind, PlaceName
from rapporteur.knowledge.place_words import place_words
from rapporteur.knowledge.places import Spot, gazetteer
from rapporteur.model import Party, Place

SPEAKING: frozenset[PlaceKind] = frozenset({"country", "area", "people"})  # names that say what an article is about


class PlaceFinder(Protocol):
    """What is asked of the actors room (``actors.ArticleActors``)."""

    def place_name(self, sentence: int, token: int) -> PlaceName | None: ...

    def place_names(self, sentence: int) -> tuple[PlaceName, ...]: ...

    def parties(self, sentence: int, token: int, *, place: bool = False) -> tuple[Party, ...]: ...

    def all_place_names(self) -> tuple[PlaceName, ...]: ...


@dataclass(frozen=True, slots=True)
class Located:
    """A place as named: ``start`` is the body offset of the words, ``kind`` what they name (``bare`` where no name
    but only a nationality tells the country)."""

    place: Place
    start: int
    kind: PlaceKind


class Scene:
    """What one article names: countries, and the places that "the city" and "there" take up."""

    def __init__(self, body: str, finder: PlaceFinder) -> None:
        self.body = body
        self.finder = finder
        self.names = finder.all_place_names()
        self.countries: Counter[str] = Counter(
            name.country for name in self.names if name.country is not None and name.kind in SPEAKING
        )
        self._found: list[Located] = []

    def note(self, located: Located) -> None:
        """A place has been found whose name the registry doesn't know."""
        self._found.append(located)

    def before(self, offset: int, kinds: frozenset[PlaceKind]) -> Located | PlaceName | None:
        """The place of one of the kinds that was named last before a body offset; seas and rivers are none of them."""
        names = (n for n in self.names if n.country and n.start < offset and n.kind in kinds)
        earlier: list[Located | PlaceName] = [n for n in names if not n.standing or self._is_placed(n)]
        earlier += [p for p in self._found if p.place.country and p.start < offset and p.kind in kinds]
        return max(earlier, key=lambda p: p.start, default=None)

    def _is_placed(self, name: PlaceName) -> bool:
        """Does a preposition of place stand before a capital, so that the town is meant and not the government?"""
        before = self.body[max(0, name.start - 30) : name.start].split()[-2:]
        return any(word.lower() in place_words().at for word in before)


def dateline_town(text: str, scene: Scene) -> Located | None:
    """The town of a dateline ("GENEVA", "Tripoli, Lebanon"): the largest of its name, or that of a country which the
    article speaks of."""
    name, _, _ = text.partition(",")
    spots = gazetteer().towns(name)
    spoken = [s for s in spots if scene.countries[s.country or ""]]
    spot = next(iter((*spoken, *spots)), None)
    return located(name, 0, spot, spot.country, "town") if spot is not None else None


def located(text: str, start: int, spot: Spot | None, country: str | None, kind: PlaceKind) -> Located:
    """The words ``text`` at body offset ``start`` as a place: with the coordinates of ``spot`` where it is known."""
    lat, lon = (spot.lat, spot.lon) if spot is not None else (None, None)
    return Located(Place(" ".join(text.split()), country, lat, lon), start, kind)
