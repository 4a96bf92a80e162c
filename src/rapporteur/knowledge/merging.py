"""When two reports tell of one act, as data: ``record/merging.yaml``.

The rules are named. Each adds up weights of what two reports share; which reports are compared at all (types,
classes of status, days) is data as well. ``record.report_links`` applies them.
"""

from __future__ import annotations

import difflib
import functools
from pathlib import Path
from typing import get_args

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, item_lines, load_yaml
from rapporteur.knowledge.ontology import ONTOLOGY, Ontology
from rapporteur.model import Status

FILE = DATA / "record" / "merging.yaml"
STANDARD = "standard"


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each thing that two reports share, or don't, speaks for (above 0) or against one act. See the file."""

    same_party: float
    same_country: float
    other_party: float
    untold_party: float
    same_mode: float
    other_mode: float
    same_day: float
    same_period: float
    near_day: float
    undated: float
    apart: float
    same_place: float
    same_area: float
    other_place: float
    other_area: float
    same_trigger: float
    other_trigger: float
    same_figure: float
    words: float
    shared_word: float
    same_sentence: float


class MergingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule. Without weights it joins nothing.

    Attributes:
        about: the rule in a line.
        days: at most so many between the publication of two reports of which one has no date of its own.
        slack: at most so many between the dates of two reports that have one.
        most_words: words in common beyond so many count no more.
        alike: the share of words in common from which two sentences are the same.
        threshold: the sum of weights from which two reports tell of one act.
        weights: what is added up.
    """

    about: str
    days: int = 0
    slack: int = 0
    most_words: int = 0
    alike: float = 1.0
    threshold: float = 0.0
    weights: Weights | None = None


class Merging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. ``kin`` and ``classes``: groups of types and of statuses of which reports may be joined;
    ``stop_words``, ``endings``, ``stem``: how words are made comparable (``record.wordhash``)."""

    origin: str
    kin: list[list[str]]
    classes: list[list[str]]
    mutual: list[str]
    rules: dict[str, MergingRule]
    stop_words: frozenset[str]
    endings: list[str]
    stem: int
    trigger_letters: int

    @classmethod
    def load(cls) -> Merging:
        """The shipped rules.

        Raises:
            KnowledgeError: the file is wrong; with its line.
        """
        return _load()

    def rule(self, name: str) -> MergingRule:
        """The rule of that name.

        Raises:
            KnowledgeError: there is none; with those that there are and the nearest.
        """
        if name in self.rules:
            return self.rules[name]
        near = difflib.get_close_matches(name, self.rules, n=1, cutoff=0.5)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise KnowledgeError(str(FILE), 0, f"no rule {name!r}; there are {', '.join(sorted(self.rules))}{meant}")

    def group_of(self, type: str) -> str:
        """The name of the group of types that ``type`` stands in: its first type."""
        return next((group[0] for group in self.kin if type in group), type)

    def class_of(self, status: str) -> str:
        """The same for a status."""
        return next((group[0] for group in self.classes if status in group), status)


@functools.cache
def _load() -> Merging:
    return compiled("merging", [ONTOLOGY, FILE], Merging, lambda: read_merging(FILE))


def read_merging(path: Path) -> Merging:
    """The rules of a file.

    Raises:
        KnowledgeError: with the line at which the mistake stands.
    """
    table = load_yaml(path, Merging)
    types = frozenset(Ontology.load().types)
    for key, groups, valid in (("kin", table.kin, types), ("classes", table.classes, frozenset(get_args(Status)))):
        _check_groups(path, key, groups, valid)
    for line, type in zip(item_lines(path, "mutual"), table.mutual, strict=True):
        if type not in types:
            raise KnowledgeError(str(path), line, f"no event type {type!r}; valid: {', '.join(sorted(types))}")
    if STANDARD not in table.rules:
        raise KnowledgeError(
            str(path), 0, f"rules: {STANDARD} is missing; it is the one used unless another is asked for"
        )
    for name, rule in table.rules.items():
        if rule.weights is not None and not 0 <= rule.slack <= rule.days:
            raise KnowledgeError(
                str(path), 0, f"rule {name}: slack is {rule.slack}; valid: from 0 to its days, {rule.days}"
            )
    return table


def _check_groups(path: Path, key: str, groups: list[list[str]], valid: frozenset[str]) -> None:
    """Every name is known and stands in one group only."""
    met: set[str] = set()
    for line, group in zip(item_lines(path, key), groups, strict=True):
        for name in group:
            if name not in valid:
                raise KnowledgeError(str(path), line, f"{key}: unknown {name!r}; valid: {', '.join(sorted(valid))}")
            if name in met:
                raise KnowledgeError(str(path), line, f"{key}: {name} stands in two groups; valid: in one")
            met.add(name)
