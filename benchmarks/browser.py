"""Chromium as a visitor: open the dashboard, press things, and time what is painted.

The network is cut in Chromium itself and not by Playwright's routes, because those
switch off the browser's cache.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from benchmarks.servers import HOST

HERE = Path(__file__).resolve().parent
VIEW = {"width": 1280, "height": 720}
PATIENCE_MS = 60_000
NOT_RUNNING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
]
SOFTWARE_2D = ["--disable-gpu"]
SOFTWARE_3D = [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


def find_chromium() -> str:
    """Return the path of Chromium; raise RuntimeError where there is none."""
    named = os.environ.get("LPIPGEO_CHROMIUM") or shutil.which("chromium")
    path = Path(named or "/usr/bin/chromium")
    if not path.is_file():
        raise RuntimeError(
            f"There is no Chromium at {path}. Name one in LPIPGEO_CHROMIUM."
        )
    return str(path)


@contextlib.contextmanager
def open_browser(playwright: Playwright, *, webgl: bool = False) -> Iterator[Browser]:
    """Start Chromium without a graphics card."""
    flags = [*QUIET, *(SOFTWARE_3D if webgl else SOFTWARE_2D)]
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
    try:
        yield browser
    finally:
        browser.close()


@contextlib.contextmanager
def open_profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """Start Chromium with a profile on disk, as people have one: it keeps caches."""
    with tempfile.TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=find_chromium(),
            args=[*QUIET, *SOFTWARE_2D],
            viewport=VIEW,
        )
        try:
            yield _prepare(context)
        finally:
            context.close()


def new_context(browser: Browser) -> BrowserContext:
    """Return a visitor's browser with an empty cache."""
    return _prepare(browser.new_context(viewport=VIEW, locale="en-GB"))


def _prepare(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(path=HERE / "in_page.js")
    return context


@dataclass(frozen=True)
class Visitor:
    """One page of one visitor; times are seconds.

    Attributes
    ----------
    page : Playwright's page
    payloads : lengths of the websocket messages that arrived, decompressed
    """

    page: Page
    payloads: list[int]

    @classmethod
    def of(cls, context: BrowserContext) -> Visitor:
        """Open an empty page in a context."""
        page = context.new_page()
        payloads: list[int] = []
        page.on(
            "websocket",
            lambda ws: ws.on("framereceived", lambda body: payloads.append(len(body))),
        )
        return cls(page, payloads)

    def open_map(self, url: str) -> float:
        """Go to a map and return the clock time at which it was painted."""
        self.page.goto(url, wait_until="commit")
        return float(self.page.evaluate("() => lpMapPainted('')")) / 1000

    def seconds_to_map(self, url: str) -> float:
        """Go to a map and return the time from asking to painted."""
        painted = self.open_map(url)
        asked = float(self.page.evaluate("() => performance.timeOrigin")) / 1000
        return painted - asked

    def settle(self, seconds: float = 0.25) -> None:
        """Wait until the server's script is done, and a little longer."""
        self.page.wait_for_selector(NOT_RUNNING, state="attached")
        self.page.wait_for_timeout(seconds * 1000)

    def time(self, wait: str, act: Callable[[], object]) -> float:
        """Return the time from pressing to what is waited for.

        Parameters
        ----------
        wait : expression of a promise of a clock time, such as `lpHolds(…)`
        act : what presses the pointer; its last press counts
        """
        self.page.evaluate(f"() => {{ window.lpWait = {wait}; }}")
        act()
        ended = float(self.page.evaluate("() => window.lpWait"))
        return (ended - float(self.page.evaluate("() => window.lpPressed"))) / 1000

    def time_repaint(self, act: Callable[[], object]) -> float:
        """Return the time from pressing to another picture in the map."""
        old = json.dumps(self.page.evaluate("() => lpMapId()"))
        return self.time(f"lpMapPainted({old})", act)

    def option(self, label: str, choice: str) -> Callable[[], object]:
        """Open a list of choices and return what presses one of them."""
        self.page.get_by_label(label, exact=True).click()
        self.page.keyboard.type(choice)  # long lists draw only what is in view
        option = self.page.get_by_role("option", name=choice, exact=True)
        option.wait_for()
        self.page.wait_for_timeout(150)  # a person reads the list first
        return option.click

    def key(self, name: str) -> Callable[[], object]:
        """Let the clock start at the next key, and return what presses it."""
        # Keys have no pointer: the clock is read as they are pressed.
        press = "window.lpPressed = performance.timeOrigin + performance.now()"
        self.page.evaluate(
            f"() => window.addEventListener('keydown', () => {{ {press} }}, "
            "{ capture: true, once: true })"
        )
        return lambda: self.page.keyboard.press(name)

    def switch(self, label: str, choice: str) -> float:
        """Choose in a list; return the time from pressing to another map painted."""
        seconds = self.time_repaint(self.option(label, choice))
        self.settle()
        return seconds
