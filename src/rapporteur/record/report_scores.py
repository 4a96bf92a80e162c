"""How well a report fits an earlier one: the rule's weights, added up in SQL over pairs of reports.

Everything is decided on the two reports alone, so that no third one, read earlier or later, changes it.
"""

from __future__ import annotations

import duckdb
import msgspec

from rapporteur.knowledge.merging import Merging, MergingRule

_DIGITS = 4  # of a score; two machines agree on them


def _in_common(one: str, other: str) -> str:
    """SQL of how many items two lists share (``list_intersect`` takes ten times as long)."""
    return f"len(list_filter({one}, lambda x: list_contains({other}, x)))"


def _both(report: str, keys: str) -> str:
    """SQL of the keys of both sides."""
    return f"list_distinct(list_concat({report}.actors_{keys}, {report}.recipients_{keys}))"


def _side(side: str) -> str:
    """SQL of what the two reports' parties on one side are to each other."""
    return (
        f"CASE WHEN len(c.{side}_far) = 0 OR len(p.{side}_far) = 0 THEN 'untold' "
        f"WHEN list_has_any(c.{side}_own, p.{side}_own) THEN 'same' "
        f"WHEN NOT list_has_any(c.{side}_far, p.{side}_far) THEN 'contrary' "
        f"WHEN len(c.{side}_own) > 0 AND len(p.{side}_own) > 0 THEN 'other' ELSE 'country' END"
    )


# Throughout, ``c`` is the later report (the child) and ``p`` the earlier one (the parent).
_REPORTS = "JOIN _compared c ON c.serial = child JOIN _compared p ON p.serial = parent"

#: Pairs that may be one act: of one group and class, not of one sentence, on days that can be the same.
_POSSIBLE = f"""
possible AS MATERIALIZED (
    SELECT child, parent, list_contains($mutual, c.kin) AS mutual, abs(c.published - p.published) AS apart,
           CASE WHEN c.dated AND p.dated
                THEN CASE WHEN c.first_day = c.last_day AND p.first_day = p.last_day THEN 'same day'
                          ELSE 'same period' END
                WHEN c.dated OR p.dated THEN 'near day' ELSE 'undated' END AS days
    FROM _pairs {_REPORTS}
    -- All in one CASE: a bare equality would be taken for the condition to join by, before the pairs.
    WHERE CASE WHEN c.kin <> p.kin OR c.class <> p.class THEN false
               WHEN c.article = p.article AND c.sentence = p.sentence THEN false
               WHEN c.dated AND p.dated
               THEN greatest(c.first_day, p.first_day) - least(c.last_day, p.last_day) <= $slack
               WHEN abs(c.published - p.published) > $days THEN false
               WHEN c.class = 'future' THEN true
               WHEN c.dated THEN c.first_day - p.published <= $slack AND p.published - c.last_day <= $days
               WHEN p.dated THEN p.first_day - c.published <= $slack AND c.published - p.last_day <= $days
               ELSE true END
)"""
#: The parties of an act of some upon others, side by side; of an act done together, both sides as one, of which two
#: must be the same where both reports name two.
_PARTIES = f"""
sided AS (
    SELECT child, parent, apart, days, {_side("actors")} AS a, {_side("recipients")} AS r
    FROM possible {_REPORTS} WHERE NOT mutual AND a <> 'contrary' AND r <> 'contrary'
), joined AS (
    SELECT child, parent, apart, days, {_both("c", "far")} AS cf, {_both("p", "far")} AS pf,
           {_both("c", "own")} AS co, {_both("p", "own")} AS po
    FROM possible {_REPORTS} WHERE mutual
), counted AS (
    SELECT child, parent, apart, days, least(len(cf), len(pf), 2) AS needed, {_in_common("cf", "pf")} AS far,
           least({_in_common("co", "po")}, 2) AS own, least(len(co), len(po), 2) AS owned
    FROM joined
), parties AS MATERIALIZED (
    SELECT child, parent, apart, days, (a = 'same')::INTEGER + (r = 'same')::INTEGER AS same,
           (a = 'country')::INTEGER + (r = 'country')::INTEGER AS country,
           (a = 'other')::INTEGER + (r = 'other')::INTEGER AS other,
           (a = 'untold')::INTEGER + (r = 'untold')::INTEGER AS untold FROM sided
    UNION ALL
    SELECT child, parent, apart, days, own, greatest(least(far, 2) - own, 0), (own < owned)::INTEGER,
           (needed < 2)::INTEGER
    FROM counted WHERE far >= needed
)"""
_MARKS = f"""
marked AS (
    SELECT q.*, CASE WHEN c.mode <> p.mode THEN 'other' WHEN c.mode = p.mode THEN 'same' ELSE 'untold' END AS modes,
           CASE WHEN c.country <> p.country THEN 'other area' WHEN c.place <> p.place THEN 'other'
                WHEN c.place = p.place THEN 'same' WHEN c.country = p.country THEN 'area' ELSE 'untold' END AS places,
           CASE WHEN len(c.trigger) = 0 OR len(p.trigger) = 0 THEN 'untold'
                WHEN list_has_any(c.trigger, p.trigger) THEN 'same' ELSE 'other' END AS triggers,
           list_has_any(c.figures, p.figures) AS figure,
           {_in_common("c.words", "p.words")} AS shared, len(c.words) + len(p.words) AS total
    FROM parties q {_REPORTS}
), weighed AS (
    SELECT *, CASE WHEN total > shared THEN shared / (total - shared) ELSE 0 END AS likeness FROM marked
)"""
_SUM = """
$same_party * same + $same_country * country + $other_party * other + $untold_party * untold
+ CASE modes WHEN 'same' THEN $same_mode WHEN 'other' THEN $other_mode ELSE 0 END
+ CASE days WHEN 'same day' THEN $same_day WHEN 'same period' THEN $same_period WHEN 'near day' THEN $near_day
            ELSE $undated END
+ CASE WHEN days IN ('near day', 'undated') THEN $apart * apart ELSE 0 END
+ CASE places WHEN 'same' THEN $same_place WHEN 'area' THEN $same_area WHEN 'other' THEN $other_place
              WHEN 'other area' THEN $other_area ELSE 0 END
+ CASE triggers WHEN 'same' THEN $same_trigger WHEN 'other' THEN $other_trigger ELSE 0 END
+ CASE WHEN figure THEN $same_figure ELSE 0 END
+ $words * likeness + $shared_word * least(shared, $most_words)
+ CASE WHEN likeness >= $alike THEN $same_sentence ELSE 0 END
"""
#: What agreed, in words.
_BECAUSE = """
array_to_string(list_filter([
    CASE same WHEN 2 THEN 'both parties the same' WHEN 1 THEN 'one party the same' END,
    CASE country WHEN 2 THEN 'both countries the same' WHEN 1 THEN 'one country the same' END,
    CASE WHEN other > 0 THEN 'another person or organisation' END, CASE WHEN untold > 0 THEN 'a side is untold' END,
    CASE modes WHEN 'same' THEN 'same mode' WHEN 'other' THEN 'another mode' END,
    CASE days WHEN 'near day' THEN 'one dated, near the other''s report' WHEN 'undated' THEN 'both undated'
              ELSE days END,
    CASE WHEN days IN ('near day', 'undated') THEN 'published ' || apart || ' days apart' END,
    CASE places WHEN 'same' THEN 'same place' WHEN 'area' THEN 'same country' WHEN 'other' THEN 'another place'
                WHEN 'other area' THEN 'another country' END,
    CASE triggers WHEN 'same' THEN 'same word' WHEN 'other' THEN 'another word' END,
    CASE WHEN figure THEN 'same figure' END,
    shared || ' words in common (' || round(100 * likeness)::INTEGER || '%)'], lambda part: part IS NOT NULL), '; ')
"""
_SCORED = f"""
WITH {_POSSIBLE}, {_PARTIES}, {_MARKS}, scored AS (
    SELECT *, round({_SUM}, {_DIGITS}) AS score FROM weighed
)
"""


def score(con: duckdb.DuckDBPyConnection, merging: Merging, rule: MergingRule) -> None:
    """Make ``_scores(child, parent, score, because)`` of the pairs in ``_pairs`` that reach the rule's threshold;
    their features are in ``_compared``."""
    if rule.weights is None:
        con.execute("CREATE OR REPLACE TEMP TABLE _scores (child BIGINT, parent BIGINT, score DOUBLE, because TEXT)")
        return
    weights = {name: float(value) for name, value in msgspec.structs.asdict(rule.weights).items()}
    limits = {"days": rule.days, "slack": rule.slack, "threshold": rule.threshold, "mutual": merging.mutual}
    limits |= {"most_words": rule.most_words, "alike": rule.alike}
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE _scores AS {_SCORED} "
        f"SELECT child, parent, score, {_BECAUSE} AS because FROM scored WHERE score >= $threshold",
        {**weights, **limits},
    )
