"""Build hook: compiles the knowledge files into tables before the package is put together.

Start-up then reads MessagePack and no YAML. Written to ``knowledge/compiled``; needs only what the loaders import
(msgspec, PyYAML, platformdirs), never the language pipeline. A wrong knowledge file fails the build, with file and
line.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Modules and the functions in them that load a compiled table each.
LOADERS = (
    ("rapporteur.knowledge.ontology", "Ontology.load"),
    ("rapporteur.knowledge.frames", "load_frames"),
    ("rapporteur.knowledge.open_frames", "load_open_frames"),
    ("rapporteur.knowledge.cues", "Cues.load"),
    ("rapporteur.knowledge.datewords", "DateWords.load"),
    ("rapporteur.knowledge.registry", "Registry.load"),
    ("rapporteur.knowledge.places", "Gazetteer.load"),
    ("rapporteur.knowledge.place_words", "place_words"),
    ("rapporteur.knowledge.country_codes", "CountryCodes.load"),
    ("rapporteur.knowledge.exchange_codes", "ExchangeCodes.load"),
    ("rapporteur.knowledge.numbers", "number_words"),
    ("rapporteur.knowledge.skips", "SkipWords.load"),
    ("rapporteur.knowledge.copy_rules", "copy_rules"),
    ("rapporteur.knowledge.merging", "Merging.load"),
    ("rapporteur.knowledge.folding", "folding"),
    ("rapporteur.knowledge.talks", "talks_words"),
    ("rapporteur.knowledge.claims", "claim_words"),
    ("rapporteur.knowledge.ledger_words", "ledger_words"),
    ("rapporteur.knowledge.answer_words", "answer_words"),
    ("rapporteur.knowledge.standing", "measure_tables"),
    ("rapporteur.knowledge.institutions", "catalogue"),
    ("rapporteur.knowledge.institution_words", "sentences"),
    ("rapporteur.intake.wording", "wording"),
    ("rapporteur.intake.marks", "marks"),
    ("rapporteur.actors.phrases", "load_phrases"),
    ("rapporteur.unknown", "NameWords.load"),
)


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
        # Packages without their __init__, which may import what a build environment lacks.
        for name, folder in (
            ("rapporteur", package),
            *((f"rapporteur.{r}", package / r) for r in ("intake", "actors")),
        ):
            bare = ModuleType(name)
            bare.__path__ = [str(folder)]
            sys.modules[name] = bare
        files = importlib.import_module("rapporteur.knowledge.files")
        with files.shipping():
            for module, path in LOADERS:
                load: Any = importlib.import_module(module)
                for part in path.split("."):
                    load = getattr(load, part)
                load()
