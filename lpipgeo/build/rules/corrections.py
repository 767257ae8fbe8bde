"""Rules for the hand-kept corrections that can be checked without the sources."""

from __future__ import annotations

from pathlib import Path

from lpipgeo.build.rules.summaries import read_provenance
from lpipgeo.corrections import CORRECTIONS, read_corrections
from lpipgeo.errors import MetadataError, Problem


def check_corrections(data: Path) -> list[Problem]:
    """Return faults of corrections.toml, and corrections of files that nothing uses."""
    try:
        corrections = read_corrections(data)
    except MetadataError as error:
        return list(error.problems)
    used, _ = read_provenance(data)
    stray = sorted({c.file for c in corrections if c.file not in used}) if used else []
    expected = "a file that the data were made from"
    return [Problem(CORRECTIONS, "file", file, expected) for file in stray]
