"""A record of the catalogue as HTML: the same parts for indicators and overlays."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.metadata import Catalogued, Source


def paragraph_html(text: str) -> str:
    """Return a text as an escaped paragraph."""
    return f"<p>{escape(text)}</p>"


def items_html(items: list[str]) -> str:
    """Return pieces of HTML as a list, or nothing where there is none."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def source_html(source: Source) -> str:
    """Return a source as a link with licence and attribution."""
    title = escape(f"{source.publisher}: {source.title}")
    return (
        f"<a href='{escape(source.url)}' target='_blank' rel='noopener'>{title}</a>. "
        f"{escape(source.licence)}. {escape(source.attribution)}"
    )


def image_html(svg: str, title: str, style: str = "lp-mini") -> str:
    """Return a small map as an image; SVG itself would be taken out of HTML."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img class="{style}" alt="{escape(title, quote=True)}" src="{source}">'


def priority_names(catalogue: Catalogue, record: Catalogued) -> str:
    """Return the names of a record's priorities, in one line."""
    names = {priority.id: priority.name for priority in catalogue.themes.priorities}
    return ", ".join(names[priority] for priority in record.priorities)


def record_html(
    record: Catalogued, facts: dict[str, str], *more: tuple[str, str]
) -> str:
    """Return what every record tells, with its own facts and further parts."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in facts.items()
        if value
    )
    parts = [
        ("What it is", paragraph_html(record.definition)),
        ("Why it matters", paragraph_html(record.why_it_matters)),
        ("Bear in mind", items_html([escape(text) for text in record.caveats])),
        *more,
        ("What we did", paragraph_html(record.processing.notes)),
        ("Source and licence", items_html([source_html(s) for s in record.sources])),
        ("In short", f"<table>{rows}</table>"),
    ]
    body = "".join(f"<h3>{heading}</h3>{part}" for heading, part in parts if part)
    return f"<section class='lp-record'>{body}</section>"
