"""One reader for all tests of the room: loading the models takes longer than most of them."""

from __future__ import annotations

import pytest

from rapporteur.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()
