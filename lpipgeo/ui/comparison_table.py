"""The overview of a comparison: indicators by areas, as one piece of HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import isnan

from lpipgeo.area_index import Area
from lpipgeo.area_profile import ProfileRow
from lpipgeo.comparison import ITSELF, ComparedRow, Comparison
from lpipgeo.formatting import capital, format_number, unit_affixes
from lpipgeo.intervals import Figure
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Theme
from lpipgeo.outcomes import NOT_COMPARED, NOT_TESTED, in_short
from lpipgeo.palettes import COMPARED
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.profile_rows import SHAPES, group_html, outcome_class, profile_link

JUDGED = ("worst fifth", "worse than most", "middle", "better than most", "best fifth")
FIT_A_PHONE = 2  # columns beside the indicators
SWIPE = "<p class='lp-swipe'>Move the table sideways for the other columns →</p>"
LONGEST_UNIT = 6  # letters, such as " years"
PLAIN = (
    "lowest fifth",
    "lower than most",
    "middle",
    "higher than most",
    "highest fifth",
)


def overview_html(
    comparison: Comparison,
    themes: tuple[Theme, ...],
    places: Mapping[str, int],
    *,
    by_place: bool,
    against: str = "",
) -> str:
    """Return the table: themes as groups of rows, one column per area.

    Parameters
    ----------
    places : code to place in the set, which gives colour and sign
    by_place : shade by place among areas instead of by outcome
    against : name of the benchmark, for a column of its figures; "" for none
    """
    levels = {area.level for area in comparison.areas}
    heads = "".join(
        _head(area, places, with_level=len(levels) > 1) for area in comparison.areas
    )
    plural = LEVELS[comparison.areas[0].level].plural
    shared = f"<small>{escape(plural)}</small>" if len(levels) == 1 else ""
    if against:
        said = "for orientation" if by_place else "the others are compared with it"
        name = escape(capital(against))
        heads += f"<th scope='col'>{name}<small>{said}</small></th>"
    bodies = "".join(
        _theme_html(theme, comparison, against, by_place=by_place) for theme in themes
    )
    names = ", ".join(area.name for area in comparison.areas)
    return (
        f"{SWIPE if len(comparison.areas) + bool(against) > FIT_A_PHONE else ''}"
        "<div class='lp-scroll' tabindex='0' role='region' aria-label='Comparison'>"
        "<table class='lp-compare'>"
        f"<caption class='lp-hidden'>{escape(names)}</caption>"
        f"<thead><tr><th scope='col'>Indicator{shared}</th>{heads}</tr></thead>"
        f"{bodies}</table>"
        "</div>"
    )


def _head(area: Area, places: Mapping[str, int], *, with_level: bool) -> str:
    """Return a column's head; what all areas are stands once, before the first."""
    colour, sign = COMPARED[places[area.code]]
    return (
        f"<th scope='col'><span style='color:{colour}' aria-hidden='true'>{sign}</span>"
        f" <a href='{profile_link(area)}'>{escape(area.name)}</a>"
        f"{f'<small>{escape(LEVELS[area.level].name)}</small>' if with_level else ''}"
        "</th>"
    )


def _theme_html(
    theme: Theme, comparison: Comparison, against: str, *, by_place: bool
) -> str:
    rows = [row for row in comparison.rows if row.indicator.theme == theme.id]
    if not rows:
        return ""
    width = len(comparison.areas) + 1 + bool(against)
    lines = "".join(_row_html(row, against, by_place=by_place) for row in rows)
    return group_html(theme.name, width, lines)


def _row_html(row: ComparedRow, against: str, *, by_place: bool) -> str:
    """Return a row; what all figures share stands once, under the title.

    That is their status, and why none of them could be tested.
    """
    statuses = {cell.figure.status for cell in row.cells if cell}
    shared = statuses.pop() if len(statuses) == 1 else ""
    unit = [] if _is_short(row.indicator.unit) else [row.indicator.unit]
    than = f"than {against}" if against and not by_place else ""
    why = "" if by_place else _shared_reason(row)
    marks = [why] if shared and why == _reason_of(shared) else [*_marks(shared), why]
    under = " · ".join(filter(None, [*unit, period_label(row.period), *marks]))
    cells = "".join(
        _cell(cell, shared, than, why, by_place=by_place) for cell in row.cells
    )
    if against:
        cells += _benchmark_cell(row)
    return (
        f"<tr><th scope='row'>{escape(row.indicator.title)}"
        f"<small>{escape(under)}</small></th>{cells}</tr>"
    )


def _shared_reason(row: ComparedRow) -> str:
    """Return why no figure of a row was tested, where it is the same for all."""
    outcomes = [cell.outcome for cell in row.cells if cell and cell.outcome != ITSELF]
    reasons = {in_short(one.reason) for one in outcomes if one.word == NOT_COMPARED}
    is_one = len(reasons) == 1 and all(one.word == NOT_COMPARED for one in outcomes)
    return reasons.pop() if is_one else ""


def _reason_of(status: str) -> str:
    """Return the reason that a status is in itself, such as "estimate (converted)"."""
    return in_short(STATUSES[status].about)


def _marks(status: str) -> list[str]:
    """Return what is said of figures that were not simply published."""
    if status in ("", "published"):
        return []
    return [STATUSES[status].label.lower()]


def _cell(
    row: ProfileRow | None, shared: str, than: str, why: str, *, by_place: bool
) -> str:
    """Return a cell; the status and the reason that all share stand elsewhere."""
    if row is None:
        return "<td class='lp-none'>no figure of its own</td>"
    value = escape(_value(row, row.figure, row.level))
    tint, word = _place(row) if by_place else _outcome(row, than, why)
    about = row.outcome.reason
    if than and row.outcome.word != NOT_COMPARED:
        about = outcome_text(row.outcome.word, than)
    title = "" if by_place else escape(about, quote=True)
    status = row.figure.status
    is_said = bool(shared) or _reason_of(status) in word
    said = [word, *([] if is_said else map(escape, _marks(status)))]
    return (
        f"<td class='lp-tint-{tint}' title='{title}'><b>{value}</b>"
        f"<small>{' · '.join(said)}</small></td>"
    )


def _benchmark_cell(row: ComparedRow) -> str:
    """Return the benchmark's figure, with its period where that is another."""
    there = row.benchmark
    if there is None:
        return "<td class='lp-none'>no figure</td>"
    cell = next(cell for cell in row.cells if cell)
    value, other = _value(cell, there, ""), there.period != row.period
    under = f"<small>{escape(period_label(there.period))}</small>" if other else ""
    return f"<td class='lp-against'><b>{escape(value)}</b>{under}</td>"


def _is_short(unit: str) -> bool:
    """Return whether a unit can stand beside each figure."""
    prefix, suffix = unit_affixes(unit)
    return bool(prefix or suffix) and len(suffix) <= LONGEST_UNIT


def _value(row: ProfileRow, figure: Figure, level: str) -> str:
    """Return a figure, with its unit where that is short; else that is in the head."""
    exact = row.indicator.is_exact(level) and not isnan(figure.value)
    if _is_short(row.indicator.unit) or not exact:
        return row.text(figure, level)
    prefix, _ = unit_affixes(row.indicator.unit)
    return prefix + format_number(figure.value, row.indicator.decimals)


def _outcome(row: ProfileRow, than: str, why: str) -> tuple[str, str]:
    word = row.outcome.word
    if row.outcome == ITSELF:
        return "none", "the benchmark"
    if word == NOT_COMPARED:
        own = "" if why else in_short(row.outcome.reason)
        return "none", ": ".join([NOT_TESTED, *([escape(own)] if own else [])])
    told = outcome_text(word, than).removeprefix(word)
    # In the head for those who see it; in each cell for those who hear it.
    unseen = f"<span class='lp-hidden'>{escape(told)}</span>" if told else ""
    return outcome_class(row), f"{SHAPES[word]} {word}{unseen}"


def outcome_text(word: str, than: str) -> str:
    """Return an outcome with what it was compared with: "similar to England"."""
    joined = than.replace("than ", "to ", 1) if word == "similar" else than
    return f"{word} {joined}".rstrip()


def _place(row: ProfileRow) -> tuple[str, str]:
    """Return the fifth in which an area stands, turned so that the worst is first."""
    if row.indicator.no_rank:
        return "none", "not ranked"
    standing = row.standing
    found = (standing.england, standing.districts, standing.place)
    place = next((p for p in found if p is not None), None)
    if place is None:
        return "none", "no place"
    fifth = min(4, place // 20)
    if row.indicator.polarity == "lower_is_better":
        fifth = 4 - fifth
    judged = row.indicator.is_judged
    return f"{'j' if judged else 'p'}{fifth}", (JUDGED if judged else PLAIN)[fifth]


def key_text(benchmark: str, *, by_place: bool) -> str:
    """Return how the shading is read, in words."""
    if not by_place:
        return (
            f"Better and worse than {benchmark}, higher and lower where neither is "
            "better: said only where the margins of error do not overlap. Other cells "
            "say why they were not tested."
        )
    return (
        "Place in fifths, among England's areas of this kind where we hold them all, "
        "as for districts; else among those of the West Midlands. Kinds with fewer "
        "than 15 areas, such as sub-regions, are placed among the districts. Places "
        "do not allow for margins of error; figures by which areas are not ranked have "
        "none."
    )
