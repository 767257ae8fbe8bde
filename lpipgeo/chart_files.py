"""A chart as a file of its own: with its title, its source, and our typeface."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import altair as alt

from lpipgeo.chart_look import Chart, in_our_look
from lpipgeo.errors import SelectionError
from lpipgeo.palettes import SECONDARY_TEXT, TEXT
from lpipgeo.typeface import FAMILY, draw_png, use_typeface

FORMATS = ("svg", "png")
WIDTH = 640  # of a chart of one panel
TITLE_LETTERS, LINE_LETTERS = 62, 95  # in one line of that width


def with_title(chart: Chart, title: str, lines: Sequence[str]) -> Chart:
    """Return a chart with a heading, lines below it, and our type and margins.

    Parameters
    ----------
    title : wrapped where it is long, as are the lines
    lines : such as place and period, then the sources
    """
    heading = alt.TitleParams(
        wrap(title, TITLE_LETTERS),
        subtitle=[part for line in lines for part in _lines(line)],
        anchor="start",
        fontSize=20,
        subtitleFontSize=14,
        color=TEXT,
        subtitleColor=SECONDARY_TEXT,
        offset=16,
    )
    framed: Chart = chart.properties(title=heading, padding=24, background="#FFFFFF")
    return in_our_look(framed, font=FAMILY)


def _lines(text: str) -> list[str]:
    return wrap(text, LINE_LETTERS, break_on_hyphens=False)


def draw_chart(
    chart: alt.Chart | alt.LayerChart | alt.VConcatChart | alt.HConcatChart,
    file_format: str = "svg",
) -> bytes:
    """Return a chart as a file.

    Parameters
    ----------
    chart : of `with_title`
    file_format : "svg", or "png" at twice the size

    Raises
    ------
    SelectionError : another format
    """
    if file_format not in FORMATS:
        raise SelectionError(f"Charts are {' or '.join(FORMATS)}, not {file_format!r}.")
    import vl_convert  # noqa: PLC0415  large, and rarely needed

    use_typeface()
    svg = str(vl_convert.vegalite_to_svg(chart.to_json()))
    return draw_png(svg) if file_format == "png" else svg.encode()
