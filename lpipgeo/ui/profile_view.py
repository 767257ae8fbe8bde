"""The parts of the Area profile page above its end: opening, benchmark and themes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from lpipgeo import outcomes, trends
from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_profile import Profile
from lpipgeo.area_programmes import Programme
from lpipgeo.comparators import (
    DEFAULT,
    Comparator,
    find_comparator,
    offer_comparators,
    write_set,
)
from lpipgeo.errors import LpipgeoError, SelectionError
from lpipgeo.formatting import capital
from lpipgeo.headlines import RULE
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS, LINKED_LEVELS
from lpipgeo.metadata import Theme
from lpipgeo.paths import PROJECT
from lpipgeo.ui.loaders import load_locator, load_profile, load_programmes
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import AREA_PROFILE
from lpipgeo.ui.profile_rows import theme_html
from lpipgeo.ui.selection import change, current

MAX_PLACES = 4  # of one programme, by name
SENT = "profile_sent"  # which profile this browser was sent last
FIRST_SCREEN_S = 0.15  # with 0.1 the rest still came too early now and then


def show_heading(area: Area) -> None:
    """Draw name, kind, residents, size and the larger areas as links."""
    index = read_areas()
    st.markdown(f"# {plain(area.name)}")
    quiet(facts_text(area))
    with st.container(horizontal=True, key="parents"):
        for parent in index.parents(area.code):
            if parent.in_region and parent.level in LINKED_LEVELS:
                kind = LEVELS[parent.level].name
                st.page_link(
                    AREA_PROFILE,
                    label=f"{kind}: {plain(parent.name)}",
                    query_params={"area": parent.code},
                )


def facts_text(area: Area, *, every_kind: bool = True) -> str:
    """Return kind, code, residents and size of an area in one line.

    Parameters
    ----------
    every_kind : name the other levels that the area belongs to, too; a room needs one
    """
    levels = area.levels[1:] if every_kind else ()
    others = (LEVELS[level].in_text for level in levels)
    facts = [" and ".join([LEVELS[area.level].name, *others]), area.code]
    row = read_areas().table.loc[area.code]
    if not pd.isna(row["residents"]):
        facts.append(f"{row['residents']:,.0f} people in 2021")
    if not pd.isna(row["area_km2"]):
        size = float(row["area_km2"])
        facts.append(f"{size:,.{0 if size >= 10 else 1}f} km²")
    return " · ".join(facts)


def show_locator(area: Area) -> None:
    """Draw where the area lies; nothing where its boundary is not held."""
    drawn = locator_html(area)
    if drawn:
        st.html(drawn)


def locator_html(area: Area) -> str:
    """Return the map of where an area lies as an image, or "" where there is none.

    By its address: it is large, and a browser that has been here has it.
    """
    picture = load_locator(area.code)
    if picture is None:
        return ""
    alt = escape(picture.alt, quote=True)
    return f'<img class="lp-locator" alt="{alt}" src="./locators/{area.code}.svg">'


def show_programmes(area: Area) -> None:
    """Say in one line which programmes cover the area or places in it."""
    found = load_programmes(area.code)
    if found:
        quiet(f"Programmes: {'. '.join(map(_programme_text, found))}.")


def _programme_text(programme: Programme) -> str:
    title, places = programme.overlay.title, programme.places
    if programme.covers_all:
        return f"{title} (this area is one, or lies in one)"
    named = ", ".join(places[:MAX_PLACES])
    left = len(places) - MAX_PLACES
    more = f" and {left} more" if left > 0 else ""
    return f"{title} in it: {named}{more}"


def choose_benchmark(area: Area, chosen: str | None) -> str | None:
    """Draw the choice of a benchmark; return the one that holds for this area.

    One that the area does not have, such as a district's own district, is said and
    England taken instead; it stays chosen for areas that have it.
    """
    offered, held, note = _find_benchmark(area, chosen)
    if not offered:
        return None
    key = f"benchmark_{area.code}"
    st.session_state[key] = held
    st.selectbox(
        "Compare with",
        list(offered),
        format_func=lambda choice: _name(choice, offered[choice]),
        key=key,
        on_change=_benchmark_chosen,
        args=(key,),
    )
    if offered[held].about or note:
        quiet(note or offered[held].about)
    return None if held == DEFAULT else held


def held_benchmark(area: Area, chosen: str | None) -> str | None:
    """Return the benchmark that holds for an area as `choose_benchmark` does."""
    if chosen is None:
        return None
    offered, held, _ = _find_benchmark(area, chosen)
    return None if not offered or held == DEFAULT else held


def _find_benchmark(
    area: Area, chosen: str | None
) -> tuple[dict[str, Comparator], str, str]:
    """Return what may be chosen, what holds, and a note where that is another one.

    The comparison set and its areas may be chosen, too.
    """
    offered = dict(offer_comparators(area))
    whole = write_set(current().compare)
    compared = _find_set(area, whole) if offered else None
    if compared is not None:
        offered[whole] = compared
    known = {area.code, *(comparator.code for comparator in offered.values())}
    for code in current().compare if offered else ():
        compared = find_comparator(area, code)
        if compared is not None and code not in known:
            offered[code] = compared
    held = chosen or DEFAULT
    if not offered or held in offered:
        return offered, held, ""
    try:
        found = find_comparator(area, held)
    except LpipgeoError as error:
        level = LEVELS.get(held)
        why = f"{area.name} lies in no {level.in_text}." if level else str(error)
        return offered, DEFAULT, f"{why} England is the benchmark."
    if found is None or found.code == area.code:
        note = f"{area.name} is not compared with itself; England is."
        return offered, DEFAULT, note
    return {**offered, held: found}, held, ""


def _find_set(area: Area, whole: str) -> Comparator | None:
    """Return the comparison set as a group; None where it is too small for one."""
    try:
        return find_comparator(area, whole) if "," in whole else None
    except SelectionError:
        return None


def _name(choice: str, comparator: Comparator) -> str:
    if "," in choice:
        is_current = choice == write_set(current().compare) or not current().compare
        what = "The comparison set" if is_current else "Another set"
        return f"{what} ({len(comparator.codes)} areas)"
    return capital(comparator.name)


def _benchmark_chosen(key: str) -> None:
    choice = st.session_state[key]
    change(benchmark=None if choice == DEFAULT else choice)


@st.cache_resource(max_entries=192, show_spinner=False)
def load_theme_table(area_code: str, benchmark: str | None, theme_id: str) -> str:
    """Return the table of a theme with figures of an area; shared."""
    theme = read_catalogue().theme(theme_id)
    return theme_html(load_profile(area_code, benchmark), theme)


def find_themes(profile: Profile) -> list[Theme]:
    """Return the themes of which a profile has figures, in their order."""
    present = {row.indicator.theme for row in profile.rows}
    return [t for t in read_catalogue().themes.themes if t.id in present]


def show_key(profile: Profile, themes: Sequence[Theme]) -> None:
    """Draw how the tables of the themes are read, and links to each."""
    if not themes:
        plural = LEVELS[profile.area.level].plural_in_text
        st.info(f"There are no figures for {plural} yet.")
        return
    st.html(PROJECT / "static/lpipgeo/unfold.html", unsafe_allow_javascript=True)
    links = "".join(
        f"<a href='#{escape(theme.id)}'>{escape(theme.name)}</a>" for theme in themes
    )
    jump = f"<nav class='lp-jump' aria-label='Themes'>{links}</nav>"
    st.html(_key_html(profile) + jump)


def show_themes(
    profile: Profile, benchmark: str | None, themes: Sequence[Theme]
) -> None:
    """Draw one table per theme: every indicator with outcome, trend and rank."""
    for theme in themes:
        st.html(load_theme_table(profile.area.code, benchmark, theme.id))


def let_browser_draw(area: Area, benchmark: str | None) -> None:
    """Wait until a browser has begun to draw what was sent of a profile it has not yet.

    It draws in one go all that has come: sent at once, the rest of the page kept the
    first screen from being seen for 0.2 s (docs/adr/0017).
    """
    sent = (area.code, benchmark)
    if st.session_state.get(SENT) != sent:
        st.session_state[SENT] = sent
        time.sleep(FIRST_SCREEN_S)


def show_methods() -> None:
    """Draw how headlines, outcomes and trends come about, folded away."""
    chosen, found = st.columns(2, gap="medium")
    with chosen.expander("How these were chosen"):
        st.html(f"<p class='lp-text'>{escape(RULE)}</p>")
    with found.expander("How outcomes and trends are found"):
        for text in (outcomes.METHOD, trends.METHOD):
            st.html(f"<p class='lp-text'>{escape(text)}</p>")


def _key_html(profile: Profile) -> str:
    """Return how the rows are read, with the signs that they use."""
    plural = LEVELS[profile.area.level].plural_in_text
    name = escape(profile.comparator.name) if profile.comparator else ""
    where = "England's" if profile.area.level == "rgn" else "the West Midlands'"
    line, against = "", name
    if profile.comparator and profile.comparator.codes:
        against = f"the middle half of {name}"
        line = f"<span><i class='lp-group'></i>middle half of {name}</span>"
    elif name:
        line = f"<span><i class='lp-line'></i>{name}</span>"
    words = (
        f"<span><b class='lp-better'>▲ better</b> <b class='lp-worse'>▼ worse</b> "
        f"<b class='lp-higher'>▲ higher</b> <b class='lp-lower'>▼ lower</b> than "
        f"{against} beyond the "
        "margins of error</span>"
        "<span><b class='lp-similar'>● similar</b> no clear difference</span>"
        if name
        else ""
    )
    return (
        f"<p class='lp-legend'>{words}"
        f"<span><i class='lp-dot'></i>{escape(profile.area.name)}</span>"
        "<span><i class='lp-whisker'></i>margin of error</span>"
        f"{line}<span><i class='lp-half'></i>middle half of {where} {escape(plural)}"
        "</span><span>Worst is left, or lowest where neither is better. Rank: 1st is "
        "best; from and to are what the margins of error leave open.</span></p>"
    )
