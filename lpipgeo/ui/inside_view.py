"""Inside the compared areas: strips of their neighbourhoods, between and within."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from lpipgeo.comparison_files import inside_rows
from lpipgeo.comparison_inside import (
    InsideSet,
    describe_left_out,
    find_inside_level,
    inside_table,
)
from lpipgeo.export import to_bytes
from lpipgeo.formatting import format_number, publishers_of
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.inside_split import InsideSplit, percentages, split_inside, split_sentence
from lpipgeo.levels import LEVELS
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.comparison_view import choose_indicator
from lpipgeo.ui.loaders import load_inside_set
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.selection import change

OFFERED = 4  # other indicators, where this one has nothing inside
METHOD = (
    "The variance of the {plural}’ figures is split exactly, and each counts by its "
    "residents (Census 2021). Between the areas lies what would be left if all "
    "{plural} of an area had its average; within them, what would be left if all areas "
    "had the same average. Small areas also differ by chance, which adds to the part "
    "within."
)


def show_inside(
    selection: Selection, catalogue: Catalogue, codes: tuple[str, ...]
) -> None:
    """Draw the neighbourhoods of each area of the set, in words, chart and table."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="inside_head"):
        choose_indicator(selection, catalogue)
        download = st.container(width="content")
    found = load_inside_set(codes, selection.indicator)
    if found.reason:
        _show_none(found, catalogue)
        return
    split, subject = split_inside(found), _subject(found)
    sentence = split_sentence(split, found)
    from lpipgeo.comparison_strips import inside_strips  # noqa: PLC0415  heavy
    from lpipgeo.inside_charts import INSIDE_KEY  # noqa: PLC0415
    from lpipgeo.ui.chart_downloads import Picture, offer_files  # noqa: PLC0415

    places = {code: place for place, code in enumerate(codes)}
    chart = inside_strips(found, places)
    key, source = INSIDE_KEY.format(plural=found.plural), _source(found)
    with st.container(gap="small"):
        lead = f"<p class='lp-text'>{escape(sentence)}</p>" if sentence else ""
        st.html(f"<h2>{escape(subject)}</h2>{lead}")
        show_chart(chart, key="inside_set")
        quiet(f"{key} {source}")
        _show_table(found)
        _show_split(split, found)
    said = (sentence, key, source)
    with download:
        picture = Picture(
            "The chart",
            f"inside_{found.indicator.id}",
            chart,
            subject,
            tuple(line for line in said if line),
        )
        make_csv = partial(_csv, found)
        offer_files("inside_download", [picture], picture.stem, make_csv)


def _subject(found: InsideSet) -> str:
    when = period_label(found.period)
    level = LEVELS[found.level].in_text
    return f"{found.indicator.title}, {when}, by {level} inside each area"


def _show_none(found: InsideSet, catalogue: Catalogue) -> None:
    """Say why there is nothing inside, and offer indicators that have something."""
    indicator = found.indicator
    st.info(plain(f"{indicator.title} cannot be shown inside areas. {found.reason}"))
    if found.level:  # the indicator is not what is wanting, but the areas
        for area, reason in found.left_out:
            quiet(f"{area.name}: {reason}")
        return
    near = [one for one in catalogue.active if find_inside_level(one, catalogue)]
    near.sort(key=lambda one: one.subtheme != indicator.subtheme)
    near.sort(key=lambda one: one.theme != indicator.theme)
    quiet("Among others, these have figures of neighbourhoods or MSOAs:")
    with st.container(gap="xxsmall"):
        for one in near[:OFFERED]:
            st.button(
                plain(one.title),
                key=f"inside_{one.id}",
                type="tertiary",
                on_click=change,
                kwargs={"indicator": one.id},
            )


def _show_split(split: InsideSplit, found: InsideSet) -> None:
    """Draw how the split was made, or why there is none."""
    if split.variance is None:
        quiet(
            "How much lies between the areas and how much within them is not worked "
            f"out. {split.reason}"
        )
        return
    quiet(METHOD.format(plural=found.plural))
    with st.expander("Between and within, in numbers", key="inside_split"):
        if split.theil is None:
            quiet(
                "Theil’s T (1967) is not given: it takes figures that are all above 0 "
                "and of which twice the number is twice as much."
            )
        else:
            between, within = percentages(split.theil.share_between)
            quiet(
                "Theil’s T (1967) asks how many times larger one figure is than "
                f"another: by it, {between[0].lower()}{between[1:]} lie between the "
                f"areas, {within} within them."
            )
        st.dataframe(_split_table(split), hide_index=True, key="split_table")


def _split_table(split: InsideSplit) -> pd.DataFrame:
    """Return one row per measure, with its parts; all rounded to four digits."""
    rows = [
        {
            "Measure": name,
            "All": float(f"{measure.total:.4g}"),
            "Between": float(f"{measure.between:.4g}"),
            "Within": float(f"{measure.within:.4g}"),
            "Between, % of all": round(100 * measure.share_between, 1),
        }
        for name, measure in (("Variance", split.variance), ("Theil’s T", split.theil))
        if measure is not None
    ]
    return pd.DataFrame(rows)


def _show_table(found: InsideSet) -> None:
    """Draw what the chart shows as a table, and what is not in it."""
    unit, decimals = found.indicator.unit, found.indicator.decimals
    gap = "percentage points" if unit == "%" else unit
    exact, number = f"%.{decimals}f", st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "area_name": "Area",
        "own": number(f"Own figure, {unit}", format=exact),
        "count": LEVELS[found.level].plural,
        "tenth": number("Lowest tenth: up to", format=exact),
        "median": number("Middle", format=exact),
        "ninetieth": number("Highest tenth: from", format=exact),
        "gap": number(f"90:10 gap, {gap}", format=exact),
        "ratio": number("90:10 ratio", format="%.2f"),
        "in_tenth": number(f"In England’s {found.tenth}, %", format="%.1f"),
        "area_code": "Code",
    }
    table = inside_table(found)
    unknown = [name for name in ("ratio", "in_tenth") if table[name].isna().all()]
    st.dataframe(
        table.drop(columns=unknown),
        hide_index=True,
        column_config=columns,
        key="inside_table",
    )
    for remark in _remarks(found):
        quiet(remark)


def _remarks(found: InsideSet) -> list[str]:
    """Return sentences on what is not in the table, and how two columns are read."""
    told = [describe_left_out(found)]
    if not found.tenth:
        told.append(
            f"How many are in England’s worst tenth is not known: not all of England’s "
            f"{found.plural} are held for this figure, or too many share one value."
        )
    without = sum(len(one.inside.table) - len(one.inside.ranked) for one in found.areas)
    if without:
        number = format_number(without, 0)
        told.append(f"Without a figure of their own, and left out: {number}.")
    if "lsoa21" in found.indicator.bands and found.level != "lsoa21":
        told.append("Of neighbourhoods the publisher allows no exact figures.")
    for one in found.areas:
        if one.inside.reason:
            told.append(f"{one.area.name}: {one.inside.reason}")
    return [text for text in told if text]


def _source(found: InsideSet) -> str:
    statuses = {
        STATUSES[status].label.lower()
        for one in found.areas
        for status in one.inside.ranked["status"]
    }
    how = ", ".join(sorted(statuses))
    publishers = publishers_of([found.indicator])
    return f"{period_label(found.period)}, {how}. Sources: {publishers}."


def _csv(found: InsideSet) -> bytes:
    return to_bytes(inside_rows(found), "csv")
