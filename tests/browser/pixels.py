"""Look at what is painted: pictures of a part of the page, compared by pixels."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page

from lpipgeo.paths import PROJECT

ARTIFACTS = PROJECT / ".artifacts"
Pixels = NDArray[np.uint8]


def take(target: Page | Locator) -> Pixels:
    """Return a picture of a page or element, shape (height, width, 3)."""
    picture = Image.open(io.BytesIO(target.screenshot(type="png")))
    return np.asarray(picture.convert("RGB"))


def save(pixels: Pixels, name: str) -> Path:
    """Keep a picture under .artifacts/ for a person to look at."""
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"{name}.png"
    Image.fromarray(pixels).save(path)
    return path


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of "#RRGGBB"."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def share_of(pixels: Pixels, colour: str, tolerance: int = 6) -> float:
    """Return the share of pixels that have a colour, within a tolerance per channel."""
    wanted = np.array(rgb(colour), dtype=np.int16)
    away = np.abs(pixels.astype(np.int16) - wanted).max(axis=2)
    return float((away <= tolerance).mean())


def colours_found(
    pixels: Pixels, colours: tuple[str, ...], least: float = 0.001
) -> list[str]:
    """Return those of some colours that at least a share of the pixels has."""
    return [colour for colour in colours if share_of(pixels, colour) >= least]


def share_changed(before: Pixels, after: Pixels, tolerance: int = 12) -> float:
    """Return the share of pixels that differ between two pictures of one size."""
    if before.shape != after.shape:
        raise ValueError(f"sizes differ: {before.shape} and {after.shape}")
    away = np.abs(before.astype(np.int16) - after.astype(np.int16)).max(axis=2)
    return float((away > tolerance).mean())


def colour_at(pixels: Pixels, x: int, y: int) -> str:
    """Return the colour of one pixel as "#RRGGBB"."""
    return "#" + bytes(int(channel) for channel in pixels[y, x]).hex().upper()


def wait_until_still(
    target: Page | Locator, *, seconds: float = 15, pause: float = 0.25
) -> Pixels:
    """Return a picture once two in a row are equal; fail when it never settles."""
    deadline = time.monotonic() + seconds
    before = take(target)
    while time.monotonic() < deadline:
        time.sleep(pause)
        after = take(target)
        if before.shape == after.shape and share_changed(before, after) == 0:
            return after
        before = after
    raise AssertionError(f"the picture was not still within {seconds} s")
