"""Dates and datelines as pages write them."""

from __future__ import annotations

import pytest

from rapporteur.intake.datelines import find_dateline, opening_dateline
from rapporteur.intake.dates import iso_date, url_date, written_date


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Published 3 July 2024", "2024-07-03"),
        ("Published: December 24, 2024 7:32 PM", "2024-12-24"),
        ("May 28th, 2019", "2019-05-28"),
        ("Oct. 6, 2020 / 03:38 PM MDT", "2020-10-06"),
        ("Sept 3, 2021", "2021-09-03"),
        ("January 26, 20177:55 AM GMT+2Updated ago", "2017-01-26"),
        ("2024-07-03T10:00:00Z", "2024-07-03"),
        ("13/07/2024", "2024-07-13"),
        ("07/13/2024", "2024-07-13"),
        ("05/05/2024", "2024-05-05"),
        ("06/01/2026 - 13:55 GMT+1", "2026"),  # the sixth of January or the first of June: only the year is known
        ("3.7.2024", "2024-07-03"),
        ("2024/7/3", "2024-07-03"),
        ("16-Apr-2026", "2026-04-16"),
        ("July 2024", "2024-07"),
        ("31 February 2024", None),
        ("July 3", None),
        ("2 hours ago", None),
        ("the 2015 nuclear deal", None),
        ("he may 2019 votes", None),
    ],
)
def test_written_dates_have_the_precision_they_are_written_with(text: str, value: str | None) -> None:
    found = written_date(text)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024-08-01", "2024-08-01"),
        ("2023-10", "2023-10"),
        ("2018", "2018"),
        ("2024-08-01T12:30:00Z", "2024-08-01"),
        ("2024-08-01 12:30:00+02:00", "2024-08-01"),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("1 August 2024", None),
        ("20240801", None),
        ("0000-01-01", None),
        ("", None),
    ],
)
def test_iso_dates(value: str, date: str | None) -> None:
    assert iso_date(value) == date


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/2024/08/01/talks-open", "2024-08-01"),
        ("https://example.org/world/2024/aug/01/talks-open", "2024-08-01"),
        ("https://example.org/world/talks-2024-08-01/", None),
        ("https://example.org/world-20240801", "2024-08-01"),
        ("https://example.org/2024/08/talks-open", "2024-08"),
        ("https://example.org/2024/99/talks-open", None),
        ("https://example.org/elections/2024/results", None),
        ("https://2024.example.org/talks", None),
    ],
)
def test_dates_in_addresses(url: str, date: str | None) -> None:
    assert url_date(url) == date


@pytest.mark.parametrize(
    ("text", "place", "agency", "date", "rest"),
    [
        ("GENEVA (Reuters) - Iran said", "Geneva", "Reuters", None, "Iran said"),
        ("ANKARA, July 3 — Türkiye said", "Ankara", None, None, "Türkiye said"),
        ("UNITED NATIONS, May 28 (Xinhua) -- A UN official", "United Nations", "Xinhua", None, "A UN official"),
        ("PARIS, February 18, 2020 (Reuters) - French", "Paris", "Reuters", "2020-02-18", "French"),
        ("MANCHESTER, N.H. — It was", "Manchester, N.H.", None, None, "It was"),
        ("CAIRO, Egypt -- Police", "Cairo, Egypt", None, None, "Police"),
        ("Geneva (AFP) – Iran", "Geneva", "AFP", None, "Iran"),
        ("Beijing, May 3 (Xinhua) -- China", "Beijing", "Xinhua", None, "China"),
        ("KABUL/ISLAMABAD (Reuters) - The", "Kabul/Islamabad", "Reuters", None, "The"),
        ("N'DJAMENA (AFP) - Chad", "N'Djamena", "AFP", None, "Chad"),
        ("DENVER (KDVR) – Police", "Denver", None, None, "Police"),
        ("SEOUL: North Korea fired", "Seoul", None, None, "North Korea fired"),
        ("(Reuters) - Two people", None, "Reuters", None, "Two people"),
    ],
)
def test_datelines(text: str, place: str | None, agency: str | None, date: str | None, rest: str) -> None:
    dateline = find_dateline(text)
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.date) == (place, agency, date)
    assert text[dateline.end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: Iran said that it would return to the talks.",
        "BREAKING — Iran has agreed.",
        "Israel - prompted by the attack - entered Gaza.",
        "Turkey (pictured) - and others - refused.",
        "US-backed forces said on Monday",
        "NATO: We will not take part.",
        "He said - again - that nothing had changed.",
        "",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_speakers_are_no_datelines() -> None:
    assert opening_dateline(["SEOUL: The North fired two missiles.", "The South protested."]) is not None
    assert opening_dateline(["MACRON: We will not leave.", "", "SCHOLZ: Nor will we."]) is None
    assert opening_dateline([]) is None
