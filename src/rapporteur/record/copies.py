"""Which articles repeat an earlier one nearly word by word: printed wire stories, counted once.

An article's body is signed by MinHash over runs of words, so that the share of figures that two signatures have in
common estimates the share of runs that two bodies have in common. Articles that share a slice of their signatures are
compared, and the later one (in the order of published, article) is a copy of the earliest one that is like it. What
"like" means is in ``knowledge/data/record/copies.yaml``. Whether two articles are alike is decided on these two alone;
so what an article is a copy of depends on earlier articles only, in whatever order they were recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import rensa

from rapporteur.knowledge.copy_rules import CopyRules, copy_rules
from rapporteur.record.handing import handed, ids
from rapporteur.record.words import word_numbers

_Numbers = npt.NDArray[np.uint64]
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # an odd number whose bits are well mixed (2^64 over the golden ratio)
_DIGITS = 4  # of a likeness


class _Key(NamedTuple):
    """An article's place in the order."""

    published: date
    article: str


def signatures(bodies: Sequence[str]) -> _Numbers:
    """The signature of each body, a row each: ``bands`` times ``rows`` figures, and behind them the count of its
    different runs of words."""
    rules = copy_rules()
    figures = rules.bands * rules.rows
    signed = np.zeros((len(bodies), figures + 1), np.uint64)
    if not bodies:
        return signed
    runs = _runs([word_numbers(body) for body in bodies], rules)
    matrix = rensa.RMinHash.digest_matrix_from_token_hash_sets([run or [0] for run in runs], figures, rules.seed)
    signed[:, :-1] = matrix.to_rows()
    signed[:, -1] = [len(set(run)) for run in runs]
    return signed


def likeness(one: Sequence[int], other: Sequence[int], rules: CopyRules) -> float | None:
    """How alike two signed bodies are (0 to 1), where they are alike enough for one to be a copy; else None.

    The estimate of the share of their runs that both have, or of the shorter one's runs that the longer one has: the
    greater of what is enough.
    """
    shorter, longer = sorted((int(one[-1]), int(other[-1])))
    if not shorter:
        return None
    same = sum(a == b for a, b in zip(one[:-1], other[:-1], strict=True)) / (len(one) - 1)
    held = min(1.0, same / (1 + same) * (shorter + longer) / shorter)
    same, held = round(same, _DIGITS), round(held, _DIGITS)
    if same >= rules.partly and held >= rules.within:
        return held
    return same if same >= rules.alike else None


def link(con: duckdb.DuckDBPyConnection, new: Sequence[str], gone: Sequence[str]) -> None:
    """Bring ``copies`` and ``bands`` up to date.

    Args:
        con: in a transaction; ``current`` is up to date already.
        new, gone: readings that have become current, and that no longer are.
    """
    rules = copy_rules()
    left = _forget(con, gone)
    added = _add_bands(con, new, rules)
    if not added and not left:
        return
    pairs = _pairs(con, left, added, rules)
    _store(con, left | added, pairs)


def relink(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``copies`` and ``bands`` anew, for all articles."""
    con.execute("DELETE FROM copies")
    con.execute("DELETE FROM bands")
    readings = [row[0] for row in con.execute("SELECT reading FROM current ORDER BY published, article").fetchall()]
    for start in range(0, len(readings), 5000):
        link(con, readings[start : start + 5000], [])


# -- signatures ------------------------------------------------------------------------------------------------


def _runs(texts: Sequence[Sequence[int]], rules: CopyRules) -> list[list[int]]:
    """The runs of words of each text as numbers; a short text is one run.

    Args:
        texts: the numbers of each text's words.
    """
    counts = [len(words) for words in texts]
    numbers = np.zeros(sum(counts) + rules.run, np.uint64)
    numbers[: sum(counts)] = np.fromiter(chain.from_iterable(texts), np.uint64, sum(counts))
    # Of all texts at once; those that reach over the end of a text are not asked for.
    mixed = _mixed(np.lib.stride_tricks.sliding_window_view(numbers, rules.run))
    runs: list[list[int]] = []
    start = 0
    for count in counts:
        whole = count - rules.run + 1
        if whole >= rules.least:
            runs.append(mixed[start : start + whole].tolist())
        else:
            runs.append(_mixed(numbers[start : start + count].reshape(1, -1)).tolist() if count else [])
        start += count
    return runs


def _mixed(rows: _Numbers) -> _Numbers:
    """One number for each row; the order within a row counts."""
    mixed = np.full(len(rows), rows.shape[1], np.uint64)
    for column in rows.T:
        mixed = (mixed ^ column) * _SPREAD
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _bands_of(figures: _Numbers, rules: CopyRules) -> _Numbers:
    """The slices of signatures (one a row) as numbers: ``bands`` columns."""
    numbered = np.repeat(np.arange(rules.bands, dtype=np.uint64)[None, :, None], len(figures), axis=0)
    slices = np.concatenate((numbered, figures.reshape(len(figures), rules.bands, rules.rows)), axis=2)
    return _mixed(slices.reshape(-1, rules.rows + 1)).reshape(len(figures), rules.bands)


# -- tables ----------------------------------------------------------------------------------------------------


def _forget(con: duckdb.DuckDBPyConnection, gone: Sequence[str]) -> set[str]:
    """Take out what rests on readings that are no longer current; gives the articles that were copies of theirs."""
    if not gone:
        return set()
    with handed(con, "gone_readings", ids("reading", gone)):
        found = con.execute("SELECT DISTINCT article FROM articles SEMI JOIN gone_readings USING (reading)").fetchall()
    with handed(con, "gone_articles", ids("article", sorted(row[0] for row in found))):
        con.execute("DELETE FROM copies WHERE article IN (SELECT article FROM gone_articles)")
        con.execute("DELETE FROM bands WHERE article IN (SELECT article FROM gone_articles)")
        left = con.execute(
            "DELETE FROM copies WHERE original IN (SELECT article FROM gone_articles) RETURNING article"
        ).fetchall()
    return {row[0] for row in left}


def _add_bands(con: duckdb.DuckDBPyConnection, new: Sequence[str], rules: CopyRules) -> set[str]:
    """Enter the slices of the new readings' signatures; gives their articles."""
    if not new:
        return set()
    with handed(con, "new_readings", ids("reading", new)):
        rows = con.sql(
            "SELECT article, published, signature FROM articles SEMI JOIN new_readings USING (reading) "
            "WHERE signature[-1] > 0 ORDER BY published, article"
        ).to_arrow_table()
    if not rows.num_rows:
        return set()
    figures = np.asarray(rows["signature"].combine_chunks().flatten(), np.uint64).reshape(rows.num_rows, -1)[:, :-1]
    bands = _bands_of(figures, rules)
    repeat = np.repeat(np.arange(rows.num_rows), rules.bands)
    table = pa.table(
        {
            "band": pa.array(bands.ravel(), pa.uint64()),
            "article": rows["article"].take(pa.array(repeat)),
            "published": rows["published"].take(pa.array(repeat)),
        }
    )
    with handed(con, "new_bands", table):
        con.execute("INSERT INTO bands SELECT band, article, published FROM new_bands")
    return set(rows["article"].to_pylist())


_CANDIDATES = """
WITH asked AS (SELECT band, article, published FROM bands SEMI JOIN asked_articles USING (article)),
met AS (
    SELECT DISTINCT asked.article AS one, asked.published AS one_day, bands.article AS other,
        bands.published AS other_day
    FROM asked JOIN bands USING (band)
    WHERE bands.published BETWEEN (SELECT min(published) FROM asked) - $1 AND (SELECT max(published) FROM asked) + $1
        AND bands.published BETWEEN asked.published - $1 AND asked.published + $1
        AND bands.article <> asked.article
)
SELECT one, one_day, other, other_day, a.signature AS one_signature, b.signature AS other_signature
FROM met
JOIN current AS c ON c.article = one JOIN articles AS a ON a.reading = c.reading
JOIN current AS d ON d.article = other JOIN articles AS b ON b.reading = d.reading
"""


def _pairs(
    con: duckdb.DuckDBPyConnection, left: set[str], added: set[str], rules: CopyRules
) -> dict[str, tuple[_Key, float]]:
    """For the articles ``left`` and ``added``, and for later ones like those added: the earliest that each is like."""
    with handed(con, "asked_articles", ids("article", sorted(left | added))):
        met = con.execute(_CANDIDATES, [rules.days]).fetchall()
    found: dict[str, tuple[_Key, float]] = {}
    for one, one_day, other, other_day, one_signature, other_signature in met:
        earlier, later = sorted((_Key(one_day, one), _Key(other_day, other)))
        if later.article not in left | added and earlier.article not in added:
            continue
        alike = likeness(one_signature, other_signature, rules)
        if alike is not None and (later.article not in found or earlier < found[later.article][0]):
            found[later.article] = earlier, alike
    return found


def _store(con: duckdb.DuckDBPyConnection, anew: Iterable[str], pairs: dict[str, tuple[_Key, float]]) -> None:
    """Enter the copies; one that is known as a copy of an earlier article still stays that one's."""
    if not pairs:
        return
    with handed(con, "met_copies", ids("article", sorted(set(pairs) - set(anew)))):
        known = con.execute(
            "SELECT copies.article, current.published, original FROM copies SEMI JOIN met_copies USING (article) "
            "JOIN current ON current.article = original"
        ).fetchall()
    stay = {article for article, day, original in known if _Key(day, original) <= pairs[article][0]}
    rows = [(article, *pairs[article]) for article in sorted(pairs) if article not in stay]
    found = pa.table(
        {
            "article": pa.array([row[0] for row in rows], pa.string()),
            "original": pa.array([row[1].article for row in rows], pa.string()),
            "likeness": pa.array([row[2] for row in rows], pa.float64()),
        }
    )
    with handed(con, "found_copies", found):
        con.execute("DELETE FROM copies WHERE article IN (SELECT article FROM found_copies)")
        con.execute(
            "INSERT INTO copies SELECT article, published, original, likeness FROM found_copies "
            "JOIN current USING (article)"
        )
