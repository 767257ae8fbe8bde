"""SHA256SUMS: what every file that the build wrote must hold, to the byte.

The file has the form of the ``sha256sum`` command, so ``cd data && sha256sum -c
SHA256SUMS`` checks a copy without this program. Records kept by hand are not in it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from lpipgeo.errors import Problem

CHECKSUMS = "SHA256SUMS"
_KEPT_BY_HAND = (".toml", ".csv", ".md")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(folder: Path) -> None:
    """Write the checksums of a data folder that was just made."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in _KEPT_BY_HAND
    )
    lines = [f"{sha256_of(folder / n)}  {n}\n" for n in names if n != CHECKSUMS]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def read_checksums(folder: Path) -> dict[str, str]:
    """Return the checksums by the file's name in the folder; none without the file."""
    path = folder / CHECKSUMS
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    parts = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in parts if name}


def check_checksums(folder: Path) -> list[Problem]:
    """Return every file that is missing or not as the build wrote it."""
    problems = []
    for name, expected in read_checksums(folder).items():
        path = folder / name
        found = sha256_of(path) if path.is_file() else "no file"
        if found != expected:
            problems.append(
                Problem(name, "", found, f"the file with SHA-256 {expected}", REPAIR)
            )
    return problems


REPAIR = (
    "Restore it with git checkout, or rebuild the data: "
    "python -m lpipgeo build --sources DIR."
)
