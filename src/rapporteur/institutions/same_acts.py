"""The same act told more than once: by several reports, by several rows, by the ledger and by history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from rapporteur.institutions import times
from rapporteur.institutions.objects import Names
from rapporteur.knowledge.institutions import Known

#: Bases of a day that is but a bound: it was done by then.
BOUNDS = ("report", "end")
_WEAK = (*BOUNDS, "inferred")
#: What takes an act back.
ENDS = {"object": "lift", "suspend": "resume_notice", "notify": "suspend_notice", "refer": "suspend_notice"}
_LASTING = ("object", "announce")
_ENTRIES = ("deposit", "join")
_NEAR = 31  # days within which a report's own date may lie from the act's


def once(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """In order of time, each act once.

    What is told again of the same type, author and object, with nothing between that took it back, is the same act; its
    earliest day counts, and one that is told goes before a report's own.
    """
    kept: list[dict[str, Any]] = []
    for fact in sorted(found, key=_order):
        same = next((k for k in reversed(kept) if _again(k, fact, kept)), None)
        if same is None:
            kept.append({**fact, "source": {**fact["source"]}})
        else:
            kept[kept.index(same)] = _joined(same, fact)
    return sorted(kept, key=_order)


def _order(fact: Mapping[str, Any]) -> tuple[int, bool, bool]:
    """By time; of one day, what is taken back after what it takes back, and bounds after days that are told."""
    return times.parse(fact["date"]), fact["type"] in ENDS.values(), fact.get("date_basis") in BOUNDS


def done(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what is told as said, where the same is told as done: on the same day, or by then in the same row."""
    acts = [fact for fact in found if fact["type"] != "announce"]
    return [f for f in found if f["type"] != "announce" or not any(_overtaken(f, act) for act in acts)]


def _overtaken(said: Mapping[str, Any], act: Mapping[str, Any]) -> bool:
    if set(said["by"]) != set(act["by"]):
        return False
    by_then = times.parse(act["date"]) <= times.parse(said["date"]) and set(rows(said)) & set(rows(act))
    return act["date"] == said["date"] or bool(by_then)


def rows(fact: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the rows that it comes from."""
    source = fact["source"]
    return tuple(id for id in (source.get("id"), *source.get("also", ())) if id)


def _again(first: Mapping[str, Any], fact: Mapping[str, Any], kept: Sequence[Mapping[str, Any]]) -> bool:
    """Is it the same act told again?

    An objection or an announcement goes on until it is taken back; of other acts a day that is told makes another, if
    it is far from the first's.
    """
    if first["type"] != fact["type"] or first["object"] != fact["object"] or not set(fact["by"]) <= set(first["by"]):
        return False
    if fact["type"] == "vote":
        return first["date"] == fact["date"] and first.get("no") == fact.get("no")
    far = _days(first["date"], fact["date"]) > _NEAR and not _within(fact["date"], first["date"])
    if fact["type"] not in _LASTING and far and fact.get("date_basis") not in BOUNDS:
        return False
    since = kept[kept.index(first) + 1 :]
    return not any(_reopens(k, fact) and set(k["by"]) & set(fact["by"]) for k in since)


def _reopens(between: Mapping[str, Any], fact: Mapping[str, Any]) -> bool:
    """Does what lies between make the act possible once more?"""
    if between["type"] in _ENTRIES:
        return fact["type"] in ("notify", "withdraw")
    return between["type"] == ENDS.get(fact["type"]) and bool(between["object"] == fact["object"])


def _joined(first: dict[str, Any], again: dict[str, Any]) -> dict[str, Any]:
    """The earlier fact, with the day that is known better, and the other's row beside its own."""
    result = {**first, "source": {**first["source"]}}
    better = first.get("date_basis") in BOUNDS and again.get("date_basis") not in BOUNDS
    if _within(again["date"], first["date"]) or (better and _days(first["date"], again["date"]) <= _NEAR):
        result["date"] = again["date"]
        result.pop("date_basis", None)
        if "date_basis" in again:
            result["date_basis"] = again["date_basis"]
    also = [*first["source"].get("also", ()), again["source"].get("id"), *again["source"].get("also", ())]
    others = [id for id in dict.fromkeys(also) if id and id != first["source"].get("id")]
    if others:
        result["source"]["also"] = others
    return result


def with_history(
    history: Sequence[Known], found: Sequence[dict[str, Any]], names: Names, last: str
) -> list[dict[str, Any]]:
    """Acts of history up to the ``last`` day; to those that the ledger tells, history lends their day and authors."""
    result = [dict(fact) for fact in found]
    for act in history:
        object = names.of(act.object)
        same = next((f for f in result if _same_act(f, act, object)), None)
        if same is None and times.parse(act.date) > times.parse(last):
            continue
        if same is None:
            made: dict[str, Any] = {"date": act.date, "type": act.type, "by": list(act.by), "object": object}
            made |= {"until": act.until} if act.until is not None else {}
            result.append(made | {"event": act.event, "source": {"view": "history", "attributed_to": []}})
            continue
        if set(same["by"]) < set(act.by):
            same["by"], same["by_basis"] = list(act.by), "history"  # the ledger names some of several
        if same["date"] != act.date and (_within(act.date, same["date"]) or same.get("date_basis") in _WEAK):
            same["date"], same["date_basis"] = act.date, "history"
    return result


def _same_act(fact: dict[str, Any], act: Known, object: str) -> bool:
    if fact["type"] != act.type or fact["object"] != object or not set(fact["by"]) & set(act.by):
        return False
    if fact["source"]["view"] == "history":
        return False
    return _within(act.date, fact["date"]) or _days(fact["date"], act.date) <= _NEAR


def _within(day: str, period: str) -> bool:
    """Is the day in the month or year, which is told less exactly?"""
    return len(period) < len(day) and day.startswith(period)


def _days(one: str, other: str) -> int:
    return abs((times.day_of(times.parse(one)) - times.day_of(times.parse(other))) // timedelta(days=1))
