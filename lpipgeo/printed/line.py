"""One line of a printed profile: an indicator in words, with its spine."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lpipgeo.area_index import read_areas
from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.formatting import range_text, unit_affixes
from lpipgeo.intervals import Figure
from lpipgeo.levels import ENGLAND, LEVELS, UNITED_KINGDOM
from lpipgeo.outcomes import NOT_COMPARED, in_short, outcome_word
from lpipgeo.paths import DataFolder
from lpipgeo.periods import period_label
from lpipgeo.printed.spine import draw_spine, say_spine
from lpipgeo.trend_lines import draw_trend_line, say_trend_line
from lpipgeo.trends import NO_CLEAR_CHANGE

NONE = "–"
# Letters that mark a status; published figures have none.
MARKS = {
    "aggregated": "w",
    "converted": "C",
    "inherited": "I",
    "modelled": "M",
    "provisional": "p",
    "not_ranked": "N",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of an area, in words.

    Attributes
    ----------
    indicator_id, title, short_title, period : of the indicator; the period in words
    value, unit : the number with signs that touch it, and the words after it
    status, mark : of the value; the mark is "" for the publisher's own figure
    origin : whose figure an inherited one is, such as "district"; else ""
    why : a sentence where it is not the publisher's own, else ""
    margin : the margin of error in words, else ""
    benchmark : the benchmark's figure, without the unit
    outcome, outcome_reason : in words; the reason why not tested, else ""
    outcome_note : the reason in a few words, else ""
    trend, trend_reason : in words; the reason why there is none, else ""
    rank : "5 of 30", or "" where ranking is not fair
    rank_range : "3 to 9", the ranks that the margins of error leave open, else ""
    spine, spine_alt : a picture (SVG) and what it shows; both "" where there is none
    trend_line, trend_line_alt : likewise, its figures through time
    """

    indicator_id: str
    title: str
    short_title: str
    period: str
    value: str
    unit: str
    status: str
    mark: str
    origin: str
    why: str
    margin: str
    benchmark: str
    outcome: str
    outcome_reason: str
    outcome_note: str
    trend: str
    trend_reason: str
    rank: str
    rank_range: str
    spine: str
    spine_alt: str
    trend_line: str
    trend_line_alt: str


def make_line(profile: Profile, row: ProfileRow, *, data: DataFolder = None) -> Line:
    """Return one row of a profile as it is printed."""
    indicator, figure = row.indicator, row.figure
    value, unit = _value(row)
    spine, trend_line = draw_spine(row), draw_trend_line(row)
    is_missing = math.isnan(figure.value)
    return Line(
        indicator_id=indicator.id,
        title=indicator.title,
        short_title=indicator.short_title,
        period=period_label(figure.period),
        value=value,
        unit=unit,
        status=figure.status,
        mark="" if is_missing else MARKS.get(figure.status, ""),
        origin=_origin(profile, row),
        why=row.why,
        margin=_margin(row),
        benchmark=_benchmark(profile, row, data),
        outcome=outcome_word(row.outcome),
        outcome_reason=row.outcome.reason,
        outcome_note=in_short(row.outcome.reason),
        trend=_trend(row),
        trend_reason=row.trend.reason,
        rank=_rank(row),
        rank_range=_rank_range(row),
        spine=spine,
        spine_alt=_spine_alt(row) if spine else "",
        trend_line=trend_line,
        trend_line_alt=say_trend_line(row) if trend_line else "",
    )


def _value(row: ProfileRow) -> tuple[str, str]:
    """Return the number as it is read, and its unit apart; words have no unit."""
    text = row.text(row.figure, row.level)
    _, suffix = unit_affixes(row.indicator.unit)
    if row.indicator.unit[0].isdigit() and not math.isnan(row.figure.value):
        return text, f"({row.indicator.unit})"  # a place in an order
    is_words = math.isnan(row.figure.value) or bool(row.indicator.class_names)
    if is_words or not suffix.strip():
        return text, ""
    if suffix.startswith(" "):
        return text.removesuffix(suffix), suffix.strip()
    # The per cent sign stays with its number: "12 %" and "of homes".
    sign, _, rest = suffix.partition(" ")
    return text.removesuffix(suffix) + sign, rest


def _origin(profile: Profile, row: ProfileRow) -> str:
    if row.figure.status != "inherited" or row.level in profile.area.levels:
        return ""
    return LEVELS[row.level].in_text


def _margin(row: ProfileRow) -> str:
    has_margin = row.figure.has_limits and row.is_exact
    return _span(row, row.figure) if has_margin else ""


def _span(row: ProfileRow, figure: Figure) -> str:
    return range_text(figure.lower, figure.upper, row.indicator)


def _benchmark(profile: Profile, row: ProfileRow, data: DataFolder) -> str:
    """Return the benchmark's figure; the UK's, by name, where England has none."""
    comparator, there = profile.comparator, row.benchmark
    if comparator is None:
        return NONE
    if comparator.codes:
        if there is None or not there.has_limits or not row.is_exact:
            return NONE
        return _span(row, there)
    before = ""
    if there is None or math.isnan(there.value):
        if comparator.code != ENGLAND:
            return NONE
        there, before = row.beside.get(UNITED_KINGDOM), "UK "
    if there is None or math.isnan(there.value):
        return NONE
    code = UNITED_KINGDOM if before else comparator.code
    level = _level_of(code, row, data)
    _, suffix = unit_affixes(row.indicator.unit)
    text = row.text(there, level)
    after = ""
    if there.period != row.figure.period:
        after = f" ({period_label(there.period)})"
    return before + text.removesuffix(suffix) + after


def _level_of(code: str, row: ProfileRow, data: DataFolder) -> str:
    """Return the level that says whether the publisher allows only bands."""
    area = read_areas(data).find(code)
    banded = [level for level in area.levels if level in row.indicator.bands]
    return (banded or [area.level])[0]


def _trend(row: ProfileRow) -> str:
    trend = row.trend
    if trend.word == NO_CLEAR_CHANGE:
        return "no clear change"
    if not trend.word:
        return NONE
    return f"{trend.word} ({trend.verdict})" if trend.verdict else trend.word


def _rank(row: ProfileRow) -> str:
    standing = row.standing
    return "" if standing.rank is None else f"{standing.rank:,} of {standing.of:,}"


def _rank_range(row: ProfileRow) -> str:
    low, high = row.standing.rank_low, row.standing.rank_high
    if low is None or high is None or low == high:
        return ""
    return f"{low:,} to {high:,}"


def _spine_alt(row: ProfileRow) -> str:
    place = say_spine(row)
    if row.outcome.word == NOT_COMPARED:
        return place
    return f"{place}; {row.outcome.word}"
