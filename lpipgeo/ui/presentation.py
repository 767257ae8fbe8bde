"""Presenting a profile: a slide at a time, forwards and back by arrow keys or buttons.

The place, and whether people guess first, is in the URL, so that a refresh returns to
the same step. When a slide was first shown is kept by the browser tab, for its timer.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.area_profile import Profile
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import REGION
from lpipgeo.slides import RULE, Place, Slide, find_like, find_place, make_slides, step
from lpipgeo.ui import selection as selections
from lpipgeo.ui.choices import TIMERS, Selection
from lpipgeo.ui.loaders import load_profile
from lpipgeo.ui.messages import plain, quiet, show_notes
from lpipgeo.ui.picking import pick
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.profile_view import facts_text, held_benchmark, locator_html
from lpipgeo.ui.slide_html import opening_html, slide_html, spoken

_SWITCHES = {"guess": "yes", "figures": "all"}  # in the address, when on

# Counts down from when the slide was first shown in this tab, also after a refresh.
_COUNT_DOWN = """<script>
(() => {
  const timer = document.querySelector(".lp-timer");
  const {slide, seconds} = timer.dataset, key = "lpipgeo.presented";
  let [shown, since] = JSON.parse(sessionStorage.getItem(key) || "[]");
  if (shown !== slide) {
    since = Date.now();
    sessionStorage.setItem(key, JSON.stringify([slide, since]));
  }
  const draw = () => {
    const left = Math.max(0, Math.round((since - Date.now()) / 1000) + Number(seconds));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    timer.textContent = left ? clock : "Time is up";
    if (!timer.isConnected) clearInterval(ticking);
  };
  const ticking = setInterval(draw, 1000);
  draw();
})();
</script>"""


def offer_presentation() -> None:
    """Draw the button that begins the presentation of the profile."""
    st.button(
        "Present",
        icon=":material/slideshow:",
        key="present",
        help="Large type, one theme on a screen; arrow keys go on and back, and with "
        "Shift through the areas of the comparison set.",
        on_click=partial(selections.change, present="1"),
    )


def show_presentation(profile: Profile) -> None:
    """Draw the slide of the selection's place, and the controls under it."""
    st.fragment(_show)(profile)


def _show(profile: Profile) -> None:
    selection = selections.current()
    code = profile.area.code
    if not selection.present or (selection.area or REGION) != code:  # left just now
        st.rerun()
    selections.write_url()
    guess, slides = selection.guess == "yes", _make(profile, selection)
    place = find_place(slides, Place.parse(selection.present) or Place())
    slide = slides[place.slide]
    with st.container(key="slides"):
        show_notes(selections.notes())
        revealed = place.revealed if guess else None
        if slide.kind == "opening":
            locator = locator_html(profile.area)
            facts = facts_text(profile.area, every_kind=False)
            st.html(opening_html(profile.area, facts, locator))
        else:
            st.html(slide_html(profile, slide, revealed))
        st.html(_live(profile, slide, revealed))
    _show_controls(profile, selection, slides, place)


def _make(profile: Profile, selection: Selection) -> tuple[Slide, ...]:
    return make_slides(
        profile,
        read_catalogue().themes,
        every=selection.figures == "all",
        guess=selection.guess == "yes",
    )


def _live(profile: Profile, slide: Slide, revealed: int | None) -> str:
    """Return what a screen reader is told when the picture changes."""
    said = f"{slide.title} {slide.part}".strip() or profile.area.name
    if revealed:
        said = spoken(profile, slide.rows[revealed - 1])
    return f"<p class='lp-hidden' role='status'>{escape(said)}</p>"


def _show_controls(
    profile: Profile, selection: Selection, slides: tuple[Slide, ...], place: Place
) -> None:
    guess = selection.guess == "yes"
    before, after = (step(slides, place, by, guess=guess) for by in (-1, 1))
    is_asked = guess and place.revealed < len(slides[place.slide].rows)
    with st.container(horizontal=True, vertical_alignment="center", key="slide_steps"):
        _step_button("Back", "arrow_back", "Left", before, place)
        _step_button(
            "Reveal" if is_asked else "Next", "arrow_forward", "Right", after, place
        )
        with st.container(key="slide_clicker"):  # what a presenter's remote sends
            _step_button("Back", "arrow_back", "PageUp", before, place)
            _step_button("Next", "arrow_forward", "PageDown", after, place)
        quiet(f"{place.slide + 1} of {len(slides)}")
        st.space("stretch")
        if selection.timer:
            _show_timer(f"{profile.area.code} {place.slide}", selection.timer)
        with st.container(horizontal=True, width="content", key="slide_areas"):
            _offer_areas(profile, selection, slides[place.slide])
        _choose_options(profile, selection, slides[place.slide])
        st.button(
            "Leave",
            icon=":material/close:",
            key="leave_slides",
            shortcut="Esc",
            help="Back to the profile.",
            on_click=partial(selections.change, present=None),
        )


def _step_button(label: str, icon: str, key: str, to: Place, now: Place) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        key=f"slide_{key}",
        shortcut=key,
        disabled=to == now,
        on_click=partial(selections.change, present=str(to)),
    )


def _offer_areas(profile: Profile, selection: Selection, slide: Slide) -> None:
    """Draw the ways to the areas of the comparison set, on the slide that is shown."""
    here, index = profile.area.code, read_areas()
    codes = [code for code in selection.compare if index.find(code).in_region]
    others = [code for code in codes if code != here]
    if not others:
        return
    at = codes.index(here) if here in codes else 0  # how many stand before it
    for by, which in ((-1, "previous"), (0, "next")):
        code = others[(at + by) % len(others)]
        st.button(
            plain(index.find(code).name),
            icon=f":material/skip_{which}:",
            key=f"slide_{which}_area",
            shortcut="Shift+Right" if which == "next" else "Shift+Left",
            help=f"The {which} area of the comparison set, on the same screen.",
            on_click=partial(_visit, code, selection, slide),
        )


def _visit(code: str, selection: Selection, slide: Slide) -> None:
    """Go to the same part of another area's slides."""
    benchmark = held_benchmark(read_areas().find(code), selection.benchmark)
    slides = _make(load_profile(code, benchmark), selection)
    selections.change(area=code, present=str(find_like(slides, slide)))


def _choose_options(profile: Profile, selection: Selection, slide: Slide) -> None:
    options = open_popover("Options", "tune", "slide_options")
    if options is None:
        return
    with options:
        turn = partial(_turn, profile, selection, slide)
        for label, name, value in (
            ("Guess first, then reveal", "guess", selection.guess),
            ("Every figure", "figures", selection.figures),
        ):
            st.session_state[f"slide_{name}"] = value == _SWITCHES[name]
            st.toggle(label, key=f"slide_{name}", on_change=turn)
        names = {"": "Off", **TIMERS}
        pick(
            "timer", "Timer for each screen", selection.timer, names, key="slide_timer"
        )
        quiet(RULE)


def _turn(profile: Profile, selection: Selection, slide: Slide) -> None:
    """Take over the switches; the slides are others then, but the theme stays."""
    switched = {
        name: on if st.session_state[f"slide_{name}"] else None
        for name, on in _SWITCHES.items()
    }
    later = replace(selection, guess=switched["guess"], figures=switched["figures"])
    place = find_like(_make(profile, later), slide)
    selections.change(present=str(place), **switched)


def _show_timer(slide: str, seconds: str) -> None:
    """Draw the time left for a slide; it says when it is over, and nothing moves."""
    st.html(
        f"<p class='lp-timer' role='timer' data-slide='{escape(slide)}' "
        f"data-seconds='{escape(seconds)}'></p>{_COUNT_DOWN}",
        unsafe_allow_javascript=True,
    )
