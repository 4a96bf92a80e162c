"""Text is cut at its marks: nothing is lost, nothing told twice, and each piece knows all that covers it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.web.spans import ROLES, Mark, Piece, split, stretches

LENGTH = 30
bounds = st.tuples(st.integers(-5, LENGTH + 5), st.integers(-5, LENGTH + 5))
marks = st.lists(
    st.builds(lambda b, role, card: Mark(*b, role, card), bounds, st.sampled_from(ROLES), st.sampled_from("abcd")),
    max_size=12,
)


def test_marks_that_overlap_share_a_piece() -> None:
    pieces = split(0, 10, [Mark(0, 6, "actor", "a"), Mark(4, 10, "trigger", "b")])
    assert pieces == (
        Piece(0, 4, ("actor",), ("a",)),
        Piece(4, 6, ("actor", "trigger"), ("a", "b")),
        Piece(6, 10, ("trigger",), ("b",)),
    )


@given(marks)
def test_pieces_cover_the_text_once_and_in_order(marks: list[Mark]) -> None:
    pieces = split(0, LENGTH, marks)
    assert [n for piece in pieces for n in range(piece.start, piece.end)] == list(range(LENGTH))
    assert all(piece.start < piece.end for piece in pieces)


@given(marks)
def test_every_place_has_the_roles_and_cards_of_the_marks_over_it(marks: list[Mark]) -> None:
    for piece in split(0, LENGTH, marks):
        for place in range(piece.start, piece.end):
            over = [mark for mark in marks if mark.start <= place < mark.end]
            assert set(piece.roles) == {mark.role for mark in over}
            assert set(piece.cards) == {mark.card for mark in over}
        assert list(piece.roles) == sorted(piece.roles, key=ROLES.index)


@given(marks, st.lists(st.integers(0, LENGTH), max_size=8, unique=True).map(sorted))
def test_sentences_and_what_stands_between_are_the_whole_text(marks: list[Mark], edges: list[int]) -> None:
    sentences = list(zip(edges[::2], edges[1::2], strict=False))
    found = stretches(LENGTH, sentences, marks)
    assert [n for s in found for p in s.pieces for n in range(p.start, p.end)] == list(range(LENGTH))
    told = {s.sentence: (s.pieces[0].start, s.pieces[-1].end) for s in found if s.sentence is not None}
    assert told == dict(enumerate(sentences))
