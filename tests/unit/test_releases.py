"""The newest releases among the sources."""

from __future__ import annotations

from itertools import pairwise

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.releases import newest_releases


def test_newest_releases_come_first_and_name_what_was_made_from_them():
    indicators = read_catalogue().indicators.values()
    found = newest_releases(indicators)
    assert len(found) == 5
    days = [release.published_on for release in found]
    assert all(after <= before for before, after in pairwise(days))
    newest = max(
        s.published_on for i in indicators for s in i.sources if s.published_on
    )
    assert days[0] == newest
    for release in found:
        for indicator in release.indicators:
            sources = [(s.published_on, s.title) for s in indicator.sources]
            assert (release.published_on, release.title) in sources
