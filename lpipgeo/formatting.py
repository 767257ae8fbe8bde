"""Values as people read them: number, unit, bands, classes, words for nothing there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from lpipgeo.metadata import Catalogued, Indicator, Source
from lpipgeo.statuses import STATUSES

THIN_SPACE = "\u202f"


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: "households…", but "GCSE…"."""
    first = title.split()[0].rstrip("s")
    return title if first.isupper() else title[0].lower() + title[1:]


def capital(text: str) -> str:
    """Return a text with a capital at its beginning, as it begins a line."""
    return text[:1].upper() + text[1:]


def publishers_of(records: Iterable[Catalogued]) -> str:
    """Return who published figures or places, each name once: "A; B"."""
    names = [source.publisher for record in records for source in record.sources]
    return "; ".join(dict.fromkeys(names))


def works_line(sources: Iterable[Source]) -> str:
    """Return what was taken from whom: "Source: A, its title; B, another."."""
    works = dict.fromkeys(f"{source.publisher}, {source.title}" for source in sources)
    return f"Source: {'; '.join(works)}."


def with_unit(title: str, unit: str) -> str:
    """Return a title with its unit, as it stands over a legend or along an axis."""
    return f"{title}, {unit}" if unit else title


def unit_affixes(unit: str) -> tuple[str, str]:
    """Return what stands before and after a number of this unit.

    Currency leads, the per cent sign follows after a thin space, words follow after
    a space; a bare score, or a place in an order ("1 = most deprived"), has neither; a
    score with a scale ("score 0–10") is one of its highest: "7.5 of 10".
    """
    if unit.startswith("£"):
        rest = unit.removeprefix("£").strip()
        return "£", f" {rest}" if rest else ""
    if unit.startswith("%"):
        rest = unit.removeprefix("%").strip()
        return "", f"{THIN_SPACE}%" + (f" {rest}" if rest else "")
    if unit in ("", "score", "index") or unit[0].isdigit():
        return "", ""
    if unit.startswith("score 0–"):
        return "", f" of {unit.removeprefix('score 0–')}"
    return "", f" {unit}"


def format_number(value: float, decimals: int) -> str:
    """Return a number with thousands commas and a true minus sign."""
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")
    return text.replace("-", "−")


def range_text(low: float, high: float, indicator: Indicator) -> str:
    """Return two ends, such as a margin of error: "61.8 to 62.3", without a suffix."""
    prefix, _ = unit_affixes(indicator.unit)
    ends = (prefix + format_number(end, indicator.decimals) for end in (low, high))
    return " to ".join(ends)


def format_signed(value: float, decimals: int) -> str:
    """Return a number with its sign, plus or minus; zero has none."""
    text = format_number(value, decimals)
    return text if text[0] == "−" or float(text.replace(",", "")) == 0 else f"+{text}"


def format_change(value: float, indicator: Indicator) -> str:
    """Return a change with its sign and unit, such as "+1.2 percentage points"."""
    prefix, suffix = unit_affixes(indicator.unit)
    text = format_signed(value, indicator.decimals)
    if prefix and text[0] in "+−":
        return f"{text[0]}{prefix}{text[1:]}{suffix}"
    return f"{prefix}{text}{suffix}"


def band_text(value: float, edges: Sequence[float]) -> str:
    """Return the band that holds a value: "15 to 20", or "40 or more" for the last."""
    for low, high in pairwise(edges[:-1]):
        if value < high:
            return f"{format_number(low, 0)} to {format_number(high, 0)}"
    return f"{format_number(edges[-2], 0)} or more"


def format_value(
    value: float | None, indicator: Indicator, level: str, status: str = "published"
) -> str:
    """Return a value with its unit, or the words for its absence.

    Where the publisher allows only bands at this level, the band is returned; where
    it gives classes, the name of the class.
    """
    if value is None or math.isnan(value):
        return STATUSES[status if status in STATUSES else "not_available"].label
    if indicator.class_names:
        return indicator.class_names[int(value) - 1]
    prefix, suffix = unit_affixes(indicator.unit)
    edges = indicator.bands.get(level)
    body = band_text(value, edges) if edges else None
    return f"{prefix}{body or format_number(value, indicator.decimals)}{suffix}"
