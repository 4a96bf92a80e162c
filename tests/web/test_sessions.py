"""Sessions of who judges: they end by themselves, and after some wrong tokens none is looked at for a while."""

from __future__ import annotations

import pytest

from rapporteur.web.sessions import LIFETIME, MOST_WRONG, PENANCE, Sessions


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(clock)


def test_a_session_is_found_by_its_id_alone_until_it_ends(sessions: Sessions, clock: Clock) -> None:
    ada, bob = sessions.begin("Ada"), sessions.begin("Bob")
    found = sessions.find(ada)
    assert found is not None and found.name == "Ada"
    assert sessions.find(None) is sessions.find("") is sessions.find(ada + "x") is None
    sessions.end(ada)
    sessions.end("nobody's")
    assert sessions.find(ada) is None and sessions.find(bob) is not None
    clock.now += LIFETIME
    assert sessions.find(bob) is None


def test_forms_bring_what_their_own_session_gave_them(sessions: Sessions) -> None:
    ada, bob = (sessions.find(sessions.begin(name)) for name in ("Ada", "Bob"))
    assert ada is not None and bob is not None
    assert ada.sent(ada.csrf)
    assert not ada.sent(bob.csrf) and not ada.sent("") and not ada.sent("\udcff")


def test_wrong_tokens_are_counted_by_address_and_forgotten_in_time(sessions: Sessions, clock: Clock) -> None:
    for _ in range(MOST_WRONG):
        assert sessions.wait("a") == 0
        sessions.wrong("a")
    assert sessions.wait("a") == PENANCE and sessions.wait("b") == 0
    clock.now += PENANCE - 1
    assert sessions.wait("a") == 1
    clock.now += 1
    assert sessions.wait("a") == 0


def test_so_many_begin_that_the_oldest_ends(sessions: Sessions) -> None:
    first = sessions.begin("Ada")
    later = [sessions.begin(str(number)) for number in range(1000)]
    assert sessions.find(first) is None
    assert all(sessions.find(id) is not None for id in later)
