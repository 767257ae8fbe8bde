"""The printed profile as PDF: A4, tagged for screen readers, with our own font."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

import typst

from lpipgeo.paths import PROJECT
from lpipgeo.printed.content import Sheet, document_title
from lpipgeo.typeface import FOLDER

TEMPLATE = PROJECT / "lpipgeo/printed/profile.typ"
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA: everything has its text or description
# Fixed, so that the same profile is the same file.
_MADE = datetime(2026, 1, 1, tzinfo=UTC)


def make_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Return printed profiles as one PDF; each begins on a new page.

    The file follows PDF/UA-1: headings, tables and descriptions of pictures can be
    read by a screen reader. The same sheets always give the same bytes.
    """
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=_MADE,
        sys_inputs=_inputs(sheets),
        font_paths=_fonts(),
    )


def _inputs(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Return the texts for the template: as JSON, so that none is read as markup."""
    content = {
        "title": document_title(sheets),
        "sheets": [asdict(sheet) for sheet in sheets],
    }
    return {"sheets": json.dumps(content, ensure_ascii=False)}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FOLDER)],
    )
