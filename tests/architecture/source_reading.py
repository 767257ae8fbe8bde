"""The modules of the project as they are written, with what they import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Import:
    """One imported name, and whether it is imported when the module is."""

    target: str
    line: int
    is_late: bool = False
    is_for_types: bool = False


@dataclass
class Module:
    """A source file with its dotted name."""

    name: str
    path: Path
    tree: ast.Module
    lines: int
    imports: list[Import] = field(default_factory=list)

    @property
    def part(self) -> str:
        """What `LAYERS` of test_imports.py knows it as: "choropleth", "maps" …"""
        return f"{self.name}.".split(".")[1]


@cache
def modules(pattern: str) -> tuple[Module, ...]:
    return tuple(read(path) for path in sorted(PROJECT.glob(pattern)))


def read(path: Path) -> Module:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text(encoding="utf-8")
    module = Module(name, path, ast.parse(text), text.count("\n"))
    module.imports = list(find_imports(module.tree))
    return module


def find_imports(
    tree: ast.AST, *, late: bool = False, types: bool = False
) -> Iterator[Import]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, late, types)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            for alias in node.names:
                yield Import(f"{node.module}.{alias.name}", node.lineno, late, types)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            checks = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            yield from find_imports(node, late=late or inside, types=types or checks)
