"""The figures of a custom area as one piece of HTML, grouped by theme."""

from __future__ import annotations

from html import escape
from math import floor

from lpipgeo.custom_profile import Beside, CustomProfile, CustomRow
from lpipgeo.formatting import THIN_SPACE, format_value, range_text
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.metadata import Theme
from lpipgeo.outcomes import NOT_COMPARED, NOT_TESTED, in_short
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.profile_rows import SHAPES, group_html

FULL = 100  # per cent of the residents


def figures_html(profile: CustomProfile, themes: tuple[Theme, ...]) -> str:
    """Return the table: themes as groups of rows; every text is escaped."""
    if not profile.rows:
        return ""
    beside = [one.area for one in profile.rows[0].beside]
    names = [
        "The region" if area.code == REGION else escape(area.name) for area in beside
    ]
    heads = "".join(f"<th scope='col'>{name}</th>" for name in names)
    bodies = "".join(_theme_html(theme, profile, 2 + len(beside)) for theme in themes)
    caption = escape(profile.area.name)
    return (
        "<div class='lp-scroll' tabindex='0' role='region' aria-label='Figures'>"
        f"<table class='lp-compare'><caption class='lp-hidden'>{caption}</caption>"
        f"<thead><tr><th scope='col'>Indicator</th><th scope='col'>{caption}</th>"
        f"{heads}</tr></thead>{bodies}</table></div>"
    )


def _theme_html(theme: Theme, profile: CustomProfile, width: int) -> str:
    rows = [row for row in profile.rows if row.indicator.theme == theme.id]
    if not rows:
        return ""
    return group_html(theme.name, width, "".join(map(_row_html, rows)))


def _row_html(row: CustomRow) -> str:
    record, figure = row.indicator, row.figure
    value = format_value(figure.value, record, row.level, figure.status)
    under = [_margin(row), STATUSES[figure.status].label.lower(), _covered(row)]
    title = escape(record.title, quote=True)
    cells = "".join(_beside_html(row, one) for one in row.beside)
    return (
        f"<tr><th scope='row' aria-label='{title}'><details><summary>{title}</summary>"
        f"<small>{escape(row.rule)}</small></details>"
        f"<small>{escape(period_label(figure.period))}</small></th>"
        f"<td><b>{escape(value)}</b>"
        f"<small>{escape(' · '.join(filter(None, under)))}</small></td>{cells}</tr>"
    )


def _covered(row: CustomRow) -> str:
    """Return whose figure it is where some neighbourhoods have none, else ""."""
    percent = floor(100 * row.share_covered)
    return f"of {percent}{THIN_SPACE}% of the residents" if percent < FULL else ""


def _margin(row: CustomRow) -> str:
    """Return the margin of error, such as "61.8 to 62.3"; "" where there is none."""
    if not row.figure.has_limits or row.band:
        return ""
    return range_text(row.figure.lower, row.figure.upper, row.indicator)


def _beside_html(row: CustomRow, beside: Beside) -> str:
    if beside.figure is None:
        return "<td class='lp-tint-none lp-none'>no figure</td>"
    area, figure, outcome = beside.area, beside.figure, beside.outcome
    level = "ctry" if area.code == ENGLAND else area.level
    value = format_value(figure.value, row.indicator, level, figure.status)
    tint, said = outcome.word, f"here {SHAPES.get(outcome.word, '')} {outcome.word}"
    if outcome.word == NOT_COMPARED:
        why = in_short(outcome.reason)
        tint, said = "none", f"{NOT_TESTED}: {why}" if why else NOT_TESTED
    reason = escape(outcome.reason, quote=True)
    return (
        f"<td class='lp-tint-{tint}' title='{reason}'>{escape(value)}"
        f"<small>{escape(said)}</small></td>"
    )
