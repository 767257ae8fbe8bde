"""The QGIS style of a map: its rules put every area in the class that the map shows."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from lpipgeo.choropleth import make_choropleth
from lpipgeo.maps.qgis_style import make_qml
from lpipgeo.styles import Style


def rules_of(choropleth):
    root = ET.fromstring(make_qml(choropleth))
    return root.findall("./renderer-v2/rules/rule"), root


def rows_of(rule, table):
    """Return which rows a rule holds for, read as pandas reads the same words."""
    words = rule.get("filter").replace('"', "").replace(" AND ", " and ")
    return table.eval(words).to_numpy() if "NULL" not in words else None


@pytest.mark.parametrize(
    ("indicator", "level", "style"),
    [
        ("no_qualifications", "lsoa21", Style()),
        ("fuel_poverty", "lsoa21", Style()),  # bands by the publisher
        ("no_qualifications", "lad24", Style("natural_breaks", 7)),
    ],
)
def test_each_area_is_in_the_class_that_the_map_shows(indicator, level, style):
    choropleth = make_choropleth(indicator, level, style=style)
    rules, root = rules_of(choropleth)
    classes = rules[: len(choropleth.colours)]
    for number, rule in enumerate(classes):
        found = rows_of(rule, choropleth.table)
        np.testing.assert_array_equal(found, choropleth.classes.class_of == number)
        assert rule.get("label") == choropleth.class_text(number)
        name = rule.get("symbol")
        colour = root.find(
            f"./renderer-v2/symbols/symbol[@name='{name}']//*[@name='color']"
        )
        parts = [int(part) for part in colour.get("value").split(",")[:3]]
        assert (
            "#{:02X}{:02X}{:02X}".format(*parts) == choropleth.colours[number].upper()
        )


def test_inherited_values_are_hatched_and_missing_ones_are_not_filled():
    choropleth = make_choropleth("gva_per_hour", "lsoa21")
    rules, root = rules_of(choropleth)
    labels = {rule.get("label"): rule for rule in rules}
    assert labels["No value"].get("filter") == '"value" IS NULL'
    hatched = labels["Inherited"]
    assert "'inherited'" in hatched.get("filter")
    name = hatched.get("symbol")
    layer = root.find(f"./renderer-v2/symbols/symbol[@name='{name}']/layer")
    assert layer.get("class") == "LinePatternFill"
