"""One figure of the compared areas among all areas of their kinds, and as files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import altair as alt
import streamlit as st

from lpipgeo.comparison import ComparedRow, Comparison
from lpipgeo.comparison_files import peer_rows
from lpipgeo.comparison_strips import PEERS_KEY, peer_strips
from lpipgeo.export import to_bytes
from lpipgeo.periods import period_label
from lpipgeo.strips import Line
from lpipgeo.ui.chart_downloads import Picture, offer_files
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.messages import quiet


def show_peers(
    comparison: Comparison,
    row: ComparedRow,
    places: Mapping[str, int],
    benchmark: tuple[str, float] | None,
    source: str,
) -> alt.LayerChart | None:
    """Draw a strip of all areas for each kind in the set.

    Parameters
    ----------
    places : code to place in the set, which gives colour and sign
    benchmark : its name with its figure, and its value, of the row's period

    Returns
    -------
    LayerChart : the same with a key, to take away; None where there is nothing to draw
    """
    line = None
    if benchmark is not None:
        line = Line(*benchmark)
    chart = peer_strips(row, comparison.areas, places, line)
    if chart is None:
        return None
    st.html("<h2>Among all areas of their kind</h2>")
    show_chart(chart, key="compared_peers")
    quiet(f"{PEERS_KEY} {source}")
    return peer_strips(row, comparison.areas, places, line, has_key=True)


def offer_figure(
    comparison: Comparison,
    row: ComparedRow,
    dots: alt.LayerChart,
    peers: alt.LayerChart | None,
    source: str,
) -> None:
    """Draw the popover with both charts and the table of all that they show."""
    from lpipgeo.comparison_charts import tell_ties  # noqa: PLC0415  altair is heavy

    subject = f"{row.indicator.title}, {period_label(row.period)}"
    name, ties = row.indicator.id, tell_ties(row, comparison.areas)
    pictures = [
        Picture("The areas compared", f"{name}_areas", dots, subject, (*ties, source))
    ]
    if peers is not None:
        title, said = f"{subject}, among all areas of their kind", (PEERS_KEY, source)
        label = "All areas of their kind"
        pictures.append(Picture(label, f"{name}_all", peers, title, said))
    offer_files("figure_download", pictures, name, partial(_csv, comparison, row))


def _csv(comparison: Comparison, row: ComparedRow) -> bytes:
    codes = [area.code for area in comparison.areas]
    levels = list(dict.fromkeys(cell.level for cell in row.cells if cell))
    return to_bytes(peer_rows(row.indicator.id, row.period, codes, levels), "csv")
