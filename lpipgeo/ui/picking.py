"""Lists and tabs of which the selection holds one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from lpipgeo.ui.selection import change


def pick(
    field: str,
    label: str,
    held: str | None,
    names: Mapping[str, str],
    *,
    key: str,
    resets: Iterable[str] = (),
    **more: Any,
) -> None:
    """Draw a list; what is chosen in it becomes a part of the selection.

    Parameters
    ----------
    field : of the selection
    held : what is chosen; what is not offered stands as ""
    names : what is offered, with its words; "" stands for None
    resets : what else of the selection becomes None with another choice
    more : for `st.selectbox`, such as a width
    """
    st.session_state[key] = held if held in names else ""

    def chosen() -> None:
        change(**dict.fromkeys(resets), **{field: st.session_state[key] or None})

    st.selectbox(
        label,
        list(names),
        format_func=lambda choice: names[choice],
        key=key,
        on_change=chosen,
        **more,
    )


def tick(field: str, label: str, held: str | None, *, key: str, **more: Any) -> None:
    """Draw a box to tick; while it is ticked, a part of the selection is "yes"."""
    st.session_state[key] = held == "yes"

    def ticked() -> None:
        change(**{field: "yes" if st.session_state[key] else None})

    st.checkbox(label, key=key, on_change=ticked, **more)


def open_tabs(
    field: str,
    held: str | None,
    names: Mapping[str, str],
    draw: Callable[[str], None],
    *,
    key: str,
) -> None:
    """Draw tabs, and the content of the open one, which is a part of the selection.

    Parameters
    ----------
    field : of the selection; None there stands for the first tab
    held : the name of the open one
    names : of the tabs, with their words
    draw : called with the name of the open one
    """
    first = next(iter(names))
    st.session_state[key] = names[held or first]

    def opened() -> None:
        name = next(n for n, words in names.items() if words == st.session_state[key])
        change(**{field: None if name == first else name})

    tabs = st.tabs(list(names.values()), key=key, on_change=opened)
    for name, tab in zip(names, tabs, strict=True):
        if tab.open:
            with tab:
                draw(name)
