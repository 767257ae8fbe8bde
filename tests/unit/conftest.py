"""Fixtures that several modules of unit tests ask for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lpipgeo.build.frame import Frame
from lpipgeo.cli import main
from tests.build_factories import make_frame
from tests.factories import EAST, SUBREGION, WEST
from tests.tiny_data import write_tiny_data


@pytest.fixture
def frame() -> Frame:
    """The tiny frame that is drawn in tests/build_factories.py."""
    return make_frame()


@pytest.fixture
def run(capsys):
    """Return a function that runs a command: exit code, stdout, stderr."""

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture(scope="session")
def sound_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tiny data in which the check finds no fault; read it, do not change it."""
    folder = write_tiny_data(tmp_path_factory.mktemp("check"))
    entry = {
        "file": "squares.csv",
        "publisher": "Office for Tests",
        "licence": "OGL",
        "attribution": "Source: Office for Tests.",
        "sha256": "0" * 64,
        "indicators": ["tiny_share"],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in entry.items()]
    (folder / "provenance.toml").write_text("\n".join(["[[files]]", *lines]))
    (folder / "areas/subregions.csv").write_text(
        "subregion_code,subregion_name,lad24_code,lad24_name\n"
        f"{SUBREGION},Tiny,{WEST},Westborough\n{SUBREGION},Tiny,{EAST},Eastborough\n"
    )
    return folder


@pytest.fixture
def data(sound_data: Path, tmp_path: Path) -> Path:
    """Sound tiny data of the test's own, to be broken."""
    return shutil.copytree(sound_data, tmp_path / "data")
