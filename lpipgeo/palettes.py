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
        hex_text = colour.convert("srgb").to_string(hex=True, fit=True)
        colours.append(hex_text.upper())
    return tuple(colours) if k > 1 else (colours[1],)
