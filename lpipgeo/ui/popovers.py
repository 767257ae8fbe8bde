"""A popover whose content is made only while it is open."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def open_popover(label: str, icon: str, key: str) -> DeltaGenerator | None:
    """Draw a button with a popover; return the popover while it is open, else None.

    Parameters
    ----------
    icon : name of a Material symbol, such as "palette"
    """
    popover = st.popover(label, icon=f":material/{icon}:", key=key, on_change="rerun")
    return popover if popover.open else None
