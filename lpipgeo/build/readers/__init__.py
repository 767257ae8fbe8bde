"""Readers: one small module per shape of source, named in each record's [build]."""

from __future__ import annotations

from lpipgeo.build.native import Reader
from lpipgeo.build.readers import (
    bus_departures,
    census,
    claimants,
    cni2023,
    els,
    energy_meters,
    fly_tipping,
    foe,
    fuel_poverty,
    green_space,
    inside,
    iod2025,
    lad_environment,
    renewable_sites,
    small_area_income,
    universal_credit,
    vehicles,
)

READERS: dict[str, Reader] = {
    "bus_departures": bus_departures.read,
    "census": census.read,
    "claimants": claimants.read,
    "cni2023": cni2023.read,
    "els": els.read,
    "energy_meters": energy_meters.read,
    "fly_tipping": fly_tipping.read,
    "foe_air": foe.read_air,
    "foe_epc": foe.read_epc,
    "foe_flood": foe.read_flood,
    "fuel_poverty": fuel_poverty.read,
    "green_space": green_space.read,
    "inside_gap": inside.read_gap,
    "inside_share": inside.read_share,
    "iod2025": iod2025.read,
    "iod_editions": iod2025.read_editions,
    "lad_environment": lad_environment.read,
    "renewable_sites": renewable_sites.read,
    "small_area_income": small_area_income.read,
    "universal_credit": universal_credit.read,
    "vehicles": vehicles.read,
}
