"""Share: link, citation, code for other sites, QR code; only what works is offered."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lpipgeo.security_headers import EMBED_ORIGINS


def show(address):
    from lpipgeo.ui.sharing import Embed, show_ways  # noqa: PLC0415

    show_ways(address, "Title", "ONS", Embed("/embed/map", {"area": "x"}, "A map"))


def opened(address):
    """Return what stands in the box, in order, as one text and kinds of element."""
    app = AppTest.from_function(show, kwargs={"address": address}).run()
    assert not app.exception
    said = " ".join(element.proto.body for element in app.get("html"))
    return said, [element.type for element in app.main], app.code


@pytest.fixture
def nobody_may_embed(monkeypatch):
    monkeypatch.delenv(EMBED_ORIGINS, raising=False)


def test_what_works_everywhere_comes_first(monkeypatch):
    monkeypatch.setenv(EMBED_ORIGINS, "https://www.example.org")
    said, kinds, codes = opened("https://places.example.org/map?level=lad24")
    assert [kind for kind in kinds if kind in ("code", "image")] == ["code"] * 3 + [
        "image"
    ]
    assert codes[0].value == "https://places.example.org/map?level=lad24"
    assert codes[2].value.startswith('<iframe src="https://places.example.org/embed')
    assert "Allowed on: https://www.example.org." in said


@pytest.mark.usefixtures("nobody_may_embed")
def test_what_cannot_work_is_left_out_and_said():
    said, kinds, codes = opened("http://localhost:8501/map")
    assert "image" not in kinds
    assert len(codes) == 2
    assert "localhost" not in codes[1].value  # cited, it would help nobody
    assert "works on this computer only" in said
    assert "No other site may show it" in said
