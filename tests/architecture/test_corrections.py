"""No figure is made without the corrections, held by reading the source."""

from __future__ import annotations

import ast
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = PROJECT / "lpipgeo/build/sources.py"


def calls(path: Path) -> list[ast.expr]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]


def methods(path: Path) -> set[str]:
    """Return the methods that a module calls on its `sources`."""
    return {
        call.attr
        for call in calls(path)
        if isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and call.value.id == "sources"
    }


def test_sources_are_opened_with_the_corrections_of_the_records():
    found = [
        str(path.relative_to(PROJECT))
        for folder in ("lpipgeo", "scripts", "benchmarks", "tests/contract")
        for path in sorted((PROJECT / folder).rglob("*.py"))
        if path != SOURCES
        for call in calls(path)
        if isinstance(call, ast.Name) and call.id == "Sources"
    ]
    assert found == [], "use open_sources"


def test_whoever_opens_a_file_corrects_its_table():
    modules = sorted((PROJECT / "lpipgeo/build").rglob("*.py"))
    openers = [path for path in modules if "path" in methods(path)]
    assert SOURCES in openers
    assert [path.name for path in openers if "correct" not in methods(path)] == []
