"""Fixtures for any test: the committed data, the sources, a tiny region."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from lpipgeo.paths import PROJECT
from tests.example_counts import examples
from tests.tiny_data import write_tiny_data

# The same examples on every run, and no verdict by the clock of a busy machine.
settings.register_profile(
    "project", deadline=None, derandomize=True, max_examples=examples(30)
)
settings.load_profile("project")


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Mark every test of tests/browser, so that `-m "not browser"` leaves it out.

    The full rebuild takes minutes and runs only where `-m rebuild` asks for it.
    """
    if "rebuild" not in str(config.getoption("markexpr")):
        items[:] = [item for item in items if not item.get_closest_marker("rebuild")]
    for item in items:
        if "browser" in item.path.relative_to(PROJECT).parts:
            item.add_marker(pytest.mark.browser)
        if "sources_dir" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.sources)


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The committed data folder, whatever LPIPGEO_DATA says."""
    return PROJECT / "data"


@pytest.fixture(scope="session")
def sources_dir() -> Path:
    """The publishers' files; the test is skipped on a machine without them."""
    named = os.environ.get("LPIPGEO_SOURCES")
    folder = Path(named) if named else PROJECT.parent / "shared/sources"
    if not (folder / "MANIFEST.csv").is_file():
        pytest.skip(f"The publishers' files are not at {folder}.")
    return folder


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete data folder of six squares; read it, do not change it."""
    return write_tiny_data(tmp_path_factory.mktemp("tiny"))
