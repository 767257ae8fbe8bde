"""The balance of themes on the page Compare: weights, charts, words and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from itertools import combinations

import pandas as pd
import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.errors import SelectionError
from lpipgeo.export import to_bytes
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Theme
from lpipgeo.theme_balance import (
    MAX_WEIGHT,
    METHOD,
    describe_balance,
    name_areas,
    parse_weights,
    weighable,
    write_weights,
)
from lpipgeo.ui.chart_downloads import Picture, offer_files
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.comparison_set import sign_key
from lpipgeo.ui.loaders import load_balance, load_balance_of
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.picking import pick
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.selection import change

TITLE = "Where the themes agree and where they conflict"


def show_balance(
    selection: Selection, catalogue: Catalogue, codes: tuple[str, ...]
) -> None:
    """Draw the themes of each area of the set against each other."""
    weights = parse_weights(selection.weights or "", catalogue)
    with st.container(horizontal=True, vertical_alignment="bottom", key="balance_head"):
        _choose_weights(weights, catalogue)
        download = st.container(width="content")
    themes = [theme for theme in catalogue.themes.themes if theme.overview]
    if not any(weights.get(theme.id, 1) for theme in themes):
        st.info("All themes have the weight 0. Give one of them a weight above 0.")
        return
    tables, rare = _read(codes, weights)
    parts = [
        name_areas(table, [c for c in codes if level == _level(c)])
        for level, table in tables.items()
    ]
    alone = [load_balance_of(code, write_weights(weights)) for code in rare]
    parts += [name_areas(table, table["area_code"].tolist()) for table in alone]
    rows = pd.concat(parts)
    shown = [theme for theme in themes if theme.id in rows and weights.get(theme.id, 1)]
    from lpipgeo.balance_charts import (  # noqa: PLC0415  altair is heavy
        profile_chart,
        quadrant_chart,
    )

    st.html(f"<h2>{TITLE}</h2>{_key(shown, coloured=True)}")
    profile = profile_chart(rows, shown)
    show_chart(profile, key="balance_profile")
    st.html(_sentences(rows, shown))
    st.dataframe(_equal_table(rows, shown), hide_index=True, key="balance")
    for code in rare:
        name = read_areas().find(code).name
        quiet(f"{name} is placed among districts: there are too few of its kind.")
    quiet(METHOD)
    said = (_key(shown, coloured=False), METHOD)
    pictures = [Picture("Three themes", "theme_balance", profile, TITLE, said)]
    if len(shown) > 1 and tables:
        level, table = next(iter(tables.items()))
        pair = _choose_pair(shown, selection.pair)
        marked = {c: read_areas().find(c).name for c in codes if _level(c) == level}
        chart = quadrant_chart(table, marked, pair)
        show_chart(chart, key="balance_quadrants")
        plural = LEVELS[level].plural_in_text
        title = f"{pair[0].name} and {pair[1].name.lower()} of {len(table):,} {plural}"
        quiet(f"Grey: all {len(table):,} {plural} of the West Midlands.")
        said = (sign_key(codes), METHOD)
        pictures.append(Picture("Two themes", "two_themes", chart, title, said))
    with download:
        make_csv = partial(_csv, rows, weights)
        offer_files("balance_download", pictures, "theme_balance", make_csv)


def _level(code: str) -> str:
    return read_areas().find(code).level


def _read(
    codes: Sequence[str], weights: Mapping[str, int]
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Return the balance of every level of the set, and the areas of rare kinds."""
    tables: dict[str, pd.DataFrame] = {}
    rare = []
    for code in codes:
        level = _level(code)
        try:
            tables[level] = load_balance(level, write_weights(weights))
        except SelectionError:
            rare.append(code)
    return tables, rare


def _choose_weights(weights: Mapping[str, int], catalogue: Catalogue) -> None:
    popover = open_popover("Weights", "tune", "balance_weights")
    if popover is None:
        return
    names = weighable(catalogue)
    themes = [theme for theme in catalogue.themes.themes if theme.overview]
    with popover:
        quiet("How much each counts: 0 leaves it out, 1 is as all begin.")
        for theme in themes:
            _weight(theme.id, names[theme.id], weights)
        with st.expander("Weights of single figures"):
            for theme in themes:
                for name in theme.overview:
                    _weight(name, names[name], weights)
        st.button("All alike again", on_click=partial(change, weights=None))


def _weight(name: str, label: str, weights: Mapping[str, int]) -> None:
    key = f"weight_{name}"
    st.session_state[key] = weights.get(name, 1)

    def chosen() -> None:
        change(weights=write_weights({**weights, name: st.session_state[key]}))

    st.slider(label, 0, MAX_WEIGHT, key=key, on_change=chosen)


def _choose_pair(themes: Sequence[Theme], held: str | None) -> tuple[Theme, Theme]:
    """Draw which two themes are set against each other; return them."""
    pairs = {f"{a.id},{b.id}": (a, b) for a, b in combinations(themes, 2)}
    names = {ids: f"{a.name} and {b.name.lower()}" for ids, (a, b) in pairs.items()}
    chosen = held if held in pairs else next(iter(pairs))
    pick("pair", "Two themes", chosen, names, key="balance_pair", width=440)
    return pairs[chosen]


def _sentences(rows: pd.DataFrame, themes: Sequence[Theme]) -> str:
    items = "".join(
        "<li>"
        + escape(
            describe_balance(
                row["area_name"], {theme.name: row[theme.id] for theme in themes}
            )
        )
        + "</li>"
        for _, row in rows.iterrows()
    )
    return f"<ul class='lp-left-out'>{items}</ul>"


def _equal_table(rows: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    table = pd.DataFrame({"Area": rows["area_name"]})
    table["Rank"] = [_rank_text(row) for _, row in rows.iterrows()]
    table["Under other weights"] = [_range_text(row) for _, row in rows.iterrows()]
    for theme in themes:
        table[theme.name] = rows[theme.id].round(0)
    counts = [f"{theme.id}_figures" for theme in themes]
    table["Figures used"] = [
        ", ".join(str(row[name]) for name in counts) for _, row in rows.iterrows()
    ]
    table["Code"] = rows["area_code"]
    return table


def _rank_text(row: pd.Series) -> str:
    if pd.isna(row["rank"]):
        return "none"
    return f"{row['rank']:,} of {row['of']:,}"


def _range_text(row: pd.Series) -> str:
    """Return how far a rank moves; beyond half of the areas its order is open."""
    if pd.isna(row["rank"]):
        return ""
    low, high = row["rank_low"], row["rank_high"]
    is_open = high - low > row["of"] / 2
    return f"{low:,} to {high:,}" + (" (the order is open)" if is_open else "")


def _key(themes: Sequence[Theme], *, coloured: bool) -> str:
    """Return which sign is which theme, as HTML in its colour or as plain text."""
    from lpipgeo.balance_charts import SIGNS, colour_of  # noqa: PLC0415

    if not coloured:
        pairs = zip(SIGNS, themes, strict=False)
        return " · ".join(f"{sign} {theme.name}" for sign, theme in pairs)
    return (
        "<p class='lp-quiet'>"
        + " &nbsp; ".join(
            f"<span style='color:{colour_of(theme)}' aria-hidden='true'>{sign}</span> "
            f"{escape(theme.name)}"
            for sign, theme in zip(SIGNS, themes, strict=False)
        )
        + "</p>"
    )


def _csv(rows: pd.DataFrame, weights: Mapping[str, int]) -> bytes:
    table = rows.assign(weights=write_weights(weights) or "all 1", note=METHOD)
    return to_bytes(table, "csv")
