"""One of two replicas behind nginx is killed while people look; they go on.

nginx runs with deploy/nginx.conf itself; only the places of replicas, files and the
port are put in. A visitor does what a browser does when its connection ends: connects
again with the same cookie, and asks for the page with the parameters of its address.

`python -m benchmarks.failover http://localhost:8080 'docker kill …'` does the same with
a proxy that runs already, and any command in place of the kill.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from websockets.exceptions import WebSocketException

from benchmarks.servers import HOST, Server, free_port, run_server
from benchmarks.socket_visitor import SELECT_BOX, Visitor, VisitorError
from lpipgeo.paths import PROJECT

CONFIGURATION = PROJECT / "deploy" / "nginx.conf"
VISITORS, BEFORE_S, AFTER_S = 10, 15, 25
WAIT_S = (0.5, 1.5)
OK = 200
SEAT = "lpipgeo_seat="
LOST = (OSError, WebSocketException, VisitorError, asyncio.TimeoutError)


@dataclass
class Failover:
    """What visitors and programs met.

    Attributes
    ----------
    visitors : how many people looked
    lost : how many had their page with the replica that was killed
    gaps : seconds from the loss until the page was there again, for each of them
    kept : of how many the selection was as before
    steps_after : what was chosen after the kill, without an error
    api_answers, api_errors : requests to the API over the whole time
    """

    visitors: int
    lost: int = 0
    gaps: list[float] = field(default_factory=list)
    kept: int = 0
    steps_after: int = 0
    api_answers: int = 0
    api_errors: int = 0

    def describe(self) -> str:
        """Return it as sentences."""
        gaps = (
            f" They had their page back after {statistics.median(self.gaps):.2f} s in "
            f"the middle, {max(self.gaps):.2f} s at most, {self.kept} of {self.lost} "
            "with their selection."
            if self.gaps
            else ""
        )
        return (
            f"{self.lost} of {self.visitors} visitors lost their connection.{gaps} "
            f"{self.steps_after} choices were made after that. "
            f"Of {self.api_answers + self.api_errors} requests to the API through the "
            f"proxy over the whole time, {self.api_errors} failed.\n"
        )


def find_nginx() -> str | None:
    """Return the path of nginx on this machine, if there is one."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextlib.contextmanager
def run_nginx(replicas: Sequence[Server]) -> Iterator[str]:
    """Run nginx with our configuration before replicas; yields its address."""
    nginx = find_nginx()
    if nginx is None:
        raise RuntimeError("nginx is not installed here: apt-get install nginx-light")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # its workers are another user where this is root
        text = CONFIGURATION.read_text(encoding="utf-8")
        lines = "".join(
            f"    server {HOST}:{server.port} max_fails=0;\n" for server in replicas
        )
        text = re.sub(r"(    server app\d:8501 [^\n]*\n)+", lines, text)
        text = text.replace("listen 8080;", f"listen {HOST}:{port};")
        text = text.replace("/dev/stdout", f"{folder}/access.log")
        text = text.replace("/dev/stderr", f"{folder}/error.log")
        text = text.replace("/var/cache/nginx", folder)
        own = Path(folder) / "nginx.conf"
        own.write_text(f"pid {folder}/nginx.pid;\ndaemon off;\n{text}")
        process = subprocess.Popen([nginx, "-p", folder, "-c", own])
        try:
            _wait(f"http://{HOST}:{port}/health/ready")
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address) as answer:
            if answer.status == OK:
                return
        time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer.")


def lose_a_replica() -> str:
    """Run two replicas, kill one under load, and say what was met."""

    async def kill() -> None:
        os.killpg(first.process.pid, signal.SIGKILL)

    with run_server() as first, run_server() as second:
        for server in (first, second):
            _wait(f"{server.url}/health/ready")
        with run_nginx((first, second)) as url:
            found = asyncio.run(_strike(url, kill))
    return (
        "Two replicas behind nginx with `deploy/nginx.conf`; one was killed (SIGKILL). "
        + found.describe()
    )


async def _strike(url: str, strike: Callable[[], Awaitable[object]]) -> Failover:
    """Let people look, do something to their server, and let them look on."""
    found = Failover(VISITORS)
    struck, over = asyncio.Event(), asyncio.Event()

    async def intervene() -> None:
        await asyncio.sleep(BEFORE_S)
        struck.set()
        await strike()
        await asyncio.sleep(AFTER_S)
        over.set()

    people = [_person(url, number, found, struck, over) for number in range(VISITORS)]
    await asyncio.gather(intervene(), _program(url, found, over), *people)
    return found


async def _person(
    url: str, number: int, found: Failover, struck: asyncio.Event, over: asyncio.Event
) -> None:
    chance = random.Random(number)
    headers = {"Cookie": await asyncio.to_thread(seat_of, url)}
    query, lost_at = "", 0.0
    while not over.is_set():
        try:
            async with Visitor(url, headers) as visitor:
                await visitor.open("map", query)
                if lost_at:
                    found.gaps.append(time.monotonic() - lost_at)
                    found.kept += parse_qs(visitor.query) == parse_qs(query)
                    lost_at = 0.0
                while not over.is_set():
                    options = visitor.widgets[SELECT_BOX, "Indicator"].options
                    choice = chance.choice(options)
                    await visitor.choose(SELECT_BOX, "Indicator", choice)
                    query = visitor.query
                    found.steps_after += struck.is_set()
                    await asyncio.sleep(chance.uniform(*WAIT_S))
        except LOST:
            if not lost_at:
                found.lost += 1
                lost_at = time.monotonic()
            await asyncio.sleep(0.2)


def seat_of(url: str) -> str:
    """Return the cookie that the proxy gives a new visitor."""
    with urllib.request.urlopen(url) as answer:
        given = answer.headers.get_all("Set-Cookie") or []
        seats = [one.partition(";")[0] for one in given if one.startswith(SEAT)]
        return seats[0]


async def _program(url: str, found: Failover, over: asyncio.Event) -> None:
    """Ask the API again and again, each time for what no cache has."""
    number = 0
    while not over.is_set():
        number += 1
        try:
            await asyncio.to_thread(_ask, f"{url}/api/v1/areas?limit=5&offset={number}")
            found.api_answers += 1
        except OSError:
            found.api_errors += 1
        await asyncio.sleep(0.1)


def _ask(address: str) -> None:
    with urllib.request.urlopen(address, timeout=10) as answer:
        answer.read()


def main(given: Sequence[str] | None = None) -> int:
    """Run a command while people look through a proxy, and say what they met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.failover")
    parser.add_argument("proxy", help="address of nginx, without a slash at the end")
    parser.add_argument("command", help="what is run under load, by the shell")
    options = parser.parse_args(given)

    async def strike() -> None:
        process = await asyncio.create_subprocess_shell(options.command)
        print(f"the command ended with {await process.wait()}")

    print(asyncio.run(_strike(options.proxy, strike)).describe())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
