"""The words of English dates, and of the verbs that tell whose date it is: ``data/dates/words.yaml``."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.files import DATA, compiled, load_yaml

WORDS = DATA / "dates" / "words.yaml"


class DateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Each list as it stands in the file.

    Attributes:
        origin: where the lists come from.
        months: from January, each with its abbreviations.
        weekdays: from Monday.
        seasons: first and last month (1 to 12) of each.
        numbers: number words and what they mean.
        days: phrases for a day, and how many days after the article's it is.
        bounds: prepositions before an end ("until").
        starts: prepositions before a beginning ("since").
        implicative: verbs whose infinitive happens when they do.
        support: verbs that lend an object their date.
        reactions: verbs whose date is not their subject's.
    """

    origin: str
    months: list[list[str]]
    weekdays: list[str]
    seasons: dict[str, tuple[int, int]]
    numbers: dict[str, int]
    days: dict[str, int]
    bounds: list[str]
    starts: list[str]
    implicative: frozenset[str]
    support: frozenset[str]
    reactions: frozenset[str]

    @staticmethod
    def load() -> DateWords:
        """The shipped words; loaded once.

        Raises:
            KnowledgeError: the file is wrong.
        """
        return _shipped()


def _read() -> DateWords:
    words = load_yaml(WORDS, DateWords)
    if len(words.months) != 12 or len(words.weekdays) != 7:
        raise KnowledgeError(str(WORDS), 0, "a year has 12 `months` and a week 7 `weekdays`")
    if not all(1 <= month <= 12 for ends in words.seasons.values() for month in ends):
        raise KnowledgeError(str(WORDS), 0, "`seasons` begin and end with months from 1 to 12")
    return words


@lru_cache(maxsize=1)
def _shipped() -> DateWords:
    return compiled("dates", [WORDS], DateWords, _read)
