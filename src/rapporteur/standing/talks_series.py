"""From single sights to the series of talks that an article tells of, and the mention of each.

Sights are one series where the same sides talk and nothing speaks against it, and where one takes up what was told
before: "the talks", "it was the second round", "following a meeting in May". What the talks are in the end is the
newest word on them: an article's first, and of one sentence the main clause's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.knowledge.talks import TalksWords
from rapporteur.model import NextRound, Party, Round, Span, TalksMention, TalksStatus, When
from rapporteur.standing.groups import is_group
from rapporteur.standing.talks_parties import Key, distinct, sides, with_members
from rapporteur.standing.talks_sight import Sight

_NEAR = 3  # sentences over which "the talks" takes up the last ones
_SMALL = 4  # letters; shorter words of a matter tell nothing
_INTERRUPTED = ("failed", "suspended", "resumed")
_DECISIVE = ("failed", "suspended", "ended", "resumed", "going")


class Series:
    """The sights of one series, as they are found."""

    def __init__(self, sight: Sight, words: TalksWords) -> None:
        self._words = words
        self.sights = [sight]
        self.continues = False  # its sides have agreed to go on

    def add(self, sight: Sight) -> None:
        """Take in a further sight."""
        self.sights.append(sight)

    # -- what is known of it

    @property
    def parties(self) -> tuple[Party, ...]:
        """All sides, as first named; without descriptions of several where those are named themselves."""
        found = distinct((p for s in self.sights for p in s.parties), self._words.armed)
        named = [p for p in found if not self._vague(p)]
        return tuple(named) if len(named) > 1 else found

    def _vague(self, party: Party) -> bool:
        """A group without a name, or, where one of known members is told of elsewhere, one of unknown members: "talks
        with European powers ... they met the Nine"."""
        if party.code != "IGO" or party.entity is None:
            return party.code == "IGO"
        if party.members or not party.entity.startswith("group:"):
            return False
        beside = [s for s in self.sights if any(is_group(p) for p in s.parties)]
        return bool(beside) and not any(p.entity == party.entity for s in beside for p in s.parties)

    @property
    def keys(self) -> frozenset[Key]:
        """The sides, groups with their members."""
        return sides(with_members(self.parties, self._words.armed), self._words.armed)

    @property
    def last(self) -> int:
        """The sentence of its last sight."""
        return self.sights[-1].sentence

    @property
    def places(self) -> frozenset[str]:
        return frozenset(s.place for s in self.sights if s.place is not None)

    @property
    def subject(self) -> str | None:
        """The first matter told by a phrase, else the first by which the talks are called."""
        told = (s.subject for s in self.sights if s.subject is not None)
        named = (s.named for s in self.sights if s.named is not None)
        return next(told, None) or next(named, None)

    @property
    def best(self) -> Sight:
        """The most telling sight."""
        return max(self.sights, key=lambda s: (_telling(s), -s.sentence, -s.head))

    def matter_words(self) -> frozenset[str]:
        """What its matters have in common with others': their longer words."""
        return frozenset().union(*(_content(s) for s in self.sights))

    # -- whether a sight belongs

    def fits(self, sight: Sight) -> int:
        """How well the sight belongs to the series; 0: not at all."""
        own = sides(with_members(sight.parties, self._words.armed), self._words.armed)
        near = sight.sentence - self.last <= _NEAR
        here = sight.place is not None and sight.place in self.places
        if not own:
            return self._taken_up(sight, near, here)
        common = own & self.keys
        if not common:
            return 0
        words = _content(sight)
        alike = bool(words & self.matter_words())
        if own <= self.keys or self.keys <= own:
            strange = bool(sight.subject and words and self.matter_words() and not alike and not here)
            if len(common) > 1:
                return 2 if strange and not (near or sight.definite) else 4
            return 0 if strange else 3 if near or alike or here else 0
        if here or alike:
            return 3
        return (
            2 if near and sight.subject is None and (sight.definite or sight.kind not in ("meeting", "exchange")) else 0
        )

    def _taken_up(self, sight: Sight, near: bool, here: bool) -> int:
        if sight.kind == "round" and sight.ordinal is not None and near and not _content(sight):
            return 3  # "a new round"
        if here and sight.definite:
            return 4
        if sight.definite and near:
            alike = bool(_content(sight) & self.matter_words())
            return 3 if alike or not _content(sight) else 1
        return 0

    # -- what it comes to

    def mention(self, spans: Sequence[Span], published: str | None) -> TalksMention:
        """The series as a mention, by its most telling sentence.

        Args:
            spans: of the article's sentences.
            published: its date (ISO) or None.
        """
        best = self.best
        return TalksMention(
            participants=with_members(self.parties, self._words.armed),
            subject=self.subject,
            place=self._place(),
            rounds=self.rounds(),
            next=self.next_round(published),
            status=self.status(),
            evidence=spans[best.sentence],
            event=next((s.event.id for s in (best, *self.sights) if s.event is not None), None),
            rules=tuple(dict.fromkeys(f"talks.{s.kind}.{s.fate or 'told'}" for s in self.sights)),
        )

    def _place(self) -> str | None:
        """Where they were, else where they are to be."""
        ranked = sorted(self.sights, key=lambda s: (s.mood != "future", _telling(s)), reverse=True)
        return next((s.place for s in ranked if s.place is not None), None)

    def status(self) -> TalksStatus:
        """The state of the talks at the article's date, by the newest word on them."""
        told = [s for s in self.sights if s.fate in _DECISIVE and s.under is None]
        told = [s for s in told if not (s.fate in ("failed", "suspended", "ended") and s.mood == "future")]
        newest = min(told, key=lambda s: (s.sentence, s.depth, s.head), default=None)
        more = self.continues or self.next_round() is not None
        if newest is not None:
            if newest.fate == "failed":
                return "under way" if self.next_round() is not None else "failed"
            if newest.fate == "suspended":
                return "suspended"
            if newest.fate == "ended":
                return "under way" if more or self._numbered() else "concluded"
            return "under way"
        return self._unsaid(more)

    def _unsaid(self, more: bool) -> TalksStatus:
        held = any(s.fate in ("held", "begun") and s.mood == "actual" for s in self.sights)
        if not held and any(s.mood == "future" or s.fate == "planned" for s in self.sights):
            return "under way" if self._numbered() else "planned"
        bare = not held and any(s.strong for s in self.sights)
        if bare or more or self._numbered():
            return "under way"
        begun = any(s.fate == "begun" and s.mood == "actual" for s in self.sights)
        return "under way" if begun else "concluded"

    def _numbered(self) -> bool:
        """Was there a round before: "the sixth round", "another round"?"""
        return any(s.ordinal is not None and s.ordinal != 1 for s in self.sights)

    def rounds(self) -> tuple[Round, ...]:
        """Those held, oldest first; those without a date last."""
        found: list[Round] = []
        for s in self.sights:
            if not self._is_round(s):
                continue
            round_ = Round(s.date, s.place)
            apart = s.under is not None and s.date is None  # "following a meeting": another one, whenever it was
            same = None if apart else next((k for k, r in enumerate(found) if _same_round(r, round_)), None)
            if same is None:
                found.append(round_)
            else:
                found[same] = _merged(found[same], round_)
        dated = [r for r in found if r.date is not None]
        if dated:
            found = dated
        return tuple(sorted(found, key=lambda r: (r.date is None, r.date.value if r.date else "", r.place or "")))

    def _is_round(self, sight: Sight) -> bool:
        """Does it tell of one meeting that was held?"""
        if sight.mood != "actual" or sight.fate in ("planned", "suspended", "resumed"):
            return False
        if sight.kind == "process":
            return False
        if sight.kind == "negotiating":  # of a verb, or of delegates who left: one meeting where a day is told
            return sight.fate in ("held", "ended", "failed") and sight.date is not None
        told = sight.fate in ("held", "ended") or sight.ordinal is not None or sight.under is not None
        begun = sight.fate in ("begun", "going") and sight.kind in ("summit", "gathering", "round", "meeting")
        return (told or begun) and (sight.date is not None or sight.place is not None or bool(sight.ordinal))

    def next_round(self, published: str | None = None) -> NextRound | None:
        """The first that is told to come; a date before the article's own (``published``) is none of it."""
        for s in self.sights:
            if s.resumes is not None:
                return NextRound(s.resumes, None)
            if s.mood != "future" or s.fate in ("failed", "suspended", "ended"):
                continue
            day = s.date.value if s.date else None
            if day is not None and published is not None and day < published[: len(day)]:
                day = None
            if day or s.place:
                return NextRound(day, s.place)
        return None

    def _split(self, party: Party) -> bool:
        """ "The two rival governments": sides of one country."""
        return any(word in self._words.divided for word in party.text.lower().split())

    # -- whether it is one

    def counts(self) -> bool:
        """Are these talks of states, organisations or armed groups on a matter, and not a meeting of one side?"""
        keys = sides(self.parties, self._words.armed)
        strong = [s for s in self.sights if s.strong]
        matter = any(s.subject for s in self.sights)
        weighty = any(s.weighty for s in self.sights)
        if all(s.fate is None and _content(s) and _content(s) <= self._words.bids for s in self.sights):
            return False
        if len(keys) >= 2:
            owners = {code if code not in ("IGO", "NSA") else f"{code} {own}" for code, own in keys}
            apart = len(owners) >= 2 or any(p.sector in self._words.armed for p in self.parties) or weighty
            again = any(s.kind == "meeting" and s.ordinal is not None for s in self.sights)  # "met for a third time"
            broken = any(
                s.kind == "exchange" and s.fate in _INTERRUPTED for s in self.sights
            )  # "suspended its dialogue"
            return apart and (bool(strong) or broken or matter or again or any(s.kind == "summit" for s in self.sights))
        if len(keys) != 1 or not strong:
            return False
        told = matter or weighty or any(s.named or s.place or s.date for s in strong)
        ones = [p for s in strong if s.kind != "negotiating" for p in s.parties]
        apart = any(
            p.code == "IGO" or p.sector in self._words.armed or p.sector == "OPP" or self._split(p) for p in ones
        )
        faced = any((p.entity or "").startswith(("state:", "armed:")) for s in strong if s.facing for p in s.parties)
        return told and (weighty or apart or faced)


def _content(sight: Sight) -> frozenset[str]:
    text = f"{sight.subject or ''} {sight.named or ''}".lower()
    return frozenset(w.strip(".,;:'’\"“”") for w in text.replace("-", " ").split() if len(w) > _SMALL)


def _telling(sight: Sight) -> tuple[bool, ...]:
    return (
        len(sight.parties) > 1,
        sight.strong,
        sight.fate is not None,
        sight.subject is not None,
        sight.date is not None,
    )


def _same_round(one: Round, other: Round) -> bool:
    a, b = (r.date.value if r.date else None for r in (one, other))
    if a is None or b is None:
        return one.place == other.place or one.place is None or other.place is None
    return a.startswith(b) or b.startswith(a)


def _merged(one: Round, other: Round) -> Round:
    date: When | None = max(
        (d for d in (one.date, other.date) if d is not None), key=lambda d: len(d.value), default=None
    )
    return Round(date, one.place or other.place)


def gathered(sights: Iterable[Sight], words: TalksWords) -> list[Series]:
    """The series that an article's sights, in text order, come to."""
    found: list[Series] = []
    for sight in sights:
        home = _above(sight, found) or _best(sight, found)
        if home is None:
            found.append(Series(sight, words))
        else:
            home.add(sight)
    return found


def _above(sight: Sight, found: Sequence[Series]) -> Series | None:
    """The series in whose clause the sight hangs, where it names no side of its own: "following a meeting in May"."""
    if sight.under is None or sight.parties:
        return None
    for series in found:
        if any(s.sentence == sight.sentence and s.head == sight.under for s in series.sights):
            return series
    return None


def _best(sight: Sight, found: Sequence[Series]) -> Series | None:
    rated = [(series.fits(sight), series.last, n) for n, series in enumerate(found)]
    score, _, n = max(rated, default=(0, 0, 0))
    return found[n] if score else None
