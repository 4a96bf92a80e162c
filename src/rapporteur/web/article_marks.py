"""What an article's page shows: the text's marks, and a card for each thing that was read from them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapporteur.model import Article, Span
from rapporteur.web import telling
from rapporteur.web.spans import Mark

Row = Mapping[str, Any]


def from_ledger(article: Row, why: Sequence[Row]) -> dict[str, Any]:
    """The view model of a ledger's article (``Ledger.article``) and of what stands behind it (``Ledger.why``)."""
    behind = {row["mention"]: row for row in why}
    told = [_as_judged(event, behind.get(event["id"])) for event in article["events"]]
    events = [_event(event, article, behind.get(event["id"])) for event in told]
    return {
        "marks": _marks(told, article["attributions"]),
        "cards": [*events, *_credits(article)],
        "standing": [
            {
                "id": mention["id"],
                "what": mention["what"],
                "kind": mention["kind"],
                "who": _whose(mention["what"], mention["content"]),
                "status": mention["content"].get("status"),
                "text": article["body"][mention["evidence_start"] : mention["evidence_end"]],
                "why": telling.address("why", mention["item"]) if mention["item"] else None,
            }
            for mention in article["mentions"]
        ],
    }


def _as_judged(event: Row, behind: Row | None) -> Row:
    """The event with its parties as persons judged them."""
    return event if behind is None else {**event, **{side: behind[side] for side in ("actors", "recipients")}}


def from_reading(article: Article, prefix: str = "") -> dict[str, Any]:
    """The same of an article that was just read and is in no ledger; ``prefix`` tells its cards from others'."""
    line = article.to_dict()
    events = [
        {
            **event,
            "event": None,
            "sentence_start": line["sentences"][event["sentence"]][0],
            "sentence_end": line["sentences"][event["sentence"]][1],
            **{f"trigger_{key}": event["trigger"][key] for key in ("text", "start", "end")},
            "date_value": event["date"]["value"] if event["date"] else None,
            "date_basis": event["date"]["basis"] if event["date"] else None,
            "attribution_index": event["attributed_to"],
        }
        for event in line["events"]
    ]
    whole = {**line, "events": events}
    cards = [*(_event(event, whole, None) for event in events), *_credits(whole)]
    return {
        "marks": tuple(replace(mark, card=prefix + mark.card) for mark in _marks(events, line["attributions"])),
        "cards": [{**card, "id": prefix + card["id"]} for card in cards],
        "standing": [
            {
                "id": f"{prefix}{what}-{number}",
                "what": what,
                "kind": mention.get("kind") or mention.get("force") or what,
                "who": _whose(what, mention),
                "status": mention.get("status"),
                "text": line["body"][slice(*mention["evidence"])],
                "why": None,
            }
            for what, mentions in (("measure", line["measures"]), ("talks", line["talks"]), ("claim", line["claims"]))
            for number, mention in enumerate(mentions)
        ],
    }


def _whose(what: str, mention: Row) -> str:
    """Who imposes a measure, talks, or claims; empty where that is not told."""
    if what == "claim":
        return mention["source"] or ""
    return ", ".join(one.name for one in telling.who(mention["imposers" if what == "measure" else "participants"]))


def _marks(events: Sequence[Row], credits: Sequence[Row]) -> tuple[Mark, ...]:
    return (*_of_events(events), *_of_credits(events, credits))


def _of_events(events: Sequence[Row]) -> Iterator[Mark]:
    for event in events:
        yield Mark(event["trigger_start"], event["trigger_end"], "trigger", event["id"])
        for role, side in (("actor", "actors"), ("recipient", "recipients")):
            named = [party for party in event[side] or () if party["start"] < party["end"]]  # not whom a person added
            for party in named:
                yield Mark(party["start"], party["end"], role, event["id"])


def _of_credits(events: Sequence[Row], credits: Sequence[Row]) -> Iterator[Mark]:
    """A source belongs to its own card and to those of the events that are told on its word."""
    for number, credit in enumerate(credits):
        cards = [_credit_id(number), *(e["id"] for e in events if number in (e["attribution_index"] or ()))]
        for role in ("source", "cue", "content"):
            for start, end in credit[role]:
                for card in cards if role == "source" else cards[:1]:
                    yield Mark(start, end, role, card)


def _credit_id(number: int) -> str:
    return f"said-{number}"


def _event(event: Row, article: Row, behind: Row | None) -> dict[str, Any]:
    body, credits = article["body"], article["attributions"]
    chain = [credits[i] for i in event["attribution_index"] or () if 0 <= i < len(credits)]
    return {
        "id": event["id"],
        "heading": event["type"],
        "mode": event["mode"],
        "status": event["status"],
        "trigger": event["trigger_text"],
        "actors": telling.who(event["actors"]),
        "recipients": telling.who(event["recipients"]),
        "date": {"value": event["date_value"], "basis": event["date_basis"]} if event["date_value"] else None,
        "place": event["place"]["name"] if event["place"] else None,
        "figures": [(what, size["text"]) for what, size in (event["magnitude"] or {}).items() if size and size["text"]],
        "chain": [{"source": _words(body, c["source"]), "kind": c["kind"], "force": c["force"]} for c in chain],
        "confidence": event["confidence"],
        "rules": event["rules"] or (),
        "cameo": event["cameo"],
        "href": telling.address("events", event["event"]) if event["event"] else None,
        "joined": {"to": behind["parent"], "because": behind["because"]} if behind and behind["parent"] else None,
        "judgements": behind["judgements"] if behind else (),
    }


def _credits(article: Row) -> Iterator[dict[str, Any]]:
    body = article["body"]
    for number, credit in enumerate(article["attributions"]):
        yield {
            "id": _credit_id(number),
            "heading": None,
            "source": _words(body, credit["source"]) or "an unnamed source",
            "cue": _words(body, credit["cue"]),
            "kind": credit["kind"],
            "force": credit["force"],
            "quoted": credit["quoted"],
            "content": _words(body, credit["content"]),
        }


def _words(body: str, spans: Sequence[Span]) -> str:
    return " … ".join(body[start:end] for start, end in spans)
