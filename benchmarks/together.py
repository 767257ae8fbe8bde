"""Two figures, overlays and time on the map, and what drawing costs by the area."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely

from benchmarks.browser import Visitor, new_context, open_browser
from benchmarks.measure import Measure
from benchmarks.plan import START, WITH_PERIODS, Plan, map_of, rounds, titles
from benchmarks.servers import run_server
from lpipgeo.boundary_sets import read_boundaries
from lpipgeo.browser_files import find_file
from lpipgeo.build.geography.polygons import Coverage, to_lattice
from lpipgeo.build.geography.topology import encode_topojson
from lpipgeo.choropleth import make_choropleth
from lpipgeo.levels import LEVELS
from lpipgeo.maps.packing import pack_values
from lpipgeo.maps.page_map import page_html
from lpipgeo.maps.views import ROOT, make_view, view_json

GROUP = "together"
BAR_S, BAR_P95_S, BAR_TIMES = 0.30, 0.60, 1.6
OVERLAYS = "libraries,renewable_energy_projects,green_belt"
OUTPUT_AREAS = 18_500  # about as many as the region has
SYNTHETIC = "synthetic"


def overlays_on(plan: Plan) -> list[Measure]:
    """Choose another indicator while three overlays lie above the map."""
    seconds = _switches(plan, f"&overlays={OVERLAYS}")
    what = "another indicator with three overlays on the LSOA map"
    return [Measure("switch_overlays", GROUP, what, "s", seconds, BAR_S, BAR_P95_S)]


def side_by_side(plan: Plan) -> list[Measure]:
    """Choose another indicator on one map, and where two stand side by side."""
    one = Measure("one_map", GROUP, "another indicator, one map", "s", _switches(plan))
    beside = "&together=side_by_side&second_level=lsoa21&second="
    what = "another indicator on the first of two LSOA maps side by side"
    two = Measure("two_maps", GROUP, what, "s", _switches(plan, beside + "no_car"))
    times = (two.median / one.median,)
    what = "two maps take as many times longer as one"
    ratio = Measure("two_to_one", GROUP, what, "×", times, BAR_TIMES)
    what = "another indicator on both of two maps, of LSOAs and of districts"
    beside = f"&together=side_by_side&second_level=lad24&second={START}"
    both = Measure("both_maps", GROUP, what, "s", _switches(plan, beside))
    times = (both.median / one.median,)
    what = "changing both maps takes as many times longer as one"
    return [
        one,
        two,
        ratio,
        both,
        Measure("both_to_one", GROUP, what, "×", times, BAR_TIMES),
    ]


def period_slider(plan: Plan) -> list[Measure]:
    """Step through the periods by arrow keys, same classes in all of them."""
    with run_server() as server, open_browser(plan.playwright) as browser:
        visitor = Visitor.of(new_context(browser))
        visitor.open_map(server.url + map_of(WITH_PERIODS) + "&over_time=yes")
        visitor.settle(2)
        slider = visitor.page.get_by_role("slider", name="Through time")
        keys = ["ArrowLeft"] * 4 + ["ArrowRight"] * 4
        found = []
        for key in keys * plan.times(4, 1):
            slider.focus()
            found.append(visitor.time_repaint(visitor.key(key)))
            visitor.settle()
    what = "one step of the period slider on the LSOA map"
    steps = tuple(found[len(keys) :] or found)  # the first round reads the figures
    return [Measure("slider_step", GROUP, what, "s", steps, BAR_S, BAR_P95_S)]


def _switches(plan: Plan, more: str = "") -> tuple[float, ...]:
    choices = titles()
    with run_server() as server, open_browser(plan.playwright) as browser:
        visitor = Visitor.of(new_context(browser))
        visitor.open_map(server.url + map_of() + more)
        visitor.settle(2)
        for choice in rounds(choices, choices[0], len(choices)):
            visitor.switch("Indicator", choice)
        order = rounds(choices, choices[0], plan.times(20, 4))
        return tuple(visitor.switch("Indicator", choice) for choice in order)


def scaling(plan: Plan) -> list[Measure]:
    """Repaint maps of 30 to 18,500 areas with the page's own script, no server."""
    found = []
    with open_browser(plan.playwright) as browser, TemporaryDirectory() as folder:
        for what, files, views in _scenes():
            page = new_context(browser).new_page()
            start = view_json(make_view(make_choropleth("no_car", "lad24")))
            saved = Path(folder) / "map.html"  # only a page with an address has storage
            saved.write_text(page_html(start, what), encoding="utf-8")
            page.goto(saved.as_uri())
            page.wait_for_function("document.documentElement.dataset.painted")
            seconds = page.evaluate(_REPAINT, [files, views, plan.times(15, 3)])
            areas = len(views[0]["classes"])
            name = f"{areas:,} {what}: repainted in the browser"
            found.append(Measure(f"scale_{areas}", "scale", name, "s", tuple(seconds)))
            page.context.close()
    return found


# Shows two views in turn; a time ends where the map says that it is painted.
_REPAINT = """async ([files, views, times]) => {
  Object.assign(window.lpipgeoFiles, files);
  const root = document.documentElement;
  const painted = (id) => new Promise((done) => (function again() {
    if (root.dataset.painted === id) done(performance.now());
    else requestAnimationFrame(again);
  })());
  const found = [];
  for (let i = 0; i < 2 * times + 2; i++) {
    const view = { ...views[i % 2], id: `turn-${i}` };
    const begun = performance.now();
    lpipgeo.show(window.map, view);
    const seconds = (await painted(view.id) - begun) / 1000;
    if (i > 1) found.push(seconds);  // the first of each decodes the outlines
    await new Promise((done) => setTimeout(done, 120));
  }
  return found;
}"""


def _scenes() -> list[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Return, per number of areas: words, files by address, and two views."""
    scenes = []
    for level in ("lad24", "msoa21", "lsoa21"):
        views = [
            json.loads(view_json(make_view(make_choropleth(indicator, level))))
            for indicator in ("no_car", "works_from_home")
        ]
        for view in views:
            _simplify(view)
        addresses = {views[0]["geometry"], views[0]["names"]}
        files = {a: json.loads(_body(a)) for a in addresses}
        scenes.append((LEVELS[level].plural_in_text, files, views))
    scenes.append(_synthetic(scenes[-1][2]))
    return scenes


def _body(address: str) -> bytes:
    file = find_file(address.removeprefix(ROOT))
    assert file is not None, address
    return file.body


def _simplify(view: dict[str, Any]) -> None:
    """Leave only the areas, so that they alone are timed."""
    view.update(outlines=[], labels=None, areaLabels=None)


def _synthetic(
    views: list[dict[str, Any]],
) -> tuple[str, dict[str, Any], list[dict[str, Any]]]:
    """Return a scene of as many areas as there are Output Areas, cut from LSOAs."""
    shapes = read_boundaries("lsoa21").geometry.to_numpy()
    polygons = shapely.transform(shapes, to_lattice)
    each, more = divmod(OUTPUT_AREAS, len(polygons))
    parts = [
        part
        for i, polygon in enumerate(polygons)
        for part in _strips(shapely.make_valid(polygon), each + (i < more))
    ]
    codes = tuple(f"S{i:08}" for i in range(len(parts)))
    topology = json.loads(encode_topojson(Coverage(codes, np.array(parts))))
    names = [("Synthetic", "Nowhere")] * len(parts)
    files = {SYNTHETIC: topology, f"{SYNTHETIC}.names": names}
    generator = np.random.default_rng(1)
    found = []
    for view in views:
        classes = "".join(map(str, generator.integers(0, 5, len(parts))))
        values = pack_values(generator.uniform(0, 80, len(parts)), 1)
        found.append(
            {
                **view,
                "geometry": SYNTHETIC,
                "names": f"{SYNTHETIC}.names",
                "classes": classes,
                "values": values,
                "statusRuns": [[0, len(parts)]],
            }
        )
    return "synthetic areas", files, found


def _strips(polygon: shapely.Geometry, count: int) -> list[shapely.Geometry]:
    """Return a polygon cut into upright strips; some may have several pieces."""
    west, south, east, north = polygon.bounds
    edges = np.rint(np.linspace(west, east, count + 1))
    cut = [
        shapely.intersection(polygon, shapely.box(a, south, b, north))
        for a, b in pairwise(edges)
    ]
    areal = [_areal(shapely.set_precision(part, 1)) for part in cut]
    return [part for part in areal if not part.is_empty]


def _areal(shape: shapely.Geometry) -> shapely.Geometry:
    """Return only the polygons of a shape."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    return shapely.multipolygons(parts) if len(parts) != 1 else parts[0]
