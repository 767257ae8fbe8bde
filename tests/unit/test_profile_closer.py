"""One figure of a profile, closer: from the area up to the country."""

from __future__ import annotations

from html import unescape

import pytest

from lpipgeo.area_profile import read_profile
from lpipgeo.area_scales import read_scales
from lpipgeo.ui.profile_closer import scales_html

SANDWELL = "E08000028"


def test_a_figure_that_is_known_nowhere_is_said_in_words_and_not_drawn():
    profile = read_profile(SANDWELL, indicators=("cycling_weekly",))
    scales = read_scales(SANDWELL, "cycling_weekly")
    assert scales["value"].isna().all()
    drawn = scales_html(profile, profile.rows[0].indicator, scales)
    assert "Suppressed" in drawn
    assert "<span" not in drawn


@pytest.mark.parametrize("code", [SANDWELL, "E07000235", "E05001283"])
def test_every_figure_of_a_profile_can_be_looked_at_closer(code):
    profile = read_profile(code)
    for row in profile.rows:
        scales = read_scales(code, row.indicator.id)
        assert row.indicator.title in unescape(
            scales_html(profile, row.indicator, scales)
        )
