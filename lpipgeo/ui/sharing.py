"""Share what is on the screen: its link, a citation, other sites' frames, a QR code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import lpipgeo
from lpipgeo.citation import Citation, is_local
from lpipgeo.data_version import data_version
from lpipgeo.printed.address import draw_qr
from lpipgeo.security_headers import embed_origins
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.tour import offer_tour

MAX_QR = 1200  # signs; longer ones make codes too fine to be read from a screen
_FRAME = "width:100%;height:600px;border:0"


NAMED_THERE = "the publishers named on the page"


@dataclass(frozen=True, slots=True)
class Embed:
    """What other sites can show.

    Attributes
    ----------
    route : of `embed_pages`
    given : its parameters
    title : what it shows
    """

    route: str
    given: Mapping[str, str]
    title: str


def page_address() -> str:
    """Return where the page that is open is reached, with its choices."""
    query = urlencode(st.query_params.to_dict(), safe=",:/")
    return urlsplit(st.context.url or "")._replace(query=query).geturl()


def base_address(page: str | None = None) -> str:
    """Return where this dashboard is reached, such as "https://places.example.org".

    Parameters
    ----------
    page : address of a page; the one that is open when left out

    Returns
    -------
    "" where it is not known
    """
    parts = urlsplit(page or st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def title_row(title: str) -> DeltaGenerator:
    """Draw the heading of a page; return the room beside it, for buttons."""
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="title",
    ):
        st.html(f"<h1>{escape(title)}</h1>")
        return st.container(horizontal=True, width="content")


def show_title(title: str, publishers: str, tour: str) -> None:
    """Draw the heading of a page with Share and its tour beside it."""
    with title_row(title):
        offer_sharing(title, publishers)
        offer_tour(tour)


def offer_sharing(title: str, publishers: str, embed: Embed | None = None) -> None:
    """Draw the button; what it holds is made only while it is open.

    Parameters
    ----------
    title : what is on the screen, without a full stop
    publishers : of the figures, for the citation
    """
    share = open_popover("Share", "link", "share")
    if share is None:
        return
    with share:
        show_ways(page_address(), title, publishers, embed)


def show_ways(
    address: str, title: str, publishers: str, embed: Embed | None = None
) -> None:
    """Draw link, citation, code for other sites and QR code; or why one is missing.

    Parameters
    ----------
    address : of the page with its choices
    """
    quiet("This address opens the page with the same choices.")
    st.code(address, language=None, wrap_lines=True)
    version, data = lpipgeo.__version__, data_version()
    reached = "" if is_local(address) else address
    cited = Citation(title, publishers, version, data, reached, date.today())
    quiet("To cite it")
    st.code(cited.sentence(), language=None, wrap_lines=True)
    if embed:
        _embedding(base_address(address), embed)
    _code(address)


def _embedding(base: str, embed: Embed) -> None:
    """Draw the code for another site, where there is one that may show it."""
    allowed = embed_origins()
    if not allowed:
        quiet(
            "No other site may show it in a frame yet; who runs this dashboard can "
            "allow it."
        )
        return
    quiet(f"To show it on another site: {embed.title}")
    source = f"{base}{embed.route}?{urlencode(embed.given)}"
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(embed.title)}" '
        f'style="{_FRAME}" loading="lazy"></iframe>'
    )
    st.code(frame, language="html", wrap_lines=True)
    quiet(f"Allowed on: {', '.join(allowed)}.")


def _code(address: str) -> None:
    """Draw the address for a telephone's camera, where a telephone could open it."""
    if is_local(address):
        quiet(
            "The address works on this computer only, because the dashboard runs here; "
            "so there is no QR code of it."
        )
    elif len(address) <= MAX_QR:
        about = "QR code of the address of this page"
        st.image(draw_qr(address, about), width=200, alt=about)
