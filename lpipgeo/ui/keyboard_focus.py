"""Where the keyboard goes on once the button that was pressed is gone."""

from __future__ import annotations

import json

import streamlit as st

# A browser gives the focus to the page as a whole when the element that has it is taken
# away. A touch needs no focus, and a text box would open the keyboard on the screen.
_GIVE = """<script>
(function give(left) {{
  if (matchMedia("(hover: none)").matches) return;
  const wanted = document.querySelector({selector});
  if (wanted && document.activeElement === document.body) {{
    wanted.focus({{preventScroll: true}});
  }} else if (left) {{
    setTimeout(give, 50, left - 1);
  }}
}})(40);
</script>"""


def give_focus(selector: str) -> None:
    """Give the focus to an element, as soon as no other element has it.

    Parameters
    ----------
    selector : of the element, in CSS
    """
    script = _GIVE.format(selector=json.dumps(selector))
    st.html(script, unsafe_allow_javascript=True)
