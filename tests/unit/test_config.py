"""The theme of the app is made of the same colours as the maps."""

from __future__ import annotations

import re
import tomllib

import pytest

from lpipgeo import palettes
from lpipgeo.paths import PROJECT

CONFIG = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))
THEME = CONFIG["theme"]


@pytest.mark.parametrize(
    ("option", "constant"),
    [
        ("primaryColor", "ACCENT"),
        ("linkColor", "ACCENT"),
        ("textColor", "TEXT"),
        ("grayTextColor", "SECONDARY_TEXT"),
        ("borderColor", "RULE"),
    ],
)
def test_theme_colour_is_that_of_the_palettes(option, constant):
    assert THEME[option] == getattr(palettes, constant)


def test_sequential_colours_are_steps_of_the_first_ramp():
    themes = tomllib.loads((PROJECT / "data/themes.toml").read_text(encoding="utf-8"))
    ramp = tuple(themes["themes"][0]["ramp"])
    assert tuple(THEME["chartSequentialColors"]) == palettes.sequential(ramp, 10)


@pytest.mark.parametrize("option", ["chartSequentialColors", "chartDivergingColors"])
def test_streamlit_takes_exactly_ten_colours(option):
    assert len(THEME[option]) == 10
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in THEME[option])


def test_nothing_is_sent_or_fetched():
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert THEME["font"] == "sans-serif"
    assert THEME["headingFont"] == "serif"
    assert "http" not in str(CONFIG)


def test_streamlit_knows_every_option():
    from streamlit import config  # noqa: PLC0415  heavy, and only needed here

    known = set(config.get_config_options())
    given = {f"{part}.{name}" for part, names in CONFIG.items() for name in names}
    assert given <= known
