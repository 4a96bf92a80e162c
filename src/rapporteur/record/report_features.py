"""What is compared of reports, and the blocks in which they are looked for.

``report_features`` holds one narrow row a report of a current reading; ``report_blocks`` the numbers of the blocks that
it stands in. Two reports are compared only where one looks in a block in which the other stands. Blocks are small by
design: they bind a group of types, a class of status, a pair of parties (or the one party, where a report names no
other) and a few days or the month of the act. A block's number is a hash; that two blocks may share one costs a
comparison and no more, since what blocks promise is looked at again when reports are compared.

A party has two keys: the near one (its registry id or name; else its country with its sector) and the far one (its
country; else the near one). Reports with parties of several countries are found by the countries, those with parties
of one country by the near keys, so that the domestic news of a large country doesn't fall into one block.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from rapporteur.knowledge.merging import Merging, MergingRule
from rapporteur.record.asking import row_of

_NEAREST_KEYS = 8  # keys, in alphabetical order, of which pairs are made; a summit's list may have thirty
_SHORT = 31  # days; a longer period of an act is looked for by its years
_FEWEST_WORDS = 5  # of a sentence that is taken for the same wherever it stands

#: Party keys as SQL: ``{p}`` is a party of the reports' type.
_COUNTRY = "CASE WHEN {p}.code NOT IN ('IGO', 'NSA') THEN {p}.code END"
_OWN_NAME = (
    "CASE WHEN {p}.entity IS NOT NULL THEN CASE WHEN {p}.entity NOT LIKE 'state:%' THEN {p}.entity END "
    "ELSE lower({p}.name) END"
)
_FAR = f"coalesce({_COUNTRY}, {{p}}.entity, lower({{p}}.name))"
_NEAR = f"coalesce({_OWN_NAME}, {_COUNTRY} || ':' || coalesce({{p}}.sector, 'GOV'), {{p}}.entity)"


def _keys(side: str, key: str) -> str:
    """SQL of the distinct keys of a side's parties."""
    return f"list_distinct([{key.format(p='p')} for p in {side}])"  # which leaves out NULL


_FEATURES = f"""
CREATE OR REPLACE TEMP TABLE _fresh AS
SELECT $serial + row_number() OVER (ORDER BY published, article, report) AS serial,
       report, reading, article, published, sentence, type, coalesce(k.of, type) AS kin,
       coalesce(c.of, status) AS class, mode, first_day, last_day, dated,
       {_keys("actors", _FAR)} AS actors_far, {_keys("recipients", _FAR)} AS recipients_far,
       {_keys("actors", _NEAR)} AS actors_near, {_keys("recipients", _NEAR)} AS recipients_near,
       {_keys("actors", _OWN_NAME)} AS actors_own, {_keys("recipients", _OWN_NAME)} AS recipients_own,
       lower(place.name) AS place, place.country AS country,
       list_distinct([w[:$letters] for w in string_split_regex(lower(trigger_text), '[^\\p{{L}}]+') if len(w) > 3])
           AS "trigger",
       list_distinct([magnitude.killed.min, magnitude.injured.min, magnitude.arrested.min, magnitude.size.min])
           AS figures,
       [(w & 4294967295)::UINTEGER for w in words] AS words, status, keys
FROM reports
LEFT JOIN _kin k ON k.name = type LEFT JOIN _classes c ON c.name = status
WHERE reading IN (SELECT reading FROM _new) AND published BETWEEN $first AND $last
"""


# -- blocks --------------------------------------------------------------------------------------------------------
def _hash(text: str) -> str:
    """SQL of a text's number, below 2^60: the same in every version of the database."""
    return f"(md5_number({text}) >> 68)::UBIGINT"


def _tag(name: str) -> str:
    """A number that tells one sort of blocks from another, to be mixed into a block's number."""
    return f"xor(kind, {int.from_bytes(hashlib.blake2b(name.encode(), digest_size=7).digest(), 'big')}::UBIGINT)"


_PAIR = "{x} + 3::UBIGINT * {y}"  # of numbers below 2^60, the smaller first
_TIME = "({time})::UBIGINT * 4398046511093::UBIGINT"  # spreads the number of a month or a year

# One row a block: ``stands`` and ``looks`` say whether the report stands in it and whether it looks there; ``near``,
# whether it is one of a few days of publication: ``number`` is then still to be joined with the ``bucket`` of days.
_TOKENS = f"""
CREATE OR REPLACE TEMP TABLE _tokens AS
WITH named AS (
    SELECT *, list_sort(list_distinct(list_concat(actors_far, recipients_far)))[:{_NEAREST_KEYS}] AS far_keys,
           list_sort(list_distinct(list_concat(actors_near, recipients_near)))[:{_NEAREST_KEYS}] AS near_keys
    FROM report_features WHERE serial IN (SELECT serial FROM _todo)
), kinds AS MATERIALIZED (
    SELECT serial, {_hash("kin || '/' || class")} AS kind, (published - DATE '1970-01-01') // $bucket AS bucket, dated,
           first_day, last_day, words,
           [{_hash("k")} for k in far_keys] AS far, [{_hash("k")} for k in near_keys] AS near,
           CASE WHEN len(far_keys) > 1 THEN 'between' WHEN len(far_keys) = 1 AND (len(near_keys) > 1 OR
                    (len(actors_far) > 0 AND len(recipients_far) > 0)) THEN 'within'
                WHEN len(far_keys) = 1 THEN 'alone' ELSE 'nobody' END AS who
    FROM named
), pairs AS MATERIALIZED (
    SELECT serial, bucket, dated, first_day, last_day, kind, unnest(
        CASE WHEN len(ends) = 1 THEN [{_PAIR.format(x="ends[1]", y="ends[1]")}]
             ELSE flatten([[{_PAIR.format(x="x", y="y")} for y in ends if y > x] for x in ends]) END) AS pair
    FROM (SELECT *, CASE WHEN who = 'between' THEN far ELSE near END AS ends FROM kinds
          WHERE who IN ('between', 'within'))
), dated AS (
    SELECT serial, kind, pair, last_day - first_day <= {_SHORT} AS short, {_TIME.format(time="times")} AS years
    FROM (SELECT *, unnest(list_distinct([year(first_day), year(last_day)])) AS times FROM pairs WHERE dated)
), months AS (
    SELECT serial, kind, pair, {_TIME.format(time="times")} AS months
    FROM (SELECT *, unnest(list_distinct([year(first_day) * 12 + month(first_day),
                                          year(last_day) * 12 + month(last_day)])) AS times
          FROM pairs WHERE dated AND last_day - first_day <= {_SHORT})
), between AS MATERIALIZED (
    SELECT serial, kind, bucket, unnest(far) AS one FROM kinds WHERE who = 'between'
), within AS MATERIALIZED (
    SELECT serial, kind, bucket, unnest(near) AS one FROM kinds WHERE who = 'within'
)
SELECT serial, xor({_tag("pair")}, pair) AS number, bucket, true AS near, true AS stands, true AS looks FROM pairs
UNION ALL SELECT serial, xor({_tag("far, of several")}, one), bucket, true, true, false FROM between
UNION ALL SELECT serial, xor({_tag("far, alone")}, one), bucket, true, false, true FROM between
UNION ALL SELECT serial, xor({_tag("near, of several")}, one), bucket, true, true, false FROM within
UNION ALL SELECT serial, xor({_tag("near, alone")}, one), bucket, true, false, true FROM within
UNION ALL SELECT serial, xor({_tag("far, alone")}, far[1]), bucket, true, true, true FROM kinds WHERE who = 'alone'
UNION ALL SELECT serial, xor({_tag("near, alone")}, near[1]), bucket, true, true, false FROM kinds WHERE who = 'alone'
UNION ALL SELECT serial, xor({_tag("far, of several")}, far[1]), bucket, true, false, true FROM kinds
WHERE who = 'alone'
UNION ALL SELECT serial, xor({_tag("near, of several")}, near[1]), bucket, true, false, true FROM kinds
WHERE who = 'alone'
UNION ALL SELECT serial, xor({_tag("month")}, xor(pair, months)), 0, false, true, true FROM months
UNION ALL SELECT serial, xor({_tag("year, short")}, xor(pair, years)), 0, false, short, NOT short FROM dated
UNION ALL SELECT serial, xor({_tag("year, long")}, xor(pair, years)), 0, false, NOT short, true FROM dated
UNION ALL SELECT serial, xor({_tag("words")}, {_hash("array_to_string(words, ' ')")}), 0, false, true, true FROM kinds
WHERE who = 'nobody' AND len(words) >= {_FEWEST_WORDS}
"""


def block_of(bucket: str) -> str:
    """SQL of a block's number from a row of ``_tokens`` and a bucket of days."""
    return f"xor(number, (({bucket}) & 1048575)::UBIGINT)"


def bucket_days(rule: MergingRule) -> int:
    """How many days of publication stand in one bucket; reports look in their own and in both beside it."""
    return rule.days + 1


def prepare(con: duckdb.DuckDBPyConnection, merging: Merging) -> None:
    """Make the groups of types and the classes of statuses known to the connection."""
    for name, groups in (("_kin", merging.kin), ("_classes", merging.classes)):
        rows = [(member, group[0]) for group in groups for member in group]
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} (name TEXT, of TEXT)")
        if rows:
            con.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)


def name_rows(con: duckdb.DuckDBPyConnection, table: str, column: str, names: Sequence[str]) -> None:
    """Make the temporary table ``table`` with one column of texts."""
    held = pa.table({column: pa.array(sorted(set(names)), pa.string())})
    con.register("_names", held)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {column} FROM _names")
    con.unregister("_names")


def add(con: duckdb.DuckDBPyConnection, merging: Merging) -> int:
    """Reckon the features of the reports of the readings in ``_new``; return the last serial before theirs.

    ``_fresh`` holds the new rows, with the columns that the index takes from the reports.
    """
    row = row_of(con, "SELECT coalesce(max(serial), 0) FROM report_features")
    last = int(row[0]) if row else 0
    span = row_of(con, "SELECT min(published), max(published) FROM current WHERE reading IN (SELECT reading FROM _new)")
    first_day, last_day = span if span and span[0] else (None, None)  # they bound what has to be looked through
    bounds = {"letters": merging.trigger_letters, "first": first_day, "last": last_day, "serial": last}
    con.execute(_FEATURES, bounds)
    con.execute("INSERT INTO report_features SELECT * EXCLUDE (status, keys) FROM _fresh")
    return last


def remove(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what is kept of the reports of the readings in ``_gone``."""
    old = "SELECT serial FROM report_features WHERE reading IN (SELECT reading FROM _gone)"
    con.execute(f"DELETE FROM report_blocks WHERE serial IN ({old})")
    con.execute("DELETE FROM report_index WHERE reading IN (SELECT reading FROM _gone)")
    con.execute("DELETE FROM report_features WHERE reading IN (SELECT reading FROM _gone)")


def block(con: duckdb.DuckDBPyConnection, rule: MergingRule) -> None:
    """Reckon the blocks in which the reports in ``_todo`` look for others: ``_looks``."""
    con.execute(_TOKENS, {"bucket": bucket_days(rule)})
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _looks AS "
        f"SELECT {block_of('bucket + step')} AS block, serial FROM _tokens, "
        "(SELECT unnest([-1, 0, 1]) AS step) WHERE near AND looks "
        "UNION ALL SELECT number, serial FROM _tokens WHERE NOT near AND looks"
    )


def store_blocks(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the blocks in which those of the reports stand that are ``fresh``."""
    con.execute(
        f"INSERT INTO report_blocks SELECT CASE WHEN near THEN {block_of('bucket')} ELSE number END, serial "
        "FROM _tokens WHERE stands AND serial IN (SELECT serial FROM _todo WHERE fresh)"
    )
