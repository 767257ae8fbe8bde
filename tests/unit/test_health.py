"""Whether the dashboard can serve, said to proxies; and logs that are about nobody."""

from __future__ import annotations

import asyncio
import json
import logging
import sys

import pytest
from starlette.applications import Starlette

from lpipgeo import health, logs, server
from lpipgeo.errors import SettingError
from lpipgeo.server import routes
from tests.asking import ask


@pytest.fixture
def state(monkeypatch):
    """A process that has just started."""
    fresh = health.Readiness()
    monkeypatch.setattr(health, "readiness", fresh)
    return fresh


def ready():
    answer = ask("/health/ready")
    return answer.status, json.loads(answer.body)["state"]


def test_it_is_alive_at_once_and_ready_once_the_first_map_is(state):
    assert ask("/health/live").status == 200
    assert ready() == (503, "starting")
    state.is_warm = True
    assert ready() == (200, "ready")


def test_data_that_cannot_be_read_are_said(state):
    state.problem = "The data file areas/areas.parquet is damaged."
    answer = ask("/health/ready")
    assert answer.status == 503
    assert json.loads(answer.body)["why"] == state.problem


def test_a_replica_listens_once_nothing_is_left_to_read(state, monkeypatch):
    monkeypatch.setenv("LPIPGEO_LISTEN", "warm")
    monkeypatch.setattr(server, "readiness", state)

    async def start():
        starting = asyncio.ensure_future(server.lifespan(None).__aenter__())
        await asyncio.sleep(0.05)
        before = starting.done()
        state.ended.set()
        await asyncio.wait_for(starting, 5)
        return before

    assert not asyncio.run(start())


def test_an_odd_wish_when_to_listen_is_explained():
    assert not health.listens_when_warm({})
    with pytest.raises(SettingError, match="at once, warm"):
        health.listens_when_warm({"LPIPGEO_LISTEN": "later"})


def test_no_proxy_keeps_the_answer(state):
    assert ask("/health/ready").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/map", "/map"),
        ("/", "/"),
        ("/api/v1/areas/E08000028/profile", "/api/v1/areas"),
        ("/api/v1", "/api/v1"),
        ("/geo/lsoa21.0123456789.json", "/geo"),
        ("/files/E08000028/no2.csv", "/files"),
        ("/rows/E08000028/fuel_poverty.json", "/rows"),
        ("/locators/E08000028.svg", "/locators"),
        ("/component/streamlit_folium.st_folium/index.html", "/component"),
        ("/_stcore/stream", "/_stcore/stream"),
        ("/embed/map/", "/embed"),
        ("/B66 4AA of Jane Doe", "other"),
        ("/.env", "other"),
    ],
)
def test_a_line_of_the_log_names_the_kind_of_route_only(path, kind):
    assert logs.name_route(path) == kind


def test_a_request_leaves_a_line_without_what_was_asked_or_by_whom(caplog):
    app = logs.RequestLog(Starlette(routes=routes()))
    with caplog.at_level(logging.INFO, logger="lpipgeo.requests"):
        asked = "/api/v1/areas?within=E08000028"
        ask(asked, app=app, user_agent="Jane's browser", cookie="who=Jane")
    line = json.loads(logs.JsonFormatter().format(caplog.records[0]))
    assert (line["route"], line["status"], line["message"]) == (
        "/api/v1/areas",
        200,
        "request",
    )
    assert set(line) == {
        *("time", "level", "logger", "message", "route", "status", "seconds", "bytes")
    }


def test_an_error_of_the_log_is_one_line():
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord("a", 40, "b", 1, "went %s", ("wrong",), None)
        record.exc_info = sys.exc_info()
    text = logs.JsonFormatter().format(record)
    assert "\n" not in text
    assert json.loads(text)["message"] == "went wrong"
    assert "ValueError" in json.loads(text)["trace"]


def test_setting_of_the_log_is_checked():
    assert logs.wants_json({logs.LOG: "json"})
    assert not logs.wants_json({})
    with pytest.raises(SettingError, match="LPIPGEO_LOG is 'xml'"):
        logs.wants_json({logs.LOG: "xml"})
