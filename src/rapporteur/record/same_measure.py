"""Do two mentions tell of the same measure?

Kinds are equal or kin; imposers and targets intersect, where both tell them, and at least one of these sides does;
what else makes a measure this one (what it bears on, its place, its person: ``identity`` in the rule's file) is not
contradicted; and the times fit: no onset behind the other's end, no two onsets far apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapporteur.knowledge.folding import Identity, folding
from rapporteur.record.aspects import Side, kind_stems, likeness, meeting, names, side, stems
from rapporteur.record.joining import Match, keys, weighed
from rapporteur.record.periods import first_day, gap, last_day
from rapporteur.record.tellings import Measure, Order, Telling


@dataclass(frozen=True, slots=True)
class MeasureAspects:
    """What mentions of measures are compared by.

    ``stems`` are those of the object but for words of its kind, ``matter`` those of them that don't name a party,
    ``names`` those that its identity rests on (places of the object and the targets; persons of the targets).
    ``begun``: its onset's first day, where the text gives one of its own; ``over``: the last day of its end.
    """

    telling: Telling[Measure]
    order: Order
    identity: Identity
    imposers: Side
    targets: Side
    stems: frozenset[str]
    matter: frozenset[str]
    names: frozenset[str]
    begun: date | None
    over: date | None
    own: frozenset[int]
    sought: frozenset[int]


def measure_aspects(telling: Telling[Measure]) -> MeasureAspects:
    """What the mention is compared by."""
    said = telling.said
    rule = folding().measures
    imposers, targets = side(said.imposers), side(said.targets)
    identity = rule.identity[said.kind]
    about = stems(said.object) - kind_stems()
    begun = first_day(said.since.value) if said.since and said.since.basis != "report" else None
    over = last_day(said.until.value) if said.until else None
    families = [str(number) for number, family in enumerate(rule.families) if said.kind in family]
    named = _names(said, identity)
    parties = [stems(party.text) for party in (*said.imposers, *said.targets)] if identity == "matter" else []
    return MeasureAspects(
        telling,
        telling.order,
        identity,
        imposers,
        targets,
        about,
        about.difference(*parties),
        named,
        begun,
        over,
        keys(_keys(families, imposers, targets, named)),
        keys(_keys(families, imposers, targets, named, sought=True)),
    )


def same_measure(earlier: MeasureAspects, later: MeasureAspects) -> Match | None:
    """How well the earlier mention fits the later one; None where they tell of two measures."""
    rule = folding().measures
    one, other = earlier.telling.said, later.telling.said
    if (later.telling.published - earlier.telling.published).days > rule.reach_days:
        return None
    partly = rule.partly
    named = _named(earlier, later)
    imposers = meeting(earlier.imposers, later.imposers, partly.vague, partly.untold)
    targets = meeting(earlier.targets, later.targets, partly.vague, partly.untold)
    if named == 1.0 and later.identity == "person":
        targets = 1.0  # the same name: whatever nation each report gives him
    if named is None or imposers is None or targets is None or max(imposers, targets) <= partly.untold:
        return None
    if _stands(earlier) and other.status == "threatened" and targets < 1.0 and (earlier.targets or later.targets):
        return None  # a threat of what stands already is one of something else, unless both are told alike
    if named != 1.0 and _one_ends(earlier, later) and not _told_alike(earlier, later):
        return None
    about = _about(earlier, later)
    if about is None or not rule.kin(one.kind, other.kind) or _contrary_times(earlier, later):
        return None
    score = weighed(
        {
            "imposers": imposers,
            "targets": targets,
            "kind": 1.0 if one.kind == other.kind else partly.kin,
            "object": about,
            "names": named,
            "onset": 1.0 if earlier.begun and later.begun else partly.untold,
        },
        rule.weights,
        rule.threshold,
    )
    if not score:
        return None
    return Match(score, _over(earlier, later), one.status == "ended" and other.status != "ended")


def alike(earlier: MeasureAspects, later: MeasureAspects) -> str:
    """What agrees between two mentions, for people."""
    one, other = earlier.telling.said, later.telling.said
    about = _about(earlier, later)
    told = (
        other.kind if one.kind == other.kind else f"{one.kind}, {other.kind}",
        _shared("by", earlier.imposers, later.imposers),
        _shared("on", earlier.targets, later.targets),
        "alike in what it bears on" if about and about > folding().measures.partly.untold else "",
        ", ".join(sorted(earlier.names & later.names)),
        "the same onset" if earlier.begun and later.begun else "",
    )
    return "; ".join(filter(None, told))


def _names(said: Measure, identity: Identity) -> frozenset[str]:
    if identity not in ("place", "person"):
        return frozenset()
    targets = frozenset().union(*(names(party.text) for party in said.targets))
    if identity == "place":
        return targets | names(said.object)
    return targets or names(said.object)


def _keys(
    families: Iterable[str], imposers: Side, targets: Side, named: frozenset[str], sought: bool = False
) -> set[str]:
    """Keys of (family of kinds, imposer, target), so that mentions whose sides may fit share one.

    One that leaves a side untold is found, and seeks, under the other side alone.
    """
    by, on = sorted(imposers.codes), sorted(targets.codes)
    pairs = {(i, t) for i in by for t in on}
    either = {(i, "") for i in by} | {("", t) for t in on}
    if by and on:
        ends = {(*pair, "half" if sought else "full") for pair in either} | {(*pair, "") for pair in pairs}
    else:
        ends = {(*pair, end) for pair in either for end in (("half", "full") if sought else ("half",))}
    sides = {"|".join(("measure", family, *end)) for family in families for end in ends}
    return sides | {f"measure|{family}|{name}" for family in families for name in named}


def _named(earlier: MeasureAspects, later: MeasureAspects) -> float | None:
    """How the names fit; None where a measure that rests on them names others."""
    identity = later.identity
    if not earlier.names or not later.names or identity not in ("place", "person"):
        return folding().measures.partly.untold
    if earlier.names & later.names:
        return 1.0
    one_day = _one_article(earlier, later) and earlier.begun is not None and earlier.begun == later.begun
    return folding().measures.partly.untold if one_day and identity == "place" else None


def _about(earlier: MeasureAspects, later: MeasureAspects) -> float | None:
    """How like the objects are; None where what they bear on makes the measure, and differs."""
    if not earlier.stems or not later.stems:
        return folding().measures.partly.untold
    both = earlier.matter and later.matter
    near = likeness(earlier.matter, later.matter) if both else likeness(earlier.stems, later.stems)
    if later.identity != "matter":
        return max(near, folding().measures.other_object)
    return near if near or _one_article(earlier, later) else None


def _shared(word: str, one: Side, other: Side) -> str:
    codes = sorted(one.codes & other.codes)
    return f"{word} {', '.join(codes)}" if codes else ""


def _contrary_times(earlier: MeasureAspects, later: MeasureAspects) -> bool:
    """Can the two not be one measure, for the times that they give?"""
    rule = folding().measures
    identity = later.identity
    slack = timedelta(rule.onset_slack_days[identity])
    one, other = earlier.telling.said, later.telling.said
    if _one_article(earlier, later) and (_lifted_and_new(earlier, later) or _lifted_and_new(later, earlier)):
        return True
    if earlier.begun and later.begun and one.since and other.since and identity != "package":
        apart = gap(one.since.value, other.since.value)
        if apart is not None and apart > slack.days:
            return True
    if one.status == "ended" and earlier.over is None and _stands(later) and later.begun and identity != "person":
        return True  # in force since then, though one like it was over
    if one.status == "threatened" and other.status == "ended" and not _dated_behind(later, earlier.telling.published):
        return True
    if identity == "person" and not earlier.names & later.names and _another_freed(earlier, later):
        return True
    ends_before = later.over and (
        (earlier.begun and later.over < earlier.begun)
        or (_stands(earlier) and later.over + slack < earlier.telling.published and not _one_article(earlier, later))
    )
    stood_before = _stands(earlier) and later.begun and later.begun > earlier.telling.published + slack
    return bool(ends_before or (stood_before and identity != "package"))


def _lifted_and_new(lifted: MeasureAspects, new: MeasureAspects) -> bool:
    """Does one article tell of a measure that was lifted, and of one that is threatened or begins with the report?"""
    if lifted.telling.said.status != "ended":
        return False
    said = new.telling.said
    return said.status == "threatened" or (said.status != "ended" and said.since is not None and new.begun is None)


def _another_freed(earlier: MeasureAspects, later: MeasureAspects) -> bool:
    """Is one who is freed and one who is held, not known by one name, likelier two persons than one?"""
    if _stands(later) and earlier.telling.said.status == "ended":
        return True
    return _one_article(earlier, later) and _stands(earlier) and later.telling.said.status == "ended"


def _one_ends(earlier: MeasureAspects, later: MeasureAspects) -> bool:
    """Does one article tell of one as standing, and of one as ended?"""
    ended = [aspects.telling.said.status == "ended" for aspects in (earlier, later)]
    return ended[0] != ended[1] and _one_article(earlier, later)


def _told_alike(earlier: MeasureAspects, later: MeasureAspects) -> bool:
    """Do both tell the same sides?"""
    return bool(earlier.imposers) == bool(later.imposers) and bool(earlier.targets) == bool(later.targets)


def _dated_behind(aspects: MeasureAspects, day: date) -> bool:
    """Does the mention date the onset or the end behind this day, so that what was threatened then has come about?"""
    return any(known is not None and known >= day for known in (aspects.begun, aspects.over))


def _one_article(earlier: MeasureAspects, later: MeasureAspects) -> bool:
    return earlier.telling.article == later.telling.article


def _stands(aspects: MeasureAspects) -> bool:
    return aspects.telling.said.status in ("in force", "disputed")


def _over(earlier: MeasureAspects, later: MeasureAspects) -> date | None:
    """The day by which the measure was over, by the earlier mention, if the later one tells of a new one since."""
    rule = folding().measures
    said, end = later.telling.said, _end(earlier)
    if end is None:
        return None
    if later.begun and earlier.over:
        return end if later.begun > end else None
    if said.status == "ended" or _one_article(earlier, later) or (later.begun and later.begun <= end):
        return None
    if earlier.telling.said.status != "ended":
        days = rule.extension_days
    elif said.status == "threatened" or said.since is not None:
        return end
    else:
        days = rule.dispute_days if said.status == "disputed" else rule.settle_days[later.identity]
    return end if later.telling.published > end + timedelta(days) else None


def _end(aspects: MeasureAspects) -> date | None:
    """The day by which the mention has the measure ended or to end."""
    if aspects.telling.said.status == "ended":
        return aspects.over or aspects.telling.published
    return aspects.over
