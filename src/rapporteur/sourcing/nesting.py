"""Which credit stands inside which: "X did it, sources said, Reuters reported"."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.sourcing.draft import Draft, covers, length


def parents_of(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the index of the narrowest one whose content holds its cue; never a cycle.

    A parent's content is longer than its child's, or as long and earlier, so that two credits that hold each other's
    cues can't both be inside the other.
    """
    breadth = [(-length(draft.content), n) for n, draft in enumerate(drafts)]
    relays = {(draft.sentence, draft.head): n for n, draft in reversed(list(enumerate(drafts)))}
    marks = [(draft.cue or draft.content)[0] for draft in drafts]
    parents: list[int | None] = [None] * len(drafts)
    opening = sorted(range(len(drafts)), key=lambda n: drafts[n].content[0][0])
    open_now: list[int] = []
    at = 0
    for n in sorted(range(len(drafts)), key=lambda n: marks[n]):
        start, end = marks[n]
        while at < len(opening) and drafts[opening[at]].content[0][0] <= start:
            open_now.append(opening[at])
            at += 1
        open_now = [m for m in open_now if drafts[m].content[-1][1] > start]
        holders = [m for m in open_now if breadth[m] < breadth[n] and covers(drafts[m].content, start, end)]
        if holders:
            parents[n] = max(holders, key=lambda m: breadth[m])
        under = drafts[n].under
        relay = relays.get((drafts[n].sentence, under)) if under is not None else None
        if relay is not None and breadth[relay] < breadth[n]:
            parents[n] = relay
    return parents
