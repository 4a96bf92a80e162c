"""The language room: text to sentences, sentences to syntax. The only room that runs a model."""

from rapporteur.language.detect import foreign_language
from rapporteur.language.headline import cased
from rapporteur.language.parse import DEFAULT_MODEL, Parser
from rapporteur.language.segment import segment
from rapporteur.language.syntax import Syntax, Token

__all__ = ["DEFAULT_MODEL", "Parser", "Syntax", "Token", "cased", "foreign_language", "segment"]
