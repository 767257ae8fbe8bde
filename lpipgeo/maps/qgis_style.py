"""A QGIS style (QML) for the GeoPackage or GeoJSON of a map: the same classes.

One rule per class by the column `value`; areas without a value have an outline only,
and values that are not the area's own are hatched over their colour, by the column
`status`.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from lpipgeo.choropleth import Choropleth
from lpipgeo.palettes import rgb_of
from lpipgeo.statuses import STATUSES

VERSION = "3.34.0"
_EDGE = "255,255,255,255"
_GREY = "91,100,112,255"
_LINE = {"outline_color": _EDGE, "outline_style": "solid", "outline_width": "0.1"}
_HATCH = {"angle": "45", "color": _GREY, "distance": "2", "line_width": "0.2"}


def make_qml(choropleth: Choropleth) -> bytes:
    """Return the style of a map as QML, for the layer that its table makes."""
    root = ET.Element("qgis", version=VERSION, styleCategories="Symbology")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    rules = ET.SubElement(renderer, "rules", key="root")
    symbols = ET.SubElement(renderer, "symbols")
    parts = [
        *_class_rules(choropleth),
        ('"value" IS NULL', "No value", "SimpleFill", {**_LINE, "style": "no"}),
        *_status_rules(choropleth),
    ]
    for number, (condition, label, kind, options) in enumerate(parts):
        name = str(number)
        rule = {"key": f"rule{name}", "symbol": name, "filter": condition}
        ET.SubElement(rules, "rule", rule, label=label)
        symbol = ET.SubElement(symbols, "symbol", type="fill", name=name, alpha="1")
        layer = {"class": kind, "enabled": "1", "pass": "0", "locked": "0"}
        options_of = ET.SubElement(ET.SubElement(symbol, "layer", layer), "Option")
        options_of.set("type", "Map")
        for key, value in options.items():
            ET.SubElement(options_of, "Option", name=key, type="QString", value=value)
    head = b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    body: bytes = ET.tostring(root, encoding="utf-8")
    return head + body


def _class_rules(
    choropleth: Choropleth,
) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return condition, label, kind and options of each class, the lowest first."""
    edges = choropleth.classes.edges
    is_bands = choropleth.classes.scheme == "bands"  # these hold their lower edge
    last = len(choropleth.colours) - 1
    found = []
    for number, colour in enumerate(choropleth.colours):
        low, high = float(edges[number]), float(edges[number + 1])
        above = ">=" if is_bands or number == 0 else ">"
        below = "<" if is_bands and number < last else "<="
        condition = f'"value" {above} {low!r} AND "value" {below} {high!r}'
        rgb = ",".join(map(str, rgb_of(colour)))
        fill = {**_LINE, "color": f"{rgb},255", "style": "solid"}
        label = choropleth.class_text(number)
        found.append((condition, label, "SimpleFill", fill))
    return found


def _status_rules(
    choropleth: Choropleth,
) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return a hatch over every status whose values are not the area's own."""
    return [
        (
            f'"status" = \'{status}\' AND "value" IS NOT NULL',
            STATUSES[status].label,
            "LinePatternFill",
            _HATCH,
        )
        for status in choropleth.status_counts
        if STATUSES[status].has_value and STATUSES[status].texture != "plain"
    ]
