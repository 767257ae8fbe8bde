"""The routes beside the pages, asked as an ASGI server would ask them."""

from __future__ import annotations

import asyncio
import csv
import gzip
import io
import json
import socket
import sys

import pytest
import uvicorn

from lpipgeo.browser_files import geometry_file, script_bundle
from tests.asking import ask


@pytest.fixture(params=["geometry", "script"])
def file(request):
    shapes, script = geometry_file("lad24"), script_bundle()
    return shapes if request.param == "geometry" else script


def test_file_is_kept_for_ever(file):
    answer = ask(f"/{file.address}")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.body == file.body


def test_file_has_its_type_and_browsers_do_not_guess(file):
    answer = ask(f"/{file.address}")
    assert answer.headers["content-type"].startswith(file.content_type)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_file_is_compressed_for_those_who_accept_it(file):
    answer = ask(f"/{file.address}", accept_encoding="br, gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(answer.body) < len(file.body)
    assert gzip.decompress(answer.body) == file.body


def test_file_is_plain_for_all_others(file):
    answer = ask(f"/{file.address}", accept_encoding="identity")
    assert "content-encoding" not in answer.headers


def test_head_tells_the_size_only(file):
    answer = ask(f"/{file.address}", "HEAD")
    assert (answer.status, answer.headers["content-length"]) == (
        200,
        str(len(file.body)),
    )


@pytest.mark.parametrize(
    "path",
    [
        "/geo/nothing.json",
        "/geo/boundaries.toml",
        "/geo/..",
        "/assets/map.js",
        "/assets/..%2fdashboard.py",
    ],
)
def test_anything_else_is_not_there(path):
    answer = ask(path)
    assert (answer.status, answer.body) == (404, b"There is no such file.")
    assert "cache-control" not in answer.headers


@pytest.mark.parametrize("path", ["/geo/../dashboard.py", "/geo/", "/data/areas"])
def test_no_other_folder_can_be_reached(path):
    assert ask(path).status == 404


def test_files_cannot_be_written(file):
    assert ask(f"/{file.address}", "POST").status == 405


def test_a_row_of_a_profile_is_served_as_a_table():
    answer = ask("/files/E08000028/no_qualifications.csv")
    assert answer.headers["cache-control"] == "no-cache"  # of the figures on the page
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert "E08000028_no_qualifications.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert {row["area_code"] for row in rows} >= {"E08000028", "E12000005", "E92000001"}
    assert all(row["source"] and row["licence"] for row in rows)


@pytest.mark.parametrize(
    ("ending", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG\r\n")]
)
def test_a_row_of_a_profile_is_served_as_a_chart(ending, begins):
    answer = ask(f"/files/E08000028/healthy_life_expectancy_female.{ending}")
    assert answer.status == 200
    assert answer.body.startswith(begins)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_a_row_unfolds_to_is_served_as_plain_texts():
    answer = ask("/rows/E08000028/no_qualifications.json")
    assert answer.headers["cache-control"] == "no-cache"  # of the figures on the page
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    row = json.loads(answer.body)
    assert any(fact.startswith("Margin of error (95") for fact in row["facts"])
    assert any(fact.startswith("At the same time: ") for fact in row["facts"])
    assert all(source["terms"] for source in row["sources"])
    assert [one["text"] for one in row["links"]][:2] == ["On the map", "Table (CSV)"]
    against = ask("/rows/E08000028/no_qualifications.json?benchmark=rgn")
    files = [one["href"] for one in json.loads(against.body)["links"][1:]]
    assert all(address.endswith("?benchmark=E12000005") for address in files)


@pytest.mark.parametrize(
    "path",
    [
        "E99999999/no_car.json",
        "E08000028/nothing.json",
        "E08000028/no_car.json?benchmark=x",
    ],
)
def test_an_odd_row_is_answered_in_words(path):
    answer = ask(f"/rows/{path}")
    assert answer.status == 404
    assert json.loads(answer.body)["message"]


def test_the_map_of_where_an_area_lies_is_served():
    answer = ask("/locators/E08000028.svg")
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert b"Map of the region with Sandwell marked." in answer.body
    assert ask("/locators/E99999999.svg").status == 404
    assert ask("/locators/E92000001.svg").status == 404  # all of England: no boundary


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("E08000028/fuel_povertyy.csv", "Unknown indicator"),
        ("E99999999/fuel_poverty.csv", "Unknown area"),
        ("E08000028/fuel_poverty.exe", "A row is taken as csv, svg, png"),
        ("E08000028/fuel_poverty.csv?benchmark=moon", "Compare with a level"),
        ("E01009989/fuel_poverty.svg", "has no exact figure of its own to draw"),
        ("E08000028/<script>.csv", "Unknown indicator"),
    ],
)
def test_a_row_that_is_not_there_is_explained(path, says):
    answer = ask(f"/files/{path}")
    assert answer.status == 404
    assert says in answer.body.decode()
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop is not made for Windows")
def test_no_answer_waits_until_the_last_was_acknowledged():
    """Streamlit's socket names no protocol, so asyncio would leave Nagle's rule on."""
    nodelay = []

    class Served(asyncio.Protocol):
        def connection_made(self, transport):
            sock = transport.get_extra_info("socket")
            nodelay.append(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            transport.close()

    async def serve_one():
        with socket.socket(socket.AF_INET) as listening:
            listening.bind(("127.0.0.1", 0))
            loop = asyncio.get_running_loop()
            server = await loop.create_server(Served, sock=listening)
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            assert await reader.read() == b""
            writer.close()
            server.close()

    factory = uvicorn.Config(app=ask).get_loop_factory()
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(asyncio.wait_for(serve_one(), 20))
    assert nodelay == [1]
