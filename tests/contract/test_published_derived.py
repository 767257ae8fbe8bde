"""Derived figures against what the publisher states, or worked out another way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lpipgeo.levels import ENGLAND

BIRMINGHAM, TELFORD = "E08000025", "E06000020"
IOD = "mhclg_iod2025/iod2025_{}.parquet"


def read(data_dir: Path, indicator: str) -> pd.Series:
    table = pd.read_parquet(data_dir / f"indicators/{indicator}.parquet")
    return table.set_index("area_code")["value"]


def test_share_in_the_most_deprived_tenth_is_that_of_mhclg(data_dir, sources_dir):
    """MHCLG, Indices of Deprivation 2025, File 10: district summaries."""
    published = pd.read_parquet(sources_dir / IOD.format("summaries_lad24")).set_index(
        "ltla24_code"
    )["imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally"]
    ours = read(data_dir, "imd_most_deprived_10")
    assert len(published) == 296
    assert ours.loc[published.index].to_numpy() == pytest.approx(
        100 * published.to_numpy(), abs=0.006
    )


def test_telfords_share_is_the_one_in_the_news(data_dir):
    """Shropshire Star, 6 November 2025: 13 % of Telford's neighbourhoods."""
    assert round(read(data_dir, "imd_most_deprived_10")[TELFORD]) == 13


@pytest.mark.parametrize("tenth", [10, 20])
def test_england_has_its_own_tenth_and_fifth(data_dir, tenth):
    for indicator in (f"imd_most_deprived_{tenth}", f"community_need_highest_{tenth}"):
        assert read(data_dir, indicator)[ENGLAND] == pytest.approx(tenth, abs=0.01)


def test_gap_of_birmingham_by_hand(data_dir, sources_dir):
    """From Nomis TS067 itself: rates of the neighbourhoods, sorted, read off."""
    raw = pd.read_parquet(sources_dir / "ons_census2021/ts067_lsoa21_ew.parquet")
    lsoas = raw[raw["lsoa21nm"].str.startswith("Birmingham ")]
    without = next(c for c in raw if c.endswith("No qualifications"))
    everyone = next(c for c in raw if "Total" in c)
    rates = np.sort(100 * (lsoas[without] / lsoas[everyone]).to_numpy())

    def at(share: float) -> float:
        place = share * (len(rates) - 1)
        low = int(place)
        return rates[low] + (place - low) * (rates[low + 1] - rates[low])

    expected = at(0.9) - at(0.1)
    assert read(data_dir, "gap_no_qualifications")[BIRMINGHAM] == pytest.approx(
        expected
    )
