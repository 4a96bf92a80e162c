"""Build hook: compiles the knowledge files into tables before the package is put together.

Start-up then reads MessagePack and no YAML. The hook needs only what ``rapporteur.knowledge`` imports (msgspec, PyYAML,
platformdirs), never the language pipeline. A wrong knowledge file fails the build, with file and line.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``src/rapporteur/knowledge/compiled/``, for a wheel and for an editable install alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every table afresh; a source archive carries the sources alone."""
        if self.target_name != "wheel":
            return
        source = Path(self.root) / "src"
        for stale in (source / "rapporteur" / "knowledge" / "compiled").glob("*.msgpack"):
            stale.unlink()
        sys.path.insert(0, str(source))
        try:
            knowledge = importlib.import_module("rapporteur.knowledge")
            compile_all = getattr(knowledge, "compile_all", None)
            if compile_all is not None:
                compile_all()
        finally:
            sys.path.remove(str(source))
