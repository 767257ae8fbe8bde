"""The HTTP API: figures of all LSOAs asked for the first time, and many at once."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from benchmarks.measure import Measure
from benchmarks.plan import Plan
from benchmarks.servers import run_server
from lpipgeo.indicator_catalogue import read_catalogue

GROUP = "api"
BASE = "/api/v1/observations"
DISTRICTS = f"{BASE}?indicator=no_qualifications&level=lad24"
AT_ONCE, REQUESTS = 8, 1_000
OK = 200


def answer_requests(plan: Plan) -> list[Measure]:
    """Ask for each indicator of the LSOAs once, then for one table many times."""
    catalogue = read_catalogue()
    ids = [i for i in catalogue.indicators if "lsoa21" in catalogue.levels(i)]
    asked = ids[: plan.times(len(ids), 5)]
    with run_server() as server:
        with _connected(server.url) as first:
            _ask(first, DISTRICTS)
        time.sleep(20)  # the server reads what profiles need
        with _connected(server.url) as one:
            alone = [_ask(one, f"{BASE}?indicator={i}&level=lsoa21") for i in asked]
        many = [_ask_many(server.url) for _ in range(plan.times(3, 1))]
    return [
        Measure(
            "api_lsoa",
            GROUP,
            "one indicator of all LSOAs (JSON), asked for the first time",
            "s",
            tuple(alone),
            0.06,
            0.06,
        ),
        Measure(
            "api_many",
            GROUP,
            f"{REQUESTS:,} requests for a table of districts, {AT_ONCE} at once",
            "s",
            tuple(many),
            REQUESTS / 100,
            note="10 s are 100 requests in a second.",
        ),
    ]


def _ask_many(url: str) -> float:
    """Return the seconds that all take, from threads with a connection each."""

    def ask(count: int) -> None:
        with _connected(url) as connection:
            for _ in range(count):
                _ask(connection, DISTRICTS)

    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ask, [REQUESTS // AT_ONCE] * AT_ONCE))
    return time.perf_counter() - start


def _ask(connection: http.client.HTTPConnection, path: str) -> float:
    """Return the seconds until the whole body, compressed, is there."""
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != OK:
        raise RuntimeError(f"{path} was answered with {answer.status}")
    return time.perf_counter() - start


@contextmanager
def _connected(url: str) -> Iterator[http.client.HTTPConnection]:
    host = urlsplit(url).netloc
    with closing(http.client.HTTPConnection(host, timeout=60)) as connection:
        yield connection
