"""The registry of actors: what it holds, what held when, and what it says of a wrong file."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import KnowledgeError
from rapporteur.knowledge.registry import ENTITY_KINDS, FORM_KINDS, Registry, fold, holds
from rapporteur.knowledge.registry_files import SECTORS

# The 193 members of the United Nations.
UN = """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF
CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI
FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN
KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT
MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT
ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON
TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
""".split()
# Theirs is one word for the state and its capital.
CITY_STATES = {"DJI", "MCO", "SGP", "SMR"}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture(scope="module")
def kinds(registry: Registry) -> dict[str, set[str]]:
    """The kinds of form that each entity has."""
    found: dict[str, set[str]] = {}
    for forms in registry.table.forms.values():
        for form in forms:
            for id in form.entities:
                found.setdefault(id, set()).add(form.kind)
    return found


def test_the_list_of_members_is_whole() -> None:
    assert len(set(UN)) == 193


@pytest.mark.parametrize("code", UN)
def test_every_member_of_the_united_nations_has_name_people_and_capital(
    code: str, registry: Registry, kinds: dict[str, set[str]]
) -> None:
    state = registry.by_code(code)
    assert (state.kind, state.code, state.country) == ("state", code, code)
    assert "name" in kinds[state.id]
    assert kinds[state.id] & {"adjective", "demonym"}
    assert "capital" in kinds[state.id] or code in CITY_STATES


@pytest.mark.parametrize(
    ("text", "kind", "id"),
    [
        ("Türkiye", "name", "state:TUR"),
        ("Turkey", "name", "state:TUR"),
        ("Côte d’Ivoire", "name", "state:CIV"),
        ("Ivory Coast", "name", "state:CIV"),
        ("Burma", "name", "state:MMR"),
        ("U.K.", "acronym", "state:GBR"),
        ("Emirati", "adjective", "state:ARE"),
        ("Frenchmen", "demonym", "state:FRA"),
        ("Danes", "demonym", "state:DNK"),
        ("Kiev", "capital", "state:UKR"),
        ("Kyiv", "capital", "state:UKR"),
        ("Kosovo", "name", "state:XKX"),
        ("Palestinian", "adjective", "state:PSE"),
        ("Taipei", "capital", "state:TWN"),
        ("Kharkov", "city", "state:UKR"),
        ("Srebrenica", "city", "state:BIH"),
        ("al-Nusra Front", "name", "armed:nusra"),
        ("Al Nusra Front", "name", "armed:nusra"),
    ],
)
def test_a_form_names_its_entity(text: str, kind: str, id: str, registry: Registry) -> None:
    assert any(form.kind == kind and id in form.entities for form in registry.forms(text))


@pytest.mark.parametrize(
    "word",
    [
        "Mobile", "Reading", "Split", "Nice", "Of", "Kerry", "Clinton", "Obama", "Merkel", "Sidney", "Surprise", "Bath",
        "Mary", "Ann", "Orange", "Jackson", "Madison", "Victoria Falls City",
    ],
)  # fmt: skip
def test_no_city_is_called_as_words_and_persons_are(word: str, registry: Registry) -> None:
    assert not any(form.kind == "city" for form in registry.forms(word))


def test_every_field_has_a_value_that_the_contract_knows(registry: Registry) -> None:
    codes = {entity.code for entity in registry if entity.kind in ("state", "territory")}
    assert len(codes) == 250
    for entity in registry:
        assert entity.kind in ENTITY_KINDS, entity
        assert entity.code in codes | {"IGO", "NSA", None}, entity
        assert entity.country in codes | {None}, entity
        assert entity.sector in SECTORS | {None}, entity
        assert all(member.code in codes for member in entity.members), entity
        assert all(term.country in codes | {"IGO", "NSA"} for term in entity.terms), entity


def test_forms_are_of_known_kinds_and_of_entities_that_exist(registry: Registry) -> None:
    for text, forms in registry.table.forms.items():
        assert text == fold(text)
        for form in forms:
            assert form.kind in FORM_KINDS
            assert form.entities
            assert all(id in registry for id in form.entities)


def test_what_names_two_entities_is_told_apart_on_purpose(registry: Registry) -> None:
    """Two meanings of one form are both known to the file of ambiguous forms, which says what speaks for each."""
    table = registry.table
    unnoticed = {}
    for text, forms in table.forms.items():
        meant = {id for form in forms if form.kind != "surname" for id in form.entities}
        if len(meant) > 1 and not (text in table.guards and meant <= table.guards[text].cues.keys()):
            unnoticed[text] = meant
    # Father and son, told apart by the date.
    assert unnoticed == {"George Bush": {"person:george-w-bush", "person:george-h-w-bush"}}


@pytest.mark.parametrize(
    ("since", "until", "date", "held"),
    [
        ("2018-05-08", None, "2018-05-08", True),
        ("2018-05-08", None, "2018-05-07", False),
        ("2018-05-08", None, "2018-05", True),  # compared at the coarser precision
        ("2018-05-08", None, "2018", True),
        ("2018-05-08", None, "2017", False),
        ("2018", "2020", "2020-12-31", True),
        ("2018", "2020", "2021-01-01", False),
        (None, "2020-01-31", "1973", True),
        (None, "2020-01-31", None, False),  # without a date: what holds still
        ("2018", None, None, True),
    ],
)
def test_a_span_holds_on_a_date(since: str | None, until: str | None, date: str | None, held: bool) -> None:
    assert holds(since, until, date) is held


@pytest.mark.parametrize(
    ("group", "date", "member", "belongs"),
    [
        ("igo:EU", "2015-06-01", "GBR", True),
        ("igo:EU", "2020-02-01", "GBR", False),
        ("igo:EU", None, "GBR", False),
        ("igo:EU", "2003", "POL", False),
        ("igo:EU", "2005", "POL", True),
        ("igo:NATO", "2022", "FIN", False),
        ("igo:NATO", "2023-05", "FIN", True),
        ("igo:NATO", "2024-08-01", "SWE", True),
        ("group:E3", "2025-01-13", "DEU", True),
        ("group:E3", "2025-01-13", "USA", False),
    ],
)
def test_members_are_those_of_the_date(
    group: str, date: str | None, member: str, belongs: bool, registry: Registry
) -> None:
    assert (member in registry.members_on(registry.entity(group), date)) is belongs


@pytest.mark.parametrize(
    ("person", "date", "office", "country"),
    [
        ("person:angela-merkel", "2010-03-01", "Chancellor", "DEU"),
        ("person:angela-merkel", "2024", "Former Chancellor", "DEU"),
        ("person:donald-trump", "2018-07-16", "President", "USA"),
        ("person:donald-trump", "2022-03", "Former President", "USA"),
        ("person:donald-trump", "2025-03", "President", "USA"),
        ("person:recep-tayyip-erdogan", "2010", "Prime Minister", "TUR"),
        ("person:recep-tayyip-erdogan", "2018", "President", "TUR"),
    ],
)
def test_the_office_is_that_of_the_date(person: str, date: str, office: str, country: str, registry: Registry) -> None:
    term = registry.office_on(registry.entity(person), date)
    assert term is not None
    assert (term.office, term.country) == (office, country)


def test_one_person_is_one_entity_however_spelt(registry: Registry) -> None:
    for name in ("Muammar Gaddafi", "Muammar al Qaddafi", "Muammar al-Qaddafi"):
        assert [form.entities for form in registry.forms(name)] == [("person:muammar-gaddafi",)]


def test_a_sovereign_of_a_country_does_not_bear_its_name(registry: Registry) -> None:
    for country in ("Belgium", "Norway", "Spain", "Sweden", "Denmark"):
        assert not any(form.kind == "surname" for form in registry.forms(country))


# Files of a user's own

OWN = """\
origin: drawn up for a test
kind: armed
code: NSA
entities:
- {id: "armed:grey-coats", name: Grey Coats, names: [Army of the Grey Coats], acronyms: [AGC], country: COL, code: COL}
- {id: "armed:hamas", name: Hamas, code: PSE, sector: MIL, names: [Hamas of the test]}
"""
OFFICES = """\
# origin: drawn up for a test
name,country,sector,office,from,to,names,surnames,fame
Ana Quillfeather,CHL,GOV,Foreign Minister,2019-03,2021-06-30,Anita Quillfeather,Quillfeather,3
Ana Quillfeather,CHL,GOV,President,2022,,,,
Angela Merkel,DEU,SOC,Gardener,2022,,,Merkel,3
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


LATER = """\
origin: drawn up for a test
entities:
- {id: "armed:grey-coats", name: Grey Cloaks, kind: armed, code: COL, acronyms: [NATO]}
- {id: "group:inner", name: Inner Ring, kind: group, code: IGO, members: "PRT ESP@2001"}
- {id: "group:outer", name: Outer Ring, kind: group, code: IGO, members: "MAR group:inner@1999/2010"}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("own")
    texts = (("one.yaml", OWN), ("offices.csv", OFFICES), ("later.yaml", LATER))
    return Registry.load(*(write(folder, name, text) for name, text in texts))


def test_a_file_of_entities_adds_and_replaces(own: Registry, registry: Registry) -> None:
    assert own.forms("Army of the Grey Coats")[0].entities == ("armed:grey-coats",)
    assert own.entity("armed:grey-coats").code == "COL"
    assert own.entity("armed:hamas").sector == "MIL" != registry.entity("armed:hamas").sector
    assert own.forms("Hamas of the test")[0].entities == ("armed:hamas",)
    assert own.forms("Hamas")[0].entities == ("armed:hamas",)
    assert own.forms("France") == registry.forms("France")


def test_a_table_of_offices_adds_and_replaces(own: Registry) -> None:
    person = own.entity("person:ana-quillfeather")
    assert [term.office for term in person.terms] == ["Foreign Minister", "President"]
    assert own.office_on(person, "2020") == person.terms[0]
    assert own.office_on(person, "2021-12") is None
    assert own.forms("Quillfeather")[0].kind == "surname"
    assert [term.office for term in own.entity("person:angela-merkel").terms] == ["Gardener"]


def test_of_two_files_the_later_wins_and_the_earlier_ones_forms_stay(own: Registry) -> None:
    assert own.entity("armed:grey-coats").name == "Grey Cloaks"
    assert own.forms("Grey Coats")[0].entities == own.forms("Grey Cloaks")[0].entities == ("armed:grey-coats",)


def test_a_users_meaning_of_a_name_comes_first(own: Registry) -> None:
    assert own.forms("NATO")[0].entities[0] == "armed:grey-coats"


def test_a_group_may_hold_a_group_on_its_dates(own: Registry) -> None:
    outer = own.entity("group:outer")
    assert own.members_on(outer, "1998") == ("MAR",)
    assert own.members_on(outer, "2000") == ("MAR", "PRT")
    assert own.members_on(outer, "2005") == ("ESP", "MAR", "PRT")
    assert own.members_on(outer, None) == ("MAR",)


HEAD = "origin: drawn up for a test\nkind: group\ncode: IGO\nentities:\n"
ENTITIES = "id,name,kind,code,sector,names,acronyms,comment\n"
COLUMNS = "name,country,sector,office,from,to,names,surnames,fame\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("key.yaml", HEAD + '- {id: "group:a", name: A, colour: red}\n', 5, ["colour", "valid", "acronyms", "members"]),
        ("kind.yaml", HEAD + '- {id: "group:a", name: A, kind: gang}\n', 5, ["gang", "valid", "armed", "party"]),
        ("id.yaml", HEAD + "- {id: The Gang, name: A}\n", 5, ["The Gang", "valid", "kind:name"]),
        ("sector.yaml", HEAD + '- {id: "group:a", name: A, sector: ARMY}\n', 5, ["ARMY", "valid", "MIL"]),
        ("country.yaml", HEAD + '- {id: "group:a", name: A, country: TRK}\n', 5, ["TRK", "valid", "alpha-3", "TUR"]),
        ("code.yaml", HEAD + '- {id: "group:a", name: A, code: EUR}\n', 5, ["EUR", "valid", "IGO", "NSA"]),
        ("member.yaml", HEAD + '- {id: "group:a", name: A, members: "GBR QQQ"}\n', 5, ["QQQ", "valid", "alpha-3"]),
        ("date.yaml", HEAD + '- {id: "group:a", name: A, members: "GBR@73"}\n', 5, ["73", "valid", "YYYY-MM"]),
        ("month.yaml", HEAD + '- {id: "group:a", name: A, members: "GBR@2020-13"}\n', 5, ["2020-13", "valid"]),
        ("order.yaml", HEAD + '- {id: "group:a", name: A, members: "GBR@2020/2019"}\n', 5, ["2019", "2020", "valid"]),
        (
            "term.yaml",
            HEAD + '- id: "group:a"\n  name: A\n- id: "person:b"\n  name: B C\n  kind: person\n  terms:\n'
            "  - {office: King, country: FRA, from: 1.1.2020}\n",
            7,
            ["1.1.2020", "valid", "YYYY-MM-DD"],
        ),
        (
            "twice.yaml",
            HEAD + '- {id: "group:a", name: A}\n- {id: "group:b", name: B}\n- {id: "group:a", name: C}\n',
            7,
            ["group:a", "line 5", "valid"],
        ),
        (
            "itself.yaml",
            HEAD
            + '- {id: "group:a", name: A, members: "FRA group:b"}\n- {id: "group:b", name: B, members: "group:a"}\n',
            5,
            ["group:a", "group:b", "itself", "valid"],
        ),
        ("nobody.yaml", HEAD + '- {id: "group:a", name: A, members: "group:z"}\n', 5, ["group:z", "valid"]),
        ("columns.csv", "name,country,office\nA B,FRA,King\n", 1, ["columns", "surnames", "fame"]),
        ("cells.csv", COLUMNS + "A B,FRA,GOV,King,,,,,,more\n", 2, ["10 cells", "valid"]),
        ("place.csv", "# origin: test\n" + COLUMNS + "A B,FRX,GOV,King\n", 3, ["FRX", "valid", "FRA"]),
        ("day.csv", COLUMNS + "A B,FRA,GOV,King,2020-02-30\n", 2, ["2020-02-30", "valid"]),
        ("rank.csv", COLUMNS + "A B,FRA,GOV,King,,,,,5\n", 2, ["5", "valid", "3"]),
        ("unnamed.csv", COLUMNS + ",FRA,GOV,King\n", 2, ["name", "valid"]),
        ("blank.csv", ENTITIES + ",--,org,FRA\n", 2, ["name", "valid", "letter"]),
        ("sort.csv", ENTITIES + ",Grey Coats,gang,FRA\n", 2, ["gang", "valid", "armed"]),
        ("where.csv", ENTITIES + ",Grey Coats,armed,COLO\n", 2, ["COLO", "valid", "COL"]),
        ("again.csv", ENTITIES + ",Grey Coats,armed,COL\n,Grey  Coats,armed,COL\n", 3, ["line 2", "valid"]),
        ("blank.yaml", HEAD + '- {id: "group:a", name: A, acronyms: [""]}\n', 5, ["name", "valid", "letter"]),
        ("famous.yaml", HEAD + '- {id: "group:a", name: A, fame: 9}\n', 5, ["9", "valid"]),
        (
            "stray.yaml",
            HEAD + '- id: "group:a"\n  name: A\n  acronym: [AA]\n',
            7,
            ["acronym", "valid: id, name"],
        ),
        (
            "double.yaml",
            HEAD + '- id: "group:a"\n  name: A\n  names: [B]\n  names: [C]\n',
            8,
            ["`names` stands twice"],
        ),
        ("year.yaml", HEAD + '- id: "group:a"\n  name: 1984\n', 6, ["quotes"]),
        ("notes.txt", "Grey Coats\n", 0, [".yaml", ".csv"]),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(("yaml", "csv", "txt")) else "",
)
def test_a_wrong_file_is_said_with_its_line_and_what_would_be_valid(
    name: str, text: str, line: int, words: list[str], tmp_path: Path
) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(KnowledgeError) as caught:
        Registry.load(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
    for word in words:
        assert word in caught.value.problem
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file"):
        Registry.load(tmp_path / "absent.yaml")


def test_a_table_of_entities_needs_no_ids(tmp_path: Path) -> None:
    rows = (
        ',Grey Coats,armed,COL,REB,Army of the Grey Coats|Greys,AGC,"9 times: ""a, b"""\nperson:x,Xa Xo,person,none\n'
    )
    own = Registry.load(write(tmp_path, "own.csv", '"# found, to be checked"\n' + ENTITIES + rows))
    coats = own.entity("armed:grey-coats")
    assert (coats.code, coats.country, coats.sector) == ("COL", "COL", "REB")
    assert {own.forms(text)[0].entities for text in ("Grey Coats", "Greys", "AGC")} == {("armed:grey-coats",)}
    assert own.entity("person:x").code is None


def test_the_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    assert len(list(Registry.load(write(tmp_path, "own.csv", ENTITIES)))) == len(list(Registry.load()))
