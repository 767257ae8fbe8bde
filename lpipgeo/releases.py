"""What is new: the newest releases among the sources, and what was made from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lpipgeo.metadata import Indicator


@dataclass(frozen=True, slots=True)
class Release:
    """A publication from which figures were made.

    Attributes
    ----------
    published_on : the day that the publisher names
    publisher, title : as in the record of the source
    indicators : those made from it, in catalogue order
    """

    published_on: date
    publisher: str
    title: str
    indicators: tuple[Indicator, ...]


def newest_releases(indicators: Iterable[Indicator]) -> tuple[Release, ...]:
    """Return the last five releases, newest first; those without a day are left out."""
    found: dict[tuple[date, str, str], dict[str, Indicator]] = {}
    for indicator in indicators:
        for source in indicator.sources:
            if source.published_on and indicator.state == "active":
                key = (source.published_on, source.publisher, source.title)
                found.setdefault(key, {})[indicator.id] = indicator
    newest = sorted(found, reverse=True)[:5]
    return tuple(Release(*key, tuple(found[key].values())) for key in newest)
