"""Comparison of an area with a benchmark: better, similar, worse – or not tested.

A difference is called real only where the margins of error do not overlap. This is
stricter than a test of the difference: two figures whose margins overlap a little may
differ all the same. An area is a part of its district, region and country, which brings
the two figures closer together and so makes the comparison stricter still.

The limits of full counts express chance variation only (see `lpipgeo.intervals`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from lpipgeo.intervals import Figure
from lpipgeo.metadata import Indicator
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES

METHOD = (
    "An area is called better or worse (or higher or lower, where neither is better) "
    "only where its margin of error and that of the benchmark do not overlap. Where "
    "the benchmark has no margin of error, its figure must lie outside that of the "
    "area. Where they overlap, the two are called similar. Figures without a margin "
    "of error are not tested."
)
NOT_COMPARED = "not_compared"  # in tables and the API; people read "not tested"
NOT_TESTED = "not tested"
OUTCOMES = ("better", "similar", "worse", "higher", "lower", NOT_COMPARED)
NO_LIMITS = "No margin of error is known for this figure."
NO_PEOPLE = "The figure does not describe the people here."
NUMBER = "It is a number, not a share: larger areas have more."
NUMBER_IN_SET = "It is a number, and larger places have more of everything."
CLASSES = "The publisher gives classes and no figures."
BANDS = "The publisher allows only bands here, because figures are too rough."
TIMES = "The figures are of different times"  # the two follow
NO_FIGURE = "The benchmark has no figure"
# The same in a few words, to stand small under "not tested".
_SHORT = {
    NO_LIMITS: "no margin of error published",
    NO_PEOPLE: "not about people here",
    NUMBER: "a number, not a share",
    CLASSES: "classes, not figures",
    BANDS: "bands only",
    TIMES: "different years",
    NO_FIGURE: "nothing to compare with",
    "There is nothing to compare with": "nothing to compare with",
    "Too few of these areas": "too few areas with a figure",
    "It is the same area": "the same area",
    "The benchmark's figure": "the benchmark's figure is not ranked",
    **{status.about: status.label.lower() for status in STATUSES.values()},
    STATUSES["converted"].about: "estimate (converted)",
    STATUSES["inherited"].about: "figure of a larger area",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a comparison found.

    Attributes
    ----------
    word : one of `OUTCOMES`
    direction : "higher", "similar" or "lower", whatever the polarity; "" where not
        compared
    reason : a sentence that says why not compared; else ""
    """

    word: str
    direction: str = ""
    reason: str = ""


def in_short(reason: str) -> str:
    """Return why something was not tested, in a few words; "" where none are known."""
    starts = (word for start, word in _SHORT.items() if reason.startswith(start))
    return next(starts, "")


def outcome_word(outcome: Outcome) -> str:
    """Return an outcome as people read it: "better", "not tested"."""
    return NOT_TESTED if outcome.word == NOT_COMPARED else outcome.word


def compare(
    indicator: Indicator, level: str, here: Figure, there: Figure | None
) -> Outcome:
    """Compare an area's figure with that of a benchmark area.

    Parameters
    ----------
    level : the level of the figure here
    here, there : figures of one indicator; None where the benchmark has none

    Notes
    -----
    `METHOD` says how, in words for the page.
    """
    reason = why_not_comparable(indicator, level, here) or _why_not(here, there)
    if reason or there is None:
        return Outcome(NOT_COMPARED, reason=reason)
    low, high = there.value, there.value
    if there.has_limits:
        low, high = there.lower, there.upper
    return _judge(indicator, here, low, high)


def compare_with_middle(
    indicator: Indicator,
    level: str,
    here: Figure,
    quarter_low: float,
    quarter_high: float,
) -> Outcome:
    """Compare an area's figure with the middle half of a group of areas.

    Parameters
    ----------
    quarter_low, quarter_high : the group's lower and upper quartile; NaN where the
        group has too few figures

    Notes
    -----
    A group has no figure of its own, and means of medians or shares would be none.
    The area stands out only where its margin of error lies wholly outside the middle
    half of the group.
    """
    reason = why_not_comparable(indicator, level, here)
    if not reason and math.isnan(quarter_low):
        reason = "Too few of these areas have a figure."
    if reason:
        return Outcome(NOT_COMPARED, reason=reason)
    return _judge(indicator, here, quarter_low, quarter_high)


def why_not_comparable(indicator: Indicator, level: str, here: Figure) -> str:
    """Return why a figure cannot be compared with any other, or ""."""
    if math.isnan(here.value):
        return STATUSES[here.status].about
    if here.status in ("inherited", "converted"):
        return STATUSES[here.status].about
    if not STATUSES[here.status].is_ranked:
        return NO_PEOPLE
    if indicator.value_type == "count":
        return NUMBER
    if indicator.class_names:
        return CLASSES
    if level in indicator.bands:
        return BANDS
    return "" if here.has_limits else NO_LIMITS


def _why_not(here: Figure, there: Figure | None) -> str:
    if there is None:
        return f"{NO_FIGURE}."
    if there.area_code == here.area_code:
        return "It is the same area."
    if there.period != here.period:
        return (
            f"{TIMES}: {period_label(here.period)} here, "
            f"{period_label(there.period)} there."
        )
    if math.isnan(there.value):
        return f"{NO_FIGURE}: {STATUSES[there.status].label.lower()}."
    if not STATUSES[there.status].is_ranked:
        return f"The benchmark's figure is {STATUSES[there.status].label.lower()}."
    return ""


def _judge(indicator: Indicator, here: Figure, low: float, high: float) -> Outcome:
    if here.lower > high:
        return Outcome(judgement(indicator, "higher"), "higher")
    if here.upper < low:
        return Outcome(judgement(indicator, "lower"), "lower")
    return Outcome("similar", "similar")


def judgement(indicator: Indicator, direction: str) -> str:
    """Return "better" or "worse" for a direction, or the direction if neither is."""
    if not indicator.is_judged:
        return direction
    is_better = (direction == "higher") == (indicator.polarity == "higher_is_better")
    return "better" if is_better else "worse"
