"""Reading in advance what people ask for next: the profile of the district around.

Who looks at a neighbourhood goes on to its district. There are 30 of these, so they are
soon all read; one that is read already costs nothing. Sub-region, authority and region
are left out: four times the work, beside the page that somebody waits for (ADR 0017).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from lpipgeo.area_index import Area, read_areas
from lpipgeo.errors import LpipgeoError
from lpipgeo.ui.loaders import load_locator, load_profile, load_programmes
from lpipgeo.ui.profile_view import find_themes, held_benchmark, load_theme_table

_worker = ThreadPoolExecutor(1, thread_name_prefix="lpipgeo-read-ahead")


def read_ahead(area: Area, benchmark: str | None) -> None:
    """Read the profile of the district around an area, while that is looked at.

    What goes wrong is said to the person who opens that profile, not to this one.

    Parameters
    ----------
    benchmark : as chosen, whether or not the district has it
    """
    district = read_areas().parent(area.code, "lad24")
    if district is None or district.code == area.code:
        return
    with suppress(LpipgeoError):
        _worker.submit(_read, district, held_benchmark(district, benchmark))


def _read(area: Area, benchmark: str | None) -> None:
    load_programmes(area.code)
    load_locator(area.code)
    for theme in find_themes(load_profile(area.code, benchmark)):
        load_theme_table(area.code, benchmark, theme.id)
