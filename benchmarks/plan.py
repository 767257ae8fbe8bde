"""What all benchmarks share: Playwright, how often to repeat, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Playwright

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.periods import period_label

# One theme, every level from districts to LSOAs, so that only one list is touched.
INDICATORS = (
    "fuel_poverty",
    "low_carbon_heating",
    "no2",
    "active_travel_to_work",
    "homes_at_flood_risk",
)
WITH_PERIODS = "claimants_neighbourhood"
START = "fuel_poverty"


@dataclass(frozen=True)
class Plan:
    """How to measure.

    Attributes
    ----------
    playwright : the running Playwright
    quick : few repetitions, to see that it works
    """

    playwright: Playwright
    quick: bool

    def times(self, full: int, quick: int = 2) -> int:
        """Return how often to repeat."""
        return quick if self.quick else full


def titles() -> list[str]:
    """Return the names of the chosen indicators as the list shows them."""
    catalogue = read_catalogue()
    return [catalogue.find(indicator_id).short_title for indicator_id in INDICATORS]


def periods() -> list[str]:
    """Return the periods of the indicator that has several, as the list shows them."""
    found = read_catalogue().periods(WITH_PERIODS, "lsoa21")
    return [period_label(period) for period in found]


def map_of(indicator: str = START, level: str = "lsoa21") -> str:
    """Return the part of a map's address after the server's."""
    return f"/map?indicator={indicator}&level={level}"


def rounds(choices: list[str], now: str, count: int) -> list[str]:
    """Return `count` choices in turn, the first another one than now."""
    start = choices.index(now) + 1
    return [choices[(start + i) % len(choices)] for i in range(count)]
