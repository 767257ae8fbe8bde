"""Several visitors of one server, and a server that goes away and comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from benchmarks.servers import free_port
from tests.browser.conftest import run_server
from tests.browser.driving import expect_parameter, open_map, wait_until_idle

pytestmark = pytest.mark.browser


def test_two_visitors_do_not_see_each_others_choices(page, new_visitor):
    first, second = (
        open_map(visitor, f"?indicator=imd_score&level=lad24&area={code}")
        for visitor, code in ((page, "E08000025"), (new_visitor(), "E08000028"))
    )
    first.choose("Indicator", "No qualifications")
    second.choose("Indicator", "Employment rate")
    for shown, name, indicator in (
        (first, "Birmingham", "no_qualifications"),
        (second, "Sandwell", "employment_rate"),
    ):
        card = shown.page.get_by_role("region", name="Selected area")
        wait_until_idle(shown.page)
        expect(card.get_by_role("heading", name=name, exact=True)).to_be_visible()
        expect_parameter(shown.page, "indicator", indicator)


def test_choices_are_there_again_after_the_server_was(browser, tmp_path):
    page, port = browser.new_page(), free_port()
    address = f"http://127.0.0.1:{port}/area_profile?area=E08000025"
    with run_server(tmp_path / "first.log", port=port):
        page.goto(address)
        page.get_by_label("Compare with").click()
        page.get_by_role("option", name="The West Midlands region").click()
        expect_parameter(page, "benchmark", "rgn")
        wait_until_idle(page)
    with run_server(tmp_path / "second.log", port=port):
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-connection-state", "CONNECTED"
        )
        wait_until_idle(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Birmingham")
        expect(page.get_by_label("Compare with")).to_have_value(
            "The West Midlands region"
        )
        expect_parameter(page, "benchmark", "rgn")
    page.close()
