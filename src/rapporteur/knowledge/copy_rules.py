"""When one article is a copy of another: ``record/copies.yaml``."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "record" / "copies.yaml"


class CopyRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; the fields are explained there."""

    origin: str
    run: int
    days: int
    alike: float
    within: float
    partly: float
    least: int
    bands: int
    rows: int
    seed: int


@functools.cache
def copy_rules(path: Path = FILE) -> CopyRules:
    """The rules, from their compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("copy-rules", [path], CopyRules, lambda: _checked(path))


def _checked(path: Path) -> CopyRules:
    rules = load_yaml(path, CopyRules)
    for name in ("alike", "within", "partly"):
        if not 0 < getattr(rules, name) <= 1:
            raise KnowledgeError(str(path), 0, f"`{name}` is a share; valid: above 0, up to 1")
    for name in ("run", "days", "least", "bands", "rows"):
        if getattr(rules, name) < 1:
            raise KnowledgeError(str(path), 0, f"`{name}` is a count; valid: 1 and more")
    return rules
