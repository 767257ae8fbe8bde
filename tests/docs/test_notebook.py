"""The example notebook says what the library says today."""

from __future__ import annotations

import json

import pytest

from lpipgeo.paths import PROJECT
from scripts.run_notebook import run_cells

NOTEBOOK = json.loads((PROJECT / "docs/example.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def said():
    return run_cells(NOTEBOOK)


CELLS = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("number", range(len(CELLS)))
def test_each_cell_says_what_is_written_below_it(said, number):
    written = [line for out in CELLS[number]["outputs"] for line in out["text"]]
    assert said[number] == written
