"""Switches on the map: indicator, level, period; bytes; and the cost of each level."""

from __future__ import annotations

from benchmarks.browser import Visitor, new_context, open_browser
from benchmarks.measure import Measure
from benchmarks.plan import (
    START,
    WITH_PERIODS,
    Plan,
    map_of,
    periods,
    rounds,
    titles,
)
from benchmarks.relay import relay_to
from benchmarks.servers import run_server
from lpipgeo.area_index import read_areas
from lpipgeo.levels import LEVELS

GROUP = "map"
BAR_S, BAR_P95_S, BAR_KB = 0.30, 0.60, 20.0
COSTED_LEVELS = ("lad24", "msoa21", "lsoa21")
SWITCHED_LEVELS = ("lsoa21", "msoa21", "ward25", "lad24")


def switch_indicator(plan: Plan) -> list[Measure]:
    """Choose another indicator on the LSOA map, until it is painted."""
    choices = titles()
    with run_server() as server, open_browser(plan.playwright) as browser:
        visitor = Visitor.of(new_context(browser))
        visitor.open_map(server.url + map_of())
        visitor.settle(2)
        order = rounds(choices, choices[0], len(choices))
        first = [visitor.switch("Indicator", choice) for choice in order]
        order = rounds(choices, choices[0], plan.times(35, 5))
        warm = [visitor.switch("Indicator", choice) for choice in order]
    return [
        Measure(
            "switch_indicator",
            GROUP,
            "another indicator on the LSOA map",
            "s",
            tuple(warm),
            BAR_S,
            BAR_P95_S,
        ),
        Measure(
            "switch_indicator_first",
            GROUP,
            "the same, the first time since the server started",
            "s",
            tuple(first[:-1]),  # the last one is where it began
            note="figures are read and classes made",
        ),
    ]


def switch_period_and_level(plan: Plan) -> list[Measure]:
    """Choose another period, and another level, until the map is painted."""
    with run_server() as server, open_browser(plan.playwright) as browser:
        visitor = Visitor.of(new_context(browser))
        visitor.open_map(server.url + map_of(WITH_PERIODS))
        visitor.settle(2)
        choices = periods()[-4:]
        for choice in rounds(choices, choices[-1], len(choices)):
            visitor.switch("Period", choice)
        order = rounds(choices, choices[-1], plan.times(18, 4))
        by_period = [visitor.switch("Period", choice) for choice in order]
        levels = [LEVELS[level].name for level in SWITCHED_LEVELS]
        order = rounds(levels, levels[0], len(levels))
        first = [visitor.switch("Level", choice) for choice in order]
        order = rounds(levels, levels[0], plan.times(20, 4))
        by_level = [visitor.switch("Level", choice) for choice in order]
    return [
        Measure(
            "switch_period",
            GROUP,
            "another period on the LSOA map",
            "s",
            tuple(by_period),
            BAR_S,
            BAR_P95_S,
        ),
        Measure(
            "switch_level",
            GROUP,
            "another level: LSOA, MSOA, ward, district in turn",
            "s",
            tuple(by_level),
            BAR_S,
            BAR_P95_S,
        ),
        Measure(
            "switch_level_first",
            GROUP,
            "the same, a level whose outlines this browser does not have yet",
            "s",
            tuple(first[:-1]),
        ),
    ]


def bytes_per_switch(plan: Plan) -> list[Measure]:
    """Count what one switch sends on the wire and decompressed, for each level."""
    found: list[Measure] = []
    choices = titles()
    with run_server() as server, open_browser(plan.playwright) as browser:
        for level in COSTED_LEVELS:
            with relay_to(server.port) as traffic:
                visitor = Visitor.of(new_context(browser))
                visitor.open_map(traffic.url + map_of(START, level))
                visitor.settle(2)
                for choice in rounds(choices, choices[0], len(choices)):
                    visitor.switch("Indicator", choice)
                rows = []
                for choice in rounds(choices, choices[0], plan.times(8, 3)):
                    press = visitor.option("Indicator", choice)
                    traffic.reset()
                    visitor.payloads.clear()
                    seconds = visitor.time_repaint(press)
                    visitor.settle(0.5)
                    sizes = (traffic.down, traffic.up, sum(visitor.payloads))
                    rows.append((seconds, *(size / 1e3 for size in sizes)))
                visitor.page.context.close()
            found += _costs(level, rows)
    return found


def _costs(level: str, rows: list[tuple[float, ...]]) -> list[Measure]:
    seconds, down, up, payload = (tuple(column) for column in zip(*rows, strict=True))
    areas = len(read_areas().codes(level))
    plural = f"{areas:,} {LEVELS[level].plural_in_text}"
    costs = [
        Measure(f"cost_{level}", "levels", f"{plural}: to painted", "s", seconds),
        Measure(f"wire_{level}", "levels", f"{plural}: received", "kB", down),
        Measure(f"sent_{level}", "levels", f"{plural}: sent", "kB", up),
        Measure(f"payload_{level}", "levels", f"{plural}: decompressed", "kB", payload),
    ]
    if level == "lsoa21":
        both = tuple(a + b for a, b in zip(down, up, strict=True))
        what = "bytes per switch on the LSOA map, both ways on the wire"
        costs.append(Measure("bytes_per_switch", GROUP, what, "kB", both, BAR_KB))
    return costs
