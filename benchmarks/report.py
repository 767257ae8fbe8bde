"""The report of a run: docs/performance.md for people, results.json for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.measure import Measure, Ratio, Skipped

GROUPS = {
    "map": "Changing what the map shows",
    "together": "Overlays, two maps, and time",
    "scale": "What drawing costs by the number of areas",
    "first": "The first map",
    "pages": "Areas and pages",
    "profile": "Area profile",
    "compare": "First page and Compare",
    "server": "Server and data",
    "api": "HTTP API",
}
RATIO_BARS = {
    "naive_folium": ("naive folium", 15),
    "naive_pydeck": ("naive pydeck", 30),
}
LEVELS = ("lad24", "msoa21", "lsoa21")
HEAD = """# Performance

Written by `make bench` (`python -m benchmarks`); do not edit it by hand. All figures
are of one run on one machine. The bars are promises of the project; where one is not
met, this page says so.
"""
METHOD = """## How it was measured

- Real data, the real dashboard, headless Chromium, no network but the server's own
  address. Server and browser share the machine.
- A time starts at the press of the pointer, caught by the browser, and ends two
  animation frames after the thing is drawn: the first of them still belongs to the
  frame that draws it. All times come from the browser's clock.
- A switch is a choice in a list. It is counted after one round in which every choice
  was made once; the first times are given beside it.
- Bytes are counted by a relay below HTTP and the websocket, both ways, after
  compression. "Decompressed" is what the websocket's messages hold.
- Cold server: a new process each time, from the moment before it is started; the
  browser is open already, and the system has the files in its cache. A further visitor
  has an empty cache; a returning one a profile on disk that has been there three times.
- Memory is the resident size of the server's process, with real visitors connected in
  Chromium, some seconds after the last of them did something.
- The 95th percentile is by nearest rank; below 20 repetitions it is the largest value.
- The cost by number of areas is that of the map's own script alone, without server or
  network: another view of the same areas, until it says that it is painted. The
  synthetic areas are LSOAs cut into upright strips by the benchmark.
- kB and MB are decimal.
"""
NAIVE = """The naive ways are small apps in `benchmarks/naive/`. They show the same
outlines, figures and classes of the same 3,574 LSOAs from Streamlit's cache, and
Leaflet comes from this machine, so only the way of drawing differs. Websocket
compression is off for them, as it is in Streamlit unless somebody turns it on: here it
would cost them time and save nothing. folium counts as painted when its shapes have the
new colours; pydeck when the pixels of a frame, read back from the canvas, have them.
"""


@dataclass(frozen=True)
class Report:
    """All that one run found.

    Attributes
    ----------
    measures, skipped : in the order of the run
    machine, versions : names and what they are
    load_before, load_after : how busy the machine was with other work
    minutes : how long the run took
    """

    measures: Sequence[Measure]
    skipped: Sequence[Skipped]
    machine: dict[str, str]
    versions: dict[str, str]
    load_before: str
    load_after: str
    minutes: float

    def find(self, name: str) -> Measure | None:
        """Return the measure with this id, if it was taken."""
        return next((m for m in self.measures if m.id == name), None)

    def ratios(self) -> list[Ratio]:
        """Return how many times slower the naive ways are."""
        ours = self.find("switch_indicator")
        found = []
        for name, (what, bar) in RATIO_BARS.items():
            theirs = self.find(name)
            if ours and theirs:
                found.append(Ratio(what, theirs.median / ours.median, bar))
        return found


def to_markdown(report: Report) -> str:
    """Return docs/performance.md."""
    parts = [HEAD]
    for group, title in GROUPS.items():
        measures = [m for m in report.measures if m.group == group]
        if measures:
            parts.append(f"## {title}\n\n{_table(measures)}")
        if group == "map":
            parts += [_levels(report), _naive(report)]
    parts += [_skipped(report), METHOD, _machine(report)]
    return "\n".join(part for part in parts if part)


def to_json(report: Report) -> str:
    """Return results.json: every value of every measure, one measure a line."""
    content: dict[str, Any] = {
        "machine": report.machine,
        "versions": report.versions,
        "busy_before": report.load_before,
        "busy_after": report.load_after,
        "measures": [_record(measure) for measure in report.measures],
        "ratios": [
            {"what": r.what, "times": round(r.times, 1), "bar": r.bar, "met": r.is_met}
            for r in report.ratios()
        ],
        "skipped": [vars(item) for item in report.skipped],
    }
    parts = [f" {_compact(name)}: {_listed(part)}" for name, part in content.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _listed(part: Any) -> str:
    """Return JSON on one line, but of a list each item on its own."""
    if not (part and isinstance(part, list)):
        return _compact(part)
    return "[\n" + ",\n".join(f"  {_compact(item)}" for item in part) + "\n ]"


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def line_of(measure: Measure) -> str:
    """Return one measure as a line for the terminal."""
    ends = f"median {_number(measure.median)}, p95 {_number(measure.p95)}"
    found = f"{ends} {measure.unit}, n {len(measure.values)}"
    return f"  {measure.what}: {found}. {_verdict(measure.is_met)}".rstrip(" .–")


def _record(measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "what": measure.what,
        "unit": measure.unit,
        "median": round(measure.median, 4),
        "p95": round(measure.p95, 4),
        "n": len(measure.values),
        "bar": measure.bar,
        "bar_p95": measure.bar_p95,
        "met": measure.is_met,
        "values": [round(value, 4) for value in measure.values],
    }


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _verdict(is_met: bool | None) -> str:
    return {None: "–", True: "met", False: "**not met**"}[is_met]


def _bar(measure: Measure) -> str:
    if measure.bar is None:
        return "–"
    text = f"≤ {measure.bar:g} {measure.unit}"
    return f"{text}, p95 ≤ {measure.bar_p95:g}" if measure.bar_p95 else text


def _table(measures: Sequence[Measure]) -> str:
    lines = ["| what | median | p95 | n | bar | |", "|---|--:|--:|--:|---|---|"]
    for m in measures:
        what = f"{m.what} ({m.note})" if m.note else m.what
        median = f"{_number(m.median)} {m.unit}"
        p95 = _number(m.p95) if len(m.values) > 1 else "–"
        bar = _bar(m)
        lines.append(
            f"| {what} | {median} | {p95} | {len(m.values)} | {bar} "
            f"| {_verdict(m.is_met)} |"
        )
    return "\n".join(lines) + "\n"


def _levels(report: Report) -> str:
    lines = [
        "### What one switch costs, by level",
        "",
        "| areas | to painted | received | sent | decompressed |",
        "|---|--:|--:|--:|--:|",
    ]
    for level in LEVELS:
        names = ("cost", "wire", "sent", "payload")
        found = [report.find(f"{name}_{level}") for name in names]
        row = [m for m in found if m is not None]
        if len(row) < len(names):
            return ""
        areas = row[0].what.split(":")[0]
        cells = " | ".join(f"{_number(m.median)} {m.unit}" for m in row)
        lines.append(f"| {areas} | {cells} |")
    return "\n".join(lines) + "\n"


def _naive(report: Report) -> str:
    measures = [m for m in report.measures if m.group == "naive"]
    if not measures:
        return ""
    lines = ["| ours is faster than | times | bar | |", "|---|--:|---|---|"]
    lines += [
        f"| {r.what} | {r.times:.0f} × | ≥ {r.bar:g} × | {_verdict(r.is_met)} |"
        for r in report.ratios()
    ]
    title = "### The naive ways, in the same run"
    return "\n".join([title, "", _table(measures), *lines, "", NAIVE])


def _skipped(report: Report) -> str:
    if not report.skipped:
        return ""
    lines = [f"- {item.id}: {item.why}." for item in report.skipped]
    return "## Left out\n\n" + "\n".join(lines) + "\n"


def _machine(report: Report) -> str:
    rows = {
        **report.machine,
        "versions": ", ".join(f"{k} {v}" for k, v in report.versions.items()),
        "busy before the run": report.load_before,
        "busy after the run": report.load_after,
        "the run took": f"{report.minutes:.0f} minutes",
    }
    lines = "\n".join(f"| {name} | {text} |" for name, text in rows.items())
    return f"## Where\n\n| | |\n|---|---|\n{lines}\n"
