"""Actors as PLOVER codes them: a country, or UNO, EUR, IGO, NGO, ISM, IMG or MNC in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapporteur.exports.coding import codes
from rapporteur.exports.event_records import RecordParty
from rapporteur.exports.losses import Losses


def country(iso3: str | None, field: str, losses: Losses, record: str) -> str | None:
    """PLOVER's code of a country; what depends on a state has the state's, which is a loss."""
    if iso3 is None:
        return None
    found = codes().country("plover", iso3)
    if found is None:
        losses.note(record, field, "without a code", iso3)
    elif codes().iso3("plover", found) != iso3:
        losses.note(record, field, "coded as the state it depends on", f"{iso3} as {found}")
    return found


def code(party: RecordParty, side: str, losses: Losses, record: str) -> str | None:
    """What stands for a party's country."""
    if party.code in ("IGO", "NSA") and party.country is None:
        return codes().group(party.code, party.entity, party.sector).plover
    return country(party.country or party.code, f"{side}.country", losses, record)


def party_of(text: str, code: str | None, sectors: Sequence[str], losses: Losses, record: str) -> RecordParty:
    """The party that a code and sectors mean."""
    iso3 = codes().iso3("plover", code) if code else None
    meant = codes().meant(code) if code and iso3 is None else None
    if code and iso3 is None and meant is None:
        losses.note(record, "actors.country", "unknown code", code)
    return RecordParty(
        text,
        iso3 or (meant.code if meant else None),
        iso3,
        sector=sectors[0] if sectors else None,
        entity=meant.entity if meant else None,
        sectors=tuple(sectors),
    )


def named(party: RecordParty, name: str | None, title: str | None = None, wikidata: str | None = None) -> RecordParty:
    """The party with its canonical name."""
    return replace(party, name=name, title=title, wikidata=wikidata)
