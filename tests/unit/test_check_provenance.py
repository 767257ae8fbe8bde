"""The check of what is written down about files: origin, checksum, corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from lpipgeo.build.check import check
from tests import factories
from tests.tiny_data import write_corrections
from tests.unit.breaking import (
    CORRECTIONS,
    PROVENANCE,
    TABLE,
    Breaker,
    Fault,
    assert_found,
    remove,
    replace,
    write,
)


def correct(**fields: object) -> Breaker:
    return lambda folder: write_corrections(
        folder, factories.correction_fields(**fields)
    )


FAULTS: dict[str, Fault] = {
    "provenance gone": (remove(PROVENANCE), PROVENANCE, ""),
    "provenance without a licence": (
        replace(PROVENANCE, '"OGL"', '""'),
        PROVENANCE,
        "squares.csv: licence",
    ),
    "provenance without a checksum": (
        replace(PROVENANCE, "0" * 64, "0" * 10),
        PROVENANCE,
        "squares.csv: sha256",
    ),
    "table that is not as the build wrote it": (
        write("SHA256SUMS", f"{'0' * 64}  {TABLE}\n".encode()),
        TABLE,
        "",
    ),
    "source that provenance does not know": (
        replace("indicators/tiny_share.toml", '"squares.csv"', '"circles.csv"'),
        PROVENANCE,
        "files",
    ),
    "corrections gone": (remove(CORRECTIONS), CORRECTIONS, ""),
    "correction without a reason": (
        correct(reason=""),
        CORRECTIONS,
        "corrections.0.reason",
    ),
    "correction of a file that nothing uses": (
        correct(file="circles.csv"),
        CORRECTIONS,
        "file",
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_rule_finds_its_fault(data: Path, rule: str) -> None:
    assert_found(data, FAULTS[rule])


def test_corrections_of_used_files_are_sound(data: Path) -> None:
    correct()(data)
    assert check(data) == []
