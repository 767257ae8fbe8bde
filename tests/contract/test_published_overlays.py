"""The shipped overlays against their sources, read here in another way."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

import lpipgeo as lg


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_open_libraries_are_static_and_in_operation(sources_dir: Path) -> None:
    rows = rows_of(sources_dir / "culture/libraries_2023_wm.csv")
    is_open = [
        row["Name"]
        for row in rows
        if row["Type"] == "Static Library" and row["Operation in 2023"]
    ]

    assert sorted(lg.overlay("libraries")["name"]) == sorted(is_open)
    assert len(is_open) == 273  # as MANIFEST.csv says


def test_museums_are_those_still_open(sources_dir: Path) -> None:
    rows = rows_of(sources_dir / "culture/museums_2020_wm.csv")
    still = {row["muse_id"] for row in rows if row["closing_date"] == "Still open"}

    assert set(lg.overlay("museums")["feature_id"]) == still
    assert len(still) == 228  # as MANIFEST.csv says


def test_tonnes_of_carbon_are_turned_into_carbon_dioxide(sources_dir: Path) -> None:
    """Trap: the file says CO₂, but its values are tonnes of carbon (MANIFEST.csv).

    Rugby cement works: 757,531 tonnes of CO₂; as carbon it would be less than a third
    of what a works of its size can emit.
    """
    rows = rows_of(sources_dir / "gov_lad_environment/large_point_sources.csv")
    carbon = max(float(row["value"]) for row in rows if row["site"] == "New Rugby")
    shown = lg.overlay("large_co2_sources").set_index("name")["value"]["New Rugby"]

    assert shown.max() == pytest.approx(carbon * 44 / 12, abs=0.5)
    assert shown.max() == 757_531


def test_planned_project_beyond_the_border_is_left_out() -> None:
    """Trap: a row of the West Midlands file lies in West Northamptonshire."""
    projects = lg.overlay("renewable_energy_projects")

    assert not projects["name"].str.contains("Rainsbrook").any()
    assert set(projects["detail"]) == {"In use", "Being built", "With permission"}


def test_power_in_use_agrees_with_the_indicator() -> None:
    projects = lg.overlay("renewable_energy_projects")
    counted = (projects["detail"] == "In use") & (projects["kind"] != "Battery storage")
    region = lg.observations("renewable_capacity", areas="E12000005")

    assert projects.loc[counted, "value"].sum() == pytest.approx(
        region["value"].iloc[0], abs=0.5
    )


@pytest.mark.parametrize(
    ("overlay", "file", "table", "column"),
    [
        (
            "heritage_at_risk_sites",
            "heritage-at-risk.gpkg",
            "wm_heritage-at-risk",
            "dir",
        ),
        (
            "registered_parks_and_gardens",
            "park-and-garden.gpkg",
            "wm_park-and-garden",
            "park-and-garden",
        ),
    ],
)
def test_every_entry_of_historic_england_is_there(
    sources_dir: Path, overlay: str, file: str, table: str, column: str
) -> None:
    database = sqlite3.connect(sources_dir / "historic_england" / file)
    entries = {
        str(row[0]) for row in database.execute(f'SELECT "{column}" FROM "{table}"')
    }
    database.close()

    assert set(lg.overlay(overlay)["feature_id"]) == entries


def test_pride_in_place_neighbourhoods_are_the_announced_ones() -> None:
    """Names and MSOAs of MHCLG's list of 25 September 2025; a name has a blank before.

    The boundary shown is that of the MSOA: the record says that the funded one may
    differ (trap of MANIFEST.csv).
    """
    places = lg.overlay("pride_in_place_neighbourhoods").set_index("name")

    assert len(places) == 22
    assert places.loc["Druids Heath", "area_code"] == "E02001947"
    assert places.loc["Friar Park", "area_code"] == "E02002046"


def test_towns_fund_grants_lie_in_their_districts(sources_dir: Path) -> None:
    rows = rows_of(sources_dir / "mhclg_programmes/towns_fund_grants.csv")
    grants = lg.overlay("towns_fund_places").set_index("feature_id")
    district = lg.areas("lsoa21").set_index("area_code")["lad24"]

    assert grants["value"].sum() == sum(float(row["grant_awarded_gbp"]) for row in rows)
    for row in rows:
        assert district[grants.loc[row["code"], "area_code"]] == row["lad22cd"]


def test_left_behind_flag_is_the_publishers() -> None:
    """151 of 3,574 neighbourhoods bear the flag; all have high need by the index."""
    flagged = lg.overlay("left_behind_areas")["area_code"]
    need = lg.observations("community_needs_index", level="lsoa21")
    need = need.set_index("area_code")["value"]

    assert len(flagged) == 151
    assert need[flagged].min() > need.median()


def test_green_belt_is_about_as_large_as_mhclg_says(sources_dir: Path) -> None:
    """The outlines are generalised and of an unknown year: within a tenth of MHCLG's
    area of 2024/25, added up over the region's districts."""
    rows = rows_of(sources_dir / "gov_lad_environment/green_belt.csv")
    districts = set(lg.areas("lad24")["area_code"])
    hectares = sum(
        float(row["value"])
        for row in rows
        if row["area_code"] in districts
        and row["indicator"] == "Green Belt area"
        and row["value"] != "NA"
    )
    drawn = lg.overlay("green_belt").to_crs("EPSG:27700").area.sum() / 1e4

    assert lg.overlays().set_index("overlay_id")["period"].isna()["green_belt"]
    assert drawn == pytest.approx(hectares, rel=0.1)
