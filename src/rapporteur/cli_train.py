"""The command ``train``: a ranking model from coded sentences. Its logic is in ``rapporteur.training``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

_READ = 0


def mount(app: typer.Typer, guarded: Callable[[Callable[[], int]], int], say: Callable[[str], None]) -> None:
    """Add the command to ``app``."""

    @app.command()
    def train(
        gold: Annotated[
            list[Path], typer.Argument(metavar="GOLD...", help="Coded sentences, JSONL (docs/evaluation.md).")
        ],
        out: Annotated[Path, typer.Option(metavar="DIR", help="The model's folder; made where it isn't there.")],
        judge: Annotated[
            list[Path] | None,
            typer.Option(
                metavar="GOLD",
                help="Of the files, those by which thresholds are set and figures taken; repeatable.",
                show_default="all",
            ),
        ] = None,
        hold_out: Annotated[
            bool,
            typer.Option(
                "--hold-out", help="Leave out the judges' held-out part (rapporteur evaluate --part held-out)."
            ),
        ] = False,
        folds: Annotated[int, typer.Option(min=2, max=20, help="Parts for cross-validation.")] = 5,
        epochs: Annotated[int, typer.Option(min=1, max=100, help="Rounds of the encoder's training.")] = 8,
        seed: Annotated[int, typer.Option(help="The same seed and versions give the same model.")] = 7,
        device: Annotated[str, typer.Option(help="Where the encoder is trained: cpu, cuda ...")] = "cpu",
    ) -> None:
        """Train a ranking model on your own coded sentences (needs the extra [train])."""
        raise typer.Exit(guarded(lambda: _train(gold, judge, out, hold_out, folds, epochs, seed, device, say)))


def _train(
    gold: list[Path],
    judge: list[Path] | None,
    out: Path,
    hold_out: bool,
    folds: int,
    epochs: int,
    seed: int,
    device: str,
    say: Callable[[str], None],
) -> int:
    from rapporteur.errors import ModelError

    try:
        from rapporteur.training.encoder import Recipe  # late: only this command needs the extra
        from rapporteur.training.run import Plan, run
    except ImportError as error:
        raise ModelError(f"{error.name} is missing; install the extra: pip install 'rapporteur[train]'") from None
    plan = Plan(tuple(gold), out, folds, hold_out, recipe=Recipe(epochs=epochs, seed=seed), judges=tuple(judge or ()))
    model = run(plan, device, say)
    for line in model.lines():
        typer.echo(line)
    return _READ
