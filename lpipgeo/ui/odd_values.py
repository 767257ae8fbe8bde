"""What a page says of an odd value in its address: what it was, and what is shown.

The library answers its callers with the ids that they have to write. Who follows a
link writes none, so here everything is called what it is called on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lpipgeo.area_index import plain_code, read_areas
from lpipgeo.errors import (
    AmbiguousPeriodError,
    LpipgeoError,
    UnknownAreaError,
    UnknownIndicatorError,
    UnknownNameError,
    UnknownPeriodError,
    join_words,
    shorten,
    suggest,
)
from lpipgeo.formatting import capital
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS


def say_odd(text: str, what: str, instead: str, near: Sequence[str] = ()) -> str:
    """Return the sentences on a value that is not what it should be.

    Parameters
    ----------
    text : the value as the address has it
    what : it should have been
    instead : the sentence on what is shown
    near : names of what may have been meant
    """
    meant = f"Did you mean {join_words(near, 'or')}? " if near else ""
    return f"{shorten(text)!r} is no {what}. {meant}{instead}"


def say_odd_word(
    text: str, what: str, known: Mapping[str, str], kept: str | None = None
) -> str:
    """Return the sentences on a value that is none of a few words.

    Parameters
    ----------
    known : the words with their names
    kept : the one that holds instead, if one does
    """
    shown = known.get(kept or "")
    instead = f"Shown instead: {shown}." if shown else "It is left out."
    near = [known[word] for word in suggest(text, known)[:1]]
    return say_odd(text, what, instead, near)


def say_unknown(error: LpipgeoError, instead: str) -> str:
    """Return the sentences on a value that the library does not know."""
    if isinstance(error, UnknownAreaError):
        return _say_area(error, instead)
    if isinstance(error, UnknownIndicatorError):
        near = [read_catalogue().find(found).title for found in error.suggestions]
        return say_odd(error.name, "indicator of this dashboard", instead, near)
    if isinstance(error, AmbiguousPeriodError):
        return f"{shorten(error.name)!r} can be several periods. {instead}"
    if isinstance(error, UnknownPeriodError):
        return say_odd(error.name, "period of this indicator", instead)
    if isinstance(error, UnknownNameError):
        return say_odd(error.name, error.kind, instead)
    return f"A part of this address cannot be shown at present. {instead}"


def _say_area(error: UnknownAreaError, instead: str) -> str:
    index = read_areas()
    today = index.todays_areas(error.name)
    if today:
        return f"{plain_code(error.name)} is an old code. {capital(today)}. {instead}"
    areas = [index.by_code[code] for code in error.suggestions]
    near = [f"{area.name} ({LEVELS[area.level].in_text})" for area in areas]
    return say_odd(error.name, "code of an area", instead, near)
