"""The API keeps what its OpenAPI says, on inputs that schemathesis makes up: good ones and bad ones."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode

from rapporteur.web import api
from rapporteur.web.app import make_app

from .conftest import TOKEN

QUICK = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


OPERATIONS = sorted(
    (method, route.path_format)
    for route in api.router.routes
    if isinstance(route, APIRoute)
    for method in route.methods
)
BARE = {("GET", "/api/v1/institutions")}  # takes nothing that could be wrong


@pytest.fixture(scope="session")
def described(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The API of a ledger that may be written to, as its OpenAPI describes it."""
    ledger = Path(shutil.copy(news, tmp_path_factory.mktemp("described") / "news.duckdb"))
    app = make_app(ledger, allow_write=True, token=TOKEN, hosts=["testserver"])
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize(
    ("operation", "mode"),
    [(one, mode) for one in OPERATIONS for mode in GenerationMode if one not in BARE or mode.is_positive],
    ids=lambda value: value.value if isinstance(value, GenerationMode) else " ".join(value),
)
def test_every_answer_is_as_described(described: Any, operation: tuple[str, str], mode: GenerationMode) -> None:
    method, path = operation
    cases = described[path][method].as_strategy(generation_mode=mode)

    @QUICK
    @given(case=cases)
    def check(case: Case) -> None:
        case.call_and_validate(headers={"authorization": f"Bearer {TOKEN}"})

    check()
