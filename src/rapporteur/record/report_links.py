"""Which reports tell of one act: each report's link to the earlier one that it fits best.

A report's parent is the best of the reports before it in the order of (published, article, id); of equals the latest.
Whether two reports fit is decided on those two alone (``report_scores``), so the links among the reports up to a day
are the same whatever else is in the ledger and in whatever order it came. A person's word (``judgements``) comes
before: ``merge`` makes the earlier of two reports the parent of the later, ``split`` leaves a report without one.

All functions work within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb

from rapporteur.knowledge.merging import STANDARD, Merging, MergingRule
from rapporteur.record import report_features
from rapporteur.record.asking import any_row, row_of
from rapporteur.record.report_scores import score
from rapporteur.record.said import relinked_since, said_by

RULE = "merge_rule"  # key of ``meta``
_BATCH = 20_000  # reports linked at a time when all are linked anew

_ORDER = "({r}.published, {r}.article, {r}.report)"

#: The reports that look in a block in which another stands, both ways round; their features; the pairs in order.
_MET = (
    "CREATE OR REPLACE TEMP TABLE _met AS SELECT DISTINCT l.serial AS one, b.serial AS other "
    "FROM _looks l JOIN report_blocks b ON b.block = l.block AND b.serial <> l.serial"
)
_COMPARED = (
    "CREATE OR REPLACE TEMP TABLE _compared AS SELECT * FROM report_features "
    "WHERE serial IN (SELECT one FROM _met UNION SELECT other FROM _met)"
)
_PAIRS = f"""
CREATE OR REPLACE TEMP TABLE _pairs AS
SELECT DISTINCT CASE WHEN later THEN one ELSE other END AS child, CASE WHEN later THEN other ELSE one END AS parent
FROM (SELECT one, other, {_ORDER.format(r="a")} > {_ORDER.format(r="b")} AS later
      FROM _met JOIN _compared a ON a.serial = one JOIN _compared b ON b.serial = other)
"""
#: The best earlier report of each child; one that has a parent already keeps it unless a new one is better.
_BEST = """
CREATE OR REPLACE TEMP TABLE _best AS
WITH ranked AS (
    SELECT c.report, p.report AS parent, s.score, s.because, p.published, p.article, t.serial IS NOT NULL AS todo
    FROM _scores s JOIN _compared c ON c.serial = s.child JOIN _compared p ON p.serial = s.parent
    LEFT JOIN _todo t ON t.serial = s.child
    QUALIFY row_number() OVER (PARTITION BY s.child ORDER BY s.score DESC, p.published DESC, p.article DESC,
                               p.report DESC) = 1
), held AS (
    SELECT r.report, l.score, p.published, p.article, p.report AS parent
    FROM (SELECT report FROM ranked WHERE NOT todo) r JOIN report_links l ON l.report = r.report
    JOIN report_links p ON p.report = l.parent
)
SELECT r.report, r.parent, r.score, r.because FROM ranked r LEFT JOIN held h ON h.report = r.report
WHERE r.todo OR h.report IS NULL
   OR (r.score, r.published, r.article, r.parent) > (coalesce(h.score, -1), h.published, h.article, h.parent)
"""
#: What persons said last of who belongs to whom, where both reports are there.
_FORCED = f"""
CREATE OR REPLACE TEMP TABLE _forced AS
WITH said AS (
    SELECT made, place, verdict, who, why, regexp_replace(target, '^e-', '') AS target,
           regexp_replace(value, '^e-', '') AS value
    FROM _said WHERE verdict IN ('merge', 'split')
), meant AS (
    SELECT s.*, pair.child, pair.parent FROM said s, LATERAL (
        SELECT CASE WHEN later THEN s.target ELSE s.value END AS child,
               CASE WHEN later THEN s.value ELSE s.target END AS parent
        FROM (SELECT {_ORDER.format(r="a")} > {_ORDER.format(r="b")} AS later FROM report_features a, report_features b
              WHERE a.report = s.target AND b.report = s.value AND a.report <> b.report)
    ) pair WHERE s.verdict = 'merge'
    UNION ALL
    SELECT s.*, s.target, NULL FROM said s JOIN report_features a ON a.report = s.target WHERE s.verdict = 'split'
)
SELECT child AS report, parent, verdict || ' by ' || who || coalesce(': ' || why, '') AS because FROM meant
QUALIFY row_number() OVER (PARTITION BY child ORDER BY made DESC, place DESC) = 1
"""
_NONE_FORCED = "CREATE OR REPLACE TEMP TABLE _forced (report TEXT, parent TEXT, because TEXT)"
_CHANGES = """
CREATE OR REPLACE TEMP TABLE _changes AS
WITH asked AS (SELECT report, fresh FROM _todo UNION ALL
               SELECT report, false FROM (SELECT report FROM _best UNION SELECT report FROM _forced)
               WHERE report NOT IN (SELECT report FROM _todo))
SELECT a.report, a.fresh, CASE WHEN w.report IS NULL THEN b.parent ELSE w.parent END AS parent,
       CASE WHEN w.report IS NULL THEN b.score END AS score,
       CASE WHEN w.report IS NULL THEN b.because ELSE w.because END AS because
FROM asked a LEFT JOIN _best b ON b.report = a.report LEFT JOIN _forced w ON w.report = a.report
"""


def link(con: duckdb.DuckDBPyConnection, new: Sequence[str], gone: Sequence[str]) -> None:
    """Link the reports of readings that have become current (``new``), and drop the links of those that are no longer
    (``gone``); what was joined to a dropped report finds another."""
    merging = Merging.load()
    _link(con, merging, merging.rule(rule_name(con)), new, gone)


def relink(con: duckdb.DuckDBPyConnection, rule: str) -> None:
    """Make all links anew under the named rule, which the ledger keeps for what is recorded later.

    Raises:
        KnowledgeError: there is no such rule.
    """
    merging = Merging.load()
    chosen = merging.rule(rule)
    con.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [RULE, rule])
    for table in ("report_links", "report_index", "report_blocks", "report_features"):
        con.execute(f"DELETE FROM {table}")
    readings = con.execute(
        "SELECT c.reading, count(r.report) FROM current c JOIN reports r ON r.reading = c.reading "
        "GROUP BY ALL ORDER BY min(c.published), min(c.article), c.reading"
    ).fetchall()
    batch: list[str] = []
    held = 0
    for reading, reports in readings:
        batch.append(reading)
        held += reports
        if held >= _BATCH:
            _link(con, merging, chosen, batch, ())
            batch, held = [], 0
    if batch:
        _link(con, merging, chosen, batch, ())


def rejudge(con: duckdb.DuckDBPyConnection, reports: Sequence[str]) -> None:
    """Decide anew of these reports, after a judgement on them was added."""
    merging = Merging.load()
    report_features.name_rows(con, "_new", "reading", ())
    report_features.name_rows(con, "_asked", "report", [report.removeprefix("e-") for report in reports])
    _todo(con, "report IN (SELECT report FROM _asked)")
    rule = merging.rule(rule_name(con))
    report_features.block(con, rule)
    _decide(con, merging, rule, None)
    _resolve(con)
    _write(con)


def rule_name(con: duckdb.DuckDBPyConnection) -> str:
    """The name of the rule by which the ledger's reports are linked."""
    row = row_of(con, "SELECT value FROM meta WHERE key = ?", [RULE])
    return str(row[0]) if row else STANDARD


def links_judged_by(con: duckdb.DuckDBPyConnection, day: date | None) -> bool:
    """Where other merges and splits of reports counted on ``day``: make ``_work(report, event)``, the reports that
    belonged to other events then, with ``_event_days``, and return True. The ledger is not changed."""
    rows = relinked_since(con, "report", day) if day is not None else []
    if not rows:
        return False
    merging = Merging.load()
    report_features.name_rows(con, "_new", "reading", ())
    report_features.name_rows(con, "_asked", "report", [id.removeprefix("e-") for row in rows for id in row if id])
    _todo(con, "report IN (SELECT report FROM _asked)")
    rule = merging.rule(rule_name(con))
    report_features.block(con, rule)
    _decide(con, merging, rule, day)
    _resolve(con)
    _event_days(con, fresh=False)
    return True


def _link(
    con: duckdb.DuckDBPyConnection, merging: Merging, rule: MergingRule, new: Sequence[str], gone: Sequence[str]
) -> None:
    report_features.name_rows(con, "_gone", "reading", gone)
    report_features.name_rows(con, "_new", "reading", new)
    report_features.prepare(con, merging)
    orphans: Sequence[str] = ()
    if gone:
        orphans = _drop(con)
    report_features.name_rows(con, "_asked", "report", orphans)
    before = report_features.add(con, merging)
    _todo(con, f"serial > {before:d}" + (" OR report IN (SELECT report FROM _asked)" if orphans else ""))
    report_features.block(con, rule)
    report_features.store_blocks(con)
    _decide(con, merging, rule, None)
    _resolve(con)
    _write(con)


def _drop(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Take out what is gone; return the reports that were joined to it."""
    orphans = con.execute(
        "SELECT c.report FROM report_links c JOIN report_links p ON p.report = c.parent "
        "WHERE p.reading IN (SELECT reading FROM _gone) AND c.reading NOT IN (SELECT reading FROM _gone)"
    ).fetchall()
    con.execute("DELETE FROM report_links WHERE reading IN (SELECT reading FROM _gone)")
    report_features.remove(con)
    return [report for (report,) in orphans]


def _todo(con: duckdb.DuckDBPyConnection, condition: str) -> None:
    """Make ``_todo`` of the reports whose features meet the condition; ``fresh``: they have no link yet."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _todo AS SELECT serial, report, reading, article, published, "
        f"reading IN (SELECT reading FROM _new) AS fresh FROM report_features WHERE {condition}"
    )


def _decide(con: duckdb.DuckDBPyConnection, merging: Merging, rule: MergingRule, day: date | None) -> None:
    """Make ``_changes``: the parents of the reports in ``_todo``, and of others for which one of them is better."""
    for statement in (_MET, _COMPARED, _PAIRS):
        con.execute(statement)
    score(con, merging, rule)
    con.execute(_BEST)
    if any_row(con, "SELECT 1 FROM judgements WHERE verdict IN ('merge', 'split')"):
        said_by(con, day)
        con.execute(_FORCED)
    else:
        con.execute(_NONE_FORCED)
    con.execute(_CHANGES)


def _resolve(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``_work(report, event)``: the roots of all reports whose event may be another by ``_changes``."""
    con.execute("CREATE OR REPLACE TEMP TABLE _moved AS SELECT report, coalesce(parent, report) AS up FROM _changes")
    if any_row(con, "SELECT 1 FROM _changes WHERE NOT fresh"):  # the rest of their events may follow them
        con.execute(
            "INSERT INTO _moved SELECT l.report, coalesce(l.parent, l.report) FROM report_links l "
            "WHERE l.event IN (SELECT o.event FROM report_links o JOIN _changes USING (report)) "
            "AND l.report NOT IN (SELECT report FROM _changes)"
        )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _work AS "
        "WITH held AS (SELECT report, event FROM report_links WHERE report IN "
        "(SELECT up FROM _moved WHERE up NOT IN (SELECT report FROM _moved))) "
        "SELECT m.report, coalesce(h.event, m.up) AS event FROM _moved m LEFT JOIN held h ON h.report = m.up"
    )
    moving = True
    while moving:  # each round doubles the steps taken
        con.execute(
            "CREATE OR REPLACE TEMP TABLE _next AS SELECT w.report, coalesce(u.event, w.event) AS event, "
            "coalesce(u.event <> w.event, false) AS moved FROM _work w LEFT JOIN _work u ON u.report = w.event"
        )
        moving = any_row(con, "SELECT 1 FROM _next WHERE moved")
        con.execute("CREATE OR REPLACE TEMP TABLE _work AS SELECT report, event FROM _next")


def _write(con: duckdb.DuckDBPyConnection) -> None:
    """Keep what was decided."""
    fresh = any_row(con, "SELECT 1 FROM _todo WHERE fresh")
    _event_days(con, fresh=fresh)
    if any_row(con, "SELECT 1 FROM _changes WHERE NOT fresh"):
        con.execute(
            "UPDATE report_links SET parent = c.parent, score = c.score, because = c.because FROM _changes c "
            "WHERE c.report = report_links.report AND NOT c.fresh"
        )
        con.execute(
            "UPDATE report_links SET event = w.event FROM _work w WHERE w.report = report_links.report "
            "AND report_links.event <> w.event"
        )
        con.execute(
            "UPDATE report_index SET event = d.event, event_day = d.event_day FROM _work w JOIN _event_days d "
            "USING (event) WHERE w.report = report_index.report "
            "AND (report_index.event <> d.event OR report_index.event_day <> d.event_day)"
        )
    if fresh:
        _refuse_doubles(con)
        con.execute(
            "INSERT INTO report_links SELECT t.report, t.reading, t.article, t.published, c.parent, w.event, c.score, "
            "c.because FROM _todo t JOIN _changes c USING (report) JOIN _work w USING (report) WHERE t.fresh"
        )
        con.execute(
            "INSERT INTO report_index SELECT w.event, d.event_day, f.report, f.reading, f.article, f.published, "
            "f.type, f.status, f.first_day, f.last_day, f.keys, f.country "
            "FROM _fresh f JOIN _work w USING (report) JOIN _event_days d USING (event) ORDER BY f.serial"
        )


def _refuse_doubles(con: duckdb.DuckDBPyConnection) -> None:
    """See to it that no two reports of current readings have one id: the table itself has no index that would.

    Raises:
        ConstraintException: two have; names the id.
    """
    row = row_of(
        con,
        "SELECT min(report) FROM (SELECT report FROM _fresh GROUP BY report HAVING count(*) > 1 "
        "UNION ALL SELECT report FROM report_links SEMI JOIN _fresh USING (report))",
    )
    if row and row[0] is not None:
        raise duckdb.ConstraintException(f"the report '{row[0]}' is there twice")


def _event_days(con: duckdb.DuckDBPyConnection, *, fresh: bool) -> None:
    """Make ``_event_days(event, event_day)`` of the events in ``_work``; ``fresh``: some of their roots are new."""
    con.execute("CREATE OR REPLACE TEMP TABLE _event_days (event TEXT, event_day DATE)")
    if fresh:
        con.execute(
            "INSERT INTO _event_days SELECT report, first_day FROM _fresh WHERE report IN (SELECT event FROM _work)"
        )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _old_roots AS "
        "SELECT DISTINCT event FROM _work ANTI JOIN _event_days USING (event)"
    )
    if any_row(con, "SELECT 1 FROM _old_roots"):
        con.execute(
            "INSERT INTO _event_days SELECT report, first_day FROM report_index "
            "WHERE report IN (SELECT event FROM _old_roots)"
        )
