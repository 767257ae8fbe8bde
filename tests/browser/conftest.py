"""A running dashboard and a Chromium that can reach nothing else.

The browser resolves no name and connects to no address but the server's, and every
request that it tries elsewhere is recorded; each test fails if there was any. The
network is cut in Chromium itself and not by Playwright's routes, because those
switch off the browser's cache, which the product counts on.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

from benchmarks.browser import QUIET, SOFTWARE_2D, SOFTWARE_3D, VIEW, find_chromium
from benchmarks.servers import HOST, free_port
from lpipgeo.paths import PROJECT

START_SECONDS = 90
WAIT_MS = 20_000
expect.set_options(timeout=WAIT_MS)
# Pages share a process, so that scripts are compiled once for all of them.
ONE_RENDERER = "--renderer-process-limit=1"
LOCAL_SCHEMES = ("about", "blob", "chrome-error", "data", "file")


@dataclass
class Server:
    """A dashboard of our own.

    Attributes
    ----------
    url : address without a slash at the end
    log : file with all that the server said
    process : the `streamlit run` process
    """

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass
class Watch:
    """What a browser context did that it should not do."""

    server: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        self._note(request.url)

    def note_socket(self, address: str) -> None:
        self._note(address)

    def note_console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)
        if message.type == "error":
            self.errors.append(f"{message.text} ({place})")

    def check(self) -> None:
        """Fail if a page reached outside, or needs what our own policy forbids."""
        assert self.outside == [], "the page asked for something outside the server"
        assert self.refused == [], "the browser refused a part of the page"

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self.server:
            self.outside.append(url)


def chromium() -> str:
    try:
        return find_chromium()
    except RuntimeError as error:
        pytest.fail(f"{error} Or run the tests with scripts/test.py.")


def wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, OSError):
            health = f"{server.url}/_stcore/health"
            with urllib.request.urlopen(health, timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.1)
    pytest.fail(f"The dashboard did not start. It said:\n{server.said()[-4000:]}")


def stop_server(server: Server) -> None:
    """End the server with everything that it started."""
    if server.process.poll() is not None:
        return
    if os.name == "nt":
        server.process.terminate()
    else:
        os.killpg(server.process.pid, signal.SIGTERM)
    try:
        server.process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait(timeout=10)


@contextlib.contextmanager
def run_server(
    log: Path, data: Path | None = None, port: int | None = None
) -> Iterator[Server]:
    """Run `streamlit run dashboard.py`, on a free port; `data` replaces data/."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    command += [f"--server.port={port}", f"--server.address={HOST}"]
    command += ["--server.headless=true"]
    env = {k: v for k, v in os.environ.items() if k.lower() != "http_proxy"}
    env.pop("LPIPGEO_DATA", None)
    if data is not None:
        env["LPIPGEO_DATA"] = str(data)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(f"http://{HOST}:{port}", log, process)
    try:
        wait_until_healthy(server)
        yield server
    finally:
        stop_server(server)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard with the committed data, one for all tests."""
    with run_server(tmp_path_factory.mktemp("server") / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """Make `page.goto("/map?…")` go to our server."""
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": [*QUIET, *SOFTWARE_2D, ONE_RENDERER],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": VIEW,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "service_workers": "block",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def watch(server: Server) -> Watch:
    return Watch(urlsplit(server.url).netloc)


@pytest.fixture
def outside_requests(watch: Watch) -> list[str]:
    """Addresses outside the server that the page asked for."""
    return watch.outside


@pytest.fixture
def console_errors(watch: Watch) -> list[str]:
    """Errors that the browser wrote to its console, and uncaught exceptions."""
    return watch.errors


@contextlib.contextmanager
def watched(context: BrowserContext, watch: Watch) -> Iterator[BrowserContext]:
    """Watch every page of a context, until the test is over."""

    def note_page(page: Page) -> None:
        page.on("websocket", lambda ws: watch.note_socket(ws.url))

    listeners: dict[Any, Callable[..., None]] = {
        "request": watch.note_request,
        "console": watch.note_console,
        "weberror": lambda failed: watch.errors.append(str(failed.error)),
        "page": note_page,
    }
    context.set_default_timeout(WAIT_MS)
    for name, listener in listeners.items():
        context.on(name, listener)
    yield context
    for name, listener in listeners.items():
        context.remove_listener(name, listener)


@pytest.fixture(scope="session")
def kept_context(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """One browser for all tests: like a person's, it keeps the scripts it has read."""
    options = {**browser_type_launch_args, **browser_context_args}
    folder = tmp_path_factory.mktemp("browser")
    context = browser_type.launch_persistent_context(folder, **options)
    yield context
    context.close()


@pytest.fixture
def context(
    kept_context: BrowserContext, watch: Watch, base_url: str
) -> Iterator[BrowserContext]:
    """A browser that has cached files, and nothing else of the tests before."""
    with watched(kept_context, watch):
        yield kept_context
        forget_visit(kept_context, base_url)
    watch.check()


def forget_visit(context: BrowserContext, url: str) -> None:
    """Close all pages, and take away what they left behind but cached files."""
    before = context.pages
    page = context.new_page()  # without any, the browser would end
    for opened in before:
        opened.close()
    context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin",
        {"origin": url, "storageTypes": "cookies,local_storage,indexeddb"},
    )


@pytest.fixture(scope="session")
def webgl_browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A Chromium that draws WebGL in software, for the 3D view."""
    args = {**browser_type_launch_args, "args": [*QUIET, *SOFTWARE_3D]}
    browser = browser_type.launch(**args)
    yield browser
    browser.close()


@pytest.fixture
def webgl_page(
    webgl_browser: Browser, browser_context_args: dict[str, Any], watch: Watch
) -> Iterator[Page]:
    context = webgl_browser.new_context(**browser_context_args)
    with watched(context, watch):
        yield context.new_page()
    context.close()
    watch.check()


@pytest.fixture
def new_visitor(
    new_context: Callable[..., BrowserContext], watch: Watch
) -> Iterator[Callable[..., Page]]:
    """Make a page with an empty cache; arguments are those of new_context."""
    with contextlib.ExitStack() as open_ones:

        def make(**options: Any) -> Page:
            context = watched(new_context(**options), watch)
            return open_ones.enter_context(context).new_page()

        yield make
    watch.check()
