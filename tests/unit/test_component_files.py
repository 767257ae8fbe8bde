"""What browsers keep of Streamlit's components."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit_folium
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from lpipgeo.component_files import KeepComponentFiles
from tests.asking import ask

FRAME = Path(streamlit_folium.__file__).parent / "frontend" / "build"


def answer(path, status=200):
    def serve(_):
        return Response(b"", status, headers={"Cache-Control": "public"})

    app = Starlette(
        routes=[Route("/{path:path}", serve)],
        middleware=[Middleware(KeepComponentFiles)],
    )
    return ask(path, app=app).headers["cache-control"]


def test_the_script_of_the_maps_frame_is_kept_for_ever():
    (script,) = FRAME.glob("static/js/main.*.js")
    path = f"/component/streamlit_folium.st_folium/static/js/{script.name}"
    assert answer(path) == "public, max-age=31536000, immutable"
    assert answer(path, 404) == "public"


@pytest.mark.parametrize(
    "path",
    [
        "/component/streamlit_folium.st_folium/index.html",
        "/component/streamlit_folium.st_folium/static/js/main.js",
        "/api/v1/main.521860b0.js",
    ],
)
def test_names_that_stay_while_the_file_changes_are_asked_for_again(path):
    assert answer(path) == "public"
