"""What is imported is declared, what is declared is locked, and locks are plain."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]
# Contracts of tables are only worked out by the build, the check and the tests.
BUILD_ONLY_MODULES = ("tables.py",)
OWN = {"lpipgeo", "benchmarks", "pages", "tests"}


def requirements(name: str) -> dict[str, Requirement]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    bare = [line.split("#")[0].strip() for line in lines]
    found = [Requirement(line) for line in bare if line and not line.startswith("-r")]
    return {canonicalize_name(item.name): item for item in found}


def imported(path: Path) -> set[str]:
    """Return the distributions that a file imports."""
    tops: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            tops |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            tops.add(node.module.split(".")[0])
    tops -= OWN | set(sys.stdlib_module_names)
    return {canonicalize_name(owners().get(top, [top])[0]) for top in tops}


@cache
def owners() -> dict[str, list[str]]:
    """Return the distributions by the names that they are imported by."""
    return dict(packages_distributions())


def test_run_time_imports_are_in_requirements_txt():
    declared = set(requirements("requirements.txt"))
    paths = [*PROJECT.glob("lpipgeo/**/*.py"), *PROJECT.glob("pages/*.py")]
    paths += PROJECT.glob("dashboard.py")
    missing = {
        path.relative_to(PROJECT).as_posix(): sorted(imported(path) - declared)
        for path in paths
        if "build" not in path.parts and path.name not in BUILD_ONLY_MODULES
        if imported(path) - declared
    }
    assert missing == {}


def test_build_imports_are_in_requirements():
    declared = {
        *requirements("requirements.txt"),
        *requirements("requirements-build.txt"),
    }
    paths = [PROJECT / "lpipgeo" / name for name in BUILD_ONLY_MODULES]
    paths += PROJECT.glob("lpipgeo/build/**/*.py")
    missing = {path.name: sorted(imported(path) - declared) for path in paths}
    assert {name: found for name, found in missing.items() if found} == {}


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-build.txt", "requirements-dev.txt"]
)
def test_requirements_have_bounds_below_and_above(name):
    signs = {
        package: sorted(part.operator for part in item.specifier)
        for package, item in requirements(name).items()
    }
    assert {p: s for p, s in signs.items() if s != ["<", ">="]} == {}


@pytest.mark.parametrize(
    ("names", "lock"),
    [
        (["requirements.txt"], "requirements.lock"),
        (
            ["requirements.txt", "requirements-build.txt", "requirements-dev.txt"],
            "requirements-dev.lock",
        ),
    ],
)
def test_lock_holds_every_requirement_within_its_bounds(names, lock):
    locked = requirements(lock)
    outside = [
        f"{package}: {locked.get(package)}"
        for name in names
        for package, item in requirements(name).items()
        if package not in locked
        or not item.specifier.contains(str(locked[package].specifier).lstrip("="))
    ]
    assert outside == []


def test_run_time_lock_is_part_of_the_whole_lock():
    # scripts/_setup.py counts on it: one environment serves both commands.
    lines = [
        {
            line
            for line in (PROJECT / name).read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
        }
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert lines[0] <= lines[1]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_is_exact_and_names_no_host(lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    pin = re.compile(r"[a-z0-9-]+==[0-9][\w.]*( ; .+)?")
    assert [line for line in lines if not pin.fullmatch(line)] == []
    assert "://" not in text
