"""Textures of statuses and signs of overlays for still pictures, as on the map."""

from __future__ import annotations

from math import cos, pi, sin

_EDGE, _WHITE = "#1C2330", "#FFFFFF"
_INK = 'stroke="#1C2330" stroke-opacity="0.7" stroke-width="1.1" fill="none"'


def _pattern(name: str, size: int, body: str) -> str:
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse">{body}</pattern>'
    )


_SLANTS = "M-2 10L10 -2M-2 2L2 -2M6 10L10 6"
# Used by `fill`; one for each texture of `lpipgeo.statuses` but "plain" and "outline".
TEXTURE_PATTERNS = {
    "dotted": (
        8,
        '<circle cx="3" cy="3" r="1.3" fill="#1C2330" fill-opacity="0.75"/>',
    ),
    "slanted": (8, f'<path d="{_SLANTS}" {_INK}/>'),
    "ringed": (14, f'<circle cx="7" cy="7" r="2.4" {_INK}/>'),
    "crossed": (12, f'<path d="M4 4L8 8M8 4L4 8" {_INK}/>'),
    "dashed": (12, f'<path d="M3 6H9" {_INK}/>'),
    "hatched": (8, f'<path d="{_SLANTS}" stroke="#9AA1AB" stroke-width="1.2"/>'),
}
TEXTURES = "".join(
    ["<defs>", *(_pattern(n, *p) for n, p in TEXTURE_PATTERNS.items()), "</defs>"]
)


def _corners(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def _star(r: float) -> str:
    points = []
    for i in range(10):
        long = r * (0.58 if i % 2 else 1.35)
        points.append((long * sin(i * pi / 5), -long * cos(i * pi / 5)))
    return _corners(points)


def _cross(r: float) -> str:
    a, b = 0.42 * r, 1.1 * r
    return _corners(
        [
            *((-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a)),
            *((a, b), (-a, b), (-a, a), (-b, a), (-b, -a), (-a, -a)),
        ]
    )


def sign(mark: str, colour: str, x: float, y: float, r: float) -> str:
    """Return a point's sign as an SVG element around (x, y), of about radius r."""
    if mark == "circle":
        shape = f'<circle r="{r:g}"'
    elif mark == "square":
        half = 0.88 * r
        shape = (
            f'<rect x="{-half:g}" y="{-half:g}" width="{2 * half:g}" '
            f'height="{2 * half:g}"'
        )
    else:
        path = {
            "diamond": _corners(
                [(0, -1.2 * r), (1.2 * r, 0), (0, 1.2 * r), (-1.2 * r, 0)]
            ),
            "triangle": _corners(
                [(0, -1.15 * r), (1.1 * r, 0.85 * r), (-1.1 * r, 0.85 * r)]
            ),
            "star": _star(r),
            "cross": _cross(r),
        }[mark]
        shape = f'<path d="{path}"'
    move = f'transform="translate({x:g} {y:g})"'
    halo = f'fill="{_WHITE}" stroke="{_WHITE}" stroke-width="{r / 3:g}"'
    edge = f'stroke="{_EDGE}" stroke-width="{r / 9:g}"'
    return f'<g {move}>{shape} {halo}/>{shape} fill="{colour}" {edge}/></g>'


def shape(mark: str, colour: str, path: str, weight: float) -> str:
    """Return a polygon of an overlay: a line or texture of its colour, edged white."""
    is_thin = mark in ("dotted", "hatched")
    wide = weight * (1 if is_thin else 2)
    line = f'<path d="{path}" fill="none" stroke-linejoin="round"'
    dash = (
        f' stroke-dasharray="{4 * weight:g} {3 * weight:g}"' if mark == "dashed" else ""
    )
    fill = ""
    if is_thin:
        fill = f'<path d="{path}" fill="url(#{texture_id(mark, colour)})" '
        fill += 'fill-rule="evenodd"/>'
    return (
        f'{fill}{line} stroke="{_WHITE}" stroke-opacity="0.85" '
        f'stroke-width="{wide + 1.6 * weight:g}"/>'
        f'{line} stroke="{colour}" stroke-width="{wide:g}"{dash}/>'
    )


def texture_id(mark: str, colour: str) -> str:
    """Return the id of an overlay's texture, as `overlay_texture` defines it."""
    return f"{mark}-{colour.removeprefix('#')}"


def overlay_texture(mark: str, colour: str) -> str:
    """Return the definition of a polygon overlay's texture; empty where it has none."""
    if mark == "dotted":
        body = f'<rect x="2" y="2" width="3" height="3" fill="{colour}"/>'
        return _pattern(texture_id(mark, colour), 10, body)
    if mark == "hatched":
        line = f'<path d="M-4 12L12 28M-4 -4L20 20M4 -4L20 12" stroke="{colour}" '
        return _pattern(texture_id(mark, colour), 16, f'{line}stroke-width="2"/>')
    return ""
