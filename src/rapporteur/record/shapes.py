"""The views' columns, as Arrow types; names and order are the contract's, what is more stands behind."""

from __future__ import annotations

import pyarrow as pa

_TEXTS = pa.list_(pa.string())
PARTY = pa.struct(
    [
        ("text", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("code", pa.string()),
        ("country", pa.string()),
        ("members", _TEXTS),
        ("sector", pa.string()),
        ("entity", pa.string()),
        ("name", pa.string()),
    ]
)
PARTIES = pa.list_(PARTY)
WHEN = pa.struct([("value", pa.string()), ("basis", pa.string())])
#: One mention behind a row: where it stands and who is credited with it.
REPORT = pa.struct(
    [
        ("article", pa.string()),
        ("event", pa.string()),
        ("attributed_to", _TEXTS),
        ("evidence", pa.list_(pa.int32())),
        ("published", pa.date32()),
        ("outlet", pa.string()),
        ("agency", pa.string()),
        ("status", pa.string()),
        ("duplicate_of", pa.string()),
        ("mention", pa.string()),
    ]
)
REPORTS = pa.list_(REPORT)
#: A figure as one report gives it.
FIGURE = pa.struct(
    [
        ("what", pa.string()),
        ("min", pa.int64()),
        ("max", pa.int64()),
        ("text", pa.string()),
        ("report", pa.string()),
        ("attributed_to", _TEXTS),
    ]
)

EVENTS = pa.schema(
    [
        ("id", pa.string()),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("contexts", _TEXTS),
        ("actors", PARTIES),
        ("recipients", PARTIES),
        ("status", pa.string()),
        ("date", WHEN),
        (
            "place",
            pa.struct([("name", pa.string()), ("country", pa.string()), ("lat", pa.float64()), ("lon", pa.float64())]),
        ),
        ("figures", pa.list_(FIGURE)),
        ("cameo", pa.string()),
        ("quad", pa.int32()),
        ("goldstein", pa.float64()),
        ("scale", pa.string()),
        ("confidence", pa.float64()),
        ("trigger", pa.string()),
        ("articles", pa.int32()),  # that tell of it, wire copies counted once
        ("first_published", pa.date32()),
        ("last_published", pa.date32()),
        ("judgement", pa.string()),
        ("reports", REPORTS),
    ]
)
#: Every mention of an event, one row each: what one article says.
REPORT_ROWS = pa.schema(
    [
        ("id", pa.string()),
        ("event", pa.string()),
        *(
            EVENTS.field(name)
            for name in ("type", "mode", "contexts", "actors", "recipients", "status", "date", "place")
        ),
        (
            "magnitude",
            pa.struct(
                [
                    (what, pa.struct([("min", pa.int64()), ("max", pa.int64()), ("text", pa.string())]))
                    for what in ("killed", "injured", "arrested", "size")
                ]
            ),
        ),
        *(EVENTS.field(name) for name in ("cameo", "quad", "goldstein", "scale", "confidence")),
        ("trigger_text", pa.string()),
        *(REPORT.field(name) for name in ("article", "attributed_to", "evidence", "published", "outlet", "agency")),
        ("duplicate_of", pa.string()),
        ("judgement", pa.string()),
    ]
)
MEASURES = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("imposers", PARTIES),
        ("targets", PARTIES),
        ("object", pa.string()),
        ("through", pa.string()),
        ("since", WHEN),
        ("until", pa.struct([("value", pa.string())])),
        ("ends_when", pa.string()),
        ("status", pa.string()),
        ("judgement", pa.string()),
        ("reports", REPORTS),
    ]
)
TALKS = pa.schema(
    [
        ("id", pa.string()),
        ("participants", PARTIES),
        ("subject", pa.string()),
        ("place", pa.string()),
        ("rounds", pa.list_(pa.struct([("date", WHEN), ("place", pa.string()), ("reports", _TEXTS)]))),
        ("next", pa.struct([("date", pa.string()), ("place", pa.string())])),
        ("status", pa.string()),
        ("agreed", _TEXTS),
        ("called", pa.list_(pa.struct([("by", pa.string()), ("words", pa.string()), ("mention", pa.string())]))),
        ("judgement", pa.string()),
        ("reports", REPORTS),
    ]
)
CLAIMS = pa.schema(
    [
        ("id", pa.string()),
        ("claimant", PARTY),
        ("source", pa.string()),
        ("force", pa.string()),
        ("content", pa.string()),
        ("about", _TEXTS),
        ("answers", pa.string()),
        ("answer", pa.string()),
        ("answered_by", _TEXTS),
        ("judgement", pa.string()),
        ("reports", REPORTS),
    ]
)
ARTICLES = pa.schema(
    [
        ("id", pa.string()),
        ("page", pa.string()),
        ("headline", pa.string()),
        ("date", WHEN),
        ("published", pa.date32()),
        ("outlet", pa.string()),
        ("agency", pa.string()),
        ("dateline_place", pa.string()),
        ("duplicate_of", pa.string()),
        ("events", pa.int32()),
        ("measures", pa.int32()),
        ("talks", pa.int32()),
        ("claims", pa.int32()),
        ("recorded", pa.timestamp("us")),
        ("version", pa.string()),
    ]
)
VIEWS = {"events": EVENTS, "measures": MEASURES, "talks": TALKS, "claims": CLAIMS, "articles": ARTICLES}
