"""The registry's names as places: where a name says that something is, if it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapporteur.actors.mentions import NameMention
from rapporteur.knowledge.registry import Registry

PlaceKind = Literal["country", "town", "area", "seat", "people", "other"]
_FORMS: dict[str, PlaceKind] = {
    "adjective": "people",
    "demonym": "people",
    "capital": "town",
    "city": "town",
    "seat": "seat",
}
_ENTITIES: dict[str, PlaceKind] = {"state": "country", "territory": "country", "region": "area", "people": "people"}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name as a place.

    Attributes:
        start, end: offsets into the body.
        text: the words as they stand.
        kind: what it names: a country (or territory), a town, an area (region, sea, island), a seat of government
            that stands for it ("the Kremlin"), a people ("Syrian"), or other: a person or body, which is no place.
        country: alpha-3 of the country that it lies in, is, or is of; None where of no one country.
        name: the registry's name of what it means; of a town that is its country's.
        standing: whether the word may stand for its country's government (a capital).
    """

    start: int
    end: int
    text: str
    kind: PlaceKind
    country: str | None
    name: str
    standing: bool = False


def as_place(registry: Registry, mention: NameMention) -> PlaceName:
    """What the mention's first meaning is as a place."""
    entity = registry.entity(mention.entities[0])
    of_country = _ENTITIES.get(entity.kind)
    kind: PlaceKind = "other"
    if of_country is not None:
        kind = _FORMS.get(mention.form, of_country)
    return PlaceName(
        mention.start, mention.end, mention.text, kind, entity.country, entity.name, mention.form == "capital"
    )
