"""The first page and the page Compare: shown, another choice, another scatter."""

from __future__ import annotations

import json

from playwright.sync_api import Browser

from benchmarks.browser import NOT_RUNNING, Visitor, new_context, open_browser
from benchmarks.measure import Measure
from benchmarks.plan import Plan, map_of
from benchmarks.servers import run_server
from benchmarks.visiting import click_area

GROUP = "compare"
PAGE = "/compare?compare=E08000028,E08000029,E47000007"
SCATTER = f"{PAGE}&view=two&indicator=no_qualifications&level=lsoa21"
TABLE, CHART = ".lp-compare", ".stVegaLiteChart svg"
CHOICES = ("Pride in place", "Green economy", "Inclusive growth")
FIGURES = (
    "Residents in income deprivation",
    "Residents with Level 4 qualifications or above",
)
ALL_THERE = f"document.querySelector('{NOT_RUNNING}')"


def compare(plan: Plan) -> list[Measure]:
    """Add an area to the comparison, choose other figures, open another scatter."""
    with run_server() as server, open_browser(plan.playwright) as browser:
        first = _first_page(plan, server.url, browser)
        added = _add(plan, server.url, browser)
        visitor = Visitor.of(new_context(browser))
        visitor.page.goto(server.url + PAGE)
        visitor.page.wait_for_selector(TABLE)
        visitor.settle(2)
        chosen = []
        for turn in range(plan.times(9, 3) + len(CHOICES)):
            choice = CHOICES[turn % len(CHOICES)]
            old = json.dumps(visitor.page.evaluate(f"() => lpTextOf('{TABLE}')"))
            wait = f"lpHolds(() => lpTextOf('{TABLE}') !== {old} && {ALL_THERE})"
            chosen.append(visitor.time(wait, visitor.option("Figures", choice)))
            visitor.settle()
        scatter = _scatter(plan, visitor, server.url)
    return [
        _measure("first_page", "the first page, a further visitor", first, None),
        _measure("compare_add", "add an area to the comparison", added[1:], 0.4),
        _measure(
            "compare_figures",
            "compare three areas on the figures of another theme",
            chosen[len(CHOICES) :],
            0.5,
        ),
        _measure(
            "scatter", "another figure in the scatter of 3,574 LSOAs", scatter, 0.6
        ),
    ]


def _first_page(plan: Plan, url: str, browser: Browser) -> list[float]:
    found = []
    for _ in range(plan.times(5) + 1):
        context = new_context(browser)
        visitor = Visitor.of(context)
        visitor.page.goto(url, wait_until="commit")
        shown = f"() => lpHolds(() => document.querySelector('{TABLE}'))"
        ended = float(visitor.page.evaluate(shown))
        found.append((ended - visitor.page.evaluate("performance.timeOrigin")) / 1000)
        context.close()
    return found[1:]


def _add(plan: Plan, url: str, browser: Browser) -> list[float]:
    visitor = Visitor.of(new_context(browser))
    visitor.open_map(url + map_of())
    visitor.settle(2)
    button = visitor.page.get_by_role("button", name="Add to comparison")
    wait = "lpHolds(() => lpTextOf('.stMain').includes('In your comparison'))"
    found = []
    for turn in range(plan.times(6) + 1):
        click_area(visitor, turn)
        found.append(visitor.time(wait, button.click))
        visitor.settle()
        visitor.open_map(url + map_of())
        visitor.settle(1)
    return found


def _scatter(plan: Plan, visitor: Visitor, url: str) -> list[float]:
    visitor.page.goto(url + SCATTER)
    visitor.page.wait_for_selector(CHART)
    visitor.settle(2)
    found = []
    for turn in range(plan.times(8, 2) + len(FIGURES)):
        old = json.dumps(visitor.page.evaluate(f"() => lpTextOf('{CHART}')"))
        new = f"lpTextOf('{CHART}') && lpTextOf('{CHART}') !== {old}"
        wait = f"lpHolds(() => {new} && {ALL_THERE})"
        choice = FIGURES[(turn + 1) % len(FIGURES)]
        found.append(visitor.time(wait, visitor.option("Up", choice)))
        visitor.settle(0.5)
    return found[len(FIGURES) :]


def _measure(name: str, what: str, seconds: list[float], bar: float | None) -> Measure:
    return Measure(name, GROUP, what, "s", tuple(seconds), bar)
