"""Reading in advance what people ask for next: the profiles of the larger areas.

Who looks at a neighbourhood goes on to its district and the region. There are few of
these, so they are soon all read; one that is read already costs nothing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from lpipgeo.area_index import Area, read_areas
from lpipgeo.errors import LpipgeoError
from lpipgeo.ui.loaders import load_locator, load_programmes
from lpipgeo.ui.profile_view import find_themes, held_benchmark, load_theme_table, read

_LEVELS = ("lad24", "subregion", "cauth", "rgn")
_worker = ThreadPoolExecutor(1, thread_name_prefix="lpipgeo-read-ahead")


def read_ahead(area: Area, benchmark: str | None) -> None:
    """Read the profiles of the larger areas around one, while it is looked at.

    What goes wrong is said to the person who opens that profile, not to this one.

    Parameters
    ----------
    benchmark : as chosen, whether or not the larger areas have it
    """
    for parent in read_areas().parents(area.code):
        if parent.in_region and parent.level in _LEVELS:
            with suppress(LpipgeoError):
                _worker.submit(_read, parent, held_benchmark(parent, benchmark))


def _read(area: Area, benchmark: str | None) -> None:
    load_programmes(area.code)
    load_locator(area.code)
    for theme in find_themes(read(area, benchmark)):
        load_theme_table(area.code, benchmark, theme.id)
