"""The tables of who belongs to which institution, and since when: each can be read, and adds up."""

from __future__ import annotations

import csv
import itertools
import re
from datetime import date, timedelta

import pytest

from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.files import DATA
from rapporteur.knowledge.registry import Registry, holds
from rapporteur.knowledge.registry_files import rows

FOLDER = DATA / "institutions" / "members"
MEMBERS = ("member", "from", "until", "note")
EXITS = ("institution", "text", "member", "notice", "effect", "kind", "citation")
SHARES = ("member", "share_2016")
SUCCESSORS = ("member", "successor")
COLUMNS = {"exits": EXITS, "eu-population": SHARES, "successors": SUCCESSORS}
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
TABLES = [name for name in NAMES if name not in COLUMNS]

#: Members that are no state of today: past states and the Union.
PAST = frozenset("CSK DDR SUN YMD YUG".split())
CODES = frozenset(country.iso3 for country in country_codes()) | PAST | {"EU"}
PERMANENT = frozenset("CHN FRA GBR RUS SUN USA".split())

#: The regional groups by which seats on the Council are filled since it has fifteen, for those who were elected.
REGIONS = {
    "Africa": "AGO BDI BEN BFA BWA CIV CMR COD COG CPV DJI DZA EGY ETH GAB GHA GIN GMB GNB GNQ KEN LBR LBY MAR MDG MLI "
    "MOZ MRT MUS NAM NER NGA RWA SDN SEN SLE SOM TCD TGO TUN TZA UGA ZAF ZMB ZWE",
    "Asia and the Pacific": "ARE BGD BHR IDN IND IRQ JOR JPN KAZ KGZ KOR KWT LBN MYS NPL OMN PAK PHL QAT SGP SYR THA "
    "VNM YEM YMD",
    "Eastern Europe": "ALB AZE BGR BIH BLR CSK CZE DDR EST HRV HUN LTU LVA POL ROU SVK SVN UKR YUG",
    "Latin America and the Caribbean": "ARG BOL BRA CHL COL CRI CUB DOM ECU GTM GUY HND JAM MEX NIC PAN PER PRY TTO "
    "URY VCT VEN",
    "Western Europe and others": "AUS AUT BEL CAN CHE DEU DNK ESP FIN GRC IRL ITA LUX MLT NLD NOR NZL PRT SWE TUR",
}
SEATS = {
    "Africa": 3,
    "Asia and the Pacific": 2,
    "Eastern Europe": 1,
    "Latin America and the Caribbean": 2,
    "Western Europe and others": 2,
}

#: Members of the United Nations at the end of a year, as the Organization counts them. Left out: 1963, when Zanzibar
#: was one, which has no code.
GROWTH = {
    1945: 51, 1946: 55, 1947: 57, 1948: 58, 1949: 59, 1950: 60, 1955: 76, 1956: 80, 1957: 82, 1958: 82, 1960: 99,
    1961: 104, 1962: 110, 1964: 115, 1965: 117, 1966: 122, 1967: 123, 1968: 126, 1970: 127, 1971: 132, 1973: 135,
    1974: 138, 1975: 144, 1976: 147, 1977: 149, 1978: 151, 1979: 152, 1980: 154, 1981: 157, 1983: 158, 1984: 159,
    1990: 159, 1991: 166, 1992: 179, 1993: 184, 1994: 185, 1999: 188, 2000: 189, 2002: 191, 2006: 192, 2011: 193,
    2026: 193,
}  # fmt: skip

#: The tables that an institution's exits are of, and the months (0: none fixed) from notice to effect.
INSTITUTIONS = {
    "ABM": ("abm", 6), "CFE": ("cfe", 0), "EU": ("eu", 0), "INF": ("inf", 6), "JCPOA": ("jcpoa", 0),
    "NPT": ("npt", 3), "NewSTART": ("new-start", 3), "OpenSkies": ("open-skies", 6),
    "OttawaConvention": ("ottawa", 6), "ParisAgreement": ("paris", 12), "RomeStatute": ("rome", 12), "WHO": ("who", 12),
}  # fmt: skip
KINDS = ("notice", "withdraw", "suspend", "take-back", "resume", "accession-again")


def read(name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return [row for _, row in rows(FOLDER / f"{name}.csv", COLUMNS.get(name, MEMBERS))]


def on(name: str, day: str) -> list[str]:
    """The members of a group on a day, sorted; one who stands twice is there twice."""
    return sorted(row["member"] for row in read(name) if holds(row["from"] or None, row["until"] or None, day))


def is_date(text: str) -> bool:
    """Whether it is a day, month or year that the calendar has."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def at_precision(early: str, late: str) -> tuple[str, str]:
    """Both dates, as exact as the less exact one is."""
    length = min(len(early), len(late))
    return early[:length], late[:length]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_says_where_it_comes_from_and_is_plain_csv(name: str) -> None:
    path = FOLDER / f"{name}.csv"
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    columns = COLUMNS.get(name, MEMBERS)

    assert re.match(r"# origin: \S.{40,}\.$", first), "what the table is, whence, and what isn't sure"
    assert rest[0] == ",".join(columns)
    assert len(rest) > 1
    assert {len(cells) for cells in csv.reader(rest, strict=True)} == {len(columns)}


@pytest.mark.parametrize("name", NAMES)
def test_members_are_known_states(name: str) -> None:
    assert {row["member"] for row in read(name)} <= CODES


@pytest.mark.parametrize("name", TABLES)
def test_dates_are_of_the_calendar_and_in_order(name: str) -> None:
    for row in read(name):
        given = [row[key] for key in ("from", "until") if row[key]]
        assert all(map(is_date, given)), row
        if len(given) == 2:
            since, until = at_precision(*given)
            assert since <= until, row


@pytest.mark.parametrize("name", TABLES)
def test_no_two_terms_of_a_member_overlap(name: str) -> None:
    terms: dict[str, list[tuple[str, str]]] = {}
    for row in read(name):
        terms.setdefault(row["member"], []).append((row["from"], row["until"]))
    for member, spans in terms.items():
        spans.sort()
        for (_, until), (since, _) in itertools.pairwise(spans):
            assert until, f"{member} is still in from an earlier row"
            assert since, f"{member} has a second row without a start"
            before, after = at_precision(until, since)
            assert before < after, f"{member}: {until}, {since}"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_sorted(name: str) -> None:
    keys = [(row["member"], row["from"]) for row in read(name)]

    assert keys == sorted(keys)


# The Security Council


@pytest.mark.parametrize("year", range(1946, 2028))
def test_the_council_is_full_each_year(year: int) -> None:
    council = on("unsc", f"{year}-12-31")

    assert len(council) == len(set(council)) == (11 if year < 1966 else 15)
    assert len(PERMANENT.intersection(council)) == 5
    assert ("SUN" if year < 1991 else "RUS") in council


def test_the_council_never_has_too_many() -> None:
    days = {row[key] for row in read("unsc") for key in ("from", "until") if row[key]}

    for day in sorted(days):
        assert len(on("unsc", day)) <= (11 if day < "1966" else 15), day


def test_the_seat_of_the_soviet_union_is_never_empty() -> None:
    days = [date(1991, 12, 20) + timedelta(days=n) for n in range(10)]

    for day in days:
        assert len({"SUN", "RUS"} & set(on("unsc", day.isoformat()))) == 1, day


def test_one_seat_was_filled_late() -> None:
    assert len(on("unsc", "1980-01-06")) == 14
    assert len(on("unsc", "1980-01-07")) == 15


@pytest.mark.parametrize("year", range(1966, 2028))
def test_seats_are_shared_among_the_regions(year: int) -> None:
    elected = set(on("unsc", f"{year}-12-31")) - PERMANENT
    counts = {region: len(elected & set(states.split())) for region, states in REGIONS.items()}

    assert counts == SEATS


def test_who_leaves_the_council_is_not_elected_again_at_once() -> None:
    elected = [row for row in read("unsc") if row["member"] not in PERMANENT]
    ends = {(row["member"], int(row["until"][:4])) for row in elected}

    for row in elected:
        assert (row["member"], int(row["from"][:4]) - 1) not in ends, row


@pytest.mark.parametrize("row", [row for row in read("unsc") if row["until"][5:] == "12-31"], ids=str)
def test_a_term_is_of_two_years_unless_it_says_why(row: dict[str, str]) -> None:
    years = int(row["until"][:4]) - int(row["from"][:4]) + 1

    assert years == 2 or (years == 1 and re.search("split term|one year", row["note"]))


@pytest.mark.parametrize(
    ("year", "elected"),
    [
        (2020, "BEL DEU DOM EST IDN NER VCT TUN VNM ZAF"),
        (2022, "ALB BRA GAB GHA IND IRL KEN MEX NOR ARE"),
        (2023, "ALB BRA ECU GAB GHA JPN MLT MOZ CHE ARE"),
        (2024, "DZA ECU GUY JPN MLT MOZ KOR SLE SVN CHE"),
        (2025, "DZA DNK GRC GUY PAK PAN KOR SLE SVN SOM"),
    ],
)
def test_the_council_of_a_year(year: int, elected: str) -> None:
    assert set(on("unsc", f"{year}-06-30")) - PERMANENT == set(elected.split())


@pytest.mark.parametrize(("name", "entity"), [("unsc", "igo:UNSC"), ("nato", "igo:NATO"), ("eu", "igo:EU")])
def test_the_registry_has_the_same_members(name: str, entity: str) -> None:
    registry = Registry.load()

    for year in range(2018, 2027):
        day = f"{year}-06-30"
        assert set(registry.members_on(registry.entity(entity), day)) == set(on(name, day)), day


# The others


@pytest.mark.parametrize(
    ("name", "day", "count"),
    [
        ("eu", "1958-01-01", 6), ("eu", "1972-12-31", 6), ("eu", "1973-01-01", 9), ("eu", "1981-01-01", 10),
        ("eu", "1986-01-01", 12), ("eu", "1995-01-01", 15), ("eu", "2004-04-30", 15), ("eu", "2004-05-01", 25),
        ("eu", "2007-01-01", 27), ("eu", "2013-07-01", 28), ("eu", "2020-01-31", 28), ("eu", "2020-02-01", 27),
        ("nato", "1949-08-24", 12), ("nato", "1952-02-18", 14), ("nato", "1955-05-06", 15),
        ("nato", "1982-05-30", 16), ("nato", "1999-03-12", 19), ("nato", "2004-03-28", 19),
        ("nato", "2004-03-29", 26), ("nato", "2009-04-01", 28), ("nato", "2017-06-05", 29),
        ("nato", "2020-03-27", 30), ("nato", "2023-04-04", 31), ("nato", "2024-03-06", 31),
        ("nato", "2024-03-07", 32), ("npt", "2020-01-01", 191),
        ("opcw", "2020-01-01", 193), ("osce", "1989-06-30", 35), ("osce", "2013-01-01", 57),
        ("paris", "2024-01-01", 195),
        ("who", "2024-01-01", 194), ("wto", "2024-12-31", 166), ("jcpoa", "2016-01-16", 8),
        ("open-skies", "2019-01-01", 34), ("cfe", "1993-01-01", 30), ("inf", "1989-01-01", 2),
        ("inf", "2000-01-01", 5), ("abm", "1973-01-01", 2), ("abm", "2000-01-01", 2), ("new-start", "2011-02-05", 2),
        ("md", "2024-01-01", 7), ("ici", "2024-01-01", 4), ("pfp", "2024-06-30", 18), ("rome", "2025-01-01", 127),
        ("ottawa", "2026-01-01", 166),
    ],
)  # fmt: skip
def test_how_many_belong(name: str, day: str, count: int) -> None:
    assert len(on(name, day)) == count


@pytest.mark.parametrize(("year", "count"), GROWTH.items())
def test_the_united_nations_grow(year: int, count: int) -> None:
    assert len(on("unga", f"{year}-12-31")) == count


def test_the_chemical_weapons_convention_began_with_eighty_seven() -> None:
    assert sum(row["from"] == "1997-04-29" for row in read("opcw")) == 87


def test_who_sits_on_the_council_is_a_member_of_the_united_nations() -> None:
    for row in read("unsc"):
        day = max(row["from"], "1946-01-17")
        assert row["member"] in on("unga", day), row


@pytest.mark.parametrize("year", [2005, 2006, 2007, 2013, 2019, 2021, 2022, 2023, 2024, 2025])
def test_the_board_has_thirty_five_in_the_years_it_covers(year: int) -> None:
    assert len(set(on("iaea-board", f"{year}-12-01"))) == 35
    assert len(set(on("iaea-board", f"{year + 1}-06-30"))) == 35


def test_partners_for_peace_who_joined_the_alliance_are_no_partners() -> None:
    for day in ("1999-03-12", "2004-03-29", "2009-04-01", "2017-06-05", "2020-03-27", "2023-04-04", "2024-03-07"):
        assert not set(on("pfp", day)) & set(on("nato", day))


# Exits


def months_on(day: str, months: int) -> str:
    """The same day of a later month, or its last one."""
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=start.day - 1), first_after - timedelta(days=1)).isoformat()


@pytest.mark.parametrize("row", read("exits"), ids=lambda row: f"{row['institution']}-{row['member']}-{row['kind']}")
def test_an_exit_is_of_a_member_and_its_clock_fits(row: dict[str, str]) -> None:
    table, months = INSTITUTIONS[row["institution"]]
    notice, effect = row["notice"], row["effect"].partition("T")[0]
    acted = notice or effect

    assert row["kind"] in KINDS
    assert row["text"]
    assert row["citation"]
    assert acted
    assert is_date(notice or "2000")
    assert is_date(effect or "2000")
    if notice and effect:
        early, late = at_precision(notice, effect)
        assert early <= late
    if row["kind"] != "accession-again":
        assert row["member"] in on(table, acted)
    if row["kind"] == "notice" and months and effect:
        assert effect == months_on(notice, months)


def test_a_notice_taken_back_has_no_effect() -> None:
    exits = read("exits")
    back = [row for row in exits if row["kind"] == "take-back"]

    assert back
    for row in back:
        same = [one for one in exits if (one["text"], one["member"]) == (row["text"], row["member"])]
        stopped = max((one for one in same if one["kind"] == "notice" and one["notice"] < row["notice"]),
                      key=lambda one: one["notice"])  # fmt: skip
        assert stopped["effect"] == ""


def test_a_notice_under_the_conventional_forces_treaty_runs_at_least_150_days() -> None:
    (row,) = (row for row in read("exits") if (row["institution"], row["kind"]) == ("CFE", "notice"))

    assert date.fromisoformat(row["effect"]) - date.fromisoformat(row["notice"]) > timedelta(days=150)


def test_exits_leave_the_tables_of_members_open() -> None:
    open_ended = {table for table, _ in INSTITUTIONS.values()} - {"eu", "unga"}

    for row in read("exits"):
        table, _ = INSTITUTIONS[row["institution"]]
        if table in open_ended:
            assert [one["until"] for one in read(table) if one["member"] == row["member"]] == [""]


def test_shares_of_population_are_those_of_the_members_of_that_year() -> None:
    shares = {row["member"]: row["share_2016"] for row in read("eu-population")}

    assert sorted(shares) == on("eu", "2016-01-01")
    assert all(re.fullmatch(r"\d{1,2}\.\d\d", share) for share in shares.values())
    assert sum(int(share.replace(".", "")) for share in shares.values()) == pytest.approx(10_000, abs=14)


def test_a_past_states_seat_is_taken_for_that_of_one_successor_known_today() -> None:
    rows = read("successors")

    assert {row["member"] for row in rows} == PAST
    assert {row["successor"] for row in rows} <= CODES - PAST


def test_every_table_that_is_asked_for_is_there() -> None:
    wanted = "abm cfe eu eu-population exits iaea-board ici inf jcpoa md nato new-start npt open-skies opcw osce ottawa"

    assert sorted([*wanted.split(), "paris", "pfp", "rome", "successors", "unga", "unsc", "who", "wto"]) == NAMES
