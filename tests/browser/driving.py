"""Drive the Map page as a person does, and read what its canvas shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

PAINTED = "document.documentElement.dataset.painted || ''"
FRAME_NAME = "streamlit_folium"
FIRST, SECOND = "#map_div", "#map_div2"

# Milliseconds between two looks at what is waited for: one in each frame, as Playwright
# would, keeps the page drawing.
POLL_MS = 50

# How long nothing may move or be awaited until a page counts as settled.
QUIET_MS = 200
SETTLED = """quiet => {
  const app = document.querySelector('[data-testid=stApp]');
  const isDone = !app || app.dataset.testScriptState === 'notRunning';
  const isComing = document.querySelector(
    '[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]');
  const isMoving = document.getAnimations().some(one => one.playState === 'running'
    && Number.isFinite(one.effect.getComputedTiming().endTime));
  const now = performance.now();
  if (!isDone || isComing || isMoving) window.unsettledAt = now;
  window.unsettledAt ??= now;
  return now - window.unsettledAt > quiet;
}"""
NEXT_PAINT = """() => new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(done)))"""

# The choropleth's own canvas, so that names and outlines above it do not matter.
# A second map shows the same part of the world, so the first knows where a place is.
COLOURS_AT = """([places, slot]) => {
  const canvas = document.querySelector(`${slot} .leaflet-overlay-pane canvas`);
  const pen = canvas.getContext('2d');
  const frame = document.querySelector(slot).getBoundingClientRect();
  const box = canvas.getBoundingClientRect();
  const ratio = canvas.width / box.width;
  return places.map(([lat, lon]) => {
    const at = window.map.latLngToContainerPoint([lat, lon]);
    const x = Math.round((at.x + frame.left - box.left) * ratio);
    const y = Math.round((at.y + frame.top - box.top) * ratio);
    const [r, g, b] = pen.getImageData(x, y, 1, 1).data;
    const hex = [r, g, b].map(c => c.toString(16).padStart(2, '0')).join('');
    return '#' + hex.toUpperCase();
  });
}"""


@dataclass
class MapPage:
    """A Map page with its painted frame, or a map in a page of its own."""

    page: Page
    frame: Frame

    @property
    def element(self) -> Locator:
        """What to take a picture of."""
        if self.frame == self.page.main_frame:
            return self.page.locator(FIRST)
        return self.page.locator(f"iframe[title*={FRAME_NAME}]")

    def painted(self) -> str:
        return str(self.frame.evaluate(PAINTED))

    def wait_for_change(self, before: str) -> None:
        """Wait until another view than `before` is painted."""
        self.frame.wait_for_function(
            "before => document.documentElement.dataset.painted !== before",
            arg=before,
            polling=POLL_MS,
        )

    def wait_for_paint(self) -> None:
        """Wait until what the frame has heard of so far is drawn."""
        self.frame.evaluate(NEXT_PAINT)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a select box and wait until the map shows it."""
        before = self.painted()
        self.page.get_by_label(label, exact=True).click()
        self.page.keyboard.type(option)  # long lists draw only what is in view
        self.page.get_by_role("option", name=option, exact=True).click()
        self.wait_for_change(before)

    def search(self, text: str) -> None:
        box = self.page.get_by_label("Find a place")
        box.fill(text)
        box.press("Enter")

    def view(self) -> list[float]:
        """Return latitude and longitude of the middle, and the zoom."""
        found: list[float] = self.frame.evaluate(
            "[window.map.getCenter().lat, window.map.getCenter().lng, "
            "window.map.getZoom()]"
        )
        return found

    def look_at(self, lat: float, lon: float, zoom: float) -> None:
        """Move the map at once, as a person does in steps; return once it is drawn."""
        self.frame.evaluate(
            "([lat, lon, zoom]) => {"
            " window.map.setView([lat, lon], zoom, {animate: false}); }",
            [lat, lon, zoom],
        )
        self.wait_for_paint()

    def colours_at(
        self, places: Iterable[tuple[float, float]], slot: str = FIRST
    ) -> list[str]:
        """Return the colours of the areas at places of the first or second map."""
        given = [[list(place) for place in places], slot]
        found: list[str] = self.frame.evaluate(COLOURS_AT, given)
        return found

    def point_at(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a place of the map is on the page, in pixels."""
        x, y = self.frame.evaluate(
            """([lat, lon]) => {
              const at = window.map.latLngToContainerPoint([lat, lon]);
              const box = window.map.getContainer().getBoundingClientRect();
              return [at.x + box.left, at.y + box.top];
            }""",
            [lat, lon],
        )
        if self.frame == self.page.main_frame:
            return x, y
        box = self.element.bounding_box()
        assert box is not None
        border = self.element.evaluate("node => node.clientLeft")
        return box["x"] + border + x, box["y"] + border + y

    def text_of(self, selector: str) -> str:
        return str(self.frame.locator(selector).inner_text())


def open_map(page: Page, query: str = "") -> MapPage:
    """Open the Map page and wait until its map is painted."""
    page.goto(f"/map{query}")
    page.locator(f"iframe[title*={FRAME_NAME}]").wait_for()
    frame = next(f for f in page.frames if FRAME_NAME in f.url)
    frame.wait_for_function(f"({PAINTED}) !== ''", polling=POLL_MS)
    return MapPage(page, frame)


def open_map_alone(page: Page, query: str) -> MapPage:
    """Open the map as other sites show it: the same frame without the page around it.

    It takes the same parameters and is there sooner, for tests of the map itself.
    """
    page.goto(f"/embed/map/{query}")
    page.wait_for_function(f"({PAINTED}) !== ''", polling=POLL_MS)
    return MapPage(page, page.main_frame)


def wait_until_idle(page: Page) -> None:
    """Wait until the server has answered the last choice in full."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )


def wait_until_settled(page: Page) -> None:
    """Wait until the server has answered and nothing fades or moves any more.

    Before that, axe would measure the contrast of what is half faded in.
    """
    page.evaluate("window.unsettledAt = performance.now()")
    page.wait_for_function(SETTLED, arg=QUIET_MS, polling=POLL_MS)


def expect_parameter(page: Page, name: str, value: str) -> None:
    """Wait until the address has a parameter with this value."""
    expect(page).to_have_url(re.compile(rf"[?&]{name}={re.escape(value)}(&|$)"))


def box_of(page: Page, selector: str) -> dict[str, Any]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return dict(box)
