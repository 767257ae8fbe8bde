"""Charts as files: with title and source, in our typeface, drawn without a network."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import altair as alt

from lpipgeo.errors import SelectionError
from lpipgeo.palettes import SECONDARY_TEXT, TEXT
from lpipgeo.typeface import FAMILY, draw_png, use_typeface

CHART_FORMATS = ("svg", "png")
WIDTH = 720
TITLE_LETTERS, SUBTITLE_LETTERS = 70, 90  # in one line of that width


def draw_chart(
    chart: alt.LayerChart,
    file_format: str,
    title: str,
    said: Sequence[str] = (),
) -> bytes:
    """Return a chart as a picture that can stand alone.

    Parameters
    ----------
    chart : of one panel, without a width
    file_format : "svg", or "png" at twice the size
    said : lines below the title, such as a key and the source; long ones are broken

    Raises
    ------
    SelectionError : another format
    """
    titled = alt.TitleParams(
        wrap(title, TITLE_LETTERS),
        subtitle=[part for line in said for part in _lines(line)],
        anchor="start",
        fontSize=20,
        subtitleFontSize=14,
        color=TEXT,
        subtitleColor=SECONDARY_TEXT,
        offset=16,
    )
    ready = (
        chart.properties(
            width=WIDTH,
            title=titled,
            padding=24,
            background="#FFFFFF",
            autosize=alt.AutoSizeParams(type="pad"),
        )
        .configure(font=FAMILY)
        .configure_axis(labelFontSize=13, titleFontSize=13, titleFontWeight="normal")
        .configure_view(stroke=None)
    )
    return draw_spec(ready.to_json(), file_format)


def _lines(text: str) -> list[str]:
    return wrap(text, SUBTITLE_LETTERS, break_on_hyphens=False)


def draw_spec(spec: str, file_format: str) -> bytes:
    """Return a Vega-Lite specification as a picture, "svg" or "png" at twice the size.

    Raises
    ------
    SelectionError : another format
    """
    if file_format not in CHART_FORMATS:
        raise SelectionError(
            f"Charts are {' or '.join(CHART_FORMATS)}, not {file_format!r}."
        )
    import vl_convert  # noqa: PLC0415  large, and rarely needed

    use_typeface()
    svg = str(vl_convert.vegalite_to_svg(spec))
    return draw_png(svg) if file_format == "png" else svg.encode()
