"""The ledger's tables. Version 2.

Two layers. What was read and judged is only ever added to (``readings`` to ``judgements``): nothing there is updated or
deleted. What is reckoned from it (``current``, ``copies``, ``bands``, ``report_links``, ``mention_links``) says which
rows belong together, and can be made anew from the first layer at any time (``Ledger.relink``).

Every derived link joins a row to an earlier one, in the order of (published, article, id), and is decided on those two
rows alone. So the links among the rows published up to a day are those of a ledger that holds no others, in whatever
order rows were loaded; ``known_by`` is a filter and no reckoning.
"""

from __future__ import annotations

VERSION = 2
MARK = "rapporteur-ledger"  # ``meta`` has it under "format": another program's DuckDB file has not

#: A party as it is stored; ``start`` and ``end`` are offsets into the article's body.
PARTY = (
    'STRUCT("text" TEXT, "start" INTEGER, "end" INTEGER, code TEXT, country TEXT, members TEXT[], sector TEXT, '
    "entity TEXT, name TEXT)"
)
SIZE = 'STRUCT("min" BIGINT, "max" BIGINT, "text" TEXT)'

TABLES = {
    "meta": "key TEXT PRIMARY KEY, value TEXT NOT NULL",
    # -- what was read -----------------------------------------------------------------------------------------
    # One row a reading of an article: the same article read by another version, or with another text, is another.
    "readings": "reading TEXT, article TEXT, recorded TIMESTAMP, version TEXT",
    # ``published``: the last day of the date that is known, else the day on which the article was first recorded.
    # ``signature``: of the body's words (``copies.signatures``). ``attributions``: JSON, as in the contract's line.
    # ``url``: as the document gave it. ``dropped``: lines of its page that are in no article (since version 2).
    "articles": (
        "reading TEXT, article TEXT, published DATE, page TEXT, headline TEXT, body TEXT, date_value TEXT, "
        "date_basis TEXT, outlet TEXT, agency TEXT, dateline_place TEXT, duplicate_of TEXT, "
        "sentences INTEGER[][], attributions TEXT, signature UBIGINT[], url TEXT, dropped TEXT[]"
    ),
    # One row a mention of an event. ``report`` is the event's id in the article. ``first_day``, ``last_day``: the
    # period in which it was, of its own date or, without one (``dated`` false), the day of publication. ``keys``:
    # codes, countries and registry ids of both sides' parties, sorted. ``words``: hashes of the sentence's content
    # words, sorted.
    "reports": (
        "report TEXT, reading TEXT, article TEXT, published DATE, sentence INTEGER, sentence_start INTEGER, "
        "sentence_end INTEGER, type TEXT, mode TEXT, contexts TEXT[], trigger_text TEXT, trigger_start INTEGER, "
        f"trigger_end INTEGER, actors {PARTY}[], recipients {PARTY}[], status TEXT, date_value TEXT, date_basis TEXT, "
        "first_day DATE, last_day DATE, dated BOOLEAN, "
        'place STRUCT("name" TEXT, country TEXT, lat DOUBLE, lon DOUBLE), '
        f"magnitude STRUCT(killed {SIZE}, injured {SIZE}, arrested {SIZE}, size {SIZE}), "
        "attributed_to TEXT[], attribution_index INTEGER[], cameo TEXT, quad INTEGER, goldstein DOUBLE, scale TEXT, "
        "confidence DOUBLE, rules TEXT[], keys TEXT[], words UBIGINT[]"
    ),
    # One row a mention of a measure, talks or a claim. ``content``: JSON, the mention's fields as in the article's
    # line, ``attributed_to`` turned into the sources' texts (``attribution_index`` has the numbers), for claims
    # ``answers`` into the other's ``mention`` id.
    "mentions": (
        "mention TEXT, reading TEXT, article TEXT, published DATE, what TEXT, kind TEXT, evidence_start INTEGER, "
        "evidence_end INTEGER, event TEXT, keys TEXT[], content TEXT"
    ),
    # A person's word, one row a report or mention that it is bound to (``level``: which of the two ``target`` is); the
    # rows of one judgement share its id. ``value``: the new type or kind; for ``merge`` the earlier row to join to.
    "judgements": (
        "judgement TEXT, made TIMESTAMP, who TEXT, why TEXT, target TEXT, level TEXT, verdict TEXT, value TEXT"
    ),
    # -- what is reckoned --------------------------------------------------------------------------------------
    # One row an article in ``current`` and ``copies``, one a report or mention in the links, without an index that says
    # so: it would be written anew with every batch, and cost more than all else. Who writes sees to it.
    "current": "article TEXT NOT NULL, reading TEXT NOT NULL, published DATE NOT NULL",
    # An article that repeats an earlier one nearly word by word.
    "copies": "article TEXT NOT NULL, published DATE, original TEXT, likeness DOUBLE",
    # Slices of the signatures of the current readings, by which articles that may be copies are found.
    "bands": "band UBIGINT, article TEXT, published DATE",
    # One row a report of a current reading. ``parent``: the earlier report of the same act that it is joined to, or
    # NULL; ``event``: the report that is reached by following parents, which names the event. ``because``: what agreed.
    "report_links": (
        "report TEXT NOT NULL, reading TEXT, article TEXT, published DATE, parent TEXT, event TEXT, score DOUBLE, "
        "because TEXT"
    ),
    # By what the views choose reports, one narrow row each; ``event_day`` is the first day of the event's root.
    "report_index": (
        "event TEXT, event_day DATE, report TEXT, reading TEXT, article TEXT, published DATE, type TEXT, status TEXT, "
        "first_day DATE, last_day DATE, keys TEXT[], country TEXT"
    ),
    # What is compared of a report of a current reading, and the numbers of the blocks in which it is looked for
    # (``report_features``). ``serial`` numbers rows of this table and means nothing outside.
    "report_features": (
        "serial BIGINT, report TEXT, reading TEXT, article TEXT, published DATE, sentence INTEGER, type TEXT, "
        "kin TEXT, class TEXT, mode TEXT, first_day DATE, last_day DATE, dated BOOLEAN, actors_far TEXT[], "
        "recipients_far TEXT[], actors_near TEXT[], recipients_near TEXT[], actors_own TEXT[], recipients_own TEXT[], "
        'place TEXT, country TEXT, "trigger" TEXT[], figures BIGINT[], words UINTEGER[]'
    ),
    "report_blocks": "block UBIGINT, serial BIGINT",
    # The same for mentions of measures, talks and claims; ``item`` names the measure, the series of talks, the claim.
    # ``first_day``, ``last_day``: by this mention alone, of a measure the first day on which it stood and the one on
    # which it ended, of talks the days between which rounds were held, of a claim the day of publication.
    "mention_links": (
        "mention TEXT NOT NULL, reading TEXT, article TEXT, published DATE, what TEXT, parent TEXT, item TEXT, "
        "score DOUBLE, because TEXT, first_day DATE, last_day DATE"
    ),
    # Keys of linked mentions (``joining.Aspects``), hashed: those under which one is found and, ``sought``, those of
    # the mentions that it may be joined to.
    "mention_blocks": "block UBIGINT, mention TEXT, published DATE, sought BOOLEAN",
}
DERIVED = (
    "current", "copies", "bands", "report_links", "report_index", "report_features", "report_blocks", "mention_links",
    "mention_blocks",
)  # fmt: skip


def statements() -> list[str]:
    """The statements that make an empty ledger of this version."""
    return [f"CREATE TABLE {name} ({columns})" for name, columns in TABLES.items()]
