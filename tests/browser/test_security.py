"""The policy reaches the browser; conftest.py checks on every page that it suffices."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser


def test_a_page_brings_the_policy(page):
    headers = page.request.get("/").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_another_site_cannot_frame_a_page(browser, server):
    page = browser.new_page()
    page.set_content(f"<iframe src='{server.url}/api/v1/' width=600></iframe>")
    inside = page.frames[1]
    inside.wait_for_url(re.compile("^chrome-error:"))
    page.close()


def test_what_slips_into_a_page_can_fetch_and_send_nothing(browser, server):
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(server.url, wait_until="commit")  # the policy came with the first line
    page.locator("body").wait_for(state="attached")
    page.evaluate(
        """() => {
          document.body.append(Object.assign(new Image(), {src: 'http://b.example/'}));
          return fetch('http://c.example/').catch(() => 'stopped');
        }"""
    )
    for host in ("http://b.example/", "http://c.example/"):
        said = [text for text in refused if host in text]
        assert any("Content Security Policy" in text for text in said), refused
    page.close()
