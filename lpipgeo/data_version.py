"""Which data a table was made from: a short text that changes when any file does."""

from __future__ import annotations

import hashlib

from lpipgeo.paths import DataFolder, data_dir
from lpipgeo.store import once_per_folder

LENGTH = 12  # hexadecimal digits
_PARTS = ("areas", "boundaries", "indicators", "overlays", "summaries")


@once_per_folder
def data_version(data: DataFolder = None) -> str:
    """Return the first digits of a SHA-256 over all files of the data folder.

    Two folders with the same files, by name and content, have the same version.
    """
    folder = data_dir(data)
    whole = hashlib.sha256()
    files = [path for path in folder.glob("*.toml") if path.is_file()]
    for part in _PARTS:
        files += [path for path in (folder / part).rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{digest}  {path.relative_to(folder).as_posix()}\n".encode())
    return whole.hexdigest()[:LENGTH]
