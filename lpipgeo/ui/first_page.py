"""Parts of the first page: what this is, a place, questions, six sub-regions, news."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.comparison import Comparison, compare_profiles, default_codes
from lpipgeo.errors import join_words
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.metadata import Question, Theme
from lpipgeo.palettes import COMPARED
from lpipgeo.periods import day_text
from lpipgeo.releases import newest_releases
from lpipgeo.ui.comparison_table import key_text, overview_html
from lpipgeo.ui.loaders import load_headlines, load_key_map
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import AREA_PROFILE, COMPARE, MAP, TRENDS
from lpipgeo.ui.place_panel import find_place
from lpipgeo.ui.profile_rows import profile_link
from lpipgeo.ui.record_html import image_html
from lpipgeo.ui.selection import change

PAGES = {
    "map": MAP,
    "area_profile": AREA_PROFILE,
    "compare": COMPARE,
    "trends": TRENDS,
}
SHOWN_FIGURES = 3  # of a release, by name
_FOUND = "overview_found"


def show_opening(catalogue: Catalogue) -> None:
    """Say in two sentences what this is, and in one for whom it was made."""
    active = len(catalogue.active)
    places = len(read_areas().codes("lsoa21"))
    st.html(
        "<h1>How places in the West Midlands compare</h1>"
        f"<p class='lp-lead'>{active} figures about inclusive growth, pride in "
        f"place and the green economy, from {places:,} neighbourhoods to the whole "
        "region. Each says where it comes from, how sure it is, and what it cannot "
        "tell.</p><p class='lp-quiet'>Made for a West Midlands Local Policy Innovation "
        "Partnership, in which universities, councils, the combined authority and "
        "communities work together.</p>"
    )


def find_a_place() -> None:
    """Draw the search; a place that is found opens its profile."""
    find_place(_found, label="Find your place", key="find_first")
    code = st.session_state.pop(_FOUND, None)
    if code:
        st.switch_page(AREA_PROFILE, query_params={"area": code})


def _found(code: str) -> None:
    change(area=code)
    st.session_state[_FOUND] = code


def show_questions(questions: Sequence[Question]) -> None:
    """Offer questions, each with the view that answers it."""
    with st.container(gap="small", key="questions"):
        for question in questions:
            with st.container(gap=None):
                st.page_link(
                    PAGES[question.page],
                    label=plain(question.text),
                    icon=":material/arrow_forward:",
                    query_params=question.query,
                )
                quiet(question.about)


def show_map() -> None:
    """Draw the sub-regions with their names, each a link to its profile."""
    areas = _sub_regions()
    picture = load_key_map(tuple(area.code for area in areas))
    names = "".join(
        f"<a href='{profile_link(area)}' style='left:{left:g}%;top:{top:g}%'"
        f"{' class=lp-beside' if area.code in picture.beside else ''}>"
        f"<span aria-hidden='true' style='color:{colour}'>{sign}</span> "
        f"{escape(area.name)}</a>"
        for area, (colour, sign) in zip(areas, COMPARED, strict=False)
        for left, top in [picture.places[area.code]]
    )
    image = image_html(picture.svg, picture.alt, "lp-locator")
    st.html(f"<div class='lp-key-map'>{image}{names}</div>")


def _sub_regions() -> list[Area]:
    index = read_areas()
    return [index.find(code) for code in default_codes()]


def show_headlines(catalogue: Catalogue) -> None:
    """Draw three figures of each theme for the six sub-regions."""
    themes = catalogue.themes.themes
    comparison = _headlines(catalogue, themes)
    places = {area.code: place for place, area in enumerate(comparison.areas)}
    st.html(
        "<h2>The six sub-regions, three figures from each theme</h2>"
        + overview_html(comparison, themes, places, by_place=True)
    )
    with st.container(horizontal=True):
        quiet(key_text("England", by_place=True))
        st.page_link(
            COMPARE,
            label="Compare them on more figures",
            icon=":material/arrow_forward:",
            query_params={"compare": ",".join(default_codes())},
        )


def _headlines(catalogue: Catalogue, themes: Sequence[Theme]) -> Comparison:
    ids = tuple(name for theme in themes for name in theme.headlines)
    profiles = [load_headlines(code, ids) for code in default_codes()]
    return compare_profiles(profiles, [catalogue.indicators[name] for name in ids])


def show_news(catalogue: Catalogue) -> None:
    """List the newest releases among the sources."""
    items = []
    for release in newest_releases(catalogue.indicators.values()):
        links = [
            f"<a href='./map?{escape(urlencode({'indicator': i.id}), quote=True)}'>"
            f"{escape(i.title)}</a>"
            for i in release.indicators[:SHOWN_FIGURES]
        ]
        more = len(release.indicators) - SHOWN_FIGURES
        if more > 0:
            links.append(f"{more} more")
        items.append(
            f"<li><b>{day_text(release.published_on)}</b> {escape(release.publisher)}: "
            f"{escape(release.title)}<br>{join_words(links, 'and')}</li>"
        )
    st.html(f"<h2>New in the data</h2><ul class='lp-news'>{''.join(items)}</ul>")
