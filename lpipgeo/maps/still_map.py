"""A map to take away: title, map, legend, source and date, as SVG or PNG.

Drawn from the same shapes and classes as the map of the page, never a picture of the
screen, so it prints sharply at any size.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from html import escape
from textwrap import wrap

from lpipgeo.boundary_sets import HEX, find_boundary_set
from lpipgeo.choropleth import Choropleth
from lpipgeo.maps.svg_map import TEXTURES, svg_lines, svg_map
from lpipgeo.palettes import DISTRICT_LINE, RULE, SECONDARY_TEXT, SUBREGION_LINE, TEXT
from lpipgeo.paths import PROJECT
from lpipgeo.statuses import STATUSES

WIDTH = 1200
_MARGIN = 40
_MAP_WIDTH = 760
_MAP_LEFT = WIDTH - _MARGIN - _MAP_WIDTH
_FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
_FONTS = PROJECT / "static/vendor/source-sans"


def still_svg(choropleth: Choropleth, taken_on: date, *, hexagons: bool = False) -> str:
    """Return the whole sheet as an SVG document.

    Parameters
    ----------
    taken_on : the day that the sheet names
    hexagons : draw MSOAs as hexagons of equal size
    """
    title = wrap(choropleth.title, 72)
    top = 66 + 36 * len(title)
    picture = svg_map(choropleth, _MAP_WIDTH, hexagons=hexagons)
    height = int(picture.split('height="', 1)[1].split('"', 1)[0])
    over = f"{choropleth.level}{HEX}" if hexagons else choropleth.level
    ending = HEX if hexagons else ""
    lines = "".join(
        svg_lines(f"{level}{ending}", _MAP_WIDTH, colour, weight, over)
        for level, colour, weight in (
            ("lad24", DISTRICT_LINE, 0.7),
            ("subregion", SUBREGION_LINE, 1.4),
        )
    )
    picture = picture.replace("</svg>", f"{lines}</svg>")
    placed = picture.replace("<svg ", f'<svg x="{_MAP_LEFT}" y="{top}" ', 1)
    notes = _notes(choropleth, taken_on)
    bottom = top + height + 40
    total = bottom + 22 * len(notes) + 24
    body = [
        *(
            _text(_MARGIN, 66 + 36 * i, line, 30, weight=600)
            for i, line in enumerate(title)
        ),
        placed,
        _legend(choropleth, top + 20),
        f'<path d="M{_MARGIN} {bottom - 22}H{WIDTH - _MARGIN}" stroke="{RULE}"/>',
        *(
            _text(_MARGIN, bottom + 22 * i, line, 15, colour=SECONDARY_TEXT)
            for i, line in enumerate(notes)
        ),
    ]
    said = escape(choropleth.title, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{said}" '
        f'width="{WIDTH}" height="{total}" viewBox="0 0 {WIDTH} {total}">'
        f'<rect width="{WIDTH}" height="{total}" fill="#FFFFFF"/>'
        f"{TEXTURES}{''.join(body)}</svg>"
    )


def still_png(
    choropleth: Choropleth, taken_on: date, *, hexagons: bool = False
) -> bytes:
    """Return the sheet as PNG, 2,400 pixels wide."""
    import vl_convert  # noqa: PLC0415  large, and rarely needed

    _register_fonts()
    svg = still_svg(choropleth, taken_on, hexagons=hexagons)
    return bytes(vl_convert.svg_to_png(svg, scale=2))


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    """Tell the drawer of our font: without one, a machine without fonts has no text."""
    import vl_convert  # noqa: PLC0415  large, and rarely needed

    vl_convert.register_font_directory(str(_FONTS))


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
        f'<text x="{x:g}" y="{y:g}" font-family="{_FONT}" font-size="{size:g}" '
        f'font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )


def _legend(choropleth: Choropleth, top: float) -> str:
    """Return the classes, highest first, and what the textures mean."""
    unit = f"{choropleth.indicator.short_title}, {choropleth.indicator.unit}"
    parts = []
    y = top
    for line in wrap(unit, 34):
        parts.append(_text(_MARGIN, y, line, 17, weight=600))
        y += 22
    for number in reversed(range(choropleth.classes.k)):
        count = choropleth.classes.counts[number]
        parts.append(
            f'<rect x="{_MARGIN}" y="{y - 4:g}" width="34" height="22" '
            f'fill="{choropleth.colours[number]}" stroke="{RULE}"/>'
        )
        label = f"{choropleth.class_text(number)} ({count:,})"
        parts.append(_text(_MARGIN + 46, y + 13, label, 16))
        y += 28
    y += 8
    for status, count in choropleth.status_counts.items():
        if STATUSES[status].texture != "plain":
            parts.append(_key(STATUSES[status].texture, y))
            label = f"{STATUSES[status].label} ({count:,})"
            parts.append(_text(_MARGIN + 46, y + 13, label, 16))
            y += 28
    y += 18
    for mark in choropleth.marks:
        parts.append(_text(_MARGIN, y, mark.text, 16))
        y += 24
    for line in wrap(choropleth.method, 42):
        parts.append(_text(_MARGIN, y + 6, line, 15, colour=SECONDARY_TEXT))
        y += 20
    return "".join(parts)


def _key(texture: str, y: float) -> str:
    fill = f"url(#{texture})" if texture in ("dotted", "hatched") else "#FFFFFF"
    edge = "#5B6470" if texture == "outline" else "#9AA1AB"
    return (
        f'<rect x="{_MARGIN}" y="{y - 4:g}" width="34" height="22" fill="{fill}" '
        f'stroke="{edge}"/>'
    )


def _notes(choropleth: Choropleth, taken_on: date) -> list[str]:
    """Return sources, terms and the day, in lines."""
    indicator = choropleth.indicator
    works = dict.fromkeys(f"{s.publisher}, {s.title}" for s in indicator.sources)
    terms = dict.fromkeys(s.attribution for s in indicator.sources)
    boundaries = find_boundary_set(choropleth.level).credit
    said = [
        f"Source: {'; '.join(works)}.",
        f"{' '.join(terms)} Boundaries: {boundaries}",
        f"Made with the West Midlands place dashboard, {taken_on:%-d %B %Y}.",
    ]
    return [line for text in said for line in wrap(text, 160)]
