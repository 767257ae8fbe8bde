"""The server's memory, the build, the size of data/, and the library's tables."""

from __future__ import annotations

import shutil
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.browser import Visitor, new_context, open_browser
from benchmarks.measure import Measure, Skipped
from benchmarks.plan import Plan, map_of, rounds, titles
from benchmarks.servers import run_command, run_server
from lpipgeo.bundle import make_bundle
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.paths import PROJECT, data_dir
from lpipgeo.table_query import TableQuery, count_rows, read_page, read_query

PREVIEW = 50
GROUP = "server"
SOURCES = PROJECT.parent / "shared" / "sources"
VISITORS = (1, 5, 10)
SETTLE_S = 4.0


def memory(plan: Plan) -> list[Measure]:
    """Weigh the server with one visitor, and with more of them at once."""
    choices = titles()
    sizes: dict[int, float] = {}
    with run_server() as server, open_browser(plan.playwright) as browser:
        for number in range(1, max(VISITORS) + 1):
            visitor = Visitor.of(new_context(browser))
            visitor.open_map(server.url + map_of())
            visitor.settle(0.5)
            if number == 1:
                time.sleep(SETTLE_S)
                alone = server.memory_mb()
            # The first one looks at everything, so that shared caches are full.
            count = len(choices) if number == 1 else 2
            for choice in rounds(choices, choices[0], count):
                visitor.switch("Indicator", choice)
            if number in VISITORS:
                time.sleep(SETTLE_S)
                sizes[number] = server.memory_mb()
    each = [
        (sizes[many] - sizes[few]) / (many - few) for few, many in pairwise(VISITORS)
    ]
    return [
        Measure(
            "memory_one",
            GROUP,
            "memory of the server with one visitor on the first map",
            "MB",
            (alone,),
            450,
        ),
        Measure(
            "memory_warm",
            GROUP,
            "the same after that visitor saw five indicators",
            "MB",
            (sizes[1],),
            450,
        ),
        Measure(
            "memory_each",
            GROUP,
            f"each further visitor (from {VISITORS[0]} to {VISITORS[1]}, "
            f"from {VISITORS[1]} to {VISITORS[2]})",
            "MB",
            tuple(each),
            6,
        ),
        Measure(
            "memory_many",
            GROUP,
            f"memory of the server with {VISITORS[-1]} visitors",
            "MB",
            (sizes[VISITORS[-1]],),
        ),
    ]


def build(plan: Plan) -> list[Measure | Skipped]:
    """Time a build from the publishers' files into another folder."""
    if plan.quick:
        return [Skipped("build", "left out of a quick run")]
    if not (SOURCES / "MANIFEST.csv").is_file():
        return [Skipped("build", f"the publishers' files are not in {SOURCES}")]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data_dir(), copy)
        arguments = ["--data", str(copy), "build", "--sources", str(SOURCES)]
        seconds = run_command(["-m", "lpipgeo", *arguments])
    what = "`build` from the publishers' files"
    return [Measure("build", GROUP, what, "s", (seconds,), 180)]


def data_size(_plan: Plan) -> list[Measure]:
    """Weigh data/."""
    files = [path for path in data_dir().rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    what = f"data in the repository: {len(files)} files"
    return [Measure("data_size", GROUP, what, "MB", (size,), 40)]


def table_of_twelve(plan: Plan) -> list[Measure]:
    """Time the Data page's table of 12 indicators for all LSOAs, and its bundle."""
    catalogue = read_catalogue()
    ids = [i for i in catalogue.indicators if "lsoa21" in catalogue.levels(i)][:12]
    query = TableQuery(tuple(ids), "lsoa21")
    shown, made, bundled = [], [], []
    for _ in range(plan.times(5) + 1):
        begin = time.perf_counter()
        rows = count_rows(query)
        read_page(query, 0, PREVIEW)
        shown.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        read_query(query)
        made.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        make_bundle(query)
        bundled.append(time.perf_counter() - begin)
    what = f"table of 12 indicators × 3,574 LSOAs: {rows:,} rows counted, 50 read"
    return [
        Measure("table_shown", GROUP, what, "s", tuple(shown[1:]), 0.5),
        Measure("table_made", GROUP, "the same, all of it", "s", tuple(made[1:])),
        Measure(
            "table_bundled", GROUP, "the same as a bundle", "s", tuple(bundled[1:]), 3
        ),
    ]
