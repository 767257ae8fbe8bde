"""The table of one theme of a profile: one row per indicator, as one piece of HTML."""

from __future__ import annotations

import math
from html import escape
from urllib.parse import urlencode

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.comparators import Comparator
from lpipgeo.levels import ENGLAND, UNITED_KINGDOM
from lpipgeo.metadata import Theme
from lpipgeo.outcomes import NOT_COMPARED, NOT_TESTED, in_short
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.profile_marks import line_html, spine_html

SHAPES = {"better": "▲", "similar": "●", "worse": "▼", "higher": "▲", "lower": "▼"}
TRENDS = {
    "rising": "↗ rising",
    "falling": "↘ falling",
    "no_clear_change": "→ no clear change",
}
HEADS = ("Indicator", "Here", "Among its peers", "Outcome", "Through time", "Rank")
_VERDICTS = {"better": "for the better", "worse": "for the worse", "": ""}


def theme_html(profile: Profile, theme: Theme) -> str:
    """Return the table of a theme's rows, or "" where none reaches the area."""
    bodies = []
    for subtheme in theme.subthemes:
        rows = [
            row
            for row in profile.rows
            if (row.indicator.theme, row.indicator.subtheme) == (theme.id, subtheme.id)
        ]
        if rows:
            lines = "".join(row_html(profile, row) for row in rows)
            bodies.append(group_html(subtheme.name, len(HEADS), lines))
    if not bodies:
        return ""
    against = f", compared with {profile.comparator.name}" if profile.comparator else ""
    caption = escape(f"{theme.name}: {profile.area.name}{against}")
    heads = "".join(f"<th scope='col'>{head}</th>" for head in HEADS)
    # What a row unfolds to is asked for later: see `profile_more`.
    asked = escape(benchmark_query(profile), quote=True)
    more = f"data-rows='./rows/{profile.area.code}/' data-query='{asked}'"
    return (
        f"<h2 id='{escape(theme.id)}'>{escape(theme.name)}</h2>"
        f"<table class='lp-rows' {more}><caption class='lp-hidden'>{caption}</caption>"
        f"<thead><tr>{heads}</tr></thead>{''.join(bodies)}</table>"
    )


def group_html(name: str, width: int, lines: str) -> str:
    """Return rows of a table under a heading that goes across all its columns."""
    return (
        f"<tbody><tr class='lp-part'><th colspan='{width}' scope='rowgroup'>"
        f"{escape(name)}</th></tr>{lines}</tbody>"
    )


def row_html(profile: Profile, row: ProfileRow) -> str:
    """Return one indicator as a table row; all texts are escaped."""
    cells = (
        _here(profile, row),
        spine_html(row, outcome_class(row)),
        outcome_html(profile, row),
        _trend(row),
        _rank(row),
    )
    filled = "".join(f"<td>{cell}</td>" for cell in cells)
    title = escape(row.indicator.title, quote=True)
    # Named, because what can be unfolded gives a header no name of its own.
    return (
        f"<tr><th scope='row' aria-label='{title}'>"
        f"<details data-more='{escape(row.indicator.id, quote=True)}'>"
        f"<summary>{title}</summary></details></th>{filled}</tr>"
    )


def profile_link(area: Area) -> str:
    """Return the address of an area's profile, for an attribute of HTML."""
    return escape(f"./area_profile?{urlencode({'area': area.code})}", quote=True)


def benchmark_query(profile: Profile) -> str:
    """Return the end of an address that keeps the benchmark; "" for England's."""
    comparator = profile.comparator
    against = comparator.choice if comparator else ENGLAND
    return "" if against == ENGLAND else f"?{urlencode({'benchmark': against})}"


def outcome_class(row: ProfileRow) -> str:
    """Return an outcome as the name of a style: "better", "not-compared"."""
    return row.outcome.word.replace("_", "-")


def _small(text: str, why: str = "") -> str:
    title = f' title="{escape(why, quote=True)}"' if why else ""
    return f"<small{title}>{escape(text)}</small>"


def _here(profile: Profile, row: ProfileRow) -> str:
    figure = row.figure
    under = period_label(figure.period)
    if figure.status != "published" and not math.isnan(figure.value):
        under += f" · {_status_text(profile, row)}"
    value = row.text(figure, row.level)
    # Not set as firmly as what was measured here.
    tag = "i" if figure.status == "inherited" else "b"
    return f"<{tag}>{escape(value)}</{tag}>{_small(under, row.why)}"


def _status_text(profile: Profile, row: ProfileRow) -> str:
    if row.figure.status != "inherited":
        return STATUSES[row.figure.status].label.lower()
    larger = read_areas().parent(profile.area.code, row.level)
    name = "a larger area" if larger is None else larger.name
    return f"inherited: the figure of {name}"


def outcome_html(profile: Profile, row: ProfileRow, *, explains: bool = True) -> str:
    """Return an outcome over the benchmark; `explains` the reason, when pointed at."""
    beside = benchmark_text(profile, row)
    under = _small(beside) if beside else ""
    if row.outcome.word == NOT_COMPARED:
        reason, short = row.outcome.reason, in_short(row.outcome.reason)
        title = f' title="{escape(reason, quote=True)}"' if explains else ""
        word = f"<span class='lp-none'{title}>{NOT_TESTED}</span>"
        return word + (_small(short) if short else "") + under
    word = f"{SHAPES[row.outcome.word]} {row.outcome.word}"
    return f"<b class='lp-{outcome_class(row)}'>{word}</b>{under}"


def benchmark_text(profile: Profile, row: ProfileRow) -> str:
    """Return name and figure of the benchmark, or "" where it has none."""
    comparator, there = profile.comparator, row.benchmark
    if comparator is None:
        return ""
    if comparator.codes:
        return _group_text(comparator, row)
    name = comparator.name
    if there is None or math.isnan(there.value):
        union = row.beside.get(UNITED_KINGDOM)
        if union is None or math.isnan(union.value):
            return ""
        name, there = "United Kingdom", union
    text = f"{name}: {row.text(there)}"
    if there.period != row.figure.period:
        text += f" ({period_label(there.period)})"
    return text


def _group_text(comparator: Comparator, row: ProfileRow) -> str:
    group = row.group
    if group is None:
        return ""
    more, less = ("better", "worse") if row.indicator.is_judged else ("higher", "lower")
    some = f"of {group.of:,} {comparator.counted}"
    return f"{some}: {group.better:,} {more}, {group.worse:,} {less}"


def _trend(row: ProfileRow) -> str:
    trend, drawn = row.trend, line_html(row)
    word = TRENDS.get(trend.word, "")
    if trend.verdict:
        word += f", {_VERDICTS[trend.verdict]}"
    if word:
        return drawn + _small(word, trend.reason)
    return drawn + _small("no trend stated", trend.reason) if drawn else ""


def ordinal(number: int) -> str:
    """Return a place as people write it: 1st, 2nd, 3rd, 11th, 1,022nd."""
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number:,}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _rank(row: ProfileRow) -> str:
    standing = row.standing
    if standing.rank is None or standing.of is None:
        return ""
    text = f"{ordinal(standing.rank)} of {standing.of:,}"
    low, high = standing.rank_low, standing.rank_high
    under = [] if row.indicator.is_judged else ["1st is highest"]
    if low is not None and high is not None and low != high:
        under.insert(0, f"from {ordinal(low)} to {ordinal(high)}")
    return text + (_small("; ".join(under)) if under else "")
