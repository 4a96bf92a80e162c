from __future__ import annotations

import pytest

from rapporteur.language import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()
