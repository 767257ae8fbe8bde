"""Readers: one small module per shape of source, named in each record's [build]."""

from __future__ import annotations

from lpipgeo.build.native import Reader
from lpipgeo.build.readers import (
    arts_grants,
    census,
    claimants,
    cni2023,
    constituencies,
    els,
    foe,
    fuel_poverty,
    green_space,
    iod2025,
    libraries,
    low_income_families,
    outdoor_space,
    small_area_income,
    small_areas,
    universal_credit,
)

READERS: dict[str, Reader] = {
    "arts_grants": arts_grants.read,
    "census": census.read,
    "claimants": claimants.read,
    "cni2023": cni2023.read,
    "constituencies": constituencies.read,
    "els": els.read,
    "foe_air": foe.read_air,
    "foe_epc": foe.read_epc,
    "foe_flood": foe.read_flood,
    "foe_heat": foe.read_heat,
    "foe_insulation": foe.read_insulation,
    "fuel_poverty": fuel_poverty.read,
    "green_space": green_space.read,
    "iod2025": iod2025.read,
    "libraries": libraries.read,
    "low_income_families": low_income_families.read,
    "outdoor_space": outdoor_space.read,
    "small_area_income": small_area_income.read,
    "small_areas": small_areas.read,
    "universal_credit": universal_credit.read,
}
