"""Periods as ISO 8601 intervals: parse, sort and say in words.

An interval is ``start/duration``, for example ``2024-04-01/P1Y`` (a financial
year), ``2021-03-21/P1D`` (census day) or ``2021-01-01/P3Y`` (a three-year mean).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lpipgeo.errors import PeriodError

_INTERVAL = re.compile(r"(\d{4})-(\d{2})-(\d{2})/P([1-9]\d?)([YMD])", re.ASCII)
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
    def parse(text: str) -> Period:
        """Read an ISO interval; raise PeriodError when it is none."""
        match = _INTERVAL.fullmatch(text)
        if not match:
            raise PeriodError(
                f"{text!r} is not a period. Write it as start/length, for example "
                "2024-04-01/P1Y."
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
            return f"{start.day} {month} {start.year}"
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


@lru_cache(maxsize=4096)
def period_label(text: str) -> str:
    """Return the label of an ISO interval, such as "2024/25"."""
    return Period.parse(text).label
