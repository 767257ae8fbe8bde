"""What every answer tells a browser not to do, and who may frame our pages."""

from __future__ import annotations

import pytest

from lpipgeo.browser_files import geometry_file
from lpipgeo.errors import SettingError
from lpipgeo.security_headers import embed_origins, security_headers
from tests.asking import ask


def policy(headers):
    parts = headers["content-security-policy"].split("; ")
    return {name: set(rest) for name, *rest in map(str.split, parts)}


@pytest.mark.parametrize("path", ["/api/v1/indicators", "/geo/nothing.json", "/none"])
def test_every_answer_names_no_other_host(path):
    answer = ask(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    allowed = set().union(*policy(answer.headers).values())
    assert not [source for source in allowed if "." in source or "*" in source]
    assert policy(answer.headers)["object-src"] == {"'none'"}


def test_what_is_there_is_kept():
    answer = ask(f"/{geometry_file('lad24').address}")
    assert "immutable" in answer.headers["cache-control"]
    assert policy(answer.headers)["frame-ancestors"] == {"'self'"}


def test_named_sites_may_frame_the_pages():
    origins = embed_origins(
        {"LPIPGEO_EMBED_ORIGINS": "https://a.example http://b.example:81"}
    )
    headers = {k.lower(): v for k, v in security_headers(origins).items()}
    ancestors = policy(headers)["frame-ancestors"]
    assert ancestors == {"'self'", "https://a.example", "http://b.example:81"}
    assert "x-frame-options" not in headers


@pytest.mark.parametrize(
    "given",
    ["*", "a.example", "https://a.example/page", "https://a.example;", "'none'"],
)
def test_anything_but_a_site_is_refused_in_words(given):
    with pytest.raises(SettingError, match="not the address of a site"):
        embed_origins({"LPIPGEO_EMBED_ORIGINS": given})
