"""The naive ways in the same run: another indicator in a list, until it is painted."""

from __future__ import annotations

import json
from collections.abc import Callable

from benchmarks.browser import HERE, Visitor, new_context, open_browser
from benchmarks.measure import Measure
from benchmarks.naive.colours import RAMPS, rgb
from benchmarks.plan import Plan, rounds
from benchmarks.relay import relay_to
from benchmarks.servers import run_server

GROUP = "naive"
LEAST_SHAPES = 3_500  # of 3,574; some have no figure
# Without compression of websockets, Streamlit's default: it would cost them time here.
OPTIONS = ("--server.enableWebsocketCompression=false",)


def naive_folium(plan: Plan) -> list[Measure]:
    """Time folium.GeoJson with a style function."""

    def wait(_visitor: Visitor, indicator: str) -> str:
        colours = json.dumps(RAMPS[indicator])
        return f"lpHolds(() => lpFilled({colours}, {LEAST_SHAPES}))"

    app = "benchmarks/naive/serve_folium.py"
    return _measure(plan, app, "naive_folium", "folium.GeoJson", wait, webgl=False)


def naive_pydeck(plan: Plan) -> list[Measure]:
    """Time a pydeck GeoJsonLayer that holds its GeoJSON."""

    def wait(visitor: Visitor, indicator: str) -> str:
        colours = [rgb(colour) for colour in RAMPS[indicator][1:]]
        visitor.page.evaluate("() => { window.lpDrawn = 0; }")
        visitor.page.evaluate("(wanted) => { window.lpWanted = wanted; }", colours)
        return "lpUntil(() => window.lpDrawn)"

    app = "benchmarks/naive/naive_pydeck.py"
    return _measure(plan, app, "naive_pydeck", "pydeck GeoJsonLayer", wait, webgl=True)


def _measure(
    plan: Plan,
    app: str,
    name: str,
    what: str,
    wait: Callable[[Visitor, str], str],
    *,
    webgl: bool,
) -> list[Measure]:
    choices = list(RAMPS)[:2]
    seconds, sizes = [], []
    with (
        run_server(app, OPTIONS) as server,
        relay_to(server.port) as traffic,
        open_browser(plan.playwright, webgl=webgl) as browser,
    ):
        context = new_context(browser)
        context.add_init_script(path=HERE / "in_page_webgl.js")
        visitor = Visitor.of(context)
        visitor.page.goto(traffic.url)
        visitor.page.evaluate(f"() => {wait(visitor, choices[0])}")
        visitor.settle(2)
        count = plan.times(5, 1) + len(choices)
        for choice in rounds(choices, choices[0], count):
            press = visitor.option("Indicator", choice)
            traffic.reset()
            seconds.append(visitor.time(wait(visitor, choice), press))
            visitor.settle(2)
            sizes.append((traffic.down + traffic.up) / 1e3)
    warm = len(choices)  # the first round fills Streamlit's cache
    return [
        Measure(name, GROUP, f"{what}: to painted", "s", tuple(seconds[warm:])),
        Measure(
            f"{name}_bytes", GROUP, f"{what}: on the wire", "kB", tuple(sizes[warm:])
        ),
    ]
