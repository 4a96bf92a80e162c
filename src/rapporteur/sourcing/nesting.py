"""Which credit stands inside which: "X did it, sources said, Reuters reported"."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.sourcing.draft import Draft, covers, length


def parents_of(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the index of the narrowest one whose content holds its cue; never a cycle.

    A parent's content is longer than its child's, or as long and earlier, so that two credits that hold each other's
    cues can't both be inside the other.
    """
    size = [length(draft.content) for draft in drafts]
    order = sorted(range(len(drafts)), key=lambda n: (-size[n], n))
    rank = {n: k for k, n in enumerate(order)}
    bounds = [(d.content[0][0], d.content[-1][1]) for d in drafts]
    parents: list[int | None] = []
    for n, draft in enumerate(drafts):
        start, end = (draft.cue or draft.content)[0]
        explicit = _relaying(drafts, n)
        holders = [
            m
            for m in range(len(drafts))
            if bounds[m][0] <= start and end <= bounds[m][1] and rank[m] < rank[n] and m != n
            and covers(drafts[m].content, start, end)
        ]  # fmt: skip
        if explicit is not None and rank[explicit] < rank[n]:
            parents.append(explicit)
        else:
            parents.append(max(holders, key=lambda m: rank[m]) if holders else None)
    return parents


def _relaying(drafts: Sequence[Draft], n: int) -> int | None:
    under = drafts[n].under
    if under is None:
        return None
    return next(
        (m for m, d in enumerate(drafts) if m != n and d.sentence == drafts[n].sentence and d.head == under), None
    )
