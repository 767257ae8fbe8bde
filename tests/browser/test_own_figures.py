"""Own figures in a browser: opened, mapped, compared, and gone with the tab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driving import wait_until_settled
from tests.browser.test_accessibility import grave_findings

pytestmark = pytest.mark.browser

ROWS = "code,<b>Visits</b>\nE08000025,2\nE08000026,3\nE08000028,1\nnowhere,4\n"


def test_a_file_is_mapped_with_its_own_name_and_every_row_accounted_for(page):
    page.goto("/data?tab=own&compare=E08000025,E08000028,WMS000002")
    file = {"name": "visits.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("3 districts have a figure, from 4 rows.")).to_be_visible()
    heading = page.get_by_role("heading", name="your own figures, by district")
    expect(heading).to_have_text("<b>Visits</b>, your own figures, by district")
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_text("visits.csv, not checked by us")).to_be_visible()
    expect(page.get_by_role("heading", name="The areas compared")).to_be_visible()
    expect(page.get_by_text("The Black Country is of another kind")).to_be_visible()
    expect(page.get_by_text("Beside another figure")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(2)
    wait_until_settled(page)
    assert grave_findings(page) == []
    page.get_by_text("Rows not on the map (1)").click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    page.reload()  # nothing was stored
    expect(page.get_by_text("nobody else sees it")).to_be_visible()
    expect(heading).to_have_count(0)
