"""A popover with charts and the table behind them, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.popovers import open_popover

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True)
class Picture:
    """A chart to take away.

    Attributes
    ----------
    label : in the popover
    stem : of the file's name
    chart : of one panel, without a width
    title, said : a heading, and lines below it such as a key and the source
    """

    label: str
    stem: str
    chart: alt.LayerChart
    title: str
    said: tuple[str, ...]

    def draw(self, file_format: str) -> bytes:
        """Return the chart as a file, "svg" or "png"."""
        from lpipgeo.chart_files import (  # noqa: PLC0415  altair is heavy
            WIDTH,
            draw_chart,
            with_title,
        )

        sized = self.chart.properties(width=WIDTH)
        return draw_chart(with_title(sized, self.title, self.said), file_format)


def offer_files(
    key: str,
    pictures: Sequence[Picture],
    stem: str,
    make_csv: Callable[[], bytes],
) -> None:
    """Draw the popover "Download".

    Parameters
    ----------
    key : unique on the page
    stem, make_csv : name and contents of the table
    """
    popover = open_popover("Download", "download", key)
    if popover is None:
        return
    with popover, st.container(gap="small"):
        for picture in pictures:
            quiet(picture.label)
            with st.container(horizontal=True):
                for ending in ("png", "svg"):
                    offer_file(
                        ending.upper(),
                        f"{picture.stem}.{ending}",
                        partial(picture.draw, ending),
                        key=f"{key}_{picture.stem}_{ending}",
                    )
        quiet("The figures, with units, statuses, sources and licences")
        offer_file("CSV", f"{stem}.csv", make_csv, key=f"{key}_csv")
