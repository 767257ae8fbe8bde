"""A popover whose content is made only while it is open."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

# Streamlit puts what a popover holds at the end of the page and leaves the focus on its
# button, so that somebody with a keyboard would have to walk through the whole page.
_ENTER = """<script>
(function enter(left) {
  const body = document.querySelector("[data-testid=stPopoverBody]");
  if (!body) {
    if (left) setTimeout(enter, 50, left - 1);
  } else if (document.activeElement?.matches("button:focus-visible")) {
    body.tabIndex = -1;
    body.focus();
  }
})(40);
</script>"""


def open_popover(label: str, icon: str, key: str) -> DeltaGenerator | None:
    """Draw a button with a popover; return the popover while it is open, else None.

    Where it is opened with the keyboard, the focus goes into it: the next stop is its
    first control.

    Parameters
    ----------
    icon : name of a Material symbol, such as "palette"
    """
    popover = st.popover(label, icon=f":material/{icon}:", key=key, on_change="rerun")
    if not popover.open:
        return None
    popover.html(_ENTER, unsafe_allow_javascript=True)
    return popover
