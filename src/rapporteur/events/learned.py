"""The ranking that learns: a sentence encoder reads the words, boosted trees weigh them with what the rules found.

Of an act whose word no frame knows, two more forests say which of the sentence's parties have which part; a frame's own
roles are left as they are, which cross-validation found no worse.

The encoder may find acts whose words no frame knows; their parties are then filled by open frames. Every candidate,
of a frame or open, gets the probability of being right that the trees give it, and what reaches the model's threshold
is an event unless a likelier one tells the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from rapporteur.errors import ModelError
from rapporteur.events.choose import Decision, Ranker, Reason, RuleRanker, SourcesOf
from rapporteur.events.evidence import NAMES, Evidence, Shares
from rapporteur.events.parts import NAMES as PARTS
from rapporteur.events.parts import Parts
from rapporteur.events.propose import Candidate, SentenceProposals
from rapporteur.events.signals import CLASSES, COLUMNS, View
from rapporteur.language.runtime import Trees, WordClassifier
from rapporteur.model import Party, Status

SHIPPED = Path(__file__).parents[1] / "models" / "events"
_SETTINGS = "model.json"
FORESTS = ("events", "actors", "recipients")
_OPEN, _TYPE = 0.08, 0.05  # from which probabilities on a word is weighed as an act, and as one of a type
_SHOWN = NAMES[:31]  # the figures that people can make something of


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``model.json`` of a model's folder.

    Attributes:
        classes, signals, figures, parts: the names that the model was trained with, in order.
        threshold: the probability from which on a candidate is an event.
        actor, recipient: the probabilities from which on a party has that part.
        seed, trained: how it was made, for people.
    """

    classes: tuple[str, ...]
    signals: tuple[str, ...]
    figures: tuple[str, ...]
    parts: tuple[str, ...]
    threshold: float
    actor: float
    recipient: float
    seed: int = 0
    trained: str = ""


class LearnedRanker:
    """Decides by a trained model, which is loaded when it is first asked.

    It pickles as its folder's name: a worker process loads its own, on one thread.
    """

    def __init__(self, folder: Path = SHIPPED, threads: int = 2) -> None:
        """Read the folder's settings. ``threads`` run the encoder; the decisions do not depend on their number.

        Raises:
            ModelError: the folder holds no model, or one made for other signals or figures than this version's.
        """
        self.folder = folder
        self.threads = threads
        self.settings = load_settings(folder)
        self._models: tuple[WordClassifier, Trees, Trees, Trees] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return LearnedRanker, (self.folder, 1)

    def load(self) -> tuple[WordClassifier, Trees, Trees, Trees]:
        """The encoder, and the trees for events, actors and recipients.

        Raises:
            ModelError: a file is missing or broken.
        """
        if self._models is None:
            events, actors, recipients = (Trees(self.folder / f"{name}.onnx") for name in FORESTS)
            self._models = WordClassifier(self.folder, self.threads), events, actors, recipients
        return self._models

    def decide(self, proposals: SentenceProposals, sources: SourcesOf) -> list[Decision]:
        """A decision on every candidate of the frames and on every open one."""
        encoder, trees, _, _ = self.load()
        view = View(proposals, sources)
        shares: Shares = encoder.classify(view.words(), view.signals()).tolist()
        candidates = list(weighed(view, shares))
        if not candidates:
            return []
        evidence = Evidence(view, shares)
        rows = [evidence.row(candidate) for candidate in candidates]
        chances = [round(float(p), 3) for p in trees.probabilities(rows)]
        return self._chosen(view, candidates, rows, chances)

    def _chosen(
        self, view: View, candidates: Sequence[Candidate], rows: Sequence[Sequence[float]], chances: Sequence[float]
    ) -> list[Decision]:
        kept: list[Candidate] = []
        decisions: list[Decision] = []
        for k in likeliest_first(candidates, chances, view):
            candidate = candidates[k]
            reason: Reason | None = clash(candidate, kept, view)
            if chances[k] < self.settings.threshold:
                reason = view.aside.get(candidate.head) if not candidate.open else None
                reason = reason or ("status" if candidate.unreal else "model")
            if reason is None:
                candidate = self._cast(candidate, view)
                reason = None if identified(candidate) else "nobody"
            if reason is None:
                kept.append(candidate)
            evidence = tuple((name, round(value, 3)) for name, value in zip(_SHOWN, rows[k], strict=False))
            decisions.append(Decision(candidate, chances[k], reason, evidence))
        return decisions

    def _cast(self, candidate: Candidate, view: View) -> Candidate:
        """The candidate as it is told: an open one with the parties that the model gives it."""
        status = standing(candidate)
        if not candidate.open:
            return replace(candidate, status=status)
        parts = Parts(view, candidate)
        rows = parts.by_code()
        if not rows:
            return replace(candidate, status=status)
        _, _, actors, recipients = self.load()
        given = list(rows.values())
        sides = []
        for forest, least, ruled, acting in (
            (actors, self.settings.actor, candidate.actors, True),
            (recipients, self.settings.recipient, candidate.recipients, False),
        ):
            chances = forest.probabilities(given)
            granted = {code for code, p in zip(rows, chances, strict=True) if round(float(p), 3) >= least}
            sides.append(cast(granted, ruled, parts, acting))
        doers, others = apart(sides[0], sides[1], candidate)
        return replace(candidate, actors=doers, recipients=others, status=status)


def apart(
    actors: tuple[Party, ...], recipients: tuple[Party, ...], ruled: Candidate
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The two sides without a party that stands on both by one and the same mention: it stays where the rules have it,
    else with the actors."""
    both = {(p.start, p.end, p.code) for p in actors} & {(p.start, p.end, p.code) for p in recipients}
    suffering = {(p.start, p.end, p.code) for p in ruled.recipients} & both
    return (
        tuple(p for p in actors if (p.start, p.end, p.code) not in suffering),
        tuple(p for p in recipients if (p.start, p.end, p.code) not in both - suffering),
    )


def identified(candidate: Candidate) -> bool:
    """Is anybody in it known for whom he is? What a frame proposed has its frame's own conditions."""
    return not candidate.open or any(p.code for p in (*candidate.actors, *candidate.recipients))


def standing(candidate: Candidate) -> Status:
    """The status of an act that is kept: where the model takes what is only wanted or supposed for an act, the wanting
    is the act; and a REJECT that no frame found is the refusal, not a refusal that is denied."""
    refusal = candidate.open and candidate.frame.type == "REJECT" and candidate.status == "negated"
    return "actual" if candidate.unreal or refusal else candidate.status


def cast(codes: set[str], ruled: Sequence[Party], parts: Parts, acting: bool) -> tuple[Party, ...]:
    """The parties of one side: those of the rules whose code the model grants or who have none, and for every other
    code granted the mention nearest to the act (no mere place where it is to have acted); in text order."""
    found = [p for p in ruled if p.code is None or p.code in codes]
    nearest = [parts.nearest(code) for code in codes - {p.code for p in found}]
    found += [mention.party for mention in nearest if not (acting and mention.place)]
    return tuple(sorted(found, key=lambda p: (p.start, p.end, p.code or "")))


def weighed(view: View, shares: Shares) -> Iterator[Candidate]:
    """The frames' candidates, and words that the encoder takes for an act that no frame gave them."""
    ruled = {c.head: c for c in view.candidates}
    yield from view.candidates
    for token in view.syntax.tokens:
        share = shares[token.i]
        if 1 - share[0] < _OPEN or token.tag[:1] not in "VNJ":
            continue
        best = max(range(1, len(CLASSES)), key=lambda k: share[k])
        known = ruled.get(token.i)
        if share[best] < _TYPE or (known is not None and known.frame.type == CLASSES[best]):
            continue
        opened = view.proposals.opened(token.i, CLASSES[best])
        if opened is not None:
            yield opened


def likeliest_first(candidates: Sequence[Candidate], chances: Sequence[float], view: View) -> list[int]:
    """The order in which candidates are kept: by their chances, but what the rules hold for another's second mention
    ("the bombing ... killed six") after all others."""
    return sorted(
        range(len(candidates)),
        key=lambda k: (repeats(candidates[k], view), -chances[k], candidates[k].head, candidates[k].frame.id),
    )


def repeats(candidate: Candidate, view: View) -> bool:
    """Is it another candidate's act, told twice? What the rules hold for that; and a word that no frame knows, where a
    frame of its type is met by the verb that it hangs from ("the attack on the base killed two")."""
    if not candidate.open:
        return view.aside.get(candidate.head) == "repeat"
    above = view.syntax.tokens[candidate.head].head
    return any(c.head == above and c.frame.type == candidate.frame.type and c.head not in view.aside
               for c in view.candidates)  # fmt: skip


def clash(candidate: Candidate, kept: Sequence[Candidate], view: View) -> Reason | None:
    """Does a likelier event tell the same: at the same word, with words in common, or of the same type next to it?"""
    tokens = view.syntax.tokens
    for other in kept:
        if other.head == candidate.head:
            return "weaker"
        if set(other.words) & set(candidate.words):
            return "overlap"
        linked = tokens[candidate.head].head == other.head or tokens[other.head].head == candidate.head
        if other.frame.type == candidate.frame.type and (
            repeats(candidate, view) or (linked and tokens[candidate.head].dep != "conj")
        ):
            return "repeat"
    return None


def load_settings(folder: Path) -> Settings:
    """Settings of the model in ``folder``.

    Raises:
        ModelError: there is none, it is broken, or it was made for another version.
    """
    path = folder / _SETTINGS
    try:
        settings = msgspec.json.decode(path.read_bytes(), type=Settings)
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; valid: a folder that rapporteur train wrote") from None
    except msgspec.DecodeError as error:
        raise ModelError(f"{path}: {error}; valid: what rapporteur train wrote") from None
    for name, found, wanted in (
        ("classes", settings.classes, CLASSES),
        ("signals", settings.signals, COLUMNS),
        ("figures", settings.figures, NAMES),
        ("parts", settings.parts, PARTS),
    ):
        if found != wanted:
            raise ModelError(f"{path}: its {name} are not this version's; train it again with rapporteur train")
    return settings


def shipped() -> LearnedRanker | None:
    """The shipped model, or None where the package carries none: reading then goes by rules alone."""
    return LearnedRanker(SHIPPED) if (SHIPPED / _SETTINGS).is_file() else None


def ranker_named(name: str) -> Ranker:
    """The ranker that a user asked for: "rules", or the folder of a model.

    Raises:
        ModelError: the folder holds no model, or none for this version.
    """
    if name == "rules":
        return RuleRanker()
    ranker = LearnedRanker(Path(name))
    ranker.load()
    return ranker
