"""A map to take away: title, map, legend, source and date, as SVG or PNG.

Drawn from the same shapes and classes as the map of the page, never a picture of the
screen, so it prints sharply at any size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap

from lpipgeo.bivariate import THIRDS, Bivariate
from lpipgeo.boundary_sets import find_boundary_set
from lpipgeo.choropleth import Choropleth
from lpipgeo.formatting import works_line
from lpipgeo.levels import LEVELS
from lpipgeo.maps.svg_map import Canvas, circle, svg_map
from lpipgeo.maps.svg_marks import (
    TEXTURE_PATTERNS,
    TEXTURES,
    overlay_texture,
    shape,
    sign,
)
from lpipgeo.overlay_catalogue import Overlay, find_overlay
from lpipgeo.palettes import DISTRICT_LINE, RULE, SECONDARY_TEXT, SUBREGION_LINE, TEXT
from lpipgeo.periods import day_text
from lpipgeo.statuses import STATUSES
from lpipgeo.symbols import Symbols
from lpipgeo.typeface import FAMILY, draw_png

WIDTH = 1200
_MARGIN = 40
_MAP_WIDTH = 760
_MAP_LEFT = WIDTH - _MARGIN - _MAP_WIDTH
_CIRCLES = 1.5  # as many times larger than with the whole region on the screen


@dataclass(frozen=True)
class Sheet:
    """One map to take away.

    Attributes
    ----------
    choropleth : what is drawn
    hexagons : draw MSOAs as hexagons of equal size
    crossed : two figures in one map, of which `choropleth` is the first
    circles : a second figure above it
    overlays : ids of the overlays above it
    outline : a level whose areas are outlined
    """

    choropleth: Choropleth
    hexagons: bool = False
    crossed: Bivariate | None = None
    circles: Symbols | None = None
    overlays: tuple[str, ...] = ()
    outline: str | None = None

    @property
    def title(self) -> str:
        """What the sheet shows, as a sentence without a full stop."""
        if self.crossed:
            return self.crossed.title
        if self.circles:
            return self.circles.title_above(self.choropleth)
        return self.choropleth.title


def still_svg(sheets: Sequence[Sheet], taken_on: date) -> str:
    """Return sheets, one below the other, as an SVG document.

    Parameters
    ----------
    taken_on : the day that the sheets name
    """
    parts, total = [], 0
    for sheet in sheets:
        body, height = _sheet(sheet, taken_on)
        parts.append(f'<g transform="translate(0 {total})">{body}</g>')
        total += height
    said = escape("; ".join(sheet.title for sheet in sheets), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{said}" '
        f'width="{WIDTH}" height="{total}" viewBox="0 0 {WIDTH} {total}">'
        f'<rect width="{WIDTH}" height="{total}" fill="#FFFFFF"/>'
        f"{TEXTURES}{''.join(parts)}</svg>"
    )


def still_png(sheets: Sequence[Sheet], taken_on: date) -> bytes:
    """Return sheets as PNG, 2,400 pixels wide."""
    return draw_png(still_svg(sheets, taken_on))


def _sheet(sheet: Sheet, taken_on: date) -> tuple[str, int]:
    """Return one sheet as SVG and its height in pixels."""
    title = wrap(sheet.title, 72)
    top = 66 + 36 * len(title)
    picture, map_height = _picture(sheet)
    placed = picture.replace("<svg ", f'<svg x="{_MAP_LEFT}" y="{top}" ', 1)
    legend, legend_end = _legend(sheet, top + 20)
    notes = _notes(sheet, taken_on)
    bottom = round(max(top + map_height, legend_end) + 40)
    body = [
        *(
            _text(_MARGIN, 66 + 36 * i, line, 30, weight=600)
            for i, line in enumerate(title)
        ),
        placed,
        legend,
        f'<path d="M{_MARGIN} {bottom - 22}H{WIDTH - _MARGIN}" stroke="{RULE}"/>',
        *(
            _text(_MARGIN, bottom + 22 * i, line, 15, colour=SECONDARY_TEXT)
            for i, line in enumerate(notes)
        ),
    ]
    return "".join(body), bottom + 22 * len(notes) + 24


def _picture(sheet: Sheet) -> tuple[str, int]:
    """Return the map with everything above it, and its height."""
    canvas = Canvas(sheet.choropleth, _MAP_WIDTH, hexagons=sheet.hexagons)
    above = [
        canvas.lines("lad24", DISTRICT_LINE, 0.7),
        canvas.lines("subregion", SUBREGION_LINE, 1.4),
    ]
    if sheet.outline:
        above.append(canvas.lines(sheet.outline, SUBREGION_LINE, 2))
    if sheet.circles:
        above.append(canvas.circles(sheet.circles, sheet.circles.reach * _CIRCLES))
    overlays = [find_overlay(overlay_id) for overlay_id in sheet.overlays]
    # Points above polygons, so that no sign is hidden by a texture.
    above += [canvas.overlay(o) for o in sorted(overlays, key=_is_of_points)]
    picture = svg_map(
        sheet.choropleth,
        _MAP_WIDTH,
        hexagons=sheet.hexagons,
        crossed=sheet.crossed,
        above="".join(above),
    )
    return picture, canvas.lattice.height


def _is_of_points(overlay: Overlay) -> bool:
    return overlay.shape == "points"


def _text(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    weight: int = 400,
    colour: str = TEXT,
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FAMILY}" font-size="{size:g}" '
        f'font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )


def _legend(sheet: Sheet, top: float) -> tuple[str, float]:
    """Return what colours, textures and signs mean, and where that ends."""
    column = _Column(top)
    if sheet.crossed:
        _square(column, sheet.crossed)
        counts: Mapping[str, int] = Counter(sheet.crossed.statuses)
    else:
        _classes(column, sheet.choropleth)
        counts = sheet.choropleth.status_counts
    for status in (s for s in STATUSES.values() if counts.get(s.id)):
        if status.texture != "plain":
            column.key(_key(status.texture), f"{status.label} ({counts[status.id]:,})")
    column.y += 18
    if not sheet.crossed:
        for mark in sheet.choropleth.marks:
            column.lines(mark.text, 16)
    method = sheet.crossed.method if sheet.crossed else sheet.choropleth.method
    column.lines(method, 15, colour=SECONDARY_TEXT)
    if sheet.circles:
        _circles(column, sheet.circles)
    for overlay_id in sheet.overlays:
        record = find_overlay(overlay_id)
        column.key(_overlay_key(record), record.short_title)
    return "".join(column.parts), column.y


class _Column:
    """Lines of a legend, one below the other; `y` is where the next one goes."""

    def __init__(self, top: float) -> None:
        self.parts: list[str] = []
        self.y = top

    def lines(
        self, text: str, size: float, *, weight: int = 400, colour: str = TEXT
    ) -> None:
        """Write a text, wrapped at the column's width."""
        for line in wrap(text, round(560 / size)):
            self.parts.append(
                _text(_MARGIN, self.y, line, size, weight=weight, colour=colour)
            )
            self.y += size + 6

    def key(self, swatch: str, label: str) -> None:
        """Draw a swatch of 34 by 22 pixels with its words."""
        at = f"translate({_MARGIN} {self.y - 4:g})"
        self.parts.append(f'<g transform="{at}">{swatch}</g>')
        for line in wrap(label, 32):
            self.parts.append(_text(_MARGIN + 46, self.y + 13, line, 16))
            self.y += 22
        self.y += 6


def _classes(column: _Column, choropleth: Choropleth) -> None:
    """Draw the classes, highest first."""
    unit = f"{choropleth.indicator.short_title}, {choropleth.indicator.unit}"
    column.lines(unit, 17, weight=600)
    for number in reversed(range(choropleth.classes.k)):
        count = choropleth.classes.counts[number]
        swatch = f'<rect width="34" height="22" fill="{choropleth.colours[number]}" '
        label = f"{choropleth.class_text(number)} ({count:,})"
        column.key(f'{swatch}stroke="{RULE}"/>', label)
    column.y += 8


def _square(column: _Column, crossed: Bivariate) -> None:
    """Draw the nine classes of two figures, three by three."""
    side = 46
    column.lines("Where two figures meet", 17, weight=600)
    top = column.y
    for number, colour in enumerate(crossed.colours):
        up, across = divmod(number, THIRDS)
        column.parts.append(
            f'<rect x="{_MARGIN + side * across}" y="{top + side * (2 - up):g}" '
            f'width="{side}" height="{side}" fill="{colour}" stroke="#FFFFFF"/>'
        )
    # Words of two corners, each tied to its cell by a line.
    right, low = _MARGIN + 3 * side, top + 3 * side
    column.parts.append(
        f'<path d="M{right - 10} {top + side / 2:g}h24M{_MARGIN + side / 2:g} '
        f'{low - 10:g}v27h8" fill="none" stroke="{TEXT}"/>'
    )
    column.parts.append(_text(right + 20, top + side / 2 + 5, "high in both", 15))
    column.parts.append(_text(_MARGIN + side / 2 + 14, low + 22, "low in both", 15))
    column.y = low + 50
    column.lines(f"To the right: more {_of(crossed.across)}", 15)
    column.lines(f"Upwards: more {_of(crossed.up)}", 15)
    column.y += 8


def _of(choropleth: Choropleth) -> str:
    return f"{choropleth.indicator.short_title}, {choropleth.indicator.unit}"


def _circles(column: _Column, symbols: Symbols) -> None:
    """Draw two circles of round values."""
    choropleth = symbols.choropleth
    column.y += 14
    column.lines(f"{_of(choropleth)}, {choropleth.period_text}", 17, weight=600)
    for value in symbols.examples:
        r = symbols.reach * _CIRCLES * (value / symbols.largest) ** 0.5
        column.parts.append(circle(_MARGIN + r + 2, column.y + r, r, 1))
        label = choropleth.value_text(value, "rgn")
        column.parts.append(_text(_MARGIN + 2 * r + 14, column.y + r + 5, label, 16))
        column.y += 2 * r + 12
    plural = LEVELS[choropleth.level].plural_in_text
    said = f"Circles stand for {plural}: twice the value, twice the area."
    column.y += 8
    column.lines(said, 15, colour=SECONDARY_TEXT)
    column.y += 8


def _key(texture: str) -> str:
    fill = f"url(#{texture})" if texture in TEXTURE_PATTERNS else "#FFFFFF"
    edge = "#5B6470" if texture == "outline" else "#9AA1AB"
    return f'<rect width="34" height="22" fill="{fill}" stroke="{edge}"/>'


def _overlay_key(record: Overlay) -> str:
    if record.shape == "points":
        return sign(record.mark, record.colour, 17, 11, 8)
    box = "M3 3H31V19H3z"
    texture = overlay_texture(record.mark, record.colour)
    return f"{texture}{shape(record.mark, record.colour, box, 1.4)}"


def _notes(sheet: Sheet, taken_on: date) -> list[str]:
    """Return sources, terms and the day, in lines."""
    drawn = [sheet.choropleth]
    if sheet.crossed:
        drawn.append(sheet.crossed.up)
    if sheet.circles:
        drawn.append(sheet.circles.choropleth)
    sources = [source for c in drawn for source in c.indicator.sources]
    sources += [s for o in sheet.overlays for s in find_overlay(o).sources]
    terms = dict.fromkeys(s.attribution for s in sources)
    boundaries = find_boundary_set(sheet.choropleth.level).credit
    said = [
        works_line(sources),
        f"{' '.join(terms)} Boundaries: {boundaries}",
        f"Made with the West Midlands place dashboard, {day_text(taken_on)}.",
    ]
    return [line for text in said for line in wrap(text, 160)]
