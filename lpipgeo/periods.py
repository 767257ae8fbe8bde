"""Periods as ISO 8601 intervals: parse, sort and say in words.

An interval is ``start/duration``, for example ``2024-04-01/P1Y`` (a financial
year), ``2021-03-21/P1D`` (census day) or ``2021-01-01/P3Y`` (a three-year mean).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

from lpipgeo.errors import PeriodError, shorten

_INTERVAL = re.compile(r"(\d{4})-(\d{2})-(\d{2})/P([1-9]\d?)([YMD])", re.ASCII)
_TWO_YEARS = re.compile(r"(\d{4}) ?[/–—-] ?(\d{4}|\d{2})", re.ASCII)
_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?", re.ASCII)
# Periods as a caller may ask for them: "latest", "all", or one or more by name.
AskedPeriods: TypeAlias = str | int | Iterable[str | int]
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, order=True)
class Period:
    """A span of time; sorts by its start, then by its length.

    Attributes
    ----------
    start : first day
    count, unit : the length, such as 1 and "Y" (years), "M" (months), "D" (days)
    """

    start: date
    count: int
    unit: str

    @staticmethod
    @lru_cache(maxsize=4096)
    def parse(text: str) -> Period:
        """Read an ISO interval; raise PeriodError when it is none."""
        match = _INTERVAL.fullmatch(text)
        if not match:
            raise PeriodError(
                f"{shorten(text)!r} is not a period. Write it as start/length, for "
                "example 2024-04-01/P1Y."
            )
        year, month, day, count, unit = match.groups()
        try:
            start = date(int(year), int(month), int(day))
        except ValueError as error:
            raise PeriodError(f"{text!r} is not a period: {error}.") from error
        return Period(start, int(count), unit)

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/P{self.count}{self.unit}"

    @property
    def last_day(self) -> date:
        """Last day that lies inside the period."""
        if self.unit == "D":
            return self.start + timedelta(days=self.count - 1)
        months = self.count * (12 if self.unit == "Y" else 1)
        years, month = divmod(self.start.month - 1 + months, 12)
        year = self.start.year + years
        day = min(self.start.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, day) - timedelta(days=1)

    @property
    def label(self) -> str:
        """The period as people say it, such as "2024/25" or "2021 to 2023"."""
        start, last = self.start, self.last_day
        month = _MONTHS[start.month - 1]
        if self.unit == "D" and self.count == 1:
            return day_text(start)
        if self.unit == "M" and self.count == 1:
            return f"{month} {start.year}"
        if self.unit == "Y" and (start.month, start.day) == (1, 1):
            one = self.count == 1
            return str(start.year) if one else f"{start.year} to {last.year}"
        if self.unit == "Y" and self.count == 1 and (start.month, start.day) == (4, 1):
            return f"{start.year}/{last.year % 100:02d}"
        end = f"{_MONTHS[last.month - 1]} {last.year}"
        same_year = start.year == last.year
        return f"{month} to {end}" if same_year else f"{month} {start.year} to {end}"


def day_text(day: date) -> str:
    """Return a day as people write it: "5 March 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def find_named(text: str, periods: Iterable[str]) -> list[str]:
    """Return the ISO periods that a text can mean, in the order given.

    Parameters
    ----------
    text : an ISO interval, a label ("2022", "2021 to 2023"), another way to write a
        year across two ("2022-23", also where it does not begin in April), or a year
        or month in which a period lies ("2021" for census day, "2021-12")
    """
    asked, known = " ".join(text.split()).casefold(), list(periods)
    if not asked:
        return []
    spellings = _spellings(asked)
    ways: tuple[Callable[[str], bool], ...] = (
        lambda iso: iso.casefold() == asked,
        lambda iso: period_label(iso).casefold() in spellings,
        lambda iso: _across(Period.parse(iso)) in spellings,
        lambda iso: _lies_in(Period.parse(iso), asked),
    )
    for is_meant in ways:
        found = [iso for iso in known if is_meant(iso)]
        if found:
            return found
    return []


def find_range(text: str, periods: Iterable[str]) -> list[str]:
    """Return the ISO periods that lie in a range such as "2015..2020", oldest first.

    Parameters
    ----------
    text : two years, months ("2015-04"), days or ISO intervals with ".." between; one
        may be left out, as in "2015.."

    Raises
    ------
    PeriodError : it is none, or its end is before its start
    """
    first, _, last = (part.strip() for part in text.partition(".."))
    start = _edge(first).start if first else date.min
    end = _edge(last).last_day if last else date.max
    if not (first or last) or end < start:
        raise PeriodError(
            f"{shorten(text)!r} is no range of periods. Write the first and the last "
            "year with two points between, such as 2015..2020."
        )
    parsed = sorted(Period.parse(period) for period in periods)
    return [str(p) for p in parsed if start <= p.start and p.last_day <= end]


def _edge(text: str) -> Period:
    """Return the year, month, day or interval that a range begins or ends with."""
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        text = f"{text}-01-01/P1Y"
    elif re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
        text = f"{text}-01/P1M"
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        text = f"{text}/P1D"
    return Period.parse(text)


def _spellings(asked: str) -> set[str]:
    """Return the labels that a text can stand for."""
    found = {asked}
    match = _TWO_YEARS.fullmatch(asked)
    if match:
        first, last = match.groups()
        if int(last) % 100 == (int(first) + 1) % 100:
            found.add(f"{first}/{last[-2:]}")
        if len(last) == len(first):
            found.add(f"{first} to {last}")
    return found


def _across(period: Period) -> str | None:
    """Return "2022/23" for a year that begins within 2022, else None."""
    is_year = (period.count, period.unit) == (1, "Y")
    if not is_year or period.last_day.year == period.start.year:
        return None
    return f"{period.start.year}/{period.last_day.year % 100:02d}"


def _lies_in(period: Period, year_or_month: str) -> bool:
    if not _YEAR_OR_MONTH.fullmatch(year_or_month):
        return False
    ends = (period.start.isoformat(), period.last_day.isoformat())
    return all(day.startswith(f"{year_or_month}-") for day in ends)


@lru_cache(maxsize=4096)
def period_label(text: str) -> str:
    """Return the label of an ISO interval, such as "2024/25"."""
    return Period.parse(text).label
