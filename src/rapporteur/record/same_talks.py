"""Do two mentions tell of the same series of talks?

At least half of the participants are shared (a small group stands as its members), the subject or the place is, and
the reports are not too far apart; where subject and place are untold, they must follow closely. A series that was over
by the earlier report is not carried on by a later one unless that tells of it as going on soon after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from rapporteur.knowledge.folding import folding
from rapporteur.record.aspects import Side, likeness, side, stems
from rapporteur.record.joining import Match, keys, weighed
from rapporteur.record.periods import first_day, last_day, within
from rapporteur.record.tellings import Order, Talks, Telling


@dataclass(frozen=True, slots=True)
class TalksAspects:
    """What mentions of talks are compared by; ``held`` are the dates of their rounds, ``place`` the places' words."""

    telling: Telling[Talks]
    order: Order
    participants: Side
    stems: frozenset[str]
    place: frozenset[str]
    held: tuple[str, ...]
    own: frozenset[int]
    sought: frozenset[int]


def talks_aspects(telling: Telling[Talks]) -> TalksAspects:
    """What the mention is compared by."""
    said = telling.said
    participants = side(said.participants, folding().talks.members_max)
    held = tuple(sorted({round.date.value for round in said.rounds if round.date}))
    places = (said.place, said.next.place if said.next else None, *(round.place for round in said.rounds))
    return TalksAspects(
        telling,
        telling.order,
        participants,
        stems(said.subject),
        frozenset().union(*(stems(place) for place in places)),
        held,
        keys(_keys(participants, sought=False)),
        keys(_keys(participants, sought=True)),
    )


def same_talks(earlier: TalksAspects, later: TalksAspects) -> Match | None:
    """How well the earlier mention fits the later one; None where they tell of two series."""
    rule = folding().talks
    apart = (later.telling.published - earlier.telling.published).days
    share = _share(earlier.participants, later.participants)
    if apart > rule.reach_days or share < rule.share:
        return None
    untold = rule.partly.untold
    subject = likeness(earlier.stems, later.stems) if earlier.stems and later.stems else untold
    place = (1.0 if earlier.place & later.place else 0.0) if earlier.place and later.place else untold
    rounds = _rounds(earlier, later)
    common = (earlier.stems & later.stems) or (earlier.place & later.place) or rounds == 1.0
    if not common and not (subject == untold and apart <= rule.untold_days):
        return None
    score = weighed(
        {"participants": share, "subject": subject, "place": place, "rounds": rounds}, rule.weights, rule.threshold
    )
    return Match(score, _over(earlier, later, rounds == 1.0)) if score else None


def alike(earlier: TalksAspects, later: TalksAspects) -> str:
    """What agrees between two mentions, for people."""
    told = (
        ", ".join(sorted(earlier.participants.codes & later.participants.codes)),
        "alike in subject" if earlier.stems & later.stems else "",
        f"at {', '.join(sorted(earlier.place & later.place))}" if earlier.place & later.place else "",
        "a round in common" if _rounds(earlier, later) == 1.0 else "",
    )
    return "; ".join(filter(None, told))


def _keys(participants: Side, sought: bool) -> frozenset[str]:
    """Keys of each two participants; one of whom alone is told is found, and sought, among all that name him."""
    codes = sorted(_all(participants))
    each = {f"talks|{code}" for code in codes}
    alone = {f"talks|{code}|alone" for code in codes}
    pairs = {"|".join(("talks", *pair, "both")) for pair in combinations(codes, 2)}
    if len(codes) == 1:
        return frozenset(alone | each if sought else alone)
    return frozenset(pairs | (alone if sought else each))


def _all(participants: Side) -> frozenset[str]:
    return participants.exact | participants.vague


def _share(one: Side, other: Side) -> float:
    """The part of the larger side's participants that both have; of the smaller side's, where it tells one alone."""
    mine, others = _all(one), _all(other)
    common = len(mine & others)
    alone = min(len(mine), len(others)) == 1
    if not common or (common == 1 and not alone):
        return 0.0
    return 1.0 if alone else common / max(len(mine), len(others))


def _rounds(earlier: TalksAspects, later: TalksAspects) -> float:
    """1 where a round of one is a round of the other, or the one that the earlier announced."""
    if earlier.place and later.place and not earlier.place & later.place:
        return 0.0
    dates = list(earlier.held)
    following = earlier.telling.said.next
    if following and following.date:
        dates.append(following.date)
    if not dates or not later.held:
        return folding().talks.partly.untold
    return 1.0 if any(within(a, b) or within(b, a) for a in dates for b in later.held) else 0.0


def _over(earlier: TalksAspects, later: TalksAspects, common_round: bool) -> date | None:
    """The day by which the series was over, by the earlier mention, if the later one tells of a new one since."""
    was, status = earlier.telling.said.status, later.telling.said.status
    if was not in ("concluded", "failed") or common_round or earlier.telling.article == later.telling.article:
        return None
    if was == "failed":
        anew = status != "failed" or _begun_after(later, earlier.telling.published)
        return earlier.telling.published if anew else None
    end = _ended(earlier)
    return end if later.telling.published > end + timedelta(folding().talks.reopen_days) else None


def _ended(aspects: TalksAspects) -> date:
    days = [day for value in aspects.held if (day := last_day(value))]
    return max(days, default=aspects.telling.published)


def _begun_after(aspects: TalksAspects, day: date) -> bool:
    return any((first := first_day(value)) and first > day for value in aspects.held)
