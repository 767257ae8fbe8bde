"""Browser files from npm are as they were published, and their licences are here."""

from __future__ import annotations

import hashlib
import re

import pytest

from lpipgeo.paths import PROJECT

VENDOR = PROJECT / "static/vendor"
ROW = re.compile(r"^\| (\S+) \| (\S+) \| (\S+) \| (\S+) \| ([0-9a-f]{64}) \|$", re.M)
ROWS = ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8"))


def test_every_vendored_file_is_listed():
    found = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert found == {row[0] for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_vendored_file_is_unchanged(row):
    content = (VENDOR / row[0]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == row[-1]


def test_every_package_has_its_licence():
    folders = {row[0].split("/")[0] for row in ROWS}
    assert [name for name in folders if not (VENDOR / name / "LICENSE").is_file()] == []
