"""Odd addresses of files and of pages for other sites: no file leaks, no markup runs.

Texts in the pages' own addresses, in searches and in people's files are tried where
these are tested; the HTTP API in test_api_fuzzed.py.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lpipgeo.paths import PROJECT
from lpipgeo.ui.choices import PARAMETERS
from tests.asking import ask
from tests.example_counts import examples

MARKUP = "<img src=x onerror=alert(1)>"
SOME = settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
# Texts as people and programs send them, and pieces of good ones put together badly.
PIECES = st.sampled_from(
    [
        MARKUP,
        "</script>",
        "E08000028",
        "no2",
        ".svg",
        "..",
        "/",
        "%2e",
        "\\",
        "\0",
        "\n",
    ]
)
TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=6).map("".join))


@pytest.mark.parametrize("folder", ["geo", "assets", "files/E08000028", "api/v1/areas"])
@pytest.mark.parametrize(
    "name",
    [
        "../LICENSE",
        "..%2fLICENSE",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//LICENSE",
        "..\\LICENSE",
        "/etc/passwd",
        "%00",
        "lad24.json%00.png",
        "~root",
        "C:\\boot.ini",
    ],
)
def test_tricks_with_paths_get_no_file(folder, name):
    answer = ask(f"/{folder}/{name}")
    assert answer.status in {400, 404}
    assert b"MIT License" not in answer.body
    assert b"root:" not in answer.body
    assert str(PROJECT).encode() not in answer.body


@SOME
@given(st.sampled_from(["geo", "assets", "files/E08000028"]), TEXT)
def test_any_name_of_a_file_is_answered(folder, name):
    path = quote(name, safe="/").rstrip("/")  # Starlette sends "x/" on to "x".
    assert ask(f"/{folder}/{path}").status in {200, 404}


@SOME
@given(st.sampled_from(["map", "chart"]), st.dictionaries(TEXT, TEXT, max_size=4))
def test_any_address_to_embed_is_a_page(kind, given):
    answer = ask(f"/embed/{kind}/?{urlencode(given)}")
    assert answer.status in {200, 404}
    assert answer.body.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("kind", "name"),
    [("map", name) for name in (*PARAMETERS, "area")]
    + [("chart", name) for name in ("area", "indicator", "benchmark", "level")],
)
def test_markup_in_an_address_is_shown_and_not_obeyed(kind, name):
    query = {"area": "E08000028", "indicator": "no2", name: MARKUP}
    answer = ask(f"/embed/{kind}/?{urlencode(query)}")
    assert MARKUP.encode() not in answer.body
