"""From gold to what a model is trained on: sentences as the reader saw them, with the acts that people coded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapporteur.errors import InputError
from rapporteur.evaluation.gold import EventDocument, GoldEvent, GoldParty, Part, event_documents, part_of
from rapporteur.events.choose import Decision, RuleRanker, SourcesOf
from rapporteur.events.propose import Candidate, SentenceProposals
from rapporteur.events.signals import CLASS_OF, View
from rapporteur.knowledge.frames import FRAMES, read_frames
from rapporteur.language.syntax import Syntax
from rapporteur.model import Status
from rapporteur.reader import Reader

IGNORED = -100  # label of a word of which gold says nothing
_CONTENT = "VNJ"
_NEAR = 8  # tokens; a trigger that is longer counts by its head alone


@dataclass(frozen=True, slots=True)
class Act:
    """A coded act: its head token, the tokens of its trigger, its type; who did it to whom, as gold words it."""

    head: int
    words: frozenset[int]
    type: str
    actors: tuple[GoldParty, ...] = ()
    recipients: tuple[GoldParty, ...] = ()
    status: Status = "actual"


@dataclass(slots=True)
class Sentence:
    """A sentence that the screen let pass, with what gold says of it.

    Attributes:
        document: the id of its document; documents are never divided between parts.
        view: as the ranking model sees it.
        acts: what people coded.
        unsaid: heads of which nothing is known (frames' examples are coded for one frame only).
    """

    document: str
    view: View
    acts: list[Act]
    unsaid: frozenset[int] = field(default_factory=frozenset)

    def labels(self) -> list[int]:
        """For each word its class, or ``IGNORED``: words of a trigger beside its head, and function words."""
        tokens = self.view.syntax.tokens
        found = [0 if t.tag[:1] in _CONTENT and t.i not in self.unsaid else IGNORED for t in tokens]
        for act in self.acts:
            for word in act.words:
                found[word] = IGNORED
        for act in self.acts:
            found[act.head] = CLASS_OF[act.type]
        return found


class Collector:
    """A ranker that decides as the rules do, and keeps how each sentence looked. Also of the candidates' frames."""

    def __init__(self) -> None:
        self._rules = RuleRanker()
        self._seen: list[View] = []

    def decide(self, proposals: SentenceProposals, sources: SourcesOf) -> list[Decision]:
        """The rules' decisions."""
        self._seen.append(View(proposals, sources))
        return self._rules.decide(proposals, sources)

    def take(self) -> list[View]:
        """The sentences since the last call."""
        seen, self._seen = self._seen, []
        return seen


def from_gold(paths: Sequence[Path], part: Part | None = None) -> Iterator[Sentence | InputError]:
    """The sentences of gold files (of one part of them), in order; what can't be read comes as an ``InputError``."""
    collector = Collector()
    reader = Reader(ranker=collector)
    for path in paths:
        for document in event_documents(path):
            if isinstance(document, InputError):
                yield document
                continue
            if part is not None and part_of(document.id) is not part:
                continue
            reader.read_document({"id": document.id, "text": document.text, "date": document.date})
            yield from _coded(document, collector.take())


def _coded(document: EventDocument, views: Iterable[View]) -> Iterator[Sentence]:
    for view in views:
        syntax = view.syntax
        inside = [e for e in document.events if syntax.start <= e.trigger[0] < syntax.end]
        yield Sentence(document.id, view, [act for act in (_act(e, syntax) for e in inside) if act is not None])


def _act(event: GoldEvent, syntax: Syntax) -> Act | None:
    words = syntax.at(*event.trigger)
    tops = [i for i in words if syntax.tokens[i].head not in words or syntax.tokens[i].head == i]
    heads = [i for i in tops if syntax.tokens[i].tag[:1] in _CONTENT] or tops
    if not heads:
        return None
    return Act(heads[0], frozenset(words), event.type, tuple(event.actors), tuple(event.recipients), event.status)


def from_frames() -> Iterator[Sentence]:
    """The sentences that the shipped frames give as their examples, each with the one act that its frame takes."""
    collector = Collector()
    reader = Reader(ranker=collector)
    for path in sorted(FRAMES.glob("*.yaml")):
        if path.name == "classes.yaml":
            continue
        for frame in read_frames(path).frames:
            for number, example in enumerate(frame.takes):
                reader.read_document({"id": f"{frame.id}/{number}", "text": example.text, "date": "2019-06-15"})
                views = collector.take()
                taken = [c for view in views for c in view.candidates if c.frame.id == frame.id]
                if len(views) == 1 and taken:
                    yield _example(f"{frame.id}/{number}", views[0], taken[0])


def _example(name: str, view: View, taken: Candidate) -> Sentence:
    near = frozenset(taken.words) if max(taken.words) - min(taken.words) < _NEAR else frozenset((taken.head,))
    others = frozenset(c.head for c in view.candidates)
    return Sentence(name, view, [Act(taken.head, near, taken.frame.type)], others)


def label(candidates: Sequence[Candidate], acts: Sequence[Act]) -> list[int]:
    """For each candidate 1 (right), 0 (wrong) or -1 (as good as the right one, or beside it: not to be learnt from).

    An act is met by the candidate of its type nearest to its head that shares words with it; failing that, by the
    nearest one of its type in the sentence, as the scores count it.
    """
    found = [0] * len(candidates)
    taken: set[int] = set()
    for act in acts:
        same = [k for k, c in enumerate(candidates) if c.frame.type == act.type]
        near = [k for k in same if act.words & set(candidates[k].words)]
        free = near or [k for k in same if k not in taken]
        if not free:
            continue
        best = min(free, key=lambda k: (abs(candidates[k].head - act.head), k))
        for k in near:
            if k not in taken:
                found[k] = -1
        found[best] = 1
        taken.add(best)
    return found
