"""Events as CSV, Parquet, GeoJSON and GEXF: what goes in comes out, twice the same, and what is lost is said."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import AskError
from rapporteur.exports import geojson, gexf
from rapporteur.exports.event_files import write
from rapporteur.exports.event_records import EventRecord, RecordFigure, RecordParty, RecordPlace
from rapporteur.exports.event_table import EVENT_ROWS, row_of

NORWAY = RecordParty("Norway", "NOR", "NOR", entity="state:NOR", name="Norway")
SWEDEN = RecordParty("Swedish ministers", "SWE", "SWE", sector="GOV", name="Sweden")
NATO = RecordParty("the alliance", "IGO", entity="igo:NATO", name="NATO")
CROWD = RecordParty("a crowd")
OSLO = RecordPlace("Oslo", "NOR", 59.91, 10.75)


def record(id: str = "e1", **more: Any) -> EventRecord:
    """An accusation, unless told otherwise."""
    values: dict[str, Any] = {
        "type": "ACCUSE", "status": "actual", "quad": 3, "cameo": "112", "goldstein": -2.0, "date": "2025-03-04",
        "actors": (NORWAY,), "recipients": (SWEDEN,), "place": OSLO, "trigger": "accused",
    }  # fmt: skip
    return EventRecord(id=id, **{**values, **more})


def written(records: Iterable[EventRecord], form: str) -> bytes:
    stream = io.BytesIO()
    write(records, form, stream)
    assert not stream.closed
    return stream.getvalue()


def graph(*records: EventRecord) -> Any:
    return nx.read_gexf(io.BytesIO(written(records, "gexf")))


SOME = [record(), record("e2", type="CONSULT", quad=1, date="2025-03", actors=(NORWAY, NATO), recipients=())]


@pytest.mark.parametrize("form", ["csv", "parquet", "geojson", "gexf"])
@pytest.mark.parametrize("records", [[], SOME])
def test_the_same_events_give_the_same_bytes(records: list[EventRecord], form: str) -> None:
    assert written(records, form) == written(iter(records), form) != b""


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(AskError, match="valid: csv, parquet, geojson, gexf"):
        written([], "xlsx")


# -- flat tables -----------------------------------------------------------------------------------------------


def test_parquet_gives_back_the_rows_with_their_types() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written(SOME, "parquet")))
    assert table.schema.equals(EVENT_ROWS)
    assert table.to_pylist() == [row_of(one) for one in SOME]
    second = table.to_pylist()[1]
    assert (second["first_day"], second["last_day"]) == (date(2025, 3, 1), date(2025, 3, 31))
    assert second["actors_code"] == ["NOR", "IGO"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_csv_gives_back_any_text(text: str) -> None:
    out = written([record(headline=text, trigger=None)], "csv").decode()
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert (row["headline"], row["trigger"], row["cameo"]) == (text, "", "112")


def test_lists_in_csv_keep_first_to_first() -> None:
    odd = replace(CROWD, text="ships; boats")
    (row,) = csv.DictReader(io.StringIO(written([record(actors=(odd, SWEDEN))], "csv").decode()))
    assert (row["actors"], row["actors_code"], row["actors_sector"]) == ("ships, boats;Sweden", ";SWE", ";GOV")


def test_figures_are_the_bounds_of_what_is_told() -> None:
    told = (RecordFigure("killed", 5, None, "at least five"), RecordFigure("killed", 7, 7, "seven"))
    assert [row_of(record(figures=told))[name] for name in ("killed_min", "killed_max")] == [5, 7]
    assert row_of(record(figures=told[:1]))["killed_max"] is None


def test_events_are_written_as_they_come() -> None:
    """A row group is full and written while later events are still to be read."""
    stream, sizes = io.BytesIO(), []

    def many() -> Iterable[EventRecord]:
        for number in range(12_000):
            if number in (0, 11_999):
                sizes.append(stream.tell())
            yield record(str(number))

    write(many(), "parquet", stream)
    assert sizes[1] > sizes[0]
    assert pyarrow.parquet.ParquetFile(io.BytesIO(stream.getvalue())).metadata.num_row_groups == 3


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_what_breaks_off_leaves_no_footer_and_no_noise() -> None:
    def broken() -> Iterable[EventRecord]:
        yield record()
        raise ZeroDivisionError

    stream = io.BytesIO()
    with pytest.raises(ZeroDivisionError):
        write(broken(), "parquet", stream)
    assert stream.getvalue() == b"PAR1"


# -- maps ------------------------------------------------------------------------------------------------------


def test_a_point_is_longitude_first_and_says_how_precise_it_is() -> None:
    whole = RecordPlace("Norway", "NOR", *geojson_country("NOR"))
    told = json.loads(written([record(), record("e2", place=whole)], "geojson"))
    first, second = told["features"]
    assert (first["id"], first["geometry"]) == ("e1", {"type": "Point", "coordinates": [10.75, 59.91]})
    assert (first["properties"]["precision"], second["properties"]["precision"]) == ("town", "country")
    assert first["properties"]["first_day"] == "2025-03-04"


def geojson_country(code: str) -> tuple[float, float]:
    from rapporteur.knowledge.places import gazetteer

    point = gazetteer().country(code)
    assert point is not None
    return point


def test_what_can_t_be_drawn_is_counted() -> None:
    stream = io.BytesIO()
    lost = geojson.write([record(place=None), record("e2", place=RecordPlace("the hills")), record("e3")], stream)
    assert lost.count("place") == 2
    told = json.loads(stream.getvalue())
    assert [one["id"] for one in told["features"]] == ["e3"]
    assert told["rapporteur"]["left_out"] == {geojson.NO_PLACE: 1, geojson.NO_POSITION: 1}


# -- graphs ----------------------------------------------------------------------------------------------------


def test_edges_are_one_a_pair_and_quad_class_with_weight_and_spells() -> None:
    read = graph(record(), record("e2", date="2025-03-05"), record("e3", date="2025-06"), record("e4", quad=4))
    assert dict(read.nodes(data="label")) == {"NOR": "Norway", "SWE": "Sweden"}
    edges = {key: data for _, _, key, data in read.edges(keys=True, data=True)}
    assert edges["verbal conflict"]["weight"] == 3.0
    assert edges["verbal conflict"]["spells"] == [("2025-03-04", "2025-03-05"), ("2025-06-01", "2025-06-30")]
    assert edges["material conflict"]["types"] == "ACCUSE 1"


def test_those_who_meet_do_it_with_each_other() -> None:
    assert sorted(graph(SOME[1]).edges()) == [("NOR", "igo:NATO"), ("igo:NATO", "NOR")]


def test_what_was_not_done_or_has_no_two_parties_is_no_edge_and_is_counted() -> None:
    records = [
        record(status="hypothetical"), record("e2", recipients=()), record("e3", recipients=(CROWD,)), record("e4"),
    ]  # fmt: skip
    read, lost = gexf.graph_of(records)
    assert [loss.why for loss in lost] == [gexf.NOT_DONE, gexf.NO_PAIR, gexf.NO_NODE]
    assert read.number_of_edges() == 1


def test_the_file_holds_to_gexf_1_3() -> None:
    """No day of writing, no attribute that GEXF doesn't know, parallel edges told apart; odd names are escaped."""
    odd = replace(NATO, entity=None, name='<b a="1">&\x07\n')
    root = ElementTree.fromstring(written([record(actors=(odd,))], "gexf"))
    space = "{http://gexf.net/1.3}"
    assert (root.tag, root.get("version")) == (f"{space}gexf", "1.3")
    told = root.find(f"{space}graph")
    assert told is not None
    assert set(told.attrib) == {"defaultedgetype", "mode", "timeformat", "timerepresentation"}
    (edge,) = told.iter(f"{space}edge")
    assert set(edge.attrib) == {"id", "source", "target", "weight", "label", "kind"}
    assert edge.get("source") == '<b a="1">&\ufffd'
    meta = root.find(f"{space}meta")
    assert meta is not None and not meta.attrib
    assert {one.get("type") for one in told.iter(f"{space}attribute")} <= {"long", "double", "string"}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=12))
def test_joined_spells_cover_the_same_days_and_don_t_touch(spans: list[tuple[int, int]]) -> None:
    start = date(2025, 1, 1)
    days = [(start + timedelta(first), start + timedelta(first + length)) for first, length in spans]
    found = list(gexf.joined(days))
    assert covered(found) == covered(days)
    assert all(later[0] - earlier[1] > timedelta(1) for earlier, later in itertools.pairwise(found))


def covered(spells: Iterable[tuple[date, date]]) -> set[date]:
    return {first + timedelta(n) for first, last in spells for n in range((last - first).days + 1)}
