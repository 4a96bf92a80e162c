"""Readings as rows of the views that a ledger has, each mention a row of its own: for the linked tables.

Ids are those that a ledger gives to what only this article tells of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rapporteur.exports.linked_tables import Row
from rapporteur.model import Article
from rapporteur.record.days import period
from rapporteur.record.rows import mention_ids, source_texts

_FIGURES = ("killed", "injured", "arrested", "size")
_Told = dict[str, Any]


def rows_of(article: Article) -> Iterator[tuple[str, Row]]:
    """Views' names and rows of them: the article, then its events, measures, talks and claims."""
    told, sources, ids = article.to_dict(), source_texts(article), mention_ids(article)
    days = period(article.date.value)
    published = days[1] if days else None
    yield "articles", {**told, "published": published}

    def report(row: _Told, chain: Sequence[int], **more: Any) -> list[_Told]:
        named = [sources[i] for i in chain if 0 <= i < len(sources)]
        held = {"article": article.id, "published": published, "duplicate_of": article.duplicate_of}
        return [{**held, "attributed_to": named, "status": row.get("status"), **more}]

    for event in told["events"]:
        span = article.sentences[event["sentence"]]
        counts = event["magnitude"] or {}
        figures = [{"what": what, "report": event["id"], **counts[what]} for what in _FIGURES if counts.get(what)]
        reports = report(event, event["attributed_to"], event=event["id"], mention=None, evidence=span)
        own = {"id": f"e-{event['id']}", "trigger": event["trigger"]["text"], "articles": 1, "figures": figures}
        yield "events", {**event, **own, "reports": reports}
    by_report = {event["id"]: f"e-{event['id']}" for event in told["events"]}
    claims = ids[len(told["measures"]) + len(told["talks"]) :]
    mentions = [(view, mention) for view in ("measures", "talks", "claims") for mention in told[view]]
    for id, (view, mention) in zip(ids, mentions, strict=True):
        own = {"id": f"{view[0]}-{id}"}
        if view == "claims":
            answers, index = mention["answers"], mention["attribution"]
            own |= {"answers": None if answers is None else f"c-{claims[answers]}"}
            own |= {"about": [by_report[event] for event in mention["about"] if event in by_report]}
            chain, event = [] if index is None else [index], next(iter(mention["about"]), None)
        else:
            chain, event = mention["attributed_to"], mention["event"]
            own |= {"agreed": [mention["agreed"]] if mention.get("agreed") else []}
        reports = report(mention, chain, event=event, mention=id, evidence=mention["evidence"])
        yield view, {**mention, **own, "reports": reports}
