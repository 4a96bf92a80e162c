"""The boosted trees' training, their calibration, and their ONNX form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = Sequence[Sequence[float]]
FoldOf = Callable[[str, int], int]
_ROUNDS = 160
_BAGS = 4
_SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 10,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}


class Forest:
    """A few boosted ensembles whose log-odds are averaged, then calibrated (Platt 1999) on held-out rows."""

    def __init__(self, boosters: Sequence[Any], slope: float = 1.0, intercept: float = 0.0) -> None:
        self.boosters = tuple(boosters)
        self.slope = slope
        self.intercept = intercept

    def log_odds(self, rows: Rows) -> NDArray[np.float64]:
        """Uncalibrated log-odds of the rows."""
        given = np.asarray(rows, dtype=np.float32)
        odds = [np.asarray(b.predict(given, raw_score=True), dtype=np.float64) for b in self.boosters]
        return np.asarray(np.mean(odds, axis=0), dtype=np.float64)

    def probabilities(self, rows: Rows) -> NDArray[np.float64]:
        """Calibrated probabilities of the rows."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * self.log_odds(rows) + self.intercept))), dtype=np.float64)


def grow(rows: Rows, labels: Sequence[int], weights: Sequence[float], monotone: Sequence[int], seed: int) -> Forest:
    """Train; rows whose label is -1 are left out."""
    import lightgbm

    used = [k for k, y in enumerate(labels) if y >= 0]
    given = np.asarray([rows[k] for k in used], dtype=np.float32)
    wanted, heavy = np.asarray([labels[k] for k in used]), np.asarray([weights[k] for k in used])
    boosters = []
    for bag in range(_BAGS):
        number = seed * 100 + bag
        settings = _SETTINGS | {"seed": number, "monotone_constraints": list(monotone)}
        boosters.append(
            lightgbm.train(settings, lightgbm.Dataset(given, wanted, weight=heavy), num_boost_round=_ROUNDS)
        )
    return Forest(boosters)


def calibrate(log_odds: Sequence[float], labels: Sequence[int]) -> tuple[float, float]:
    """Slope and intercept that make held-out log-odds probabilities: logistic regression with one variable."""
    from sklearn.linear_model import LogisticRegression

    used = [k for k, y in enumerate(labels) if y >= 0]
    fitted = LogisticRegression(C=1e3).fit([[log_odds[k]] for k in used], [labels[k] for k in used])
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def export(forest: Forest, columns: int, path: Path) -> None:
    """Write the forest as one ONNX graph: ``rows`` (n, columns) in, ``probability`` (n, 1) out."""
    from onnx import TensorProto, checker, helper, save_model

    nodes = _Nodes()
    for booster in forest.boosters:
        for tree in booster.dump_model()["tree_info"]:
            nodes.add_tree(tree["tree_structure"], scale=forest.slope / len(forest.boosters))
    trees = helper.make_node(
        "TreeEnsembleRegressor",
        ["rows"],
        ["odds"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        base_values=[forest.intercept],
        **nodes.attributes(),
    )
    shape = helper.make_tensor_value_info
    graph = helper.make_graph(
        [trees, helper.make_node("Sigmoid", ["odds"], ["probability"])],
        "trees",
        [shape("rows", TensorProto.FLOAT, [None, columns])],
        [shape("probability", TensorProto.FLOAT, [None, 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    checker.check_model(model)
    save_model(model, str(path))


class _Nodes:
    """Trees in the columns that ONNX keeps them in."""

    def __init__(self) -> None:
        self._trees = 0
        self._columns: dict[str, list[Any]] = {
            f"nodes_{name}": []
            for name in ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")
        }
        self._leaves: dict[str, list[Any]] = {
            f"target_{name}": [] for name in ("treeids", "nodeids", "ids", "weights")
        }  # fmt: skip

    def add_tree(self, root: dict[str, Any], scale: float) -> None:
        """Add one tree of LightGBM's dump, its leaves times ``scale``."""
        waiting = [(root, 0)]
        following = 1
        while waiting:
            node, number = waiting.pop()
            if "leaf_value" in node and "split_feature" not in node:
                self._row(number, 0, 0.0, "LEAF", 0, 0)
                leaf = (self._trees, number, 0, float(node["leaf_value"]) * scale)
                for name, value in zip(self._leaves, leaf, strict=True):
                    self._leaves[name].append(value)
                continue
            left, right = following, following + 1
            following += 2
            self._row(number, int(node["split_feature"]), float(node["threshold"]), "BRANCH_LEQ", left, right)
            waiting += [(node["left_child"], left), (node["right_child"], right)]
        self._trees += 1

    def _row(self, number: int, feature: int, threshold: float, mode: str, left: int, right: int) -> None:
        values = (self._trees, number, feature, threshold, mode, left, right)
        for name, value in zip(self._columns, values, strict=True):
            self._columns[name].append(value)

    def attributes(self) -> dict[str, list[Any]]:
        """Attributes of the ONNX node."""
        return {**self._columns, **self._leaves}
