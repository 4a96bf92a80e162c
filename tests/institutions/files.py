"""Small institutions of one's own, written as files: a pattern is tested apart from the real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rapporteur.institutions.answers import ask
from rapporteur.knowledge.institutions import Catalogue, catalogue

Asker = Callable[..., dict[str, Any]]


def institution(folder: Path, text: str, id: str = "League") -> Asker:
    """Load ``text`` as the file of an institution; the function returned asks it (``question``)."""
    file = folder / f"{id}.yaml"
    file.write_text(text, encoding="utf-8")
    known = catalogue(file)
    return lambda *facts, **asked: question(id, *facts, known=known, **asked)


def question(
    institution: str,
    *facts: dict[str, Any],
    about: str,
    on: str,
    kind: str = "decision",
    party: str | None = None,
    known: Catalogue | None = None,
) -> dict[str, Any]:
    """What is answered to a question ``about`` an object, asked ``on`` a day."""
    asked = {"kind": kind, "object": about, "party": party}
    return ask({"institution": institution, "ask": asked, "facts": list(facts), "as_of": on}, known)


def move(date: str, type: str, by: str | list[str], object: str, **more: Any) -> dict[str, Any]:
    """One fact; ``by`` are the actors, as a list or with blanks between."""
    return {"date": date, "type": type, "by": by.split() if isinstance(by, str) else by, "object": object, **more}


def brief(answer: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    """The outcome, and the keys named."""
    return (answer["outcome"], *(answer[key] for key in keys))
