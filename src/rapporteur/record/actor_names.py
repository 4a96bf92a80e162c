"""Whom a caller means: codes, registry ids and names to the keys by which the ledger's rows are found."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Sequence

from rapporteur.errors import AskError
from rapporteur.knowledge.registry import Form, Registry, fold

_CODES = ("IGO", "NSA")
# A name that means several is taken as the best of these kinds of form; a family name or a place comes last.
_FORMS = ("name", "acronym", "demonym", "adjective", "capital", "seat", "surname", "city")
_STATES = ("state", "territory")
_NEAR = 0.7  # share of letters in common from which a name may have been meant


class ActorNames:
    """Finds actors by whatever they are called. Names are taken in any case, with or without accents."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def keys(self, actor: str) -> tuple[str, ...]:
        """The keys of the actor: alpha-3 of a state or territory, ``IGO`` or ``NSA``, or a registry id; empty where
        nobody is called so. Several where one name is that of several (a country and a region)."""
        text = actor.strip()
        code = text.upper()
        if code in _CODES or (len(code) == 3 and f"state:{code}" in self._registry):
            return (code,)
        if text in self._registry:
            return (self._key(text),)
        forms = self._registry.forms(text) or self._by_lower.get(fold(text).lower(), ())
        best = min(forms, key=lambda form: _FORMS.index(form.kind), default=None)
        return tuple(dict.fromkeys(self._key(id) for id in best.entities)) if best else ()

    def nearest(self, actor: str, most: int = 3) -> list[str]:
        """Names that are written nearly so, nearest first."""
        text = fold(actor.strip()).lower()
        # more than are shown: several may be forms of one name (Israel, Israeli)
        near = difflib.get_close_matches(text, sorted(self._by_lower), 4 * most, _NEAR)
        first = {self._key(self._by_lower[name][0].entities[0]): name for name in reversed(near)}
        return [self._by_lower[name][0].text for name in near if name in first.values()][:most]

    def country(self, text: str) -> str | None:
        """Alpha-3 of a state or territory called so, or None."""
        code = text.strip().upper()
        if len(code) == 3 and f"state:{code}" in self._registry:
            return code
        return next((key for key in self.keys(text) if f"state:{key}" in self._registry), None)

    def _key(self, id: str) -> str:
        entity = self._registry.entity(id)
        return entity.code if entity.kind in _STATES and entity.code and entity.code not in _CODES else id

    def __contains__(self, id: str) -> bool:
        return id in self._registry

    @functools.cached_property
    def ids(self) -> list[str]:
        """All registry ids and alpha-3 codes, sorted."""
        return sorted({key for entity in self._registry for key in (entity.id, self._key(entity.id))})

    @functools.cached_property
    def _by_lower(self) -> dict[str, Sequence[Form]]:
        names: dict[str, list[Form]] = {}
        for text, forms in self._registry.table.forms.items():
            names.setdefault(text.lower(), []).extend(forms)
        return dict(names)


def known_key(given: str, met: Callable[[str], bool]) -> str:
    """A country's code, ``IGO``, ``NSA`` or a registry id, as the ledger keeps it.

    Args:
        given: as it was written; a code in any case.
        met: whether the ledger has met an id that no shipped file has.

    Raises:
        AskError: it is none; names those of whom it is a name, or that are written nearly so.
    """
    code = given.upper()
    if code in _CODES or f"state:{code}" in names():
        return code
    if given in names() or met(given):
        return given
    near = list(names().keys(given)) or difflib.get_close_matches(given, names().ids, 3, _NEAR)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise AskError("value", f"'{given}' is no code and no registry id; valid: as RUS or igo:NATO{meant}")


@functools.cache
def names() -> ActorNames:
    """The names of the shipped registry."""
    return ActorNames(Registry.load())


def unknown(argument: str, given: str, near: Sequence[str]) -> AskError:
    """What to say of a name that nobody has."""
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return AskError(
        argument, f"nobody called '{given}' is known; it takes a code (TUR), a name or a registry id (igo:NATO){meant}"
    )
