"""Recent trend of an area: rising, falling or no clear change over five years.

A trend is stated only where five figures, a year apart, agree on it; else the reason
is given. The idea is that of the recent trends of public health profiles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lpipgeo.intervals import Figure
from lpipgeo.metadata import Indicator
from lpipgeo.outcomes import BANDS, judgement
from lpipgeo.periods import Period
from lpipgeo.statuses import STATUSES

POINTS = 5
SIGNIFICANCE = 0.05
# The day of a yearly count may move a little: the survey of pay is taken in April.
DAYS_BETWEEN = (334, 397)
# Limits at 95 % lie this many standard errors from the value.
Z95 = 1.959963984540054
METHOD = (
    "A trend is stated over the last five yearly figures, by a weighted straight line: "
    "figures with a narrow margin of error count for more. Its slope must be clearly "
    "different from none (19 times out of 20), beside the scatter of the figures and "
    "beside their margins of error, and must keep its direction when any one of the "
    "five years is left out. Otherwise there is no clear change."
)
NO_CLEAR_CHANGE = "no_clear_change"


@dataclass(frozen=True, slots=True)
class Trend:
    """What the last years say.

    Attributes
    ----------
    word : "rising", "falling", "no_clear_change", or "" where no trend can be stated
    verdict : "better" or "worse" where polarity allows it and the figure moves; else ""
    reason : why there is no clear change, or no trend; else ""
    slope : change of the value in a year by the fitted line; NaN where there is none
    first, last : periods of the first and the last of the figures used; "" for none
    """

    word: str
    verdict: str = ""
    reason: str = ""
    slope: float = math.nan
    first: str = ""
    last: str = ""


def find_trend(indicator: Indicator, level: str, figures: Sequence[Figure]) -> Trend:
    """Return the trend of one area and indicator.

    Parameters
    ----------
    level : the level of the figures
    figures : of one area, all of its own periods, in any order

    Notes
    -----
    Weighted least squares; weights are 1 / standard error², from the limits of all five
    figures, or equal where any has none. The slope's p must be below `SIGNIFICANCE`
    with the residuals' scale and, where limits are known, with theirs.
    """
    ordered = sorted(figures, key=lambda figure: Period.parse(figure.period))
    last = ordered[-POINTS:]
    reason = _why_none(indicator, level, last)
    if reason:
        return Trend("", reason=reason)
    years = np.arange(POINTS, dtype=float)
    values = np.array([figure.value for figure in last])
    weights = _weights(last)
    slope, p = _fit(years, values, weights)
    ends = {"slope": slope, "first": last[0].period, "last": last[-1].period}
    reason = _why_unclear(years, values, weights, slope, p)
    if reason:
        return Trend(NO_CLEAR_CHANGE, reason=reason, **ends)  # type: ignore[arg-type]
    direction = "higher" if slope > 0 else "lower"
    verdict = judgement(indicator, direction)
    return Trend(
        "rising" if slope > 0 else "falling",
        verdict="" if verdict == direction else verdict,
        **ends,  # type: ignore[arg-type]
    )


def _why_none(indicator: Indicator, level: str, last: Sequence[Figure]) -> str:
    if indicator.no_trend:
        return indicator.no_trend
    if level in indicator.bands:
        return BANDS
    if indicator.frequency != "annual" or len(last) < POINTS:
        return "There are fewer than five yearly figures."
    periods = [Period.parse(figure.period) for figure in last]
    if any(period.unit == "Y" and period.count > 1 for period in periods):
        return "Each figure covers several years and shares some with the next."
    if any(math.isnan(figure.value) for figure in last):
        return "One of the last five figures is missing."
    if any(figure.status == "inherited" for figure in last):
        return STATUSES["inherited"].about
    if any(not STATUSES[figure.status].is_ranked for figure in last):
        return "One of the last five figures does not describe the people here."
    if any((p.count, p.unit) != (periods[0].count, periods[0].unit) for p in periods):
        return "The last five figures cover times of different length."
    for point in indicator.series_breaks:
        if periods[0].start < point.starts <= periods[-1].start:
            return point.why
    gaps = [(after.start - before.start).days for before, after in pairwise(periods)]
    shortest, longest = DAYS_BETWEEN
    if max(gaps) > longest:
        return "A year among the last five has no figure."
    return "" if min(gaps) >= shortest else "The figures are not a year apart."


def _weights(last: Sequence[Figure]) -> NDArray[np.float64] | None:
    """Return 1 / standard error² of each figure, or None where one is not known."""
    widths = np.array([figure.upper - figure.lower for figure in last])
    if np.isnan(widths).any() or (widths <= 0).any():
        return None
    errors: NDArray[np.float64] = widths / (2 * Z95)
    return errors**-2


def _fit(
    years: NDArray[np.float64],
    values: NDArray[np.float64],
    weights: NDArray[np.float64] | None,
) -> tuple[float, float]:
    """Return the slope per year and the larger of its p values."""
    if np.ptp(values) == 0:
        return 0.0, 1.0
    # Late: it takes a second, and few who import the library need it.
    from statsmodels.regression.linear_model import WLS  # noqa: PLC0415

    design = np.column_stack([np.ones_like(years), years])
    model = WLS(values, design, weights=1.0 if weights is None else weights)
    fitted = model.fit()
    slope = float(fitted.params[1])
    # A perfect line has no residuals to test against.
    is_perfect = np.allclose(fitted.resid, 0, atol=1e-12 * np.abs(values).max())
    p = 0.0 if is_perfect else float(fitted.pvalues[1])
    if weights is not None:
        p = max(p, float(model.fit(cov_type="fixed scale").pvalues[1]))
    return slope, p


def _why_unclear(
    years: NDArray[np.float64],
    values: NDArray[np.float64],
    weights: NDArray[np.float64] | None,
    slope: float,
    p: float,
) -> str:
    roots = None if weights is None else np.sqrt(weights)
    for left_out in range(len(years)):
        keep = np.arange(len(years)) != left_out
        part = np.polyfit(
            years[keep], values[keep], 1, w=None if roots is None else roots[keep]
        )
        if slope and np.sign(part[0]) != np.sign(slope):
            return "The direction hangs on a single year."
    if slope == 0 or p >= SIGNIFICANCE:
        return "The figures go up and down, or change too little to be sure."
    return ""
