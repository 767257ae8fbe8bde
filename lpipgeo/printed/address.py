"""The address of the page that a printed profile leads back to, and its QR code."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit

import segno

from lpipgeo.errors import SelectionError
from lpipgeo.palettes import TEXT

LOCAL = "http://localhost:8501"
PAGE = "area_profile"
MAX_LENGTH = 200
_QUIET = 2  # modules around the code; the paper around it is white too


def page_address(area_code: str, base: str | None = None) -> str:
    """Return the address of an area's profile.

    Parameters
    ----------
    base : where the dashboard is reached, such as "https://places.example.org"; on
        this computer when left out

    Raises
    ------
    SelectionError : the base is no web address
    """
    given = (base or LOCAL).strip().rstrip("/")
    try:
        parts = urlsplit(given)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or any(sign in given for sign in " ?#") or len(given) > MAX_LENGTH:
        raise SelectionError(
            f"{given[:80]!r} is not the address of a dashboard. Write it like "
            "https://places.example.org."
        )
    return f"{given}/{PAGE}?{urlencode({'area': area_code})}"


def draw_qr(address: str, alt: str) -> str:
    """Return an address as a QR code: an SVG element that says what it is."""
    code = segno.make(address, error="m", micro=False)
    width, height = code.symbol_size(border=_QUIET)
    path = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
        for y, line in enumerate(code.matrix)
        for x, is_dark in enumerate(line)
        if is_dark
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(alt, quote=True)}" viewBox="0 0 {width} {height}" '
        f'width="{4 * width}" height="{4 * height}" shape-rendering="crispEdges">'
        f'<path d="{path}" fill="{TEXT}"/></svg>'
    )
