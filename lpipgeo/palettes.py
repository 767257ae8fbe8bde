"""Colours of the product: theme ramps, missing values, outcomes and contrast."""

from __future__ import annotations

import math
from functools import lru_cache

from coloraide import Color

ACCENT = "#0B5A6E"
TEXT = "#1C2330"
SECONDARY_TEXT = "#5B6470"
RULE = "#E3E6EA"
DISTRICT_LINE = "#4A5360"
SUBREGION_LINE = "#1C2330"
# What a person may choose instead of a theme's own ramp.
PALETTES = {
    "theme": "Colours of the theme",
    "cividis": "Blue to yellow (for all kinds of colour vision)",
    "viridis": "Purple to yellow",
    "grey": "Greys (for printing)",
    "diverging": "Orange to blue",
}
# Compared areas, in this order: colours of Okabe and Ito, each with its own sign; the
# last three are told apart by the sign, for there are no more colours that all can see.
COMPARED = (
    ("#0072B2", "●"),
    ("#D55E00", "■"),
    ("#009E73", "▲"),
    ("#CC79A7", "◆"),
    ("#56B4E9", "▼"),
    ("#E69F00", "★"),
    ("#1C2330", "✚"),
    ("#0072B2", "○"),
    ("#D55E00", "□"),
    ("#009E73", "△"),
)
# Light to dark; published stops of viridis and cividis (matplotlib, CC0).
_STOPS = {
    "cividis": ("#FEE838", "#C3B369", "#878479", "#4F576C", "#00224E"),
    "viridis": ("#FDE725", "#5EC962", "#21918C", "#3B528B", "#440154"),
}
_GREYS = ("#F0F1F3", "#1C2330")
_ORANGE, _MIDDLE, _BLUE = "#B35806", "#F4F4F2", "#2166AC"
CHROMA_LIFT = 0.45  # of the dark end's chroma, so that greys stay grey


@lru_cache(maxsize=64)
def sequential(ramp: tuple[str, str], k: int) -> tuple[str, ...]:
    """Return k colours from light to dark with even steps of lightness.

    Parameters
    ----------
    ramp : light and dark end, as "#RRGGBB"
    k : number of classes, at least 1
    """
    steps = k if k > 1 else 3
    light, dark = (Color(end).convert("oklch") for end in ramp)
    lift = CHROMA_LIFT * dark["chroma"]
    colours = []
    for i in range(steps):
        share = i / (steps - 1)
        colour = light.mix(dark, share, space="oklch", hue="shorter")
        # Between the ends a straight line runs through grey; keep the hue alive.
        colour["chroma"] += lift * math.sin(math.pi * share)
        colours.append(_as_hex(colour))
    return tuple(colours) if k > 1 else (colours[1],)


def colours_of(
    palette: str, ramp: tuple[str, str], k: int, middle: int | None = None
) -> tuple[str, ...]:
    """Return k class colours of a palette.

    Parameters
    ----------
    palette : one of `PALETTES`
    ramp : light and dark end of the theme's own colours
    middle : number of the class around a real middle, where there is one
    """
    if palette == "diverging":
        return diverging(k, (k - 1) / 2 if middle is None else middle)
    if palette in _STOPS:
        steps = Color.interpolate(list(_STOPS[palette]), space="oklab")
        shares = [i / (k - 1) for i in range(k)] if k > 1 else [0.5]
        return tuple(_as_hex(steps(share)) for share in shares)
    return sequential(_GREYS if palette == "grey" else ramp, k)


@lru_cache(maxsize=64)
def diverging(k: int, middle: float) -> tuple[str, ...]:
    """Return k colours from orange over near-white to blue.

    Parameters
    ----------
    middle : class number that is near-white; between two classes, as 1.5, none is.
        Colours deepen equally with the distance from it, on both sides
    """
    reach = max(middle, k - 1 - middle) or 1
    found = []
    for i in range(k):
        end = Color(_ORANGE if i < middle else _BLUE)
        share = abs(i - middle) / reach
        found.append(_as_hex(Color(_MIDDLE).mix(end, share, space="oklab")))
    return tuple(found)


def rgb_of(colour: str) -> list[int]:
    """Return red, green and blue, 0 to 255, of a colour such as "#F0F1F3"."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _as_hex(colour: Color) -> str:
    return str(colour.convert("srgb").to_string(hex=True, fit=True)).upper()
