"""Lines of a page that are in none of its articles are told, in order; what was only spaced otherwise is not."""

from __future__ import annotations

from rapporteur.intake.leftovers import dropped_lines
from rapporteur.model import Article


def test_only_what_no_article_has_is_told() -> None:
    page = "Menu\nPorts closed\n\nNorland  shut its ports.\nIt said why.\nRead more\n"
    articles = [Article("a", None, "Ports closed", "Norland shut its ports.\n\nIt said why.")]
    assert dropped_lines(page.splitlines(), articles) == ("Menu", "Read more")


def test_a_line_that_lost_its_dateline_is_not_left_out() -> None:
    articles = [Article("a", None, None, "Norland shut its ports.")]
    assert dropped_lines(["LONDON - Norland shut its ports.", "Shut. More"], articles) == ("Shut. More",)


def test_of_a_page_without_articles_all_is_told() -> None:
    assert dropped_lines(["One", "", "Two"], []) == ("One", "Two")
