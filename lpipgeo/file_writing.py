"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
from pathlib import Path

from lpipgeo.errors import LpipgeoError


def write_file(path: str | Path, body: bytes) -> None:
    """Write a file; where that fails, what was there before stays.

    Raises
    ------
    LpipgeoError : the disk is full, the folder is not there, or the like
    """
    target = Path(path)
    is_device = target.exists() and not target.is_file()
    beside = target if is_device else target.with_name(f"{target.name}.part")
    try:
        beside.write_bytes(body)
        if not is_device:
            beside.replace(target)
    except OSError as error:
        if not is_device:
            with contextlib.suppress(OSError):
                beside.unlink()
        raise LpipgeoError(f"Cannot write {path}: {error.strerror}.") from error
