"""Trained models in ONNX form, run on the CPU: the one place beside ``parse`` that runs a model.

The trees run on one thread; the encoder on as many as it is given, which changes its speed and not its results: each
sum is added by one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rapporteur.errors import ModelError

_LONGEST = 256  # word pieces of a sentence; words behind are not weighed

Floats = NDArray[np.float32]


class WordClassifier:
    """A sentence encoder that gives each word a distribution over classes.

    Its inputs are the words' pieces and, for each word, whole numbers that tell what the rules found (``signals``).
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load ``encoder.onnx`` and ``tokenizer.json`` of a model's folder, to run on so many threads.

        Raises:
            ModelError: one is missing or is none.
        """
        from tokenizers import Tokenizer  # late: reading by rules alone needs no tokenizer

        self._session = _session(folder / "encoder.onnx", {"ids", "places", "first", "signals"}, threads)
        path = folder / "tokenizer.json"
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise _unfit(path, error) from None
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def classify(self, words: Sequence[str], signals: Sequence[Sequence[int]]) -> Floats:
        """Probabilities, shape (words, classes); words beyond the encoder's reach get the first class, "no event".

        Args:
            words: the sentence's words.
            signals: a row of whole numbers for each word.
        """
        pieces = self._tokenizer.encode(list(words), is_pretokenized=True)
        ids, owners = pieces.ids[:_LONGEST], pieces.word_ids[:_LONGEST]
        first = [-1] * len(words)
        for piece, owner in enumerate(owners):
            if owner is not None and first[owner] < 0:
                first[owner] = piece
        feed = {
            "ids": np.array([ids], dtype=np.int64),
            "places": np.array([[0 if owner is None else owner + 1 for owner in owners]], dtype=np.int64),
            "first": np.array([[0, *(max(p, 0) for p in first)]], dtype=np.int64),
            "signals": np.array([[[0] * len(signals[0]), *signals]], dtype=np.int64),
        }
        logits: Floats = self._session.run(None, feed)[0][0, 1:]
        shares: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True)).astype(np.float32)
        shares /= shares.sum(axis=-1, keepdims=True)
        for word, piece in enumerate(first):
            if piece < 0:
                shares[word] = 0.0
                shares[word, 0] = 1.0
        return shares


class Trees:
    """Boosted trees that give each row of figures a probability."""

    def __init__(self, path: Path) -> None:
        """Load an ONNX tree ensemble.

        Raises:
            ModelError: it is missing or is none.
        """
        self._session = _session(path, {"rows"})

    def probabilities(self, rows: Sequence[Sequence[float]]) -> Floats:
        """The probability of the positive class for each row, shape (rows,)."""
        given = np.array(rows, dtype=np.float32)
        shares: Floats = self._session.run(["probability"], {"rows": given})[0][:, 0]
        return shares


def _session(path: Path, inputs: set[str], threads: int = 1) -> Any:
    import onnxruntime  # late: reading by rules alone needs no runtime

    if not path.is_file():
        raise ModelError(f"{path}: no such file; valid: a folder that rapporteur train wrote")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library's own errors share no root
        raise _unfit(path, error) from None
    found = {i.name for i in session.get_inputs()}
    if found != inputs:
        raise ModelError(f"{path}: takes {sorted(found)}, not {sorted(inputs)}; valid: what rapporteur train wrote")
    return session


def _unfit(path: Path, error: Exception) -> ModelError:
    problem = str(error).split("\n")[0][:160]
    return ModelError(f"{path}: can't be loaded ({problem}); valid: what rapporteur train wrote")
