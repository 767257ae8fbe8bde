"""The table of corrections on the Sources and methods page."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from lpipgeo.ui.loaders import load_corrections
from lpipgeo.ui.messages import quiet

_WORK = ["Publisher", "Work", "Why", "How we know", "Noted on"]
_CELLS = ["Where", "It said", "We read"]


def show_corrections() -> None:
    """Draw what we read in place of what publishers' files say, and why."""
    st.markdown("## Corrections to the publishers' figures")
    table = load_corrections()
    if table.empty:
        quiet("There are none: every figure is read as it was published.")
        return
    quiet(
        "Where a publisher's file is plainly wrong, we read something else, and list "
        "it here. If the publisher changes such a figure, our next build stops until "
        "somebody has looked at the correction again."
    )
    st.html(corrections_html(table))


def corrections_html(table: pd.DataFrame) -> str:
    """Return the table as HTML; corrections with one reason share a cell.

    Parameters
    ----------
    table : as `lpipgeo.corrections.corrections_table` makes it; all texts are escaped
    """
    headings = ["Work and reason", *_CELLS]
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in headings)
    groups = table.groupby(_WORK, sort=False)
    body = "".join(_group_html(rows) for _, rows in groups)
    return (
        "<table class='lp-corrections'><caption class='lp-hidden'>Corrections</caption>"
        f"<thead><tr>{head}</tr></thead>{body}</table>"
    )


def _group_html(rows: pd.DataFrame) -> str:
    told = {name: escape(text) for name, text in rows.iloc[0].items()}
    work = ": ".join(filter(None, (told["Publisher"], told["Work"])))
    about = (
        f"<th scope='rowgroup' rowspan='{len(rows)}'><strong>{work}</strong>"
        f"<p>{told['Why']}</p>"
        f"<p class='lp-quiet'>{told['How we know']} Noted on {told['Noted on']}.</p>"
        "</th>"
    )
    lines = [
        "".join(_cell_html(name, row[name]) for name in _CELLS)
        for row in rows.to_dict("records")
    ]
    lines[0] = about + lines[0]
    return f"<tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody>"


def _cell_html(name: str, text: str) -> str:
    lines = "<br>".join(escape(line) for line in text.split("\n"))
    return f"<td data-label='{name}'><div>{lines}</div></td>"
