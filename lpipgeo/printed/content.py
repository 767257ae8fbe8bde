"""What stands on a printed profile: plain texts and pictures, no layout.

The PDF and the web page are both made from a `Sheet`, so that they cannot say
different things. Nothing here is markup but the pictures, which are SVG.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lpipgeo.area_classification import classification_name
from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_profile import Profile, ProfileRow, read_profile
from lpipgeo.boundary_sets import read_register
from lpipgeo.citation import is_local
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import capital
from lpipgeo.headlines import RULE, find_headlines
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.levels import LEVELS, LINKED_LEVELS
from lpipgeo.licences import works_table
from lpipgeo.outcomes import METHOD, Outcome, outcome_word
from lpipgeo.paths import DataFolder
from lpipgeo.periods import day_text
from lpipgeo.printed.address import draw_qr, page_address
from lpipgeo.printed.line import Line, make_line
from lpipgeo.printed.locator import draw_locator
from lpipgeo.printed.spine import draw_sign
from lpipgeo.statuses import STATUSES
from lpipgeo.trends import METHOD as TREND_METHOD

LOCAL_NOTE = (
    "It works on the computer that runs the dashboard. Printed from an address that "
    "others reach, the profile has a QR code, too."
)
NO_BENCHMARK = "No comparison"
SIGNS = (
    ("better", "better than the benchmark"),
    ("similar", "similar: margins of error overlap"),
    ("worse", "worse"),
    ("higher", "higher or lower, where neither is better"),
    ("not_compared", "not tested"),
)
RANK_METHOD = (
    "Rank 1 is the best, or the highest where neither more nor less is better; below "
    "it stand the ranks that the margins of error leave open."
)
TREND_KEY = (
    "Through time: the area's own figures to the newest, each on a scale of its own, "
    "with their margin of error as a band. No line leads across a break, a missing "
    "year or another kind of period."
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG element and, in words, what it shows."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Part:
    """A subtheme with its lines."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A theme with its subthemes and its dark colour."""

    name: str
    about: str
    colour: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printed profile of one area.

    Attributes
    ----------
    code, name, kind : of the area; the kind in words
    facts : pairs of a name and what it is: residents, size, larger areas
    benchmark, benchmark_about : what the area is compared with; "" for nothing to say
    locator : the map, or None
    strengths, challenges : sentences
    no_headlines : a sentence where there are none, else ""
    rule : by which they were chosen
    sections : themes, those without lines left out
    empty : a sentence where there are no lines at all, else ""
    spine_key : what the line and the band of the pictures are; "" without pictures
    trend_key : likewise of the lines through time
    signs : pairs of a shape and its meaning
    untested : why outcomes were not tested, in a few words, each reason once
    marks : (mark, word, meaning) of the statuses that occur
    methods : sentences on comparison, trend and rank
    attributions : the words in which publishers are named, with their licences
    works : (publisher, title, licence, page) of every work used; page may be ""
    data_day : "3 October 2026": up to when figures were taken from publishers
    printed_day : likewise, or "" where it was not given
    address, address_note : of the page, and a sentence on where it works
    qr : the address as a picture; None where no other device would reach it
    """

    code: str
    name: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    benchmark: str
    benchmark_about: str
    locator: Picture | None
    strengths: tuple[str, ...]
    challenges: tuple[str, ...]
    no_headlines: str
    rule: str
    sections: tuple[Section, ...]
    empty: str
    spine_key: str
    trend_key: str
    signs: tuple[tuple[Picture, str], ...]
    untested: tuple[str, ...]
    marks: tuple[tuple[str, str, str], ...]
    methods: tuple[str, ...]
    attributions: tuple[str, ...]
    works: tuple[tuple[str, str, str, str], ...]
    data_day: str
    printed_day: str
    address: str
    address_note: str
    qr: Picture | None


def make_sheet(
    area_code: str,
    benchmark: str | None = None,
    *,
    address: str | None = None,
    printed_on: date | None = None,
    data: DataFolder = None,
) -> Sheet:
    """Return what stands on the printed profile of an area.

    Parameters
    ----------
    area_code, benchmark : see `lpipgeo.area_profile.read_profile`
    address : where the dashboard is reached; on this computer when left out
    printed_on : the day to name; none when left out

    Raises
    ------
    UnknownAreaError, SelectionError
    """
    profile = read_profile(area_code, benchmark, data=data)
    return sheet_of(profile, address=address, printed_on=printed_on, data=data)


def make_sheets(
    area_codes: str | Iterable[str],
    benchmark: str | None = None,
    *,
    address: str | None = None,
    printed_on: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    data: DataFolder = None,
) -> list[Sheet]:
    """Return the sheets of one or more areas in the order given, each once.

    Parameters
    ----------
    area_codes : one code, or several
    progress : called after each sheet with how many are made, and of how many
    benchmark, address, printed_on : see `make_sheet`

    Raises
    ------
    UnknownAreaError : before any sheet is made
    SelectionError : there is no area, or one has no such benchmark
    """
    index = read_areas(data)
    given = [area_codes] if isinstance(area_codes, str) else area_codes
    codes = list(dict.fromkeys(index.find(code).code for code in given))
    if not codes:
        raise SelectionError("Name at least one area, such as E08000028.")
    made = []
    for code in codes:
        sheet = make_sheet(
            code, benchmark, address=address, printed_on=printed_on, data=data
        )
        made.append(sheet)
        if progress:
            progress(len(made), len(codes))
    return made


def document_title(sheets: Sequence[Sheet]) -> str:
    """Return the title of a document with these sheets."""
    if len(sheets) == 1:
        return f"Area profile: {sheets[0].name}"
    return f"Area profiles: {sheets[0].name} and {len(sheets) - 1} more"


def sheet_of(
    profile: Profile,
    *,
    address: str | None = None,
    printed_on: date | None = None,
    data: DataFolder = None,
) -> Sheet:
    """Return the same for a profile that was read already."""
    catalogue, area = read_catalogue(data), profile.area
    comparator = profile.comparator
    locator = draw_locator(area, data=data)
    headlines = find_headlines(profile)
    sections = _sections(profile, catalogue, data)
    lines = [ln for sec in sections for part in sec.parts for ln in part.lines]
    link = page_address(area.code, address)
    levels = locator.levels if locator else ()
    attributions, works = _sources(profile.rows, levels, data)
    kinds = LEVELS[area.level].plural_in_text
    return Sheet(
        code=area.code,
        name=area.name,
        kind=_kind(area),
        facts=_facts(area, data),
        benchmark=capital(comparator.name) if comparator else NO_BENCHMARK,
        benchmark_about=comparator.about if comparator else "",
        locator=Picture(locator.svg, locator.alt) if locator else None,
        strengths=tuple(h.sentence for h in headlines if h.kind == "strength"),
        challenges=tuple(h.sentence for h in headlines if h.kind == "challenge"),
        no_headlines=""
        if headlines
        else "No figure stands out by the rule below, or none can be tested.",
        rule=RULE,
        sections=sections,
        empty="" if sections else f"There are no figures for {kinds} yet.",
        spine_key=_spine_key(profile) if any(ln.spine for ln in lines) else "",
        trend_key=TREND_KEY if any(ln.trend_line for ln in lines) else "",
        signs=tuple((_sign(word), text) for word, text in SIGNS),
        untested=tuple(
            dict.fromkeys(ln.outcome_note for ln in lines if ln.outcome_note)
        ),
        marks=_marks(lines),
        methods=(METHOD, TREND_METHOD, RANK_METHOD),
        attributions=attributions,
        works=works,
        data_day=_data_day(profile.rows),
        printed_day=day_text(printed_on) if printed_on else "",
        address=link,
        address_note=LOCAL_NOTE if is_local(link) else "",
        qr=None if is_local(link) else _qr(link),
    )


def _sign(word: str) -> Picture:
    return Picture(draw_sign(word), outcome_word(Outcome(word)))


def _qr(link: str) -> Picture:
    alt = f"QR code of the address {link}"
    return Picture(draw_qr(link, alt), alt)


def _kind(area: Area) -> str:
    others = (LEVELS[level].in_text for level in area.levels[1:])
    return " and ".join([LEVELS[area.level].name, *others])


def _facts(area: Area, data: DataFolder) -> tuple[tuple[str, str], ...]:
    index = read_areas(data)
    record = index.table.loc[area.code]
    facts = [("Code", area.code)]
    if area.code_name and area.code_name != area.name:
        facts.append(("Official name", area.code_name))
    if pd.notna(record["residents"]):
        facts.append(("Residents", f"{record['residents']:,.0f} (Census 2021)"))
    if pd.notna(record["area_km2"]):
        size = float(index.table["area_km2"].loc[area.code])
        facts.append(("Size", f"{size:,.{0 if size >= 10 else 2}f} km²"))
    if pd.notna(record["rural_urban"]):
        facts.append(("Rural or urban", str(record["rural_urban"])))
    if pd.notna(record["area_classification"]):
        sign = str(record["area_classification"])
        names = " – ".join(classification_name(sign, data=data))
        facts.append(("Area classification", f"{sign}: {names}"))
    parents = [
        f"{parent.name} ({LEVELS[parent.level].in_text})"
        for parent in index.parents(area.code)
        if parent.in_region and parent.level in LINKED_LEVELS
    ]
    if parents:
        facts.append(("Lies in", ", ".join(parents)))
    return tuple(facts)


def _sections(
    profile: Profile, catalogue: Catalogue, data: DataFolder
) -> tuple[Section, ...]:
    lines: dict[tuple[str, str], list[Line]] = {}
    for row in profile.rows:
        key = (row.indicator.theme, row.indicator.subtheme)
        lines.setdefault(key, []).append(make_line(profile, row, data=data))
    found = []
    for theme in catalogue.themes.themes:
        parts = tuple(
            Part(part.name, tuple(lines[theme.id, part.id]))
            for part in theme.subthemes
            if (theme.id, part.id) in lines
        )
        if parts:
            found.append(Section(theme.name, theme.about, theme.ramp[1], parts))
    return tuple(found)


def _spine_key(profile: Profile) -> str:
    area, comparator = profile.area, profile.comparator
    if area.level == "rgn":
        peers = "the regions of England"
    else:
        peers = f"the {LEVELS[area.level].plural_in_text} of the West Midlands"
    sign = "Upright line: the benchmark. "
    if comparator is None:
        sign = ""
    elif comparator.codes:
        sign = f"Frame: the middle half of {comparator.name}. "
    return (
        f"Grey line: from the lowest to the highest figure of {peers}. Band: the "
        f"middle half of them. {sign}The worst figure is on the left; where neither "
        "more nor less is better, the lowest."
    )


def _marks(lines: Iterable[Line]) -> tuple[tuple[str, str, str], ...]:
    used = {line.status: line.mark for line in lines if line.mark}
    return tuple(
        (used[status.id], status.label, status.about)
        for status in STATUSES.values()
        if status.id in used
    )


def _sources(
    rows: tuple[ProfileRow, ...], levels: tuple[str, ...], data: DataFolder
) -> tuple[tuple[str, ...], tuple[tuple[str, str, str, str], ...]]:
    """Return the attributions with licences, and the works behind them."""
    register = read_register(data)
    table = works_table(
        {row.indicator.id: row.indicator for row in rows},
        {},
        {level: register[level] for level in levels},
    )
    attributions: dict[str, None] = {}
    works = []
    for work in table.to_dict("records"):
        licence, said = str(work["Licence"]), str(work["Attribution"])
        is_named = licence.split(" (")[0].casefold() in said.casefold()
        full = said if is_named else f"{said.rstrip('.')} ({licence})."
        attributions[full.removeprefix("Source: ")] = None
        page = "" if pd.isna(work["Page"]) else str(work["Page"])
        works.append((str(work["Publisher"]), str(work["Work"]), licence, page))
    return tuple(attributions), tuple(works)


def _data_day(rows: tuple[ProfileRow, ...]) -> str:
    days = [source.accessed_on for row in rows for source in row.indicator.sources]
    return day_text(max(days)) if days else ""
