"""Slides: the profile of an area for a room, one theme on a screen.

A slide is a few rows of a profile. Where people guess first, its rows are revealed one
after the other, so a place among the slides is a slide and how many rows are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, isnan
from typing import Literal, NamedTuple

from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.headlines import find_headlines
from lpipgeo.metadata import Theme, Themes
from lpipgeo.outcomes import NOT_COMPARED

MAX_ROWS = 5  # that can be read from five metres
RULE = (
    "Each theme has one screen of up to five figures: one from each of its parts "
    "first. Within a part, figures that are named in short come first, then those that "
    "could be compared with the benchmark, then the others in the order of the list. "
    "Figures of larger areas are left out. “Every figure” shows them all, part by part."
)

Kind = Literal["opening", "short", "rows"]


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen.

    Attributes
    ----------
    kind : "opening", "short" (strengths and challenges) or "rows"
    title : the theme's name; "" for the opening
    part : the subtheme's name, with a number where it takes several screens; "" for a
        screen of the whole theme
    rows : of the profile, in catalogue order
    """

    kind: Kind
    title: str = ""
    part: str = ""
    rows: tuple[ProfileRow, ...] = ()


class Place(NamedTuple):
    """Which slide is shown, from 0, and how many of its rows are revealed."""

    slide: int = 0
    revealed: int = 0

    @staticmethod
    def parse(text: str) -> Place | None:
        """Return the place of a text such as "3" or "3.2"; None for another text."""
        found = re.fullmatch(r"(\d{1,3})(?:\.(\d))?", text.strip())
        if found is None or int(found[1]) == 0:
            return None
        return Place(int(found[1]) - 1, int(found[2] or 0))

    def __str__(self) -> str:
        """Return the text that `parse` reads; slides are counted from 1 there."""
        return f"{self.slide + 1}" + (f".{self.revealed}" if self.revealed else "")


def make_slides(
    profile: Profile, themes: Themes, *, every: bool = False, guess: bool = False
) -> tuple[Slide, ...]:
    """Return the slides of a profile, by `RULE`.

    Parameters
    ----------
    every : show every figure, part by part, instead of up to five of each theme
    guess : strengths and challenges come last, for they would give the answers away
    """
    make = _by_part if every else _by_theme
    rows = [slide for theme in themes.themes for slide in make(profile, theme)]
    short = Slide("short", "In short")
    middle = [*rows, short] if guess else [short, *rows]
    return (Slide("opening"), *middle)


def find_place(slides: Sequence[Slide], place: Place) -> Place:
    """Return a place that there is: the last slide for one beyond it."""
    number = min(place.slide, len(slides) - 1)
    return Place(number, min(place.revealed, len(slides[number].rows)))


def find_like(slides: Sequence[Slide], other: Slide) -> Place:
    """Return the slide of the part of another one, or else the first of its theme.

    The opening where there is neither.
    """
    looked_for = (other.kind, other.title)
    found = [n for n, s in enumerate(slides) if (s.kind, s.title) == looked_for]
    of_part = [n for n in found if slides[n].part == other.part]
    return Place(next(iter(of_part + found), 0))


def step(slides: Sequence[Slide], place: Place, by: int, *, guess: bool) -> Place:
    """Return the next place (`by` is 1) or the one before (-1).

    Where people guess first, a step reveals one row, and a new slide hides all of
    them; going back finds a slide with all its rows revealed. At either end the place
    stays.
    """
    number, revealed = place.slide, place.revealed + by
    if guess and 0 <= revealed <= len(slides[number].rows):
        return Place(number, revealed)
    number += by
    if not 0 <= number < len(slides):
        return place
    return Place(number, len(slides[number].rows) if guess and by < 0 else 0)


def _by_part(profile: Profile, theme: Theme) -> Iterator[Slide]:
    for part in theme.subthemes:
        rows = [row for row in _known(profile, theme) if _part(row) == part.id]
        screens = ceil(len(rows) / MAX_ROWS)
        if not screens:
            continue
        evenly = ceil(len(rows) / screens)
        for number in range(screens):
            some = rows[number * evenly : (number + 1) * evenly]
            which = f", {number + 1} of {screens}" if screens > 1 else ""
            yield Slide("rows", theme.name, part.name + which, tuple(some))


def _by_theme(profile: Profile, theme: Theme) -> Iterator[Slide]:
    known = [row for row in _known(profile, theme) if row.figure.status != "inherited"]
    named = {made.indicator_id for made in find_headlines(profile)}

    def weight(row: ProfileRow) -> int:
        if row.indicator.id in named:
            return 0
        return 1 if row.outcome.word != NOT_COMPARED else 2

    # Sorting is stable: equals stay in the order of the catalogue.
    parts = [
        sorted((row for row in known if _part(row) == part.id), key=weight)
        for part in theme.subthemes
    ]
    chosen: list[ProfileRow] = []
    for turn in range(max(map(len, parts), default=0)):
        firsts = [part[turn] for part in parts if len(part) > turn]
        chosen += sorted(firsts, key=weight)
    shown = {row.indicator.id for row in chosen[:MAX_ROWS]}
    if shown:
        rows = tuple(row for row in known if row.indicator.id in shown)
        yield Slide("rows", theme.name, "", rows)


def _known(profile: Profile, theme: Theme) -> list[ProfileRow]:
    """Return the rows of a theme that have a figure."""
    return [
        row
        for row in profile.rows
        if row.indicator.theme == theme.id and not isnan(row.figure.value)
    ]


def _part(row: ProfileRow) -> str:
    return row.indicator.subtheme
