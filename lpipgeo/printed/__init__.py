"""The printed profile: an area on paper, as PDF and as a self-contained web page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from lpipgeo.paths import DataFolder

if TYPE_CHECKING:
    from datetime import date


def profile_pdf(
    area_codes: str | Iterable[str],
    benchmark: str | None = None,
    *,
    address: str | None = None,
    printed_on: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    data: DataFolder = None,
) -> bytes:
    """Return the printed profile of one or more areas as one PDF (A4, PDF/UA-1).

    Parameters
    ----------
    area_codes : one code, or several: each begins on a new page
    benchmark : see `profile`
    address : where the dashboard is reached, for the link and its QR code, such as
        "https://places.example.org"; this computer when left out
    printed_on : the day to name on it; none when left out
    progress : called after each profile with how many are read, and of how many

    Raises
    ------
    UnknownAreaError, SelectionError
    """
    from lpipgeo.printed.content import make_sheets  # noqa: PLC0415
    from lpipgeo.printed.pdf import make_pdf  # noqa: PLC0415

    sheets = make_sheets(
        area_codes,
        benchmark,
        address=address,
        printed_on=printed_on,
        progress=progress,
        data=data,
    )
    return make_pdf(sheets)


def profile_html(
    area_codes: str | Iterable[str],
    benchmark: str | None = None,
    *,
    address: str | None = None,
    printed_on: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    data: DataFolder = None,
) -> str:
    """Return the same as one HTML document that needs no network; see `profile_pdf`."""
    from lpipgeo.printed.content import make_sheets  # noqa: PLC0415
    from lpipgeo.printed.web_page import make_web_page  # noqa: PLC0415

    sheets = make_sheets(
        area_codes,
        benchmark,
        address=address,
        printed_on=printed_on,
        progress=progress,
        data=data,
    )
    return make_web_page(sheets)
