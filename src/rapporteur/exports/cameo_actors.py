"""Actors as GDELT and Phoenix code them: CAMEO's codes of countries, classes, known groups and roles, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapporteur.exports.coding import codes
from rapporteur.exports.event_records import RecordParty
from rapporteur.exports.losses import Losses

Scheme = Literal["gdelt", "phoenix"]


@dataclass(frozen=True, slots=True)
class Coded:
    """An actor in CAMEO's parts; each None or empty where there is none.

    ``entity`` is the country's code or the class (``IGO``, ``NGO``, ``IMG``, ``MNC``) of an actor of no one country.
    """

    country: str | None
    kind: str | None
    known: str | None
    roles: tuple[str, ...]

    @property
    def entity(self) -> str | None:
        """What stands first in the full code."""
        return self.country or self.kind

    @property
    def full(self) -> str:
        """The full code: of a country's actor roles before the group (``PSEREBHMS``), else the group (``IGOUNO``)."""
        roles, known = "".join(self.roles), self.known or ""
        return f"{self.country}{roles}{known}" if self.country else f"{self.kind or ''}{known}{roles}"


def coded(party: RecordParty, scheme: Scheme, side: str, losses: Losses, record: str) -> Coded:
    """The codes of a party; what CAMEO can't say is noted."""
    table = codes()
    iso3 = party.country or (party.code if party.code not in ("IGO", "NSA") else None)
    country = table.country(scheme, iso3) if iso3 else None
    if iso3 and country is None:
        losses.note(record, f"{side}.country", "without a code", iso3)
    group = table.group(party.code, party.entity, party.sector) if party.code in ("IGO", "NSA") else None
    roles = []
    for sector in party.sectors or ((party.sector,) if party.sector else ()):
        row = table.sector(sector)
        role = row.gdelt if scheme == "gdelt" else row.phoenix_role or row.phoenix_attribute
        if role is None:
            losses.note(record, f"{side}.sector", "without a code", sector)
        else:
            roles.append(role)
    kind = group.kind if group and country is None else None
    return Coded(country, kind, table.known(party.entity), tuple(dict.fromkeys(roles)))


def party_of(
    name: str, entity: str | None, known: str | None, roles: Sequence[str], scheme: Scheme, losses: Losses, record: str
) -> RecordParty:
    """The party that codes mean: ``entity`` is a country's code or a class."""
    table = codes()
    iso3 = table.iso3(scheme, entity) if entity else None
    meant = table.meant(entity) if entity and iso3 is None else None
    if entity and iso3 is None and meant is None:
        losses.note(record, "actors.country", "unknown code", entity)
    sectors = []
    for role in roles:
        sector = table.sector_meant(scheme, role)
        if sector is not None:
            sectors.append(sector)
        elif table.meant(role) is None:
            losses.note(record, "actors.sector", "unknown code", role)
    registered = table.entity(known) if known else None
    if known and registered is None:
        losses.note(record, "actors.entity", "unknown code of a group", known)
    code = iso3 or (meant.code if meant else None)
    if code is None and registered is not None:
        code = "IGO" if registered.startswith("igo:") else "NSA"
    several = tuple(dict.fromkeys(sectors))
    return RecordParty(
        name, code, iso3, sector=several[0] if several else None, entity=registered, name=name, sectors=several
    )
