"""The geography half of the build: areas, their hierarchy, and boundaries."""

from lpipgeo.build.geography.run import build_geography

__all__ = ["build_geography"]
