"""The terminal that tables are printed on."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console

MAX_WIDTH = 160


class _Console(Console):
    """A console that leaves a closed pipe to its caller instead of ending the process."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_on(stream: TextIO, width: int | None = None) -> Console:
    """A console that writes on ``stream``: as wide as its terminal, 160 columns at most, unless ``width`` says."""
    console = _Console(file=stream, width=width, markup=False, emoji=False, highlight=False)
    console.width = min(console.width, MAX_WIDTH)
    return console
