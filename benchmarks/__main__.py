"""Run the benchmarks: `python -m benchmarks [--quick] [--only NAME]`.

A full run writes docs/performance.md and benchmarks/results.json. A quick run, or one
of some benchmarks only, prints its figures and writes nothing: figures of different
runs are not comparable.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from benchmarks import (
    api,
    comparing,
    naive_ways,
    profiles,
    server_side,
    switching,
    together,
    visiting,
)
from benchmarks.isolation import Benchmark, run_apart
from benchmarks.machine import describe_load, describe_machine, describe_versions
from benchmarks.measure import Measure, Skipped
from benchmarks.report import Report, line_of, to_json, to_markdown
from lpipgeo.paths import PROJECT

BENCHMARKS: dict[str, Benchmark] = {
    "indicator": switching.switch_indicator,
    "period-level": switching.switch_period_and_level,
    "bytes": switching.bytes_per_switch,
    "naive-folium": naive_ways.naive_folium,
    "naive-pydeck": naive_ways.naive_pydeck,
    "overlays": together.overlays_on,
    "side-by-side": together.side_by_side,
    "slider": together.period_slider,
    "scaling": together.scaling,
    "first": visiting.first_map,
    "pages": visiting.click_and_pages,
    "profile": profiles.open_profiles,
    "present": profiles.present,
    "print": profiles.print_profiles,
    "compare": comparing.compare,
    "memory": server_side.memory,
    "build": server_side.build,
    "data": server_side.data_size,
    "table": server_side.table_of_twelve,
    "api": api.answer_requests,
}
PAGE = PROJECT / "docs" / "performance.md"
RESULTS = PROJECT / "benchmarks" / "results.json"


def main(given: Sequence[str] | None = None) -> int:
    """Run what was asked for; return the exit code, 1 where a benchmark failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    parser.add_argument(
        "--only", action="append", choices=list(BENCHMARKS), metavar="NAME",
        help=f"only this one, may be repeated: {', '.join(BENCHMARKS)}",
    )  # fmt: skip
    options = parser.parse_args(given)
    report = run(options.only or list(BENCHMARKS), quick=options.quick)
    failed = [item for item in report.skipped if item.has_failed]
    if options.only or options.quick:
        print("Nothing was written: this was not a full run.")
    else:  # one that failed is named on the page, among those not measured
        PAGE.write_text(to_markdown(report), encoding="utf-8")
        RESULTS.write_text(to_json(report), encoding="utf-8")
        print(f"Written: {PAGE.relative_to(PROJECT)}, {RESULTS.relative_to(PROJECT)}")
    return 1 if failed else 0


def run(names: Sequence[str], *, quick: bool) -> Report:
    """Run benchmarks one after the other and return what they found."""
    begin = time.monotonic()
    before = describe_load()
    measures: list[Measure] = []
    skipped: list[Skipped] = []
    for name in names:
        start = time.monotonic()
        print(f"{name} …", flush=True)
        found = run_apart(name, BENCHMARKS[name], quick=quick)
        measures += [item for item in found if isinstance(item, Measure)]
        skipped += [item for item in found if isinstance(item, Skipped)]
        for item in found:
            text = line_of(item) if isinstance(item, Measure) else f"  {item.why}"
            print(text, flush=True)
        print(f"  ({time.monotonic() - start:.0f} s)", flush=True)
    return Report(
        measures,
        skipped,
        describe_machine(),
        describe_versions(),
        before,
        describe_load(),
        (time.monotonic() - begin) / 60,
    )


if __name__ == "__main__":
    sys.exit(main())
