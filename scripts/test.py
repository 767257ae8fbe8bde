"""Run all tests: `python3 scripts/test.py`.

Sets up `.venv` and a Chromium for the browser tests the first time. The tests that need
no browser run on all cores, then the browser tests in two processes: each has a
dashboard and a Chromium of its own, and more of them would only wait for each other.
Any option of pytest may follow, for example `-m "not browser"` or
`tests/unit`; then pytest runs once, with these options only.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  older ones must hear it kindly
    sys.exit("\nPlease use Python 3.11 or newer, for example: python3.11 " + __file__)

from _setup import (
    DEV_LOCK,
    PROJECT,
    apt_install,
    can_use_apt,
    prepare,
    say,
    stop,
)

BROWSER = "LPIPGEO_CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALLED = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
WITHOUT_BROWSER = ("-m", "not browser")
WITH_BROWSER = ("-m", "browser")
ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
IN_TWO = ("-n", "2", "--dist", "worksteal")
BROWSER_TESTS = "tests/browser"  # named, so that the other modules are not read again
HALVES = ([*WITHOUT_BROWSER, *ON_ALL_CORES], [*WITH_BROWSER, *IN_TWO, BROWSER_TESTS])
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find_browser() -> str | None:
    """Return the path of a Chromium that is already on this machine, if any."""
    named = [os.environ.get(BROWSER), *map(shutil.which, COMMANDS), *INSTALLED]
    return next((path for path in named if path and Path(path).is_file()), None)


def provide_browser(python: Path) -> str:
    """Return the path of a Chromium; fetch one when there is none."""
    found = find_browser()
    if found is None and can_use_apt() and apt_install("chromium"):
        found = find_browser()
    return found or _playwright_browser(python)


def _playwright_browser(python: Path) -> str:
    command = [str(python), "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False).returncode != 0:
        stop(
            "The browser tests need Chromium or Chrome, and none could be fetched. "
            "Please install one, or name it in the environment variable "
            f"{BROWSER}. Without the browser tests: "
            'python3 scripts/test.py -m "not browser"'
        )
    asked = [str(python), "-c", ASK_PLAYWRIGHT]
    said = subprocess.run(asked, capture_output=True, text=True, check=True)
    return said.stdout.strip()


def main(given: list[str]) -> int:
    """Set up, run pytest and return its exit code, or the first that is not 0."""
    python = prepare(DEV_LOCK)
    env = dict(os.environ)
    # Where it is set, each of the many processes would compile all modules anew.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    if "not browser" not in " ".join(given):
        env[BROWSER] = provide_browser(python)
        say(f"Browser: {env[BROWSER]}")
    runs = [given] if given else HALVES
    codes = [
        subprocess.run(
            [str(python), "-m", "pytest", *options], cwd=PROJECT, env=env, check=False
        ).returncode
        for options in runs
    ]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
