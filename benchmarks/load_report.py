"""docs/reliability.md: what many visitors at once met, and whether memory is flat."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.machine import describe_machine, describe_versions
from benchmarks.measure import Measure

BAR_P95_S = 1.0
STEPS_OF_A_VISIT = 17
HEAD = """# Reliability

Written by `python -m benchmarks.load`; do not edit it by hand. Visitors speak
Streamlit's own protocol over the websocket and take all that the server answers; they
draw nothing. A time is from the choice to the end of the last answer. Visitors and
server share the machine, and the machine its processor with others: what those took is
said. Each visitor waits 3 to 9 seconds before the next step.
"""
STAGES = "## Visitors at once"
REPLICAS = "## Fifty visitors, with a replica for each core"
SOAK = "## Two hours of ten visitors, without the waiting"
ACTIONS = """A visit: the map, four other indicators, a theme, a level, an area by its
code, its profile, two other districts' profiles, a comparison, other figures in it, and
back to the map for three more indicators. Which ones is drawn by lot, the same lot in
each run.
"""


@dataclass(frozen=True)
class Stage:
    """A number of visitors at once.

    Attributes
    ----------
    steps : the times of each kind of step
    memory_mb : resident size of the server at the end, decimal megabytes
    processor : cores that the server kept busy; 1.0 is one core
    stolen : share of this machine's time that its host gave to others
    kilobytes : sent to a visitor for one step, decompressed
    """

    visitors: int
    steps: Sequence[Measure]
    errors: tuple[str, ...]
    memory_mb: float
    processor: float
    stolen: float
    kilobytes: float

    @property
    def all_steps(self) -> Measure:
        """All times together."""
        values = tuple(itertools.chain.from_iterable(m.values for m in self.steps))
        return Measure("all", "load", "all steps", "s", values, None, BAR_P95_S)

    @property
    def p95(self) -> float:
        """The 95th percentile of all times."""
        return self.all_steps.p95


@dataclass(frozen=True)
class Memory:
    """The server's resident size, decimal megabytes, after so many steps."""

    steps: int
    megabytes: float


@dataclass(frozen=True)
class Soak:
    """As many steps as people take in two hours, without the waiting.

    Attributes
    ----------
    steps, wanted : taken, and in two hours
    """

    steps: int
    wanted: int
    minutes: float
    errors: tuple[str, ...]
    memory: Sequence[Memory]


def to_markdown(stages: Sequence[Stage], soak: Soak, failover: str) -> str:
    """Return the page; `failover` is empty where it was not tried."""
    parts = [
        HEAD,
        _visitors(stages),
        f"{SOAK}\n\n" + _soak(soak),
        "## A replica is killed\n\n" + (failover or "Not tried: no nginx here.\n"),
        "## Machine and versions\n\n" + _machine(),
    ]
    return "\n".join(parts)


def _visitors(stages: Sequence[Stage]) -> str:
    overview = f"{STAGES}\n\n{_overview(stages)}"
    return f"{overview}\n## Each kind of step\n\n{ACTIONS}\n{_by_step(stages)}"


def put_visitors(page: str, stages: Sequence[Stage]) -> str:
    """Return the page with these stages in place of those that it has."""
    before, _, rest = page.partition(STAGES)
    return f"{before}{_visitors(stages)}\n{rest[rest.index(REPLICAS) :]}"


def describe_replicas(stage: Stage) -> str:
    """Return the section on fifty visitors with two replicas behind nginx."""
    return "\n".join(
        [
            "Two replicas behind nginx with `deploy/nginx.conf`, as "
            "[operations.md](operations.md) advises; cores and memory are of both.\n",
            _overview([stage]),
            _by_step([stage]),
        ]
    )


def put_replicas(page: str, said: str) -> str:
    """Return the page with this section, in place of an older one if it has one."""
    before, _, rest = page.partition(REPLICAS)
    if rest:
        after = rest[rest.index("\n## ") + 1 :]
    else:
        at = page.index(SOAK)
        before, after = page[:at], page[at:]
    return f"{before}{REPLICAS}\n\n{said or 'Not tried: no nginx here.'}\n{after}"


def _overview(stages: Sequence[Stage]) -> str:
    rows = [
        "| visitors | steps | median | 95th percentile | bar | errors | memory of the "
        "server | for each visitor | cores busy | taken by other machines | sent for a "
        "step |",
        "|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|",
    ]
    first = stages[0]
    for stage in stages:
        every = stage.all_steps
        more = stage.visitors - first.visitors
        each = f"{(stage.memory_mb - first.memory_mb) / more:.1f} MB" if more else "–"
        met = "met" if stage.p95 < BAR_P95_S else "**not met**"
        rows.append(
            f"| {stage.visitors} | {len(every.values):,} | {every.median:.2f} s "
            f"| {stage.p95:.2f} s | under {BAR_P95_S:.0f} s: {met} "
            f"| {len(stage.errors)} | {stage.memory_mb:,.0f} MB | {each} "
            f"| {stage.processor:.2f} | {stage.stolen:.0%} | {stage.kilobytes:.0f} kB |"
        )
    said = "\n".join(f"- {error}" for s in stages for error in sorted(set(s.errors)))
    return "\n".join(rows) + "\n" + (f"\nErrors:\n\n{said}\n" if said else "")


def _by_step(stages: Sequence[Stage]) -> str:
    head = " | ".join(f"{s.visitors} visitor{'s' * (s.visitors > 1)}" for s in stages)
    rows = [f"| step | {head} |", "|---|" + "--:|" * len(stages)]
    found = [{m.what: m for m in stage.steps} for stage in stages]
    for what in sorted({what for steps in found for what in steps}):
        cells = [
            f"{s[what].median:.2f} / {s[what].p95:.2f}" if what in s else "–"
            for s in found
        ]
        rows.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n\nMedian and 95th percentile, seconds.\n"


def _soak(soak: Soak) -> str:
    rows = ["| steps taken | memory of the server |", "|--:|--:|"]
    rows += [f"| {m.steps:,} | {m.megabytes:,.0f} MB |" for m in soak.memory]
    later = [m.megabytes for m in soak.memory if m.steps >= soak.steps / 2]
    return (
        f"{soak.steps:,} steps in {soak.minutes:.0f} minutes by ten visitors who never "
        f"wait; with the waiting they take {soak.wanted:,} in two hours. "
        f"{len(soak.errors)} errors. A visit has {STEPS_OF_A_VISIT} steps, then the "
        "page is closed and another visit begins. In the second half of the steps "
        f"memory lay between {min(later):,.0f} and {max(later):,.0f} MB.\n\n"
        + "\n".join(rows)
        + "\n"
    )


def _machine() -> str:
    facts = describe_machine() | describe_versions()
    left_out = ("graphics", "Chromium", "playwright", "folium", "pydeck")
    return (
        "\n".join(f"- {k}: {v}" for k, v in facts.items() if k not in left_out) + "\n"
    )
