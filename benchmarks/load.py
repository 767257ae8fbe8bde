"""Many visitors at once: `python -m benchmarks.load` writes docs/reliability.md.

One process plays all visitors over the websocket (`socket_visitor`), beside the server
on the same machine. Each does in turn what people do: other indicators, levels and
areas on the map, the profile of an area and of the next, a comparison, and back; they
wait some seconds before each step. Then comes a soak: two hours of ten people, with
the waiting left out, in visits that end and begin; fifty visitors with a replica for
each core behind nginx, as docs/operations.md advises; and the loss of a replica.
`--only-visitors` and `--only-replicas` measure these alone, and put them on the page.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

import psutil
from websockets.exceptions import WebSocketException

from benchmarks.failover import find_nginx, lose_a_replica, run_nginx, seat_of
from benchmarks.load_report import (
    BAR_P95_S,
    STEPS_OF_A_VISIT,
    Memory,
    Soak,
    Stage,
    describe_replicas,
    put_replicas,
    put_visitors,
    to_markdown,
)
from benchmarks.measure import Measure
from benchmarks.servers import Server, run_server
from benchmarks.socket_visitor import (
    SEGMENTS,
    SELECT_BOX,
    TEXT,
    Visitor,
    VisitorError,
)
from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.paths import PROJECT

VISITORS = (1, 10, 25, 50)
WAIT_S = (3.0, 9.0)  # between two steps of a person; 6 in the middle
STAGE_S, ARRIVAL_S = 90, 30
SOAK_VISITORS, SOAK_HOURS = 10, 2
SOAK_STEPS = int(SOAK_HOURS * 3600 / (sum(WAIT_S) / 2) * SOAK_VISITORS)
SOAK_LIMIT_S, SAMPLES = 1200, 24
PAGE = PROJECT / "docs" / "reliability.md"
FIND = (TEXT, "Find a place")
INDICATOR = (SELECT_BOX, "Indicator")
PLANNED = (OSError, VisitorError, WebSocketException, asyncio.TimeoutError)

Step = tuple[str, float]


@dataclass
class Crowd:
    """What the visitors of a stage saw.

    Attributes
    ----------
    seconds : of each step, by what it was
    errors : what went wrong, as text
    counted_from : a step that begins earlier is not counted
    """

    counted_from: float
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    steps: int = 0
    received: int = 0


async def _visit(visitor: Visitor, chance: random.Random) -> AsyncIterator[Step]:
    """Take the steps of one visit; each gives what it was and its seconds."""
    districts = [area.code for area in read_areas().of_level("lad24")]
    areas = [area.code for area in read_areas().of_level("msoa21")]
    yield "open the map", await visitor.open("map")
    for _ in range(4):
        yield await _choose_indicator(visitor, chance)
    theme = (SEGMENTS, "Theme")
    yield await _choose(visitor, *theme, chance, "another theme")
    yield await _choose(visitor, SELECT_BOX, "Level", chance, "another level")
    found = await visitor.choose(*FIND, chance.choice(areas))
    yield "find an area on the map", found
    yield "to the profile of that area", await visitor.open("area_profile")
    for code in chance.sample(districts, 2):
        yield "another area's profile", await visitor.choose(*FIND, code)
    yield "to the comparison", await visitor.open("compare")
    figures = (SELECT_BOX, "Figures")
    yield await _choose(visitor, *figures, chance, "other figures compared")
    yield "back to the map", await visitor.open("map")
    for _ in range(3):
        yield await _choose_indicator(visitor, chance)


async def _choose_indicator(visitor: Visitor, chance: random.Random) -> Step:
    """Choose one of the open theme; those of others are listed with their theme."""
    others = tuple(f"({theme.name})" for theme in read_catalogue().themes.themes)
    options = visitor.widgets[INDICATOR].options
    own = [option for option in options if not option.endswith(others)]
    return "another indicator", await visitor.choose(*INDICATOR, chance.choice(own))


async def _choose(
    visitor: Visitor, kind: str, label: str, chance: random.Random, what: str
) -> Step:
    options = visitor.widgets[kind, label].options
    return what, await visitor.choose(kind, label, chance.choice(options))


async def _person(
    url: str,
    number: int,
    crowd: Crowd,
    until: float,
    wait: Sequence[float],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Visit again and again until the time is over.

    Some steps of the first visit are taken at once, so that not everybody goes from
    one page to the next at the same time.
    """
    chance = random.Random(number)
    hurried = chance.randrange(STEPS_OF_A_VISIT)
    while time.monotonic() < until:
        try:
            async with Visitor(url, headers or {}) as visitor:
                begun = time.monotonic()
                async for what, seconds in _visit(visitor, chance):
                    crowd.steps += 1
                    if begun >= crowd.counted_from:
                        crowd.seconds[what].append(seconds)
                    hurried -= 1
                    await asyncio.sleep(0 if hurried > 0 else chance.uniform(*wait))
                    begun = time.monotonic()
                    if begun > until:
                        break
                crowd.received += visitor.received
        except PLANNED as error:
            crowd.errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(1)


async def _stage(
    servers: Sequence[Server], visitors: int, stage_s: float, proxy: str = ""
) -> Stage:
    """Let a number of people arrive, and count what they do after that.

    Parameters
    ----------
    proxy : address of nginx before the servers; each visitor has a seat there
    """
    begin = time.monotonic()
    crowd = Crowd(begin + ARRIVAL_S)
    until = begin + ARRIVAL_S + stage_s
    processes = [psutil.Process(server.process.pid) for server in servers]

    async def arrive(number: int) -> None:
        await asyncio.sleep(number * ARRIVAL_S / visitors)
        headers = {"Cookie": await asyncio.to_thread(seat_of, proxy)} if proxy else {}
        url = proxy or servers[0].url
        await _person(url, number, crowd, until, WAIT_S, headers)

    def used() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in processes)

    async def watch() -> tuple[float, float]:
        await asyncio.sleep(ARRIVAL_S)
        before, lost = used(), _stolen()
        await asyncio.sleep(stage_s)
        cores = psutil.cpu_count() or 1
        return (used() - before) / stage_s, (_stolen() - lost) / stage_s / cores

    watching = asyncio.create_task(watch())
    await asyncio.gather(*map(arrive, range(visitors)))
    busy, stolen = await watching
    return Stage(
        visitors,
        [
            Measure(what, "load", what, "s", tuple(found), None, BAR_P95_S)
            for what, found in sorted(crowd.seconds.items())
        ],
        tuple(crowd.errors),
        sum(server.memory_mb() for server in servers),
        busy,
        stolen,
        crowd.received / max(crowd.steps, 1) / 1e3,
    )


def _stolen() -> float:
    """Return the seconds of all cores that the host gave to other machines so far."""
    return float(getattr(psutil.cpu_times(), "steal", 0.0))


async def _soak(server: Server, steps: int) -> Soak:
    """Take as many steps as two hours of ten people have, without the waiting."""
    crowd = Crowd(0.0)
    begin = time.monotonic()
    until = begin + SOAK_LIMIT_S
    memory: list[Memory] = []
    people = [
        asyncio.create_task(_person(server.url, 100 + n, crowd, until, (0.0, 0.0)))
        for n in range(SOAK_VISITORS)
    ]
    while len(memory) <= SAMPLES and time.monotonic() < until:
        if crowd.steps >= len(memory) * steps / SAMPLES:
            memory.append(Memory(crowd.steps, server.memory_mb()))
        await asyncio.sleep(0.2)
    for person in people:
        person.cancel()
    await asyncio.gather(*people, return_exceptions=True)
    return Soak(
        crowd.steps,
        steps,
        (time.monotonic() - begin) / 60,
        tuple(crowd.errors),
        memory,
    )


async def _one_after_the_other(visitors: Sequence[int], stage_s: float) -> list[Stage]:
    stages = []
    for count in visitors:
        with run_server() as server:
            warm = Crowd(0.0)  # a server that people used before
            await _person(server.url, 999, warm, time.monotonic() + 20, (0.0, 0.0))
            print(f"{count} visitors …", flush=True)
            stage = await _stage([server], count, stage_s)
            if stage.errors:
                print(server.said())
        stages.append(stage)
        for measure in stage.steps:
            print(
                f"  {measure.what}: median {measure.median:.2f}, p95 "
                f"{measure.p95:.2f} s, n {len(measure.values)}"
            )
        print(
            f"  p95 of all {stage.p95:.2f} s, errors {len(stage.errors)}, "
            f"{stage.memory_mb:.0f} MB, processor {stage.processor:.0%}, "
            f"others {stage.stolen:.0%}, {stage.kilobytes:.0f} kB a step",
            *stage.errors[:3],
            flush=True,
        )
    return stages


async def _soak_alone(steps: int) -> Soak:
    with run_server() as server:
        print(f"soak of {steps:,} steps …", flush=True)
        soak = await _soak(server, steps)
        if soak.errors:
            print(server.said())
        print(f"  {soak}", flush=True)
    return soak


def fifty_on_replicas(stage_s: float) -> Stage:
    """Let fifty people arrive at two replicas behind nginx."""
    with run_server() as first, run_server() as second:
        replicas = (first, second)

        async def warm() -> None:
            until = time.monotonic() + 20
            crowd = Crowd(0.0)
            for server in replicas:
                await _person(server.url, 999, crowd, until, (0.0, 0.0))
                until = time.monotonic() + 20

        asyncio.run(warm())
        with run_nginx(replicas) as proxy:
            return asyncio.run(_stage(replicas, VISITORS[-1], stage_s, proxy))


def main(given: Sequence[str] | None = None) -> int:
    """Run all stages and the soak; return 1 where a visitor met an error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--quick", action="store_true", help="short; writes nothing")
    parser.add_argument("--only-visitors", action="store_true")
    parser.add_argument("--only-replicas", action="store_true")
    options = parser.parse_args(given)
    quick = options.quick
    stage_s = 25 if quick else STAGE_S
    if options.only_replicas:
        said = describe_replicas(fifty_on_replicas(stage_s))
        print(said)
        if not quick:
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(put_replicas(page, said), encoding="utf-8")
        return 0
    visitors = VISITORS[::3] if quick else VISITORS
    stages = asyncio.run(_one_after_the_other(visitors, stage_s))
    if options.only_visitors:
        if not quick:
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(put_visitors(page, stages), encoding="utf-8")
        return 0
    soak = asyncio.run(_soak_alone(SOAK_STEPS // 60 if quick else SOAK_STEPS))
    replicas = describe_replicas(fifty_on_replicas(stage_s)) if find_nginx() else ""
    print(replicas)
    failover = lose_a_replica() if find_nginx() else ""
    print(failover or "nginx is not installed here: no replica was killed.")
    if quick:
        print("Nothing was written: this was not a full run.")
    else:
        page = put_replicas(to_markdown(stages, soak, failover), replicas)
        PAGE.write_text(page, encoding="utf-8")
        print(f"Written: {PAGE.relative_to(PROJECT)}")
    return 1 if soak.errors or any(stage.errors for stage in stages) else 0


if __name__ == "__main__":
    raise SystemExit(main())
