"""Build hook: compiles the knowledge files into tables before the package is put together.

Start-up then reads MessagePack and no YAML. The hook runs ``rapporteur.knowledge.compile_all``, which writes them under
``knowledge/compiled``, and needs only what that imports (msgspec, PyYAML, platformdirs), never the language pipeline. A
wrong knowledge file fails the build, with file and line.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``src/rapporteur/knowledge/compiled/``, for a wheel and for an editable install alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every table afresh; a source archive carries the sources alone."""
        if self.target_name != "wheel":
            return
        package = Path(self.root) / "src" / "rapporteur"
        for stale in (package / "knowledge" / "compiled").glob("*.msgpack"):
            stale.unlink()
        # A package without its __init__, which may import what a build environment lacks.
        bare = ModuleType("rapporteur")
        bare.__path__ = [str(package)]
        sys.modules["rapporteur"] = bare
        compile_all = getattr(importlib.import_module("rapporteur.knowledge"), "compile_all", None)
        if compile_all is not None:
            compile_all()
