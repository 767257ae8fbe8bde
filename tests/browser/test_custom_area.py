"""An area of one's own: pasted, kept in the address, picked on the map, taken away."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import grave_findings

pytestmark = pytest.mark.browser


def test_a_pasted_area_has_figures_and_its_address_opens_it_again(page):
    page.goto("/data?tab=area")
    page.locator("textarea").fill("E02002003\nE01009989\nnowhere")
    page.get_by_role("button", name="Add these").click()
    facts = page.get_by_text(re.compile(r"with [\d,]+ residents \(Census 2021\)"))
    expect(facts).to_be_visible()
    expect(page.get_by_text("Left out")).to_be_visible()
    said = facts.inner_text()
    expect(page).to_have_url(re.compile("custom="))
    assert grave_findings(page) == []
    page.reload()
    expect(facts).to_have_text(said)
    with page.expect_download() as download:
        page.get_by_role("button", name="Figures as CSV").click()
    table = pd.read_csv(download.value.path())
    assert {"rule", "share_covered", "source", "status"} <= set(table.columns)
    with page.expect_download() as download:
        page.get_by_role("button", name="The area's file, to open again").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert "E01009989" in json.dumps(kept)


def test_an_area_around_a_place_is_made_with_the_keyboard_alone(page):
    page.goto("/data?tab=area")
    first = page.get_by_role("radio", name="Pick areas")
    first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    place = page.get_by_label("Around which place?")
    expect(place).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("B66 4BH")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"within 1\.0\Wkm of Bearwood"))).to_be_visible()
    page.get_by_label("Distance in km").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"within 1\.1\Wkm of Bearwood"))).to_be_visible()
    assert grave_findings(page) == []
    page.get_by_role("button", name="Add these neighbourhoods").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("neighbourhoods taken"))).to_be_visible()
    expect(page).to_have_url(re.compile("custom="))
