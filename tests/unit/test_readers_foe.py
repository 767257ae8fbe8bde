"""Friends of the Earth: homes to insulate, and classes of risk from heat."""

from __future__ import annotations

from pathlib import Path

import pytest

from lpipgeo.build.england import england_percentiles
from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import foe
from lpipgeo.errors import SourceError
from lpipgeo.levels import ENGLAND
from tests.build_factories import MSOAS, make_native
from tests.factories import OF_CLASSES, WEST, make_indicator
from tests.unit.reading import read


def test_insulation_adds_up_districts_and_leaves_out_what_has_no_place(
    tmp_path: Path, frame: Frame
) -> None:
    text = "msoa21,cavity,solid,all\n"
    text += f"{MSOAS[0]},10,20,100\n{MSOAS[1]},5,5,100\n,900,900,900\nW02000001,1,1,1\n"
    file = "foe/epc-ins-recommendations-by-msoa21-April25.csv"
    build = {"numerator": ["cavity", "solid"], "denominator": "all"}
    found = read(foe.read_insulation, tmp_path, frame, {file: text.encode()}, **build)
    assert found["value"].to_dict() == {
        MSOAS[0]: 30,
        MSOAS[1]: 10,
        WEST: 20,
        ENGLAND: 20,
    }
    assert found["status"].value_counts().to_dict() == {"published": 2, "aggregated": 2}


HEAT = "foe/heat-risk-MSOA21.csv"


def test_heat_classes_are_numbered_in_the_records_order(
    tmp_path: Path, frame: Frame
) -> None:
    text = f"msoa21,heat_vuln_risk\n{MSOAS[0]},High\n{MSOAS[1]},Low\n{MSOAS[2]},\n"
    found = read(foe.read_heat, tmp_path, frame, {HEAT: text.encode()}, OF_CLASSES)
    assert found["value"].fillna(0).to_list() == [3, 1, 0]
    assert found["status"].to_list() == ["published", "published", "not_available"]


def test_heat_class_of_another_name_stops_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    text = f"msoa21,heat_vuln_risk\n{MSOAS[0]},Extreme\n"
    with pytest.raises(SourceError, match="does not name"):
        read(foe.read_heat, tmp_path, frame, {HEAT: text.encode()}, OF_CLASSES)


def test_classes_have_no_place_in_england(frame: Frame) -> None:
    record = make_indicator(**OF_CLASSES)
    native = make_native("msoa21", {f"E0200{n:04}": n % 3 + 1 for n in range(6_856)})
    assert england_percentiles(native, record, frame).empty
