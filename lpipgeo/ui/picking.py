"""A list of which the selection holds one."""

from __future__ import annotations

from collections.abc import Mapping
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
    **more: Any,
) -> None:
    """Draw a list; what is chosen in it becomes a part of the selection.

    Parameters
    ----------
    field : of the selection
    held : what is chosen; what is not offered stands as ""
    names : what is offered, with its words; "" stands for None
    more : for `st.selectbox`, such as a width
    """
    st.session_state[key] = held if held in names else ""

    def chosen() -> None:
        change(**{field: st.session_state[key] or None})

    st.selectbox(
        label,
        list(names),
        format_func=lambda choice: names[choice],
        key=key,
        on_change=chosen,
        **more,
    )
