"""One slide of a presentation as HTML, in type that is read from five metres."""

from __future__ import annotations

from html import escape

from lpipgeo.area_index import Area
from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.formatting import publishers_of
from lpipgeo.headlines import find_headlines
from lpipgeo.levels import LEVELS
from lpipgeo.outcomes import outcome_word
from lpipgeo.periods import period_label
from lpipgeo.slides import Slide
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.profile_headlines import headlines_html
from lpipgeo.ui.profile_marks import spine_html
from lpipgeo.ui.profile_rows import benchmark_text, outcome_class, outcome_html

_HEADS = ("Indicator", "Here", "Among its peers", "Compared")


def slide_html(profile: Profile, slide: Slide, revealed: int | None = None) -> str:
    """Return a slide of rows, or the one of strengths and challenges; texts escaped.

    Parameters
    ----------
    revealed : how many rows are shown, the next one being asked; all when None
    """
    area = profile.area.name
    part = f" <span>{escape(slide.part)}</span>" if slide.part else ""
    heading = f"<h1>{escape(slide.title)}{part} <small>{escape(area)}</small></h1>"
    if slide.kind == "short":
        return heading + headlines_html(find_headlines(profile))
    shown = len(slide.rows) if revealed is None else revealed
    lines = "".join(
        _shown(profile, row)
        if number < shown
        else _asked(profile, row, is_next=number == shown)
        for number, row in enumerate(slide.rows)
    )
    heads = "".join(f"<th scope='col'>{head}</th>" for head in _HEADS)
    caption = f"<caption class='lp-hidden'>{escape(slide.title)}: {escape(area)}"
    return (
        f"{heading}<table class='lp-slide'>{caption}</caption>"
        f"<colgroup>{'<col>' * len(_HEADS)}</colgroup>"
        f"<thead class='lp-hidden'><tr>{heads}</tr></thead><tbody>{lines}</tbody>"
        f"</table><p class='lp-credit'>{_key(profile)}<br>"
        f"{_converted(slide, shown)}{_sources(slide)}</p>"
    )


def opening_html(area: Area, facts: str, locator: str) -> str:
    """Return the first slide: the name, what is known of it, and where it lies.

    Parameters
    ----------
    locator : HTML of the map, or ""
    """
    return (
        f"<div class='lp-opening'><div><h1>{escape(area.name)}</h1>"
        f"<p>{escape(facts)}</p></div>{locator}</div>"
    )


def spoken(profile: Profile, row: ProfileRow) -> str:
    """Return a row in words, for people who hear the slide."""
    beside = benchmark_text(profile, row)
    word = outcome_word(row.outcome)
    said = [f"{row.indicator.title}: {row.text(row.figure, row.level)}"]
    return ", ".join([*said, word, *([beside] if beside else [])])


def _head(row: ProfileRow) -> str:
    return f"<th scope='row'>{escape(row.indicator.title)}"


def _shown(profile: Profile, row: ProfileRow) -> str:
    """Return a row with its figure, its place among peers and the outcome."""
    figure = row.figure
    under = period_label(figure.period)
    if figure.status != "published":
        under += f" · {STATUSES[figure.status].label.lower()}"
    value = escape(row.text(figure, row.level))
    tag = "i" if figure.status == "inherited" else "b"
    long = " class='lp-long'" if len(value) > 9 else ""
    return (
        f"<tr>{_head(row)}<small>{escape(under)}</small></th>"
        f"<td{long}><{tag}>{value}</{tag}></td>"
        f"<td>{spine_html(row, outcome_class(row))}</td>"
        f"<td>{outcome_html(profile, row, explains=False)}</td></tr>"
    )


def _asked(profile: Profile, row: ProfileRow, *, is_next: bool) -> str:
    """Return a row before its figure is revealed; the next one asks its question."""
    if not is_next:
        return f"<tr class='lp-later'>{_head(row)}</th><td colspan='3'></td></tr>"
    beside = benchmark_text(profile, row)
    is_one = profile.comparator is not None and not profile.comparator.codes
    question = "More or less here?" if beside and is_one else "What would you guess?"
    under = f"<small>{escape(beside)}</small>" if beside and is_one else ""
    return (
        f"<tr class='lp-asked'>{_head(row)}<small>{escape(_what(row))}</small></th>"
        f"<td>?</td><td colspan='2'><b>{question}</b>{under}</td></tr>"
    )


def _what(row: ProfileRow) -> str:
    return f"{row.indicator.unit}, {period_label(row.figure.period)}"


def _key(profile: Profile) -> str:
    """Return how the drawings are read."""
    plural = escape(LEVELS[profile.area.level].plural_in_text)
    where = "England's" if profile.area.level == "rgn" else "the West Midlands'"
    name = escape(profile.comparator.name) if profile.comparator else ""
    line = f" The dark line is {name}." if name else ""
    if profile.comparator and profile.comparator.codes:
        line = f" Between the dark ticks is the middle half of {name}."
    return (
        f"Left is worse, or lower where neither is better.{line} The band is the "
        f"middle half of {where} {plural}; the thin line ends at their lowest and "
        "highest."
    )


def _converted(slide: Slide, shown: int) -> str:
    """Return what "converted" means, once for all rows of a slide that are."""
    if not any(row.figure.status == "converted" for row in slide.rows[:shown]):
        return ""
    about = STATUSES["converted"].about
    return f"Converted: {escape(about[0].lower() + about[1:])} "


def _sources(slide: Slide) -> str:
    publishers = publishers_of(row.indicator for row in slide.rows)
    return f"Sources: {escape(publishers)}"
