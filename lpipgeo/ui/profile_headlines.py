"""In short: the strengths and challenges of an area, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from lpipgeo.area_profile import Profile
from lpipgeo.headlines import Headline, find_headlines


def show_headlines(profile: Profile) -> None:
    """Draw the two columns; one without a sentence says that none could be made."""
    st.html(headlines_html(find_headlines(profile)))


def headlines_html(found: Sequence[Headline]) -> str:
    """Return strengths and challenges as two columns; texts are escaped."""
    strengths = [made for made in found if made.kind == "strength"]
    challenges = [made for made in found if made.kind == "challenge"]
    return (
        "<section class='lp-short' aria-label='In short'>"
        f"{_column('Strengths', '▲', 'better', strengths)}"
        f"{_column('Challenges', '▼', 'worse', challenges)}</section>"
    )


def _column(title: str, sign: str, name: str, made: Sequence[Headline]) -> str:
    items = "".join(f"<li>{_sentence(m.sentence)}</li>" for m in made)
    body = f"<ul>{items}</ul>" if items else (
        "<p class='lp-quiet'>No figure stands out clearly enough to be named.</p>"
    )  # fmt: skip
    heading = f"<h2><span class='lp-{name}' aria-hidden='true'>{sign}</span> {title}"
    return f"<div>{heading}</h2>{body}</div>"


def _sentence(sentence: str) -> str:
    """Return a sentence with its subject, up to the colon, set bold."""
    subject, colon, rest = sentence.partition(": ")
    return (
        f"<b>{escape(subject)}</b>{colon}{escape(rest)}" if rest else escape(sentence)
    )
