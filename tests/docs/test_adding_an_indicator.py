"""docs/adding-an-indicator.md, followed step by step on the tiny frame."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from lpipgeo.build.native import Reader
from lpipgeo.build.observations import make_observations
from lpipgeo.build.readers import READERS
from lpipgeo.build.rules.observations import check_observations
from lpipgeo.build.sources import Sources
from lpipgeo.levels import REGION
from lpipgeo.metadata import Indicator
from lpipgeo.paths import PROJECT
from tests.build_factories import NEIGHBOURHOODS, make_frame, write_sources
from tests.factories import WEST

PAGE = (PROJECT / "docs/adding-an-indicator.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def record() -> Indicator:
    return Indicator.model_validate(tomllib.loads(block("toml")))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    names: dict[str, Reader] = {}
    exec(block("python"), names)
    monkeypatch.setitem(READERS, "cards", names["read"])
    return names["read"]


@pytest.mark.usefixtures("reader")
def test_record_and_reader_of_the_page_make_an_indicator(record, tmp_path: Path):
    lines = [f"{code},{i + 1},10" for i, code in enumerate(NEIGHBOURHOODS)]
    body = "\n".join(["code,cards,people", *lines]).encode()
    sources = Sources(write_sources(tmp_path, {"cards/cards.csv": body}))
    frame = make_frame()
    made = make_observations(record, sources, frame).observations
    values = made.set_index("area_code")["value"]
    assert values[WEST] == 100 * (1 + 2 + 3 + 4) / 40
    assert values[REGION] == 100 * 21 / 60
    assert check_observations("cards", made, record, frame.areas) == []


def test_page_names_a_theme_and_priority_that_exist(record):
    themes = (PROJECT / "data/themes.toml").read_text(encoding="utf-8")
    for name in (record.theme, record.subtheme, *record.priorities):
        assert f'"{name}"' in themes
