"""scripts/audit.py: what a report of pip-audit comes to."""

from __future__ import annotations

import importlib.util

import pytest

from lpipgeo.paths import PROJECT

SAFE = {"name": "altair", "version": "6.3.0", "vulns": []}
HOLED = {
    "name": "jinja2",
    "version": "3.1.2",
    "vulns": [{"id": "GHSA-h5c8-rqwp-cp95", "fix_versions": ["3.1.3"]}],
}
UNKNOWN = {"name": "anyio", "skip_reason": "Dependency not found on PyPI"}


@pytest.fixture
def judge(monkeypatch):
    monkeypatch.syspath_prepend(PROJECT / "scripts")
    spec = importlib.util.spec_from_file_location("audit", PROJECT / "scripts/audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda *packages: module.judge({"dependencies": list(packages)})


def test_a_hole_stops_the_merge_and_says_which_version_mends_it(judge):
    code, (said, hole) = judge(SAFE, HOLED)
    assert code == 1
    assert said == "2 packages audited, known holes: 1."
    assert hole == "jinja2 3.1.2: GHSA-h5c8-rqwp-cp95, mended in 3.1.3"


def test_what_could_not_be_looked_up_is_counted(judge):
    assert judge(SAFE, UNKNOWN) == (
        0,
        ["1 packages audited, known holes: 0; 1 could not be looked up."],
    )


def test_nothing_is_called_safe_where_no_advisory_was_read(judge):
    code, (said,) = judge(UNKNOWN)
    assert code == 0
    assert said.startswith("Not audited")
