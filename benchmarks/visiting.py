"""First maps, cold and warm; a click on an area; going from page to page."""

from __future__ import annotations

import json

from benchmarks.browser import (
    Visitor,
    new_context,
    open_browser,
    open_profile,
)
from benchmarks.measure import Measure
from benchmarks.plan import Plan, map_of
from benchmarks.servers import run_server

FIRST, PAGES = "first", "pages"
MAP = "/map"
ONE_WORD = "benchmarks/naive/one_word.py"
WORD_SHOWN = "lpHolds(() => lpTextOf('[data-testid=stMarkdown]') === 'hello')"
CARD = ".lp-card h3"
TABLE = ".lp-rows tbody tr"
# Where the map shows areas and no control, as shares of the frame's width and height.
SPOTS = ((0.55, 0.35), (0.62, 0.5), (0.7, 0.42), (0.58, 0.6), (0.66, 0.3), (0.52, 0.5))


def first_map(plan: Plan) -> list[Measure]:
    """Time the first map: cold server, a further visitor, a returning one.

    Beside the last two, a page of one word: what Streamlit itself takes.
    """
    cold, fresh, word = [], [], []
    with open_browser(plan.playwright) as browser:
        for i in range(plan.times(5) + 1):
            with run_server() as server:
                context = new_context(browser)
                painted = Visitor.of(context).open_map(server.url + MAP)
                context.close()
            if i:  # the first start may write bytecode and fill the system's cache
                cold.append(painted - server.started_at)
        with run_server() as server, run_server(ONE_WORD) as least:
            for i in range(plan.times(5) + 1):
                context = new_context(browser)
                seconds = Visitor.of(context).seconds_to_map(server.url + MAP)
                context.close()
                context = new_context(browser)
                seconds_of_word = _seconds_to_word(Visitor.of(context), least.url)
                context.close()
                if i:
                    fresh.append(seconds)
                    word.append(seconds_of_word)
            returning, word_again = _returning(plan, server.url, least.url)
    return [
        Measure(
            "first_map_cold",
            FIRST,
            "cold server: from `streamlit run` to painted, empty cache",
            "s",
            tuple(cold),
            6.0,
        ),
        Measure(
            "first_map_further",
            FIRST,
            "a further visitor, empty cache",
            "s",
            tuple(fresh),
            2.0,
        ),
        Measure(
            "first_map_returning",
            FIRST,
            "a returning visitor, cache on disk",
            "s",
            tuple(returning),
            1.2,
        ),
        Measure(
            "one_word_further",
            FIRST,
            "a page of Streamlit with one word, a further visitor",
            "s",
            tuple(word),
        ),
        Measure(
            "one_word_returning",
            FIRST,
            "a page of Streamlit with one word, a returning visitor",
            "s",
            tuple(word_again),
        ),
    ]


def _returning(plan: Plan, url: str, least: str) -> tuple[list[float], list[float]]:
    found: list[float] = []
    word: list[float] = []
    warm = 3  # Chromium keeps compiled scripts from the second or third visit on
    with open_profile(plan.playwright) as context:
        for _ in range(plan.times(5) + warm):
            visitor = Visitor.of(context)
            found.append(visitor.seconds_to_map(url + MAP))
            visitor.settle(0.5)
            visitor.page.close()
            visitor = Visitor.of(context)
            word.append(_seconds_to_word(visitor, least))
            visitor.settle(0.5)
            visitor.page.close()
    return found[warm:], word[warm:]


def _seconds_to_word(visitor: Visitor, url: str) -> float:
    visitor.page.goto(url, wait_until="commit")
    shown = float(visitor.page.evaluate(f"() => {WORD_SHOWN}"))
    return (shown - float(visitor.page.evaluate("() => performance.timeOrigin"))) / 1000


def click_and_pages(plan: Plan) -> list[Measure]:
    """Time a click on an area, and going to the Area profile and back."""
    card, profile, back = [], [], []
    with run_server() as server, open_browser(plan.playwright) as browser:
        visitor = Visitor.of(new_context(browser))
        visitor.open_map(server.url + map_of())
        visitor.settle(2)
        for i in range(plan.times(12, 4)):
            card.append(click_area(visitor, i))
        for _ in range(plan.times(5) + 1):
            profile.append(go_to(visitor, "Area profile", profile_shown()))
            back.append(go_to(visitor, "Map", "lpMapPainted('')"))
    return [
        Measure(
            "click_card",
            PAGES,
            "click on an area, until its card shows it",
            "s",
            tuple(card[1:]),
        ),
        Measure(
            "page_to_profile",
            PAGES,
            "from Map to Area profile, until its first table is drawn",
            "s",
            tuple(profile[1:]),
            0.6,
        ),
        Measure(
            "page_to_map",
            PAGES,
            "from Area profile back to Map, until it is painted",
            "s",
            tuple(back[1:]),
            0.6,
        ),
    ]


def click_area(visitor: Visitor, turn: int) -> float:
    """Click on one of a few places of the map; return the time until its card."""
    across, down = SPOTS[turn % len(SPOTS)]
    frame = visitor.page.locator("iframe").first.bounding_box()
    if frame is None:
        raise RuntimeError("The map's frame is not on the screen.")
    x, y = frame["x"] + frame["width"] * across, frame["y"] + frame["height"] * down
    visitor.page.mouse.move(x, y)
    visitor.page.wait_for_timeout(100)
    old = json.dumps(visitor.page.evaluate(f"() => lpTextOf('{CARD}')"))
    wait = f"lpHolds(() => lpTextOf('{CARD}') && lpTextOf('{CARD}') !== {old})"
    seconds = visitor.time(wait, lambda: visitor.page.mouse.click(x, y))
    visitor.settle()
    return seconds


def go_to(visitor: Visitor, page: str, wait: str) -> float:
    """Follow a link of the navigation; return the time until what is waited for."""
    link = visitor.page.get_by_role("link", name=page, exact=True).first
    seconds = visitor.time(wait, link.click)
    visitor.settle(1)
    return seconds


def profile_shown(further: str = "true") -> str:
    """Return what to wait for: a profile's first table drawn, and the map gone."""
    shown = f"document.querySelector('{TABLE}') && {further}"
    return f"lpHolds(() => !lpMapId() && {shown})"
