"""The page guard: our own errors become a calm sentence, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from lpipgeo.errors import CheckError, DataMissingError, LpipgeoError

_log = logging.getLogger(__name__)


@contextmanager
def page_guard() -> Iterator[None]:
    """Show an LpipgeoError as a message with a way on; log its detail."""
    try:
        yield
    except LpipgeoError as error:
        # An error about a choice may repeat what somebody typed: only its kind is kept.
        of_data = isinstance(error, (CheckError, DataMissingError))
        said = error if of_data else type(error).__name__
        _log.warning("shown to a visitor: %s", said)
        st.error(plain(str(error)))
        quiet(
            "Choose something else above, or open the page again without the part "
            "after the question mark in its address."
        )


def show_notes(notes: list[str]) -> None:
    """Show what was odd in the URL or the choice, as one quiet box."""
    if notes:
        st.info("  \n".join(plain(note) for note in notes))


def quiet(text: str) -> None:
    """Draw a side remark; st.caption is too pale to be read by everybody."""
    st.html(f"<p class='lp-quiet'>{escape(text)}</p>")


def plain(text: str) -> str:
    """Return a text so that markdown and HTML in it are shown, not obeyed."""
    escaped = "".join(f"\\{c}" if c in r"\`*_{}[]<>#|~$:" else c for c in text)
    return escaped.replace("\n", "  \n")
