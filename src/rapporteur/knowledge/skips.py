"""What tells readers why a possible event was let go: ``skips.yaml``. No decision rests on it."""

from __future__ import annotations

import msgspec

from rapporteur.knowledge.files import DATA, compiled, load_yaml


class SkipWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``topics``: words that tell what a sentence is about; ``reasons``: what each reason of a decision means."""

    origin: str
    topics: dict[str, frozenset[str]]
    reasons: dict[str, str]

    @classmethod
    def load(cls) -> SkipWords:
        """The shipped words.

        Raises:
            KnowledgeError: the file is wrong; with its line.
        """
        path = DATA / "skips.yaml"
        return compiled("skips", [path], cls, lambda: load_yaml(path, cls))
