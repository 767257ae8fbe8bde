"""The Area profile: opened, of another area, presented, and printed."""

from __future__ import annotations

import json
import time
from datetime import date

from benchmarks.browser import NOT_RUNNING, Visitor, new_context, open_browser
from benchmarks.measure import Measure
from benchmarks.plan import Plan, map_of
from benchmarks.servers import run_server
from benchmarks.visiting import click_area, go_to, profile_shown
from lpipgeo.area_index import read_areas
from lpipgeo.levels import REGION
from lpipgeo.printed.content import make_sheets
from lpipgeo.printed.pdf import make_pdf

GROUP = "profile"
HEADING = ".stMainBlockContainer h1"
SLIDE = ".st-key-slides"
ALL_THERE = f"document.querySelector('{NOT_RUNNING}')"  # the server sent everything
# The first table is of the area in the heading, not of the one before.
OF_THIS_AREA = f"lpTextOf('.lp-rows caption').includes(`: ${{lpTextOf('{HEADING}')}},`)"
PRESENTED = "/area_profile?area=E08000028&present=2"
DISTRICT = "E08000028"


def open_profiles(plan: Plan) -> list[Measure]:
    """Open the profile of a clicked area, then that of its district."""
    first, last, other, other_last = [], [], [], []
    with run_server() as server, open_browser(plan.playwright) as browser:
        visitor = Visitor.of(new_context(browser))
        visitor.open_map(server.url + map_of())
        visitor.settle(10)  # the server reads what profiles need after the first map
        for turn in range(plan.times(12, 2) + 2):
            click_area(visitor, turn)
            found = last if turn % 2 else first
            further = ALL_THERE if turn % 2 else OF_THIS_AREA
            found.append(_follow(visitor, "Area profile", profile_shown(further)))
            old = json.dumps(visitor.page.evaluate(f"() => lpTextOf('{HEADING}')"))
            wait = f"lpHolds(() => lpTextOf('{HEADING}') !== {old} && {further})"
            found = other_last if turn % 2 else other
            found.append(_follow(visitor, "District: ", wait))
            go_to(visitor, "Map", "lpMapPainted('')")
    opened = "open an area's profile from its card, until"
    went = "go to another area's profile, until"
    return [
        _measure("profile_first", f"{opened} its first charts", first[1:], 1.0),
        _measure("profile_last", f"{opened} all its indicators", last[1:], 2.0),
        _measure("profile_other", f"{went} its first charts", other[1:], 0.6),
        _measure("profile_other_last", f"{went} all its indicators", other_last, 2.0),
    ]


def present(plan: Plan) -> list[Measure]:
    """Go forwards and back through the slides by arrow keys."""
    with run_server() as server, open_browser(plan.playwright) as browser:
        visitor = Visitor.of(new_context(browser))
        visitor.page.goto(server.url + PRESENTED)
        visitor.page.wait_for_selector(SLIDE)
        visitor.settle(10)
        found = []
        for key in (["ArrowRight"] * 4 + ["ArrowLeft"] * 4) * plan.times(4, 1):
            old = json.dumps(visitor.page.evaluate(f"() => lpTextOf('{SLIDE}')"))
            wait = f"lpHolds(() => lpTextOf('{SLIDE}') !== {old})"
            found.append(visitor.time(wait, visitor.key(key)))
            visitor.settle()
    return [_measure("present_step", "next or last slide, presented", found, 0.4)]


def print_profiles(plan: Plan) -> list[Measure]:
    """Make the PDF of one district, and one of all districts."""
    districts = read_areas().codes_within("lad24", REGION)
    one = [_seconds([DISTRICT]) for _ in range(plan.times(5) + 1)]
    return [
        _measure("pdf_one", "PDF of one district's profile", one[1:], 1.5),
        _measure(
            "pdf_all",
            f"one PDF of the {len(districts)} districts' profiles",
            [_seconds(districts)],
            30,
        ),
    ]


def _seconds(codes: list[str]) -> float:
    start = time.perf_counter()
    make_pdf(make_sheets(codes, printed_on=date(2026, 1, 1)))
    return time.perf_counter() - start


def _follow(visitor: Visitor, name: str, wait: str) -> float:
    """Follow a link inside the page; return the time until what is waited for."""
    main = visitor.page.locator(".stMainBlockContainer")
    seconds = visitor.time(wait, main.get_by_role("link", name=name).first.click)
    visitor.settle(1)
    return seconds


def _measure(name: str, what: str, seconds: list[float], bar: float) -> Measure:
    return Measure(name, GROUP, what, "s", tuple(seconds), bar)
