"""The map as one HTML file that opens without a network, with pointing and zooming."""

from __future__ import annotations

import base64
import json
from html import escape
from typing import Any

from lpipgeo.browser_files import (
    FONT,
    STATIC,
    STYLES,
    find_file,
    script_bundle,
    static_file,
)
from lpipgeo.errors import DataMissingError
from lpipgeo.maps.views import ROOT
from lpipgeo.paths import DataFolder

CENTER = (52.45, -2.1)
# In Leaflet's own words; `map.js` sets how far one may zoom.
OPTIONS = {
    "zoom": 8,
    "preferCanvas": True,
    "zoomSnap": 0.1,
    "zoomDelta": 0.5,
    "bounceAtZoomLimits": False,
}
_ADDRESSES = ("geometry", "names", "labels", "areaLabels")


def page_html(
    view_text: str,
    title: str,
    data: DataFolder = None,
    *,
    served: bool = False,
    below: str = "",
) -> str:
    """Return a view of the map as a whole page.

    Parameters
    ----------
    view_text : JSON as `views.view_json` returns it
    title : what the map shows; written above it
    served : whether the page lies two folders below the app's root and may ask it for
        scripts and outlines; else they are all inside
    below : HTML under the map
    """
    view = json.loads(view_text)
    files, head = (
        {},
        "\n".join(
            f'<link rel="stylesheet" href="{ROOT}{static_file(name).address}">'
            for name in STYLES
        ),
    )
    script = f'<script src="{ROOT}{script_bundle().address}"></script>'
    if not served:
        files = {address: _content(address, data) for address in _addresses(view)}
        head = "\n".join(f"<style>{_style(name)}</style>" for name in STYLES)
        script = f"<script>{_inside_script(script_bundle().body.decode())}</script>"
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{head}
<style>
body {{ display: flex; flex-direction: column; height: 100vh; }}
h1 {{ font: 600 20px/1.3 "Source Sans", sans-serif; margin: 14px 18px; }}
main {{ position: relative; flex: 1; min-height: 0; }}
#map_div {{ height: 100% !important; }}
footer {{ font: 14px/1.5 "Source Sans", sans-serif; margin: 6px 18px; }}
</style>
</head>
<body>
<h1>{escape(title)}</h1>
<main><div id="map_div"></div></main>
{f"<footer>{below}</footer>" if below else ""}
{script}
<script>
window.lpipgeoFiles = {_as_json(files)};
window.map = L.map("map_div", {_as_json({"center": CENTER, **OPTIONS})});
lpipgeo.show(window.map, {_as_json(view)});
</script>
</body>
</html>
"""


def _addresses(view: dict[str, Any]) -> list[str]:
    """Return every file that a view needs, those of its second map included."""
    found = [view[name] for name in _ADDRESSES if view[name]]
    found += [item["geometry"] for item in (*view["outlines"], *view["overlays"])]
    if view["selected"] and view["selected"]["geometry"]:
        found.append(view["selected"]["geometry"])
    if view.get("circles"):
        found += [view["circles"]["points"], view["circles"]["names"]]
    if view.get("beside"):
        found += _addresses(view["beside"])
    return list(dict.fromkeys(found))


def _content(address: str, data: DataFolder) -> Any:
    file = find_file(address.removeprefix(ROOT), data)
    if file is None:  # every address of a view is served
        raise DataMissingError(f"The map's file {address} is missing.")
    return json.loads(file.body)


def _style(name: str) -> str:
    """Return a style with its font inside, and without pictures that are not used."""
    text = static_file(name).body.decode()
    font = base64.b64encode((STATIC / FONT).read_bytes()).decode()
    address = static_file(FONT).address.removeprefix("assets/")
    return text.replace(address, f"data:font/woff2;base64,{font}")


def _as_json(content: Any) -> str:
    return _inside_script(json.dumps(content, separators=(",", ":")))


def _inside_script(text: str) -> str:
    """Keep a text from ending the script that it stands in."""
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")
