"""The actors room: from names, nouns and pronouns to the parties whom they denote."""

from rapporteur.actors.parties import ActorTables, ArticleActors

__all__ = ["ActorTables", "ArticleActors"]
