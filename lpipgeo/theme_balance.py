"""Where the themes agree or conflict: places of an area in each, summed with weights.

Our own summary, no official statistic: for each indicator the place of an area among
those of its level, from 0 (worst) to 100 (best); of these the weighted mean in each
theme, and of the themes the weighted mean. How far ranks move under other weights is
worked out beside them, as the OECD and JRC Handbook on Constructing Composite
Indicators (2008, step 7) asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.area_index import read_areas
from lpipgeo.errors import SelectionError, join_words, shorten
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.level_figures import Values, read_level
from lpipgeo.metadata import Indicator, Theme
from lpipgeo.paths import DataFolder

MIN_PEERS = 5  # areas of a level; fewer have no place to speak of
MIN_FIGURES = 3  # of a theme, for an area to have a score in it
MAX_WEIGHT = 3
FAR = 25  # points between two themes from which on they are called far apart
DRAWS, SEED = 500, 2008
# Nine of ten drawn weights lie between half and twice an equal one.
CONCENTRATION = 5.0
MIDDLE_OF_DRAWS = (5, 95)  # in hundredths: nine of ten
METHOD = (
    "Our own summary, not an official statistic. Each figure is turned into the place "
    "of an area among those of its kind, 0 for the worst and 100 for the best; a theme "
    "is the mean of its places, the whole the mean of its themes, each with its "
    "weight. Places ignore margins of error. Beside each rank stands where it lies in "
    f"nine of ten of {DRAWS} other sets of weights, drawn at random and mostly between "
    "half and twice an equal one. What has the weight 0 keeps it."
)


@dataclass(frozen=True)
class Places:
    """Places of all areas of a level in the judged indicators of each theme.

    Attributes
    ----------
    level, codes : the areas, shape (n,)
    themes : those with indicators, each with the ids of its columns
    columns : indicator ids, shape (k,)
    values : shape (n, k), 0 to 100 with 100 the best; NaN where there is no figure
    """

    level: str
    codes: tuple[str, ...]
    themes: dict[str, tuple[str, ...]]
    columns: tuple[str, ...]
    values: Values = field(repr=False)


def read_places(level: str, *, data: DataFolder = None) -> Places:
    """Return the places of all areas of a level in the region.

    Only indicators of `Theme.overview` for which one direction is better, with exact
    figures of their own at the level that may be ranked. A place is 100 × (mid-rank −
    0.5) / number of areas, so that equal figures share one.

    Raises
    ------
    SelectionError : the level has too few areas
    """
    catalogue, figures = read_catalogue(data), read_level(level, data=data)
    codes = figures.codes[figures.in_region]
    if len(codes) < MIN_PEERS:
        raise SelectionError("There are too few areas of this kind to stand among.")
    themes: dict[str, tuple[str, ...]] = {}
    columns: list[str] = []
    values = []
    for theme in catalogue.themes.themes:
        ids = []
        for indicator in _judged(theme, catalogue, level):
            column = figures.columns.get(indicator.id)
            if column is None:
                continue
            known = column.value[figures.in_region]
            if (~np.isnan(known)).sum() >= MIN_PEERS:
                ids.append(indicator.id)
                values.append(_places(known, indicator))
        if ids:
            themes[theme.id] = tuple(ids)
            columns += ids
    table = np.column_stack(values) if values else np.empty((len(codes), 0))
    return Places(level, tuple(map(str, codes)), themes, tuple(columns), table)


def place_among_districts(code: str) -> Places:
    """Return where an area of a rare kind would stand among the region's districts.

    Parameters
    ----------
    code : such as a combined authority, of which there are too few to stand among

    Returns
    -------
    Places with this area alone; NaN where it has no figure of the districts' period
    """
    area = read_areas().find(code)
    districts, own = read_places("lad24"), read_level(area.level)
    level = read_level("lad24")
    catalogue = read_catalogue()
    row = np.full((1, len(districts.columns)), np.nan)
    for number, name in enumerate(districts.columns):
        column, here = level.columns[name], own.columns.get(name)
        at = own.rows_of([area.code])
        if here is None or here.period != column.period or not len(at):
            continue
        values = np.append(column.value[level.in_region], here.value[at[0]])
        row[0, number] = _places(values, catalogue.indicators[name])[-1]
    return Places(area.level, (area.code,), districts.themes, districts.columns, row)


def _judged(theme: Theme, catalogue: Catalogue, level: str) -> list[Indicator]:
    found = [catalogue.indicators[name] for name in theme.overview]
    return [
        i
        for i in found
        if i.is_judged
        and i.is_exact(level)
        and not i.no_rank
        and i.value_type != "count"
    ]


def _places(values: Values, indicator: Indicator) -> Values:
    turned = -values if indicator.polarity == "lower_is_better" else values
    known = ~np.isnan(turned)
    places = np.full(len(turned), np.nan)
    places[known] = (
        100 * (pd.Series(turned[known]).rank().to_numpy() - 0.5) / known.sum()
    )
    return places


def parse_weights(text: str, catalogue: Catalogue) -> dict[str, int]:
    """Return weights from a text such as "inclusive_growth:2,fuel_poverty:0".

    Those that are 1 are left out. Raises as `check_weights` does.
    """
    parts = [part.strip().partition(":") for part in text.split(",") if part.strip()]
    numbers = {str(number): number for number in range(MAX_WEIGHT + 1)}
    given = {name: numbers.get(said, said) for name, _, said in parts}
    return {name: n for name, n in check_weights(given, catalogue).items() if n != 1}


def check_weights(
    weights: Mapping[str, object], catalogue: Catalogue
) -> dict[str, int]:
    """Return weights given by name.

    Raises
    ------
    SelectionError : a name that has no weight, or a weight that is not 0 to 3
    """
    known = weighable(catalogue)
    found = {}
    for name, weight in weights.items():
        if name not in known:
            themes = [theme.id for theme in catalogue.themes.themes if theme.overview]
            raise SelectionError(
                f"{shorten(str(name))!r} has no weight. Themes have one "
                f"({join_words(themes)}), and the figures that they are made from."
            )
        is_odd = isinstance(weight, bool) or weight not in range(MAX_WEIGHT + 1)
        if is_odd or not isinstance(weight, Integral):
            raise SelectionError(
                f"{shorten(str(weight))!r} is no weight for {name}. Give a whole "
                f"number from 0 to {MAX_WEIGHT}."
            )
        found[name] = int(weight)
    return found


def write_weights(weights: Mapping[str, int]) -> str | None:
    """Return weights as `parse_weights` reads them; None where all are 1."""
    return ",".join(f"{k}:{v}" for k, v in weights.items() if v != 1) or None


def weighable(catalogue: Catalogue) -> dict[str, str]:
    """Return the names of what has a weight, by id: themes, then their indicators."""
    themes = [theme for theme in catalogue.themes.themes if theme.overview]
    found = {theme.id: theme.name for theme in themes}
    for theme in themes:
        found |= {n: catalogue.indicators[n].short_title for n in theme.overview}
    return found


def balance_themes(
    places: Places, weights: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """Return scores, ranks, and how far the ranks move under other weights.

    Parameters
    ----------
    weights : of themes and indicators, 0 to 3; 1 where not given

    Returns
    -------
    DataFrame, one row per area in order of code: area_code; per theme its score, 0 to
    100, and `<theme>_figures`, how many figures it is made from; score; rank (1 is the
    best), rank_low and rank_high (of nine of ten other sets of weights), of (areas with
    a rank). An area with fewer than three of a theme's weighted figures, or fewer than
    half of them, has no score in it; an
    area without a score in every weighted theme has no rank. Missing values are null.

    Raises
    ------
    SelectionError : all themes have the weight 0
    """
    weights = weights or {}
    if not any(weights.get(theme, 1) for theme in places.themes):
        raise SelectionError(
            f"All themes have the weight 0. Give {join_words([*places.themes], 'or')} "
            "a weight above 0."
        )
    within = np.array([weights.get(name, 1) for name in places.columns], dtype=float)
    across = np.array([weights.get(name, 1) for name in places.themes], dtype=float)
    scores, counts = _theme_scores(places, within)
    whole = _whole(scores, across)
    ranks = _ranks(whole)
    low, high = _moves(places, whole, within > 0, across > 0)
    table = pd.DataFrame({"area_code": places.codes})
    for number, theme in enumerate(places.themes):
        table[theme] = scores[:, number]
        table[f"{theme}_figures"] = counts[:, number]
    table["score"] = whole
    for name, values in (("rank", ranks), ("rank_low", low), ("rank_high", high)):
        table[name] = pd.array(np.where(np.isnan(whole), np.nan, values)).astype(
            "Int64"
        )
    table["of"] = int((~np.isnan(whole)).sum())
    return table


def _theme_scores(places: Places, weights: Values) -> tuple[Values, NDArray[np.intp]]:
    """Return the weighted mean of places per theme, (n, themes), and of how many."""
    scores, counts = [], []
    for ids in places.themes.values():
        at = [places.columns.index(name) for name in ids]
        values, weight = places.values[:, at], weights[at]
        used = ~np.isnan(values) & (weight > 0)
        count, total = used.sum(axis=1), (used * weight).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            score = np.nansum(np.where(used, values, 0) * weight, axis=1) / total
        given = int((weight > 0).sum())
        needed = max(min(MIN_FIGURES, given), (given + 1) // 2, 1)
        scores.append(np.where(count >= needed, score, np.nan))
        counts.append(count)
    return np.column_stack(scores), np.column_stack(counts)


def _whole(scores: Values, weights: Values) -> Values:
    used = weights > 0
    if not used.any():
        return np.full(len(scores), np.nan)
    whole: Values = scores[:, used] @ weights[used] / weights[used].sum()
    return whole


def _ranks(whole: Values) -> Values:
    """Return ranks, 1 the highest, equal for equal scores; NaN where there is none."""
    ranks = np.full(len(whole), np.nan)
    known = ~np.isnan(whole)
    ranks[known] = pd.Series(-whole[known]).rank(method="min")
    return ranks


def _moves(
    places: Places,
    whole: Values,
    within: NDArray[np.bool_],
    across: NDArray[np.bool_],
) -> tuple[Values, Values]:
    """Return the ranks between which nine of ten other sets of weights put an area.

    Parameters
    ----------
    whole : scores with the weights chosen; an area without one gets no range
    within, across : which indicators and themes have a weight; the others stay without
    """
    random = np.random.default_rng(SEED)
    ranked = ~np.isnan(whole)
    sizes = [len(ids) for ids in places.themes.values()]
    drawn = []
    for _ in range(DRAWS):
        parts = [random.dirichlet(np.full(size, CONCENTRATION)) for size in sizes]
        themes = random.dirichlet(np.full(len(sizes), CONCENTRATION))
        scores, _ = _theme_scores(places, np.concatenate(parts) * within)
        drawn.append(_ranks(np.where(ranked, _whole(scores, themes * across), np.nan)))
    low, high = np.full(len(ranked), np.nan), np.full(len(ranked), np.nan)
    if ranked.any():
        ends = np.percentile(
            np.array(drawn)[:, ranked], MIDDLE_OF_DRAWS, axis=0, method="nearest"
        )
        own = _ranks(whole)[ranked]
        low[ranked], high[ranked] = np.minimum(ends[0], own), np.maximum(ends[1], own)
    return low, high


def describe_balance(name: str, scores: Mapping[str, float]) -> str:
    """Return in words how the themes of an area lie to one another.

    Parameters
    ----------
    scores : per name of a theme; NaN for none
    """
    known = {theme: score for theme, score in scores.items() if not np.isnan(score)}
    if len(known) < 2:
        return f"{name} has too few figures to set its themes against each other."
    best = max(known, key=lambda theme: known[theme])
    worst = min(known, key=lambda theme: known[theme])
    if known[best] - known[worst] < FAR:
        return f"{name}: no theme is {FAR} points of 100 or more ahead of another."
    gap = known[best] - known[worst]
    behind = f"{worst[0].lower()}{worst[1:]}"
    return f"{name}: {best} is far ahead of {behind}, by {gap:.0f} points of 100."


def name_areas(table: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Return the rows of some areas with their names, in the order given."""
    index = read_areas()
    rows = table.set_index("area_code").reindex(list(codes)).reset_index()
    rows.insert(1, "area_name", [index.find(code).name for code in codes])
    return rows
