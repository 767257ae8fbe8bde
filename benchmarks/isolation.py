"""Run one benchmark in a process of its own, with a limit.

So no benchmark inherits threads or caches of another, and a browser that hangs costs
one benchmark and not the run.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

import psutil
from playwright.sync_api import Error, sync_playwright

from benchmarks.measure import Measure, Skipped
from benchmarks.plan import Plan
from lpipgeo.errors import LpipgeoError

Found = Sequence[Measure | Skipped]
Benchmark = Callable[[Plan], Found]
LIMIT_S = 240


def run_apart(name: str, benchmark: Benchmark, *, quick: bool) -> Found:
    """Return what a benchmark found; a failure comes back as `Skipped`.

    Parameters
    ----------
    benchmark : a function at the top of a module
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_work, args=(theirs, name, benchmark, quick))
    child.start()
    theirs.close()  # so that a child that dies is noticed
    try:
        if ours.poll(LIMIT_S):
            found: Found = ours.recv()
            return found
        return [Skipped(name, f"no answer within {LIMIT_S} s", has_failed=True)]
    except EOFError:
        return [Skipped(name, "its process died", has_failed=True)]
    finally:
        child.join(timeout=10)
        _end(child.pid)


def _work(answer: Connection, name: str, benchmark: Benchmark, quick: bool) -> None:
    try:
        with sync_playwright() as playwright:
            found = benchmark(Plan(playwright, quick))
            answer.send(found)  # before Playwright ends, which may hang
    except (Error, LpipgeoError, OSError, RuntimeError) as error:
        answer.send([Skipped(name, str(error).strip(), has_failed=True)])


def _end(pid: int | None) -> None:
    """End a process with all that it started, if any of it is left."""
    with contextlib.suppress(psutil.NoSuchProcess):
        top = psutil.Process(pid)
        for process in [*top.children(recursive=True), top]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
