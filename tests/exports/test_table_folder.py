"""A ledger as linked tables: each id is found where it should be, and the description tells the truth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from tests.record.made import noon, story, with_mentions

from rapporteur.exports import table_folder
from rapporteur.exports.linked_articles import rows_of
from rapporteur.exports.linked_tables import LINKS, TABLES
from rapporteur.record.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    Ledger(path, clock=noon).record(
        [
            with_mentions(story("a", "2025-01-10", act="closed its ports to")),
            story("b", "2025-01-11", act="closed its ports to", tail="It was told again."),
            story("c", "2025-03-01", "Ostmark", "threatened", "Westria"),
        ]
    )
    return path


@pytest.fixture
def folder(run: Callable[..., Any], ledger: Path, tmp_path: Path) -> Path:
    out = tmp_path / "tables"
    assert run("ledger", ledger, "all", "--format", "parquet", "--as-of", "2025-06-01", "--out", out) == (0, "", "")
    return out


def test_the_tables_are_there_with_their_types_and_their_links_lead_somewhere(folder: Path) -> None:
    tables = {name: pyarrow.parquet.read_table(folder / f"{name}.parquet") for name in TABLES}
    for name, table in tables.items():
        assert table.schema.equals(TABLES[name])
        for column, other in LINKS.get(name, {}).items():
            assert set(table[column].drop_null().to_pylist()) <= set(tables[other]["id"].to_pylist())
        if "id" in table.column_names:
            assert len(set(table["id"].to_pylist())) == table.num_rows
    owners = {id for name in ("event", "measure", "talks", "claim") for id in tables[name]["id"].to_pylist()}
    for name in ("report", "party"):
        assert tables[name].num_rows and set(tables[name]["row"].to_pylist()) <= owners
    assert tables["article"]["id"].to_pylist() == ["a", "b", "c"]
    assert tables["measure"].num_rows


def test_the_description_has_hashes_counts_columns_and_the_two_days(folder: Path) -> None:
    told = json.loads((folder / "datapackage.json").read_bytes())
    assert (told["rapporteur"]["as_of"], told["rapporteur"]["known_by"]) == ("2025-06-01", None)
    assert "licenses" not in told
    assert [one["name"] for one in told["resources"]] == list(TABLES)
    for one in told["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert one["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert one["bytes"] == len(content)
        assert one["rows"] == pyarrow.parquet.read_metadata(folder / one["path"]).num_rows
        assert all(field["description"] for field in one["schema"]["fields"])


def test_the_same_ledger_gives_the_same_bytes(
    run: Callable[..., Any], ledger: Path, folder: Path, tmp_path: Path
) -> None:
    run("ledger", ledger, "all", "--as-of", "2025-06-01", "--out", tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_a_folder_with_files_is_left_alone(run: Callable[..., Any], ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    status, _, err = run("ledger", ledger, "all", "--out", tmp_path / "mine")
    assert status == 2 and "holds files already" in err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_all_views_need_a_folder(run: Callable[..., Any], ledger: Path) -> None:
    assert run("ledger", ledger, "all")[0] == 2


def test_a_view_is_read_in_pages(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Ledger(ledger)
    whole = opened.view("events").to_pylist()
    monkeypatch.setattr(table_folder, "_AT_ONCE", 1)
    assert list(table_folder.paged(opened.view, "events")) == whole


def test_readings_give_the_same_tables_with_the_ledger_s_ids(tmp_path: Path) -> None:
    article = with_mentions(story("a", "2025-01-10", act="closed its ports to"))
    path = tmp_path / "one.duckdb"
    Ledger(path, clock=noon).record([article])
    asked = {"as_of": "2025-06-01"}
    views = table_folder.VIEWS
    recorded = ((name, row) for name in views for row in table_folder.paged(Ledger(path).view, name, **asked))
    table_folder.write_folder(recorded, tmp_path / "ledger", {})
    table_folder.write_folder(rows_of(article), tmp_path / "read", {})
    for name in ("event", "report", "measure", "talks", "claim", "article", "actor"):
        one, other = (pyarrow.parquet.read_table(tmp_path / place / f"{name}.parquet") for place in ("ledger", "read"))
        assert one.schema.equals(other.schema)
        ids, mentioned = sorted(one["id"].to_pylist()), sorted(other["id"].to_pylist())
        assert ids and set(ids) <= set(mentioned)
        assert ids == mentioned or name == "measure"  # that is stated twice: the ledger folds the two mentions
