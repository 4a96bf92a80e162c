"""The words by which claims are told, rejected and confirmed (``data/standing/claims.yaml``)."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import get_args

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.cues import Force
from rapporteur.knowledge.files import DATA, compiled, load_yaml

FILE = DATA / "standing" / "claims.yaml"


class ClaimWords(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The whole file; the fields are explained there."""

    origin: str
    claiming: frozenset[str]
    always: frozenset[str]
    talking: frozenset[str]
    rejecting: frozenset[str]
    confirming: frozenset[str]
    rejecting_verbs: frozenset[str]
    confirming_verbs: frozenset[str]
    claims: frozenset[str]
    parts: frozenset[str]
    pronouns: frozenset[str]
    untrue: frozenset[str]
    true: frozenset[str]


@functools.cache
def claim_words(path: Path = FILE) -> ClaimWords:
    """The table, from its compiled form where that is fresh.

    Raises:
        KnowledgeError: the file is wrong, with the line.
    """
    return compiled("claims", [path], ClaimWords, lambda: _read(path))


def _read(path: Path) -> ClaimWords:
    words = load_yaml(path, ClaimWords)
    known = get_args(Force)
    for name in ("claiming", "always", "rejecting", "confirming"):
        for force in sorted(getattr(words, name)):
            if force not in known:
                line = _line(path, name)
                raise KnowledgeError(str(path), line, f"no such force: `{force}`; valid: {', '.join(known)}")
    return words


def _line(path: Path, key: str) -> int:
    """The line at which a key of the file stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 0)
