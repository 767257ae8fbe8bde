"""Where the pages' scripts are, and the name of it all: for navigation and links."""

from __future__ import annotations

from lpipgeo.paths import PROJECT

OVERVIEW = str(PROJECT / "pages" / "overview.py")
MAP = str(PROJECT / "pages" / "map.py")
AREA_PROFILE = str(PROJECT / "pages" / "area_profile.py")
SOURCES = str(PROJECT / "pages" / "sources_and_methods.py")
COMPARE = str(PROJECT / "pages" / "compare.py")
DATA = str(PROJECT / "pages" / "data.py")
TRENDS = str(PROJECT / "pages" / "trends.py")
HELP = str(PROJECT / "pages" / "help.py")
PRODUCT = "West Midlands places"  # the name of it all, as the frame says it
