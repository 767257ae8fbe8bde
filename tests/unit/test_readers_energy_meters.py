"""Gas and electricity by meter: medians of areas of 2011."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd

from lpipgeo.build.convert import to_areas_of_2021
from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import energy_meters
from lpipgeo.build.sources import Sources
from tests.build_factories import (
    OLD_LEFT,
    OLD_RIGHT,
    OLD_SPLIT,
    ONE,
    SIX,
    THREE,
    TWO,
    write_sources,
)
from tests.factories import make_indicator

GAS = "desnz_energy_lsoa/LSOA_GAS_2019.csv.gz"


def read_gas(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    """Read lines of: place, code, median; made in Latin-1, with a comma in numbers."""
    header = (
        "Local Authority Name,Lower Layer Super Output Area (LSOA) Code,"
        "Mean consumption (kWh per meter),Median consumption (kWh per meter)\n"
    )
    rows = []
    for line in lines:
        place, code, median = line.split(";")
        rows.append(f'{place},{code},1,"{median}"\n')
    content = gzip.compress((header + "".join(rows)).encode("latin-1"))
    sources = Sources(write_sources(folder, {GAS: content}))
    record = make_indicator(
        aggregation="none",
        value_type="median",
        multiplier=1,
        build={"reader": "energy_meters", "fuel": "GAS"},
    )
    native = energy_meters.read(record, sources, frame)
    return to_areas_of_2021(native, record, frame).set_index("area_code")


def test_gas_is_read_in_latin_1_with_commas_in_numbers(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (f"Dôme;{SIX};12,345.5", "Unallocated;Unallocated;9", "Wales;W01000001;8")
    found = read_gas(tmp_path, frame, *lines)
    assert found["value"].to_dict() == {SIX: 12_345.5}
    assert found.loc[SIX, "period"] == "2019-05-15/P1Y"


def test_gas_of_split_areas_is_inherited_and_of_merged_ones_left_open(
    tmp_path: Path, frame: Frame
) -> None:
    """A median is not averaged: merged areas get none."""
    lines = (f"A;{OLD_SPLIT};10", f"B;{OLD_LEFT};20", f"C;{OLD_RIGHT};30")
    found = read_gas(tmp_path, frame, *lines)
    assert found.loc[[ONE, TWO], "value"].to_list() == [10, 10]
    assert found.loc[[ONE, TWO], "status"].to_list() == ["inherited", "inherited"]
    assert pd.isna(found.loc[THREE, "value"])


def test_gas_of_areas_off_the_network_stays_out(tmp_path: Path, frame: Frame) -> None:
    assert SIX not in read_gas(tmp_path, frame, f"A;{OLD_SPLIT};10").index
