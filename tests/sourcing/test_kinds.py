"""What kind of source is credited."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Read

KINDS = [
    ("Ana Ruiz said it failed.", "named"),
    ("The foreign minister, Ana Ruiz, said it failed.", "named"),
    ("Norland's foreign minister said it failed.", "named"),
    ("Officials said it failed.", "anonymous"),
    ("A senior official said it failed.", "anonymous"),
    ("The sources said it failed.", "anonymous"),
    ("People briefed on the plan said it failed.", "anonymous"),
    ("A minister who asked not to be named said it failed.", "anonymous"),
    ("Speaking on condition of anonymity, the minister said it failed.", "anonymous"),
    ("Critics said it failed.", "anonymous"),
    ("Some said it failed.", "anonymous"),
    ("The foreign ministry said it failed.", "organisation"),
    ("A government spokesman said it failed.", "organisation"),
    ("NATO said it failed.", "organisation"),
    ("A report by the council said it failed.", "document"),
    ("The treaty says it failed.", "document"),
    ("Reuters said it failed.", "outlet"),
    ("The state news agency said it failed.", "outlet"),
    ("The New York Times said it failed.", "outlet"),
    ("It was said that it failed.", "none"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[text for text, _ in KINDS])
def test_kind(read: Callable[..., Read], text: str, kind: str) -> None:
    assert read(text).attributions[0].kind == kind


@pytest.mark.parametrize(
    ("entity", "kind"),
    [("media:wire", "outlet"), ("state:NOR", "organisation"), ("igo:UN", "organisation"), ("person:ruiz", "named")],
)
def test_the_registry_knows_better(read: Callable[..., Read], entity: str, kind: str) -> None:
    found = read("Norland said it failed.", {"Norland": entity}).attributions[0]
    assert (found.kind, found.party and found.party.entity) == (kind, entity)


def test_a_relative_pronoun_has_the_party_of_its_antecedent(read: Callable[..., Read]) -> None:
    found = read("The rally was for Ruiz, who said the vote was stolen.", {"Ruiz": "person:ana-ruiz"})
    credit = found.by_cue("said")
    assert found.words(credit.source) == "who"
    assert credit.party is not None and credit.party.entity == "person:ana-ruiz"


PRONOUNS = [
    ("A diplomat said it failed. He said it was over.", "anonymous"),
    ("The report said it failed. It said the war was over.", "document"),
    ("Sources said it failed. They said the war was over.", "anonymous"),
    ("Ana Ruiz said it failed. She said the war was over.", "named"),
]


@pytest.mark.parametrize(("text", "kind"), PRONOUNS)
def test_a_pronoun_has_the_kind_of_whom_it_stands_for(read: Callable[..., Read], text: str, kind: str) -> None:
    assert read(text).attributions[-1].kind == kind
