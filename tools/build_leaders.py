"""Derive the registry's tables of past office-holders from public data sets (see ``leaders-heads.csv`` for the origin).

    python tools/build_leaders.py FOLDER

``FOLDER`` holds ``leaders/reign-leaders-to-2021-03.csv``, ``leaders/heads-wikidata-2022-10.csv``,
``leaders/cabinets-2019-10.csv`` and ``phoenix/Phoenix.Countries.actors.txt``. Writes ``leaders-heads.csv`` and
``leaders-ministers.csv`` into the package; ``leaders.csv`` beside them is kept by hand and wins over both.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from rapporteur.knowledge.registry import ACTORS, Registry, fold
from rapporteur.knowledge.registry_files import LEADER_COLUMNS

Row = dict[str, str]
COW = {
    "GFR": "DEU", "GMY": "DEU", "UKG": "GBR", "FRN": "FRA", "SPN": "ESP", "POR": "PRT", "SWZ": "CHE", "AUS": "AUT",
    "AUL": "AUS", "NEW": "NZL", "NTH": "NLD", "DEN": "DNK", "SWD": "SWE", "ICE": "ISL", "IRE": "IRL", "ROK": "KOR",
    "PRK": "PRK", "TAW": "TWN", "MON": "MNG", "BUL": "BGR", "RUM": "ROU", "ROM": "ROU", "YUG": "SRB", "SER": "SRB",
    "CRO": "HRV", "SLV": "SVN", "SLO": "SVK", "CZR": "CZE", "CZE": "CZE", "LAT": "LVA", "LIT": "LTU", "MLD": "MDA",
    "GRG": "GEO", "KYR": "KGZ", "TAJ": "TJK", "KZK": "KAZ", "MAC": "MKD", "BOS": "BIH", "MNG": "MNE", "KOS": "XKX",
    "HAI": "HTI", "TRI": "TTO", "BAR": "BRB", "GRN": "GRD", "SLU": "LCA", "SVG": "VCT", "AAB": "ATG", "SKN": "KNA",
    "BHM": "BHS", "GUA": "GTM", "HON": "HND", "SAL": "SLV", "COS": "CRI", "PAR": "PRY", "URU": "URY", "CHL": "CHL",
    "EQG": "GNQ", "GAM": "GMB", "MAA": "MRT", "NIR": "NER", "CDI": "CIV", "GUI": "GIN", "BFO": "BFA", "SIE": "SLE",
    "TOG": "TGO", "CAO": "CMR", "NIG": "NGA", "CEN": "CAF", "CHA": "TCD", "CON": "COG", "DRC": "COD", "TAZ": "TZA",
    "BUI": "BDI", "ANG": "AGO", "MZM": "MOZ", "ZAM": "ZMB", "ZIM": "ZWE", "MAW": "MWI", "SAF": "ZAF", "LES": "LSO",
    "BOT": "BWA", "SWA": "SWZ", "MAG": "MDG", "MAS": "MUS", "SEY": "SYC", "MOR": "MAR", "ALG": "DZA", "LIB": "LBY",
    "SUD": "SDN", "SSD": "SSD", "LEB": "LBN", "UAE": "ARE", "KUW": "KWT", "BAH": "BHR", "OMA": "OMN", "YAR": "YEM",
    "YPR": "YEM", "MYA": "MMR", "SRI": "LKA", "MAD": "MDV", "NEP": "NPL", "BHU": "BTN", "BNG": "BGD", "THI": "THA",
    "CAM": "KHM", "DRV": "VNM", "MAL": "MYS", "SIN": "SGP", "BRU": "BRN", "PHI": "PHL", "INS": "IDN", "ETM": "TLS",
    "VAN": "VUT", "SOL": "SLB", "FIJ": "FJI", "TBT": None, "RVN": None, "ZAN": None, "GDR": None,
}  # fmt: skip
NAMES = {
    "Burma": "MMR", "Congo, Democratic Republic of the": "COD", "Congo, Republic of the": "COG", "Korea, North": "PRK",
    "Korea, South": "KOR", "Kingdom of Denmark": "DNK", "Kingdom of the Netherlands": "NLD", "Bahamas, The": "BHS",
    "Gambia, The": "GMB", "Micronesia, Federated States of": "FSM", "Republic of Abkhazia": "GEO",
    "Republic of Artsakh": "AZE", "Republika Srpska": "BIH", "Somaliland": "SOM", "South Ossetia": "GEO",
    "Transnistria": "MDA", "Turkish Republic of Northern Cyprus": "CYP", "Vatican City)": "VAT", "Macau": "MAC",
}  # fmt: skip
SECTOR = (
    (re.compile(r"Defen[cs]e|War\b|Armed Forces|Army|Military"), "MIL"),
    (re.compile(r"Speaker|Parliament|Assembly"), "LEG"),
    (re.compile(r"Attorney General|Prosecutor|Chief Justice|Judge"), "JUD"),
)
WANTED = re.compile(
    r"President|Prime Min|Premier|King|Queen|Emir|Sultan|Foreign|External|Defen[cs]e|Interior|Internal Affairs|"
    r"Home Affairs|Finance|Treasury|Justice|Attorney General|Chief of Staff|Oil|Petroleum|Energy|Trade|Commerce|"
    r"Security|Intelligence|"
    r"UN, New York|Ambassador to the US|Central Bank|Governor|State Councilor|Supreme Leader|Secretary of|Chancellor"
)


def main(folder: Path) -> None:
    """Write both tables."""
    codes = _country_codes()
    known = {row["name"] for row in _rows(ACTORS / "leaders.csv")}
    heads = [*_wikidata(folder / "leaders/heads-wikidata-2022-10.csv", codes), *_reign(folder)]
    ministers = list(_cabinets(folder / "leaders/cabinets-2019-10.csv", codes))
    _write(ACTORS / "leaders-heads.csv", _deduplicated(heads), HEADS_ORIGIN)
    _write(ACTORS / "leaders-ministers.csv", _deduplicated(ministers), MINISTERS_ORIGIN)
    print(len(heads), "heads,", len(ministers), "ministers;", len(known), "persons kept by hand")


HEADS_ORIGIN = """\
# origin: derived by tools/build_leaders.py; facts (names, offices, years) from every-politician-scrapers'
# world-leaders-2021 (Wikidata, October 2022, CC0), the REIGN data set (One Earth Future, March 2021; effective leaders,
# months) and, for given names, the Open Event Data Alliance's Phoenix.Countries actors (MIT).
"""
MINISTERS_ORIGIN = """\
# origin: derived by tools/build_leaders.py from the CIA's World Leaders directory of October 2019 (public domain). from
# and to are the month of that edition: the office is known to have been held then, not when it began or ended.
"""


def _rows(path: Path) -> Iterable[Row]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    yield from csv.DictReader(lines)


def _country_codes() -> dict[str, str]:
    registry = Registry.load()
    codes = {text: form.entities[0][6:] for text, forms in registry.table.forms.items() for form in forms
             if form.kind == "name" and form.entities[0].startswith("state:")}  # fmt: skip
    return codes | NAMES


def _code(country: str, codes: dict[str, str]) -> str | None:
    name = fold(country.removeprefix("The "))
    return codes.get(country) or codes.get(name) or codes.get(name.replace("'", "'"))


def _wikidata(path: Path, codes: dict[str, str]) -> Iterable[Row]:
    for row in csv.DictReader(path.open(encoding="utf-8")):
        code, name = _code(row["country"], codes), row["officeholderLabel"]
        if code is None or not name or re.match(r"Q\d+$", name):
            continue
        office = re.split(r" of (?!State|Government|Ministers|the Presidency|the Council)", row["positionLabel"])[0]
        office = office[0].upper() + office[1:]
        yield _row(name, code, office, row["start_year"], row["end_year"] or _still(row, code))


def _still(row: Row, code: str) -> str:
    """An office with no end is known to have been held until the data's date; monarchs reign on."""
    return "" if re.search(r"monarch|king|emir|sultan|emperor|prince", row["positionLabel"].lower()) else "2022-10"


def _row(name: str, code: str, office: str, since: str, until: str) -> Row:
    sector = next((s for pattern, s in SECTOR if pattern.search(office)), "GOV")
    return dict(zip(LEADER_COLUMNS, (_clean(name), code, sector, office, since, until, "", "", ""), strict=True))


def _clean(name: str) -> str:
    """A name without a nickname in quotes, and with its letters mended where UTF-8 had been read as another code."""
    for code in ("latin-1", "cp1252"):
        if re.search("[\u00c2-\u00c5][^a-zA-Z\\s]", name):
            try:
                name = name.encode(code).decode("utf-8")
            except UnicodeError:
                continue
    return " ".join(re.sub(r'"[^"]*"', " ", name).split())


def _reign(folder: Path) -> Iterable[Row]:
    people = _phoenix(folder / "phoenix/Phoenix.Countries.actors.txt")
    registry = Registry.load()
    for row in csv.DictReader((folder / "leaders/reign-leaders-to-2021-03.csv").open(encoding="latin-1")):
        code = COW.get(row["stateabb"], row["stateabb"])
        if not row["syear"] or code is None or f"state:{code}" not in registry or int(row["eyear"] or 2021) < 1985:
            continue
        name = _full_name(row["leader"], int(row["syear"]), int(row["eyear"] or 2021), people.get(code, []))
        if name is None:
            continue
        since = f"{row['syear']}-{int(row['smonth']):02d}"
        until = f"{row['eyear']}-{int(row['emonth']):02d}" if row["eyear"] and row["emonth"] else "2021-03"
        yield _row(name, code, "Effective leader", since, until)


def _phoenix(path: Path) -> dict[str, list[tuple[str, int, int]]]:
    """Persons of each country with the years in which they are given as its government."""
    people: dict[str, list[tuple[str, int, int]]] = {}
    name = None
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        entry = re.match(r"([A-Z][A-Z_'\-.]+?)_?\s*(;.*)?$", line)
        if entry:
            name = entry[1].replace("_", " ").strip()
        held = re.match(r"\s+\[([A-Z]{3})GOV[A-Z]* ?(?:>(\d\d)\d{4}|(\d\d)\d{4}-(\d\d)\d{4})?\]", line)
        if held and name:
            since = _year(held[2] or held[3])
            until = _year(held[4]) if held[4] else 2021
            if since:
                people.setdefault(held[1], []).append((name, since, until))
    return people


def _year(two: str | None) -> int:
    return 0 if two is None else int(two) + (2000 if int(two) < 30 else 1900)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.upper()) if c.isalpha())


def _full_name(leader: str, since: int, until: int, people: list[tuple[str, int, int]]) -> str | None:
    """The leader's name with given names: as REIGN has it where it does, else the one Phoenix name that fits."""
    leader = re.sub(r"\s*\(.*\)", "", leader).strip()
    if len(leader.split()) > 1 and "." not in leader and not re.match(r"(al|el|von|van|de|da|Ben|Ould|St)\b", leader):
        return leader
    surname = _plain(re.sub(r"^([A-Z]\. ?)+", "", leader))
    fitting = {n for n, a, b in people if _plain(n).endswith(surname) and a <= until + 1 and b >= since - 1}
    fitting = {n for n in fitting if len(n.split()) > 1 and _plain(n) != surname}
    return _cased(min(fitting, key=len)) if len(fitting) == 1 else None


def _cased(name: str) -> str:
    words = []
    for word in name.split():
        lowered = word.lower() in ("al", "bin", "ibn", "de", "da", "dos", "von", "van", "der", "ul", "ould", "ur")
        words.append(word.lower() if lowered and words else "-".join(part.capitalize() for part in word.split("-")))
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), " ".join(words))


def _cabinets(path: Path, codes: dict[str, str]) -> Iterable[Row]:
    for row in csv.DictReader(path.open(encoding="utf-8")):
        code = _code(row["country"], codes)
        name = re.sub(r"\(.*?\)|\b(Dr|Gen|Lt|Col|Maj|Brig|Adm|Vice Adm|Air Mshl|Sir|Sheikh|Ret)\.? ", "", row["name"])
        name = _clean(name)
        name = re.sub(r"[,.].*$", "", name.strip()) if "," in name else name.strip()
        capitals = [w for w in name.split() if len(w) > 1 and re.sub(r"^(al|el|Mc|Mac|O'|d'|D')-?", "", w).isupper()]
        if code is None or not capitals or not WANTED.search(row["office"]) or len(name.split()) < 2:
            continue
        surname = " ".join(_word(w) for w in capitals)
        person = " ".join(_word(w) if w in capitals else w for w in name.split())
        office = _office(row["office"])
        found = _row(person, code, office, "2019-10", "2019-10")
        tail = person.partition(surname)[2].strip()
        if tail and not person.startswith(surname):
            found["names"] = person[: -len(tail)].strip()
        found["surnames"] = surname if len(surname) > 1 else ""
        yield found


def _word(word: str) -> str:
    head, _, tail = word.partition("-")
    if head in ("al", "el"):
        return f"{head}-{tail.capitalize()}"
    return "-".join(part.capitalize() for part in word.split("-"))


def _office(office: str) -> str:
    office = office.replace("&", "and").replace("Min.", "Minister").replace("Intl.", "International")
    office = office.replace("Dep.", "Deputy").replace("Govt.", "Government")
    of = r"^Min(?:ister)? (?:of|for) (?:the )?"
    office = re.sub(of + r"(Foreign|External|Internal|Home)( Affairs| Relations).*", r"\1 Minister", office)
    office = re.sub(of + r"(?:National )?(Defense|Interior|Finance|Justice)$", r"\1 Minister", office)
    return re.sub(r"^Permanent Representative to the UN, New York$", "Ambassador to the UN", office)


def _deduplicated(rows: list[Row]) -> list[Row]:
    seen: set[tuple[str, str, str, str]] = set()
    out = []
    for row in sorted(rows, key=lambda r: (r["country"], r["name"], r["office"] == "Effective leader", r["from"])):
        key = (row["country"], row["name"], row["office"], row["from"])
        if key not in seen:
            seen.add(key)
            out.append(row)
    return out


def _write(path: Path, rows: list[Row], origin: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(origin)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(LEADER_COLUMNS)
        writer.writerows([row[column] for column in LEADER_COLUMNS] for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
