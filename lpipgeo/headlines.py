"""In short: the strengths and challenges of an area, in sentences of tested facts.

Every sentence is made from one row of the profile, and only where the data carry it.
`RULE` says how the rows are chosen, in words for the page.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from lpipgeo.area_index import Area
from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.comparators import Comparator, name_in_sentence
from lpipgeo.formatting import range_text, unit_affixes
from lpipgeo.levels import LEVELS
from lpipgeo.outcomes import NOT_COMPARED, judgement

MAX_EACH = 5
MAX_PER_SUBTHEME = 2
OUTER_THIRD = 67  # hundredths of the areas of its kind
OUTER_TENTH = 90
MIN_FOR_TENTHS = 20
MIN_SHARE = 0.1  # of the middle half of areas of its kind
RULE = (
    "Up to five strengths and five challenges are chosen, at most two from each part "
    "of a theme. First come figures that are better or worse than the benchmark beyond "
    "their margins of error, if the area is also in the outer third of areas of its "
    "kind: of England where that is known, else of the West Midlands; an area of a "
    "kind with few others is placed among districts. The difference must also be at "
    "least a tenth of the distance between the upper and lower quarter of areas of its "
    "kind in the West Midlands: large counts make even trifles clear. Where a figure "
    "cannot be tested, it counts if the area is in the outer tenth; then it is not "
    "said to differ from the benchmark. Those farthest out come first. Left out are "
    "figures of larger areas, numbers that are not shares, places in an order, and "
    "figures of which neither more nor less is better; and, unless they are "
    "tested, figures by which areas are not ranked."
)

Kind = Literal["strength", "challenge"]
Basis = Literal["tested", "position"]


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence about an area.

    Attributes
    ----------
    indicator_id, period : the row of the profile that it is made from
    kind : "strength" or "challenge"
    basis : "tested" against the benchmark, or "position" among other areas only
    reach : how far out the area stands, 0 to 99, where 99 is the outermost
    sentence : for the page, with a full stop
    """

    indicator_id: str
    period: str
    kind: Kind
    basis: Basis
    reach: int
    sentence: str


def find_headlines(profile: Profile) -> tuple[Headline, ...]:
    """Return the headlines of an area by `RULE`: strengths, then challenges.

    Within each, tested differences come first, and those that stand farthest out.
    """
    found = [made for row in profile.rows if (made := _headline(profile, row))]
    # Stable: equals stay in catalogue order.
    found.sort(key=lambda made: (made.basis != "tested", -made.reach))
    subtheme = {row.indicator.id: row.indicator.subtheme for row in profile.rows}
    chosen: list[Headline] = []
    for kind in ("strength", "challenge"):
        taken: Counter[str] = Counter()
        for made in found:
            part = subtheme[made.indicator_id]
            if made.kind != kind or taken[part] == MAX_PER_SUBTHEME:
                continue
            if taken.total() == MAX_EACH:
                break
            taken[part] += 1
            chosen.append(made)
    return tuple(chosen)


def _headline(profile: Profile, row: ProfileRow) -> Headline | None:
    indicator = row.indicator
    is_order = indicator.unit[0].isdigit()  # "1 = most deprived"
    if is_order or not indicator.is_judged or indicator.value_type == "count":
        return None
    return _tested(profile, row) or _position(row)


def _tested(profile: Profile, row: ProfileRow) -> Headline | None:
    comparator, outcome = profile.comparator, row.outcome
    if comparator is None or outcome.word not in ("better", "worse"):
        return None
    standing = row.standing
    places = (standing.england, standing.place, standing.districts)
    place = next((place for place in places if place is not None), None)
    if place is None:
        return None
    reach = place if outcome.direction == "higher" else 99 - place
    others = _others(profile, row, comparator)
    if reach < OUTER_THIRD or others is None or _is_trifling(row):
        return None
    sentence = f"{_subject(row)}, {outcome.direction} than in {others}."
    kind: Kind = "strength" if outcome.word == "better" else "challenge"
    period = row.figure.period
    return Headline(row.indicator.id, period, kind, "tested", reach, sentence)


def _is_trifling(row: ProfileRow) -> bool:
    """Whether a difference is small beside those between areas of its kind.

    Of similar areas the nearer end of their middle half is the benchmark. Where fewer
    than five areas are held, nothing is known and nothing trifling.
    """
    there, standing = row.benchmark, row.standing
    spread = standing.quarter_high - standing.quarter_low
    if there is None or math.isnan(spread):
        return False
    edges = [there.value] if math.isfinite(there.value) else [there.lower, there.upper]
    least = min(abs(row.figure.value - edge) for edge in edges)
    return least < MIN_SHARE * spread


def _others(profile: Profile, row: ProfileRow, comparator: Comparator) -> str | None:
    """Return the benchmark and a larger area that agrees, with their figures.

    None where rounding hides the difference from the benchmark.
    """
    if comparator.codes:
        return _group_text(row, comparator)
    here = row.text(row.figure, row.level)
    benchmark = row.benchmark
    if benchmark is None or row.text(benchmark) == here:
        return None
    named = {comparator.code: f"{comparator.name} ({row.text(benchmark)})"}
    for parent in _larger(profile.area, profile.larger):
        outcome = row.outcomes.get(parent.level)
        figure = row.beside.get(parent.level)
        if parent.code in named or outcome is None or figure is None:
            continue
        if outcome.direction != row.outcome.direction:
            continue
        text = row.text(figure)
        if text != here:
            named[parent.code] = f"{name_in_sentence(parent)} ({text})"
            break
    order = [parent.code for parent in profile.larger]
    listed = sorted(named, key=lambda c: order.index(c) if c in order else -1)
    return " and ".join(named[code] for code in listed)


def _larger(area: Area, parents: tuple[Area, ...]) -> list[Area]:
    """Return the larger areas in the order in which a sentence would name them."""
    nearest_and_country = [*parents[:1], *parents[-1:]]
    return [parent for parent in nearest_and_country if parent.code != area.code]


def _group_text(row: ProfileRow, comparator: Comparator) -> str | None:
    middle = row.benchmark
    if middle is None:
        return None
    _, suffix = unit_affixes(row.indicator.unit)
    span = range_text(middle.lower, middle.upper, row.indicator)
    return f"the middle half of {comparator.name} ({span}{suffix})"


def _position(row: ProfileRow) -> Headline | None:
    """Return a headline on where the area stands, without a test."""
    indicator, standing = row.indicator, row.standing
    place = standing.england if standing.england is not None else standing.place
    is_tested = row.outcome.word != NOT_COMPARED
    has_tenths = standing.england is not None or standing.peers >= MIN_FOR_TENTHS
    if place is None or is_tested or not has_tenths:
        return None
    if indicator.class_names or indicator.no_rank:
        return None
    direction = "higher" if place >= OUTER_TENTH else "lower"
    reach = place if direction == "higher" else 99 - place
    if reach < OUTER_TENTH:
        return None
    kinds = LEVELS[row.level].plural_in_text
    whose = "England's" if standing.england is not None else "the West Midlands'"
    end = "highest" if direction == "higher" else "lowest"
    sentence = f"{_subject(row)}, among the tenth of {whose} {kinds} "
    sentence += f"with the {end} figures."
    kind: Kind = (
        "strength" if judgement(indicator, direction) == "better" else "challenge"
    )
    period = row.figure.period
    return Headline(indicator.id, period, kind, "position", reach, sentence)


def _subject(row: ProfileRow) -> str:
    here = f"{row.indicator.short_title}: {row.text(row.figure, row.level)} here"
    if row.figure.status == "converted":
        return f"{here} (an estimate)"
    # What we work out from a model's figures rests on the model too.
    is_worked_out = row.figure.status == "aggregated"
    of_a_model = is_worked_out and row.indicator.is_modelled
    if row.figure.status == "modelled" or of_a_model:
        return f"{here} (by a model)"
    return here
