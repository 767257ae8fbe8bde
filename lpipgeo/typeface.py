"""The typeface of everything drawn for taking away, and pictures set in it.

The files lie beside the app, so that a machine without fonts draws the same text.
"""

from __future__ import annotations

from functools import lru_cache

from lpipgeo.paths import PROJECT

FOLDER = PROJECT / "static/vendor/source-sans"
# In quotes: a name with a number in it is otherwise no name, and nothing is drawn.
FAMILY = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"


def draw_png(svg: str) -> bytes:
    """Return an SVG as PNG, two pixels across and down for each of its own."""
    import vl_convert  # noqa: PLC0415  large, and rarely needed

    use_typeface()
    return bytes(vl_convert.svg_to_png(svg, scale=2))


@lru_cache(maxsize=1)
def use_typeface() -> None:
    """Tell the drawer of charts and pictures where the typeface lies."""
    import vl_convert  # noqa: PLC0415  large, and rarely needed

    vl_convert.register_font_directory(str(FOLDER))
