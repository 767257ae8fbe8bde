"""The parts of the Sources and methods page."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lpipgeo.boundary_sets import read_register
from lpipgeo.choropleth import Choropleth
from lpipgeo.coverage_matrix import coverage_matrix, periods_text
from lpipgeo.formatting import publishers_of
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.licences import works_table
from lpipgeo.maps.svg_map import svg_map
from lpipgeo.metadata import Indicator
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.paths import PROJECT
from lpipgeo.periods import day_text
from lpipgeo.styles import Style
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.corrections_view import show_corrections
from lpipgeo.ui.loaders import load_choropleth
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import MAP
from lpipgeo.ui.record_html import (
    image_html,
    items_html,
    paragraph_html,
    priority_names,
    record_html,
)
from lpipgeo.ui.selection import change

_ANY = "Any"
_POLARITY = {
    "higher_is_better": "Higher is better",
    "lower_is_better": "Lower is better",
    "no_judgement": "Neither high nor low is better",
    "unknown": "Not known",
}
_STANDING = {
    "accredited": "Accredited official statistics",
    "official": "Official statistics",
    "in_development": "Official statistics in development",
    "other": "Not official statistics",
}
_PICTURED = ("msoa21", "lad24", "utla", "pcon24", "subregion")


def show_catalogue(catalogue: Catalogue, selection: Selection) -> None:
    """Draw the filters, the indicators that fit, and the chosen one."""
    if catalogue.set_aside:
        names = ", ".join(f"**{plain(name)}**" for name in catalogue.set_aside)
        st.warning(
            f"Not shown at present, because a data file of theirs is damaged: {names}. "
            "All others are as they should be. `python -m lpipgeo check` says what is "
            "wrong."
        )
    found, words = _filter(catalogue)
    _name_overlays(words)
    if not found:
        st.info("No indicator fits. Take away a word or a filter.")
        return
    quiet(f"{len(found)} of {len(catalogue.indicators)} indicators. Choose a row.")
    picked = _pick_row(catalogue, found)
    if picked and picked != selection.indicator:
        change(indicator=picked)
    # A search alone shows its first hit, but the map stays as it was.
    ids = [indicator.id for indicator in found]
    first = selection.indicator if selection.indicator in ids else ids[0]
    show_indicator(catalogue, catalogue.find(picked or first))


def _filter(catalogue: Catalogue) -> tuple[list[Indicator], str]:
    priorities = {p.id: p.name for p in catalogue.themes.priorities}
    levels = {level: LEVELS[level].plural for level in MAPPED_LEVELS}
    text, theme, priority, level = st.columns([2, 1, 1, 1])
    words = text.text_input(
        "Search", key="sources_text", placeholder="Words in title, text or publisher"
    )
    wanted = {
        "theme": _pick(theme, "Theme", catalogue.themes.names),
        "priority": _pick(priority, "Priority", priorities),
        "level": _pick(level, "Figures for", levels),
    }
    return catalogue.search(words, **wanted), words


def _name_overlays(words: str) -> None:
    """Name the overlays that a search would have found."""
    wanted = words.casefold().split()
    titles = [
        overlay.title
        for overlay in read_overlays().values()
        if wanted and all(word in overlay.title.casefold() for word in wanted)
    ]
    if titles:
        quiet(f"Among the overlays: {', '.join(titles)}.")


def _pick(column: DeltaGenerator, label: str, names: dict[str, str]) -> str | None:
    return column.selectbox(
        label,
        [None, *names],
        format_func=lambda name: names.get(name, _ANY),
        key=f"sources_{label}",
    )


def _pick_row(catalogue: Catalogue, found: list[Indicator]) -> str | None:
    """Draw the indicators and return the one whose row was chosen, if any."""
    themes = catalogue.themes.names
    rows = [
        {
            "Indicator": indicator.title,
            "Theme": themes[indicator.theme],
            "Finest figures": LEVELS[indicator.finest_level].plural,
            "Periods": _periods(catalogue, indicator),
            "Publisher": publishers_of([indicator]),
        }
        for indicator in found
    ]
    event = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=min(320, 38 + 35 * len(rows)),
        on_select="rerun",
        selection_mode="single-row",
        key=f"sources_rows_{len(found)}",
        alt="Indicators that fit the filters",
    )
    picked = event.selection.rows
    return found[picked[0]].id if picked and picked[0] < len(found) else None


def _periods(catalogue: Catalogue, indicator: Indicator) -> str:
    if indicator.state == "withdrawn":
        return "Withdrawn"
    levels = catalogue.levels(indicator.id)
    longest = max(
        (catalogue.periods_by_level[indicator.id, lv] for lv in levels), key=len
    )
    return periods_text(longest)


def show_indicator(catalogue: Catalogue, indicator: Indicator) -> None:
    """Draw one indicator: what it is, a small map, its distribution and its record."""
    st.markdown(f"## {plain(indicator.title)}")
    if indicator.state == "withdrawn":
        st.warning(f"Withdrawn. {plain(indicator.withdrawn_reason or '')}")
        st.html(_record_html(catalogue, indicator))
        return
    choropleth = _pictured(catalogue, indicator)
    text, picture = st.columns([2, 1], gap="large")
    with text:
        st.html(_record_html(catalogue, indicator))
    with picture:
        st.page_link(
            MAP,
            label="Show on the map",
            icon=":material/map:",
            query_params={"indicator": indicator.id, "level": choropleth.level},
        )
        title = f"Map: {choropleth.title}"
        st.html(image_html(svg_map(choropleth, 280), title))
        quiet(f"{choropleth.title}. {choropleth.method}")
        from lpipgeo.charts import distribution  # noqa: PLC0415  heavy

        chart = distribution(choropleth).properties(height=170, title="")
        show_chart(chart)


def _pictured(catalogue: Catalogue, indicator: Indicator) -> Choropleth:
    """Return the newest choropleth of the finest level that a small map can show."""
    own = catalogue.levels(indicator.id)
    mapped = [level for level in own if level in MAPPED_LEVELS]
    level = next((lv for lv in _PICTURED if lv in own), mapped[0])
    period = catalogue.latest(indicator.id, level)
    return load_choropleth(indicator.id, level, period, Style())


def _record_html(catalogue: Catalogue, indicator: Indicator) -> str:
    """Return the record as HTML; all texts are escaped."""
    facts = {
        "Unit": indicator.unit,
        "Direction": _POLARITY[indicator.polarity],
        "Figures for": ", ".join(
            LEVELS[lv].plural_in_text for lv in catalogue.levels(indicator.id)
        ),
        "Standing": _STANDING[indicator.official_status],
        "Priorities": priority_names(catalogue, indicator),
        "Id in tables": indicator.id,
        "Reviewed": day_text(indicator.review.reviewed_on),
    }
    if indicator.denominator_label:
        facts["Counted"] = (
            f"{indicator.numerator_label}, of: {indicator.denominator_label}"
        )
    larger = ("How larger areas are made", paragraph_html(indicator.aggregation_note))
    return record_html(indicator, facts, larger)


def show_coverage(catalogue: Catalogue) -> None:
    """Draw the matrix of indicators, levels and periods."""
    quiet(
        "Periods with figures made for each kind of area. An empty cell has none: on "
        "the map, such areas show the figure of a larger area, marked as inherited, or "
        "cannot be chosen."
    )
    matrix = coverage_matrix()
    used = [level for level in LEVELS if (matrix[level] != "").any()]
    table = matrix[used].rename(columns={lv: LEVELS[lv].plural for lv in used})
    titles = [catalogue.find(name).short_title for name in table.index]
    table.insert(0, "Indicator", titles)
    st.dataframe(
        table,
        hide_index=True,
        height=620,
        alt="Indicators by level, with the periods that have figures",
        column_config={
            "Indicator": st.column_config.TextColumn(pinned=True, width=230)
        },
    )


def show_priorities(catalogue: Catalogue) -> None:
    """Draw the research priorities with their indicators, honestly empty too."""
    quiet("The partnership's twelve research priorities, and what here speaks to each.")
    body = []
    for priority in catalogue.themes.priorities:
        found = catalogue.search(priority=priority.id)
        titles = [escape(i.title) for i in found if i.state == "active"]
        text = items_html(titles) or (
            "<p class='lp-quiet'>No indicator here speaks to this yet.</p>"
        )
        body.append(f"<h3>{escape(priority.name)}</h3>{text}")
    st.html(f"<section class='lp-record'>{''.join(body)}</section>")


def show_licences(catalogue: Catalogue) -> None:
    """Draw every work with its licence and the words that it asks for."""
    quiet(
        "The figures and boundaries are their publishers'. Whoever passes them on "
        "names the publisher in the words under Attribution. Downloads name source and "
        "licence in each row; Excel and map files carry the attribution too."
    )
    table = works_table(catalogue.indicators, read_overlays(), read_register())
    st.dataframe(
        table,
        hide_index=True,
        height=620,
        alt="Works, licences and attributions",
        column_config={"Page": st.column_config.LinkColumn(display_text="Open page")},
    )


def show_changes() -> None:
    """Draw the corrections, then what changed in the data, from the change log."""
    show_corrections()
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    for release in releases:
        parts = re.split(r"^### ", release, flags=re.MULTILINE)
        data = next((part for part in parts[1:] if part.startswith("Data\n")), None)
        if data:
            st.markdown(f"## {parts[0].splitlines()[0]}")
            st.markdown(data.removeprefix("Data\n"))
