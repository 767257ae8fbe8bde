"""One figure closer: how the neighbourhoods inside differ, and every scale above."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_inside import Inside
from lpipgeo.area_profile import Profile
from lpipgeo.comparison_inside import find_inside_level
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import format_number, format_value, works_line
from lpipgeo.headlines import find_headlines
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.chart_view import show_spec, to_spec
from lpipgeo.ui.choices import DEFAULT_INDICATOR
from lpipgeo.ui.loaders import load_inside, load_scales
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.profile_marks import draw_spine
from lpipgeo.ui.selection import change

_KEY, _CHOSEN = "closer", "closer_chosen"
NAMED = 3  # of the lowest and of the highest
SMALLEST = "lsoa21"


def show_closer(profile: Profile, selected: str) -> None:
    """Draw the choice of an indicator, the strip of its neighbourhoods and the scales.

    Parameters
    ----------
    selected : the session's indicator; where nobody has chosen one, the first
        challenge is shown
    """
    titles = {row.indicator.id: row.indicator.title for row in profile.rows}
    if not titles:
        return
    with st.container(key="closer_part", gap="xsmall"):
        st.html("<h2 id='closer'>One figure, closer</h2>")
        st.session_state[_KEY] = _first(profile, selected, titles)
        chosen = st.selectbox(
            "Figure",
            list(titles),
            format_func=lambda indicator_id: titles[indicator_id],
            key=_KEY,
            on_change=_closer_chosen,
            width=440,
        )
        indicator = next(
            row.indicator for row in profile.rows if row.indicator.id == chosen
        )
        scales = load_scales(profile.area.code, indicator.id)
        if profile.area.level != SMALLEST:
            _show_inside(profile, indicator)
        _show_scales(profile, indicator, scales)


def _closer_chosen() -> None:
    st.session_state[_CHOSEN] = st.session_state[_KEY]
    change(indicator=st.session_state[_KEY])


def _first(profile: Profile, selected: str, titles: Mapping[str, str]) -> str:
    wanted = [st.session_state.get(_CHOSEN)]
    if selected != DEFAULT_INDICATOR:
        wanted.insert(0, selected)
    made = find_headlines(profile)
    found: list[str] = [m.indicator_id for m in made if m.kind == "challenge"]
    # Those first of which small areas have figures.
    catalogue = read_catalogue()
    wanted += [n for n in found if find_inside_level(catalogue.find(n), catalogue)]
    wanted += found
    known = [name for name in wanted if name in titles]
    return str(known[0]) if known else next(iter(titles))


def _show_inside(profile: Profile, indicator: Indicator) -> None:
    heading = "<h3>Inside this area</h3>"
    try:
        inside = load_inside(profile.area.code, indicator.id)
    except SelectionError as error:
        st.html(f"{heading}<p class='lp-quiet'>{escape(str(error))}</p>")
        return
    if inside.reason:
        st.html(f"{heading}<p class='lp-quiet'>{escape(inside.reason)}</p>")
        return
    text = escape(gap_text(inside, indicator))
    st.html(f"{heading}<p class='lp-text'>{text}</p>")
    from lpipgeo.inside_charts import INSIDE_KEY  # noqa: PLC0415  heavy

    show_spec(_inside_spec(profile.area.code, indicator.id), key="inside_chart")
    source = _source_text(indicator, inside.period)
    key = INSIDE_KEY.format(plural=LEVELS[inside.level].plural_in_text)
    quiet(f"{_ends_text(inside, indicator)} {key} {source}")


@st.cache_resource(max_entries=256, show_spinner=False)
def _inside_spec(area_code: str, indicator_id: str) -> dict[str, Any]:
    """Return the strip of the smaller areas; shared between visitors."""
    from lpipgeo.inside_charts import inside_chart  # noqa: PLC0415  heavy

    area, inside = read_areas().find(area_code), load_inside(area_code, indicator_id)
    ends = _same_period(area, inside, load_scales(area_code, indicator_id))
    indicator = read_catalogue().find(indicator_id)
    return to_spec(inside_chart(inside, indicator, *ends))


def _same_period(
    area: Area, inside: Inside, scales: pd.DataFrame
) -> tuple[tuple[str, float], tuple[str, float] | None]:
    """Return name and figure of the area (or NaN) and of the country, of one period."""
    same = scales[(scales["period"] == inside.period) & scales["value"].notna()]
    same = same[same["status"] != "inherited"]
    here = same.loc[same["area_code"] == area.code, "value"]
    own = area.name, float(here.iloc[0]) if len(here) else math.nan
    there = same.loc[same["level"] == "ctry", ["area_name", "value"]]
    country = [(str(name), float(value)) for name, value in there.to_numpy().tolist()]
    return own, country[0] if country else None


def gap_text(inside: Inside, indicator: Indicator) -> str:
    """Return how far the smaller areas lie apart, in words."""
    plural = LEVELS[inside.level].plural_in_text
    ends = (inside.tenth, inside.ninetieth, inside.quarter_low, inside.quarter_high)
    low, high, *middle = (format_value(v, indicator, inside.level) for v in ends)
    gap = format_value(inside.gap, indicator, inside.level)
    if indicator.unit == "%":
        points = format_number(inside.gap, indicator.decimals)
        gap = f"{points} percentage points"
    return (
        f"{indicator.title}, {period_label(inside.period)}: of {inside.known:,} "
        f"{plural}, one in ten has {low} or less, and one in ten {high} or more: a gap "
        f"of {gap}. The middle half lies between {' and '.join(middle)}."
    )


def _ends_text(inside: Inside, indicator: Indicator) -> str:
    def named(rows: pd.DataFrame) -> str:
        pairs = zip(rows["area_name"], rows["value"], strict=True)
        return ", ".join(
            f"{name} ({format_value(value, indicator, inside.level)})"
            for name, value in pairs
        )

    known = inside.ranked
    lowest, highest = known.head(NAMED), known.tail(NAMED).iloc[::-1]
    return f"Lowest: {named(lowest)}. Highest: {named(highest)}."


def _source_text(indicator: Indicator, period: str) -> str:
    return f"{period_label(period)}. {works_line(indicator.sources)}"


def _show_scales(profile: Profile, indicator: Indicator, scales: pd.DataFrame) -> None:
    if len(scales):
        drawn = scales_html(profile, indicator, scales)
        st.html(f"<h3>From here to the country</h3>{drawn}")
        quiet(_source_text(indicator, str(scales["period"].iloc[0])))


def scales_html(profile: Profile, indicator: Indicator, scales: pd.DataFrame) -> str:
    """Return one row per scale, its figure on one line for all, worst left; escaped."""
    rows = scales.to_dict("records")
    own_level = rows[0]["level"]
    numbers = [
        v for row in rows for v in (row["value"], row["lower_ci"], row["upper_ci"])
    ]
    known = [float(v) for v in numbers if not math.isnan(v)]
    shows_line = bool(known) and _has_line(indicator, rows)
    ends = (min(known), max(known)) if shows_line else (0.0, 0.0)
    if indicator.polarity == "lower_is_better":
        ends = ends[::-1]
    body = "".join(
        _scale_row(indicator, row, row["level"] == own_level, ends, shows_line)
        for row in rows
    )
    caption = f"{indicator.title}: {profile.area.name} and the larger areas around it"
    return (
        f"<table class='lp-scales'><caption class='lp-hidden'>{escape(caption)}"
        "</caption><thead class='lp-hidden'><tr><th scope='col'>Area</th>"
        "<th scope='col'>Figure</th><th scope='col'>On one line</th></tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _has_line(indicator: Indicator, rows: list[dict[Hashable, Any]]) -> bool:
    exact = all(indicator.is_exact(row["level"]) for row in rows)
    return exact and indicator.value_type != "count"


def _scale_row(
    indicator: Indicator,
    row: Mapping[Hashable, Any],
    is_own: bool,
    ends: tuple[float, float],
    shows_line: bool,
) -> str:
    status = row["status"]
    text = format_value(row["value"], indicator, row["level"], status)
    under = LEVELS[row["level"]].name
    if status != "published" and not math.isnan(row["value"]):
        under += f" · {STATUSES[status].label.lower()}"
    line = _line(row, ends) if shows_line and status != "inherited" else ""
    name = escape(str(row["area_name"]))
    return (
        f"<tr{' class=lp-own' if is_own else ''}><th scope='row'>{name}"
        f"<small title='{escape(row['why'], quote=True)}'>{escape(under)}</small></th>"
        f"<td>{escape(text)}</td><td>{line}</td></tr>"
    )


def _line(row: Mapping[Hashable, Any], ends: tuple[float, float]) -> str:
    left_end, right_end = ends
    if left_end == right_end or math.isnan(row["value"]):
        return ""

    def place(value: float) -> float:
        return 100 * (value - left_end) / (right_end - left_end)

    marks = {"all": [0.0, 100.0], "dot": [place(row["value"])]}
    if not (math.isnan(row["lower_ci"]) or math.isnan(row["upper_ci"])):
        marks["whisker"] = [place(row["lower_ci"]), place(row["upper_ci"])]
    return draw_spine(marks)
