"""Periods: reading ISO intervals, their order and their words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpipgeo.errors import PeriodError
from lpipgeo.periods import Period, day_text, find_named, period_label

PERIODS = st.builds(
    Period,
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.integers(1, 99),
    st.sampled_from("YMD"),
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2021-03-21/P1D", "21 March 2021"),
        ("2023-11-01/P1M", "November 2023"),
        ("2022-01-01/P1Y", "2022"),
        ("2021-01-01/P3Y", "2021 to 2023"),
        ("2024-04-01/P1Y", "2024/25"),
        ("1999-04-01/P1Y", "1999/00"),
        ("2022-07-01/P1Y", "July 2022 to June 2023"),
        ("2024-04-01/P2M", "April to May 2024"),
        ("2020-04-01/P3Y", "April 2020 to March 2023"),
    ],
)
def test_label_says_the_period_as_people_do(text, label):
    assert period_label(text) == label


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2024, 3, 5), "5 March 2024"), (date(2026, 11, 22), "22 November 2026")],
)
def test_day_has_no_zero_before_it(day, text):
    assert day_text(day) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-04-01",
        "2024-04-01/1Y",
        "2024-04-01/P0Y",
        "2024-04-01/P1W",
        "2024-04-01/P1Y ",
        "2024-04-01/P1Y\n",
        "٢٠٢٤-04-01/P1Y",
        "2024-13-01/P1Y",
        "2023-02-29/P1D",
    ],
)
def test_other_text_is_refused_with_the_way_to_write_it(text):
    with pytest.raises(PeriodError, match="is not a period"):
        Period.parse(text)


YEARS = ("2021-01-01/P1Y", "2022-01-01/P1Y")
FISCAL = ("2021-04-01/P1Y", "2022-04-01/P1Y")
THREE_YEARS = ("2020-01-01/P3Y", "2021-01-01/P3Y")
MONTHS = ("2021-11-01/P1M", "2021-12-01/P1M", "2022-01-01/P1M")


@pytest.mark.parametrize(
    ("said", "periods", "meant"),
    [
        ("2022-01-01/P1Y", YEARS, ["2022-01-01/P1Y"]),
        ("2022-01-01/p1y", YEARS, ["2022-01-01/P1Y"]),
        ("2022", YEARS, ["2022-01-01/P1Y"]),
        (" 2022 ", YEARS, ["2022-01-01/P1Y"]),
        ("2022/23", FISCAL, ["2022-04-01/P1Y"]),
        ("2022-23", FISCAL, ["2022-04-01/P1Y"]),
        ("2022–23", FISCAL, ["2022-04-01/P1Y"]),
        ("2022/2023", FISCAL, ["2022-04-01/P1Y"]),
        ("2022/23", ("2022-08-01/P1Y",), ["2022-08-01/P1Y"]),
        ("2021 to 2023", THREE_YEARS, ["2021-01-01/P3Y"]),
        ("2021-2023", THREE_YEARS, ["2021-01-01/P3Y"]),
        ("2021 – 2023", THREE_YEARS, ["2021-01-01/P3Y"]),
        ("december 2021", MONTHS, ["2021-12-01/P1M"]),
        ("2021-12", MONTHS, ["2021-12-01/P1M"]),
        ("2022", MONTHS, ["2022-01-01/P1M"]),
        ("2021", MONTHS, ["2021-11-01/P1M", "2021-12-01/P1M"]),
        ("21 March 2021", ("2021-03-21/P1D",), ["2021-03-21/P1D"]),
        ("2021", ("2021-03-21/P1D",), ["2021-03-21/P1D"]),
        ("2022", FISCAL, []),
        ("2021", THREE_YEARS, []),
        ("2022/24", FISCAL, []),
        ("20", YEARS, []),
        ("", YEARS, []),
        ("last year", YEARS, []),
    ],
)
def test_period_is_found_by_what_people_call_it(said, periods, meant):
    assert find_named(said, periods) == meant


@given(st.text(max_size=20))
def test_any_text_names_some_periods_or_none(text):
    assert set(find_named(text, YEARS + FISCAL)) <= set(YEARS + FISCAL)


@given(PERIODS)
def test_every_period_is_found_by_its_label(period):
    assert find_named(period.label, [str(period)]) == [str(period)]


def test_periods_sort_by_start_and_then_by_count():
    texts = ["2022-01-01/P1Y", "2021-01-01/P3Y", "2004-01-01/P1Y", "2021-01-01/P1Y"]
    assert sorted(texts, key=Period.parse) == [
        "2004-01-01/P1Y",
        "2021-01-01/P1Y",
        "2021-01-01/P3Y",
        "2022-01-01/P1Y",
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2021-03-21/P1D", date(2021, 3, 21)),
        ("2024-02-01/P1M", date(2024, 2, 29)),
        ("2024-04-01/P1Y", date(2025, 3, 31)),
        ("2021-12-01/P1M", date(2021, 12, 31)),
    ],
)
def test_last_day_lies_inside_the_period(text, last):
    assert Period.parse(text).last_day == last


@given(PERIODS)
def test_a_period_is_read_back_from_its_text(period):
    assert Period.parse(str(period)) == period


@given(PERIODS)
def test_every_period_has_a_label_and_does_not_end_before_it_starts(period):
    assert period.last_day >= period.start
    assert str(period.start.year) in period.label
