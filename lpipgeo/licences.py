"""The page DATA-LICENCES.md: who owns the data, on what terms, and how to name them.

Made from the records and the register of boundaries, so that it cannot disagree with
them. `python -m lpipgeo licences` prints it; a test holds the committed
page to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lpipgeo.boundary_sets import BoundarySet
from lpipgeo.metadata import Catalogued, Indicator
from lpipgeo.overlay_catalogue import Overlay

OGL = "Open Government Licence v3.0"
OPL = "Open Parliament Licence v3.0"

_HEAD = """\
# Data licences

The program is under the MIT licence (see LICENSE). **The data are not ours:** the
figures, names and boundaries in `data/` are made from the works listed here, and each
keeps the licence of its publisher. Whoever passes them on has to name the publishers in
the words given under "Attribution".

This page is made by `python -m lpipgeo licences` from the records in
`data/indicators/` and `data/overlays/` and from `data/boundaries/boundaries.toml`. Do
not edit it by hand.
"""

# What a licence asks of people who pass the data on, by the start of its name.
_TERMS: dict[str, str] = {
    OGL: (
        "Free to use, change and pass on, also for money, if the source is named. "
        "<https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/>"
    ),
    OPL: (
        "Free to use, change and pass on, also for money, if the source is named. "
        "<https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/>"
    ),
    "Open Database Licence": (
        "Free to use, change and pass on if the source is named. **A database made "
        "from it has to be offered under the same licence:** this holds for our tables "
        "of the indicators named below. "
        "<https://opendatacommons.org/licenses/odbl/1-0/>"
    ),
    "CC BY 4.0": (
        "Free to use, change and pass on, also for money, if the source is named and "
        "changes are said. <https://creativecommons.org/licenses/by/4.0/>"
    ),
    "open data (UK Data Service)": (
        "Published as open data; the exact words of the licence still have to be "
        "confirmed with the publisher before a public release."
    ),
}


@dataclass(frozen=True, order=True)
class Work:
    """One publisher's work, as it is listed.

    Attributes
    ----------
    licence, publisher, title, url, attribution : as in the records; `url` may be empty
    """

    licence: str
    publisher: str
    title: str
    url: str
    attribution: str


_PORTAL = "https://geoportal.statistics.gov.uk/"
_ONS_TERMS = (
    "Source: Office for National Statistics licensed under the Open Government "
    "Licence v3.0. Contains OS data © Crown copyright and database right 2025."
)
SIMILAR_DISTRICTS = Work(
    OGL,
    "ONS",
    "Clustering of local authorities and nearest neighbours (Explore Local Statistics)",
    "https://www.ons.gov.uk/explore-local-statistics/",
    "Source: Office for National Statistics licensed under the Open Government "
    "Licence v3.0.",
)
AREA_CLASSIFICATION = Work(
    OGL,
    "ONS / University of Liverpool",
    "Area classification for LSOA 2021 (from the 2021 Output Area Classification)",
    "https://www.ons.gov.uk/methodology/geography/geographicalproducts/areaclassifications",
    "Source: ONS / University of Liverpool, licensed under Open Government Licence "
    "v3.0.",
)
# Names and places in data/areas/, which have no records of their own.
_AREA_WORKS: tuple[tuple[Work, str], ...] = (
    (
        Work(
            OGL,
            "ONS Open Geography",
            "Codes, names and lookups of areas; major towns and cities (2015)",
            _PORTAL,
            _ONS_TERMS,
        ),
        "areas, parents, successors and place names in data/areas/",
    ),
    (
        Work(
            OGL,
            "Ordnance Survey",
            "Code-Point Open 2024",
            "https://osdatahub.os.uk/downloads/open/CodePointOpen",
            "Contains OS data © Crown copyright and database right 2024. Contains "
            "Royal Mail data © Royal Mail copyright and database right 2024. Contains "
            "National Statistics data © Crown copyright and database right 2024.",
        ),
        "postcodes in data/areas/ and the fit of neighbourhoods to wards",
    ),
    (
        Work(
            OPL,
            "House of Commons Library",
            "MSOA names",
            "https://houseofcommonslibrary.github.io/msoanames/",
            "Contains Parliamentary information licensed under the Open Parliament "
            "Licence v3.0.",
        ),
        "names of MSOAs and neighbourhoods in data/areas/",
    ),
    (SIMILAR_DISTRICTS, "peers and clusters of districts in data/areas/"),
    (AREA_CLASSIFICATION, "classes of neighbourhoods and their names in data/areas/"),
)


def licences_markdown(
    indicators: Mapping[str, Indicator],
    overlays: Mapping[str, Overlay],
    boundaries: Mapping[str, BoundarySet],
) -> str:
    """Return DATA-LICENCES.md: works grouped by licence, with what they are used in.

    Parameters
    ----------
    indicators, overlays : by id; withdrawn indicators are listed too
    boundaries : by level, as `read_register` gives them; may be empty
    """
    uses = _collect(indicators, overlays, boundaries)
    parts = [_HEAD]
    for licence in sorted({work.licence for work in uses}, key=_shown_order):
        parts.append(f"\n## {licence}\n")
        if terms := _terms_of(licence):
            parts.append(f"\n{terms}\n")
        works = sorted(work for work in uses if work.licence == licence)
        parts += [_section(work, uses[work]) for work in works]
    return "".join(parts)


def works_table(
    indicators: Mapping[str, Indicator],
    overlays: Mapping[str, Overlay],
    boundaries: Mapping[str, BoundarySet],
) -> pd.DataFrame:
    """Return the same works as a table, one row each, with headings as on screen."""
    uses = _collect(indicators, overlays, boundaries)
    works = sorted(uses, key=lambda work: (*_shown_order(work.licence), work))
    rows = [
        {
            "Publisher": work.publisher,
            "Work": work.title,
            "Licence": work.licence,
            "Attribution": work.attribution,
            "Used in": ", ".join(sorted(uses[work])),
            "Page": work.url or None,
        }
        for work in works
    ]
    return pd.DataFrame(rows)


def _collect(
    indicators: Mapping[str, Indicator],
    overlays: Mapping[str, Overlay],
    boundaries: Mapping[str, BoundarySet],
) -> dict[Work, set[str]]:
    uses: dict[Work, set[str]] = {}
    named: list[tuple[str, Catalogued]] = list(indicators.items())
    named += [(f"overlay: {name}", overlay) for name, overlay in overlays.items()]
    for name, record in named:
        for source in record.sources:
            work = Work(
                source.licence,
                source.publisher,
                source.title,
                source.url,
                source.attribution,
            )
            uses.setdefault(work, set()).add(name)
    for drawn in boundaries.values():
        work = Work(
            drawn.licence,
            drawn.publisher,
            drawn.source_title,
            _PORTAL if drawn.publisher == "ONS Open Geography" else "",
            drawn.attribution,
        )
        uses.setdefault(work, set()).add(f"boundaries: {drawn.level}")
    for work, use in _AREA_WORKS:
        uses.setdefault(work, set()).add(use)
    return uses


def _shown_order(licence: str) -> tuple[bool, str]:
    """Put the licence of most works first, the others by name."""
    return licence != OGL, licence


def _terms_of(licence: str) -> str:
    return next((text for name, text in _TERMS.items() if licence.startswith(name)), "")


def _section(work: Work, uses: set[str]) -> str:
    lines = [f"\n### {work.publisher}: {work.title}\n"]
    if work.url:
        lines.append(f"- Page: <{work.url}>")
    lines += [
        f"- Attribution: {work.attribution}",
        f"- Used in: {', '.join(sorted(uses))}",
    ]
    return "\n".join(lines) + "\n"
