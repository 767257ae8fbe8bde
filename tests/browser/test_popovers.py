"""Popovers by keyboard: what they hold comes next, and Escape leads back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driving import wait_until_settled

pytestmark = pytest.mark.browser
INSIDE = "document.activeElement.closest('[data-testid=stPopoverBody]') !== null"


@pytest.mark.parametrize(
    ("path", "button", "wanted"),
    [
        ("/area_profile?area=E08000027", "Print", "PDF"),
        ("/map?indicator=imd_score&level=lad24", "Download", "PNG"),
    ],
)
def test_what_a_popover_holds_is_reached_at_once_by_keys_alone(
    page, path, button, wanted
):
    """Not by the pointer: on a phone, focus in a box to type in opens a keyboard."""
    page.goto(path)
    opener = page.get_by_test_id("stPopover").get_by_role("button", name=button)
    body = page.get_by_test_id("stPopoverBody")
    opener.click()
    expect(body.get_by_role("button").first).to_be_visible()  # the focus could move now
    wait_until_settled(page)
    assert not page.evaluate(INSIDE)
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()

    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(INSIDE)
    reached = body.get_by_role("button", name=wanted)
    for _ in range(8):
        if reached.first.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(reached.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
