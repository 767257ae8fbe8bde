"""Short guided tours: a card in the corner, and a frame around what it is about.

The texts are in `tours.toml`. A tour begins only when somebody asks for it; who does
not want to be asked says so once, and a cookie that says nothing else keeps it.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from lpipgeo.ui.keyboard_focus import give_focus

COOKIE = "lpipgeo_tours"
_STEP, _HIDDEN, _TO_KEEP = "tour_step", "tour_hidden", "tour_to_keep"
_ENDED = "tour_ended"  # just now
_NEVER = (
    f"<script>document.cookie='{COOKIE}=off; path=/; max-age=31536000; SameSite=Lax'"
    "</script>"
)
# The focus goes to the card, and Escape ends the tour.
_FOCUS = """<script>
(function enter(left) {
  const card = document.querySelector(".st-key-tour");
  const next = card?.querySelector(".st-key-tour_next button");
  if (!next) {
    if (left) setTimeout(enter, 50, left - 1);
    return;
  }
  next.focus({preventScroll: true});
  card.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    (card.querySelector(".st-key-tour_end button") ?? next).click();
  };
})(40);
</script>"""
_AGAIN = f"<script>document.cookie='{COOKIE}=; path=/; max-age=0'</script>"


class Step(NamedTuple):
    """One stop: part of the page as CSS names it, heading and text."""

    at: str
    title: str
    text: str


@cache
def read_tours() -> dict[str, tuple[Step, ...]]:
    """Return the stops of each page's tour."""
    text = Path(__file__).with_name("tours.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)["tours"]
    return {t["page"]: tuple(Step(**step) for step in t["steps"]) for t in found}


def offer_tour(page: str) -> None:
    """Draw the button that begins the tour of a page; and the tour, once it has begun.

    Parameters
    ----------
    page : as the tours name it
    """
    if st.session_state.pop(_TO_KEEP, False):
        st.html(_NEVER, unsafe_allow_javascript=True)
    steps = read_tours()[page]
    at: int | None = st.session_state.get(_STEP, {}).get(page)
    has_ended = st.session_state.pop(_ENDED, False)
    if at is not None and at < len(steps):
        _show(page, steps, at)
    elif not _is_hidden():
        st.button(
            "Show me round",
            icon=":material/signpost:",
            type="tertiary",
            key=f"tour_{page}",
            on_click=_go,
            args=(page, 0),
        )
        if has_ended:
            give_focus(f".st-key-tour_{page} button")


def offer_again() -> None:
    """Draw the button that brings the offers back, where they were sent away."""
    if not _is_hidden():
        return
    if st.button("Offer the tours again", key="tours_again"):
        st.session_state[_HIDDEN] = False
        st.html(_AGAIN, unsafe_allow_javascript=True)


def _is_hidden() -> bool:
    kept = st.context.cookies.get(COOKIE) == "off"
    return bool(st.session_state.get(_HIDDEN, kept))


def _go(page: str, step: int | None) -> None:
    st.session_state[_STEP] = {page: step}
    st.session_state[_ENDED] = step is None


def _hide(page: str) -> None:
    _go(page, None)
    st.session_state.update({_HIDDEN: True, _TO_KEEP: True})


def _show(page: str, steps: tuple[Step, ...], at: int) -> None:
    step, last = steps[at], at == len(steps) - 1
    first_of_them = json.dumps(step.at)
    st.html(
        f"<style>{step.at} {{ outline: 3px solid #0B5A6E; outline-offset: 4px; "
        "border-radius: 4px; }</style><script>"
        f"document.querySelector({first_of_them})?.scrollIntoView("
        "{block: 'center'})</script>",
        unsafe_allow_javascript=True,
    )
    with st.container(key="tour", border=True, gap="small"):
        st.html(_FOCUS, unsafe_allow_javascript=True)
        st.html(
            f"<div role='status'><p class='lp-quiet'>{at + 1} of {len(steps)}</p>"
            f"<h2>{escape(step.title)}</h2><p>{escape(step.text)}</p></div>"
        )
        with st.container(horizontal=True):
            if at:
                st.button("Back", key="tour_back", on_click=_go, args=(page, at - 1))
            st.button(
                "Done" if last else "Next",
                type="primary",
                key="tour_next",
                on_click=_go,
                args=(page, None if last else at + 1),
            )
            if not last:
                st.button("End", key="tour_end", on_click=_go, args=(page, None))
            st.button(
                "Never offer again",
                type="tertiary",
                key="tour_never",
                on_click=_hide,
                args=(page,),
            )
