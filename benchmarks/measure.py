"""What a benchmark finds: a row of values with its bar, and how it is judged."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One thing measured several times.

    Attributes
    ----------
    id : short id, as in results.json
    group : table of the report that it stands in
    what : what was measured, in words
    unit : "s", "kB" or "MB" (decimal), or "×" for a ratio
    values : one per repetition, in order; at least one
    bar, bar_p95 : the most that median and 95th percentile may be; None without a bar
    note : what a reader must know to read the value; may be empty
    """

    id: str
    group: str
    what: str
    unit: str
    values: tuple[float, ...]
    bar: float | None = None
    bar_p95: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """Middle value."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """95th percentile by nearest rank: the largest where n is below 20."""
        ordered = sorted(self.values)
        return ordered[math.ceil(0.95 * len(ordered)) - 1]

    @property
    def is_met(self) -> bool | None:
        """Whether the bars hold; None where there is no bar."""
        if self.bar is None:
            return None
        p95_holds = self.bar_p95 is None or self.p95 <= self.bar_p95
        return self.median <= self.bar and p95_holds


@dataclass(frozen=True)
class Ratio:
    """How many times slower a naive way is than ours, by medians of the same run."""

    what: str
    times: float
    bar: float

    @property
    def is_met(self) -> bool:
        """Whether it is at least the bar."""
        return self.times >= self.bar


@dataclass(frozen=True)
class Skipped:
    """A benchmark that was left out, or that failed, and why."""

    id: str
    why: str
    has_failed: bool = False
