"""Programmes of an area: which public programmes cover it, or places inside it."""

from __future__ import annotations

from dataclasses import dataclass

from lpipgeo.area_index import read_areas
from lpipgeo.overlay_catalogue import Overlay, read_features, read_overlays


@dataclass(frozen=True)
class Programme:
    """One programme, or flag, of an area.

    Attributes
    ----------
    overlay : the record of the programme's overlay
    places : names of what it covers, in order: the area itself, or parts of it
    covers_all : whether it covers the whole area
    """

    overlay: Overlay
    places: tuple[str, ...]
    covers_all: bool


def find_programmes(area_code: str) -> tuple[Programme, ...]:
    """Return the programmes that cover an area or places inside it.

    A programme of points, such as town centres, is found where the point lies inside
    the area: how far around the point it reaches is not known.

    Raises
    ------
    UnknownAreaError
    """
    index = read_areas()
    area = index.find(area_code)
    around = {area.code, *(parent.code for parent in index.parents(area.code))}
    found = []
    for overlay in read_overlays().values():
        if not overlay.programme:
            continue
        features = read_features(overlay.id)
        is_area = overlay.shape == "polygons"
        places, covers_all = [], False
        for name, code in features[["name", "area_code"]].itertuples(index=False):
            if code not in index.by_code:
                continue
            covers = is_area and code in around
            inside = code == area.code or any(
                parent.code == area.code for parent in index.parents(code)
            )
            if covers or inside:
                places.append(str(name))
                covers_all = covers_all or covers
        if places:
            once = tuple(dict.fromkeys(sorted(places)))
            found.append(Programme(overlay, once, covers_all))
    return tuple(found)
