"""The layers of the library, held by reading its source: nothing is imported here.

A module may import modules of lower layers only. A new module must be given a
place in `LAYERS`; that is a decision, so the test asks for it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

# From the ground up. A name stands for a module of lpipgeo or for a whole package.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "paths", "table_parameters"}),
    frozenset(
        {
            "checksums",
            "file_writing",
            "inequality",
            "levels",
            "media_types",
            "periods",
            "settings",
            "statuses",
            "typeface",
        }
    ),
    frozenset({"component_files", "logs", "security_headers", "start_page"}),
    frozenset(
        {
            "metadata",
            "citation",
            "store",
            "tables",
            "uploads",
            "wide_table",
            "workbook",
        }
    ),
    frozenset({"record_reading"}),
    frozenset(
        {
            "area_classification",
            "area_index",
            "boundary_sets",
            "combining",
            "corrections",
            "data_version",
            "formatting",
            "indicator_catalogue",
            "intervals",
            "overlay_catalogue",
        }
    ),
    frozenset({"change", "own_figures", "series_parts"}),
    frozenset(
        {
            "classify",
            "custom_area",
            "england",
            "observation_table",
            "outcomes",
            "palettes",
            "search",
            "similar_districts",
        }
    ),
    frozenset({"chart_look"}),
    frozenset({"chart_files", "strips"}),
    frozenset(
        {"comparators", "custom_ground", "custom_packing", "level_figures", "trends"}
    ),
    frozenset(
        {
            "area_inside",
            "area_overview",
            "area_programmes",
            "coverage_matrix",
            "custom_profile",
            "licences",
            "standing",
            "styles",
        }
    ),
    frozenset(
        {
            "area_profile",
            "area_scales",
            "choropleth",
            "column_dictionary",
            "table_sources",
        }
    ),
    frozenset(
        {
            "association",
            "comparison",
            "comparison_inside",
            "inside_charts",
            "own_map",
            "releases",
            "theme_balance",
            "time_series",
        }
    ),
    frozenset(
        {
            "association_charts",
            "balance_charts",
            "bivariate",
            "comparison_charts",
            "browser_files",
            "charts",
            "comparison_strips",
            "export",
            "headlines",
            "inside_split",
            "own_comparison",
            "series_charts",
            "symbols",
            "trend_lines",
        }
    ),
    frozenset({"comparison_files", "row_charts", "slides", "table_query"}),
    frozenset({"bundle", "health", "profile_files"}),
    frozenset({"api", "maps", "printed"}),
    frozenset({"server"}),
    frozenset({"ui"}),
)
LAYER = {name: depth for depth, names in enumerate(LAYERS) for name in names}
CHOROPLETH = LAYER["choropleth"]
SCREEN = ("streamlit", "streamlit_folium")
# Half a second of a cold server's first map: imported where a chart is drawn.
CHARTS = {"altair", "vl_convert"}
# Entry points for people and programs: they may reach every layer but the screen.
ENTRIES = ("lpipgeo", "lpipgeo.__main__", "lpipgeo.cli")

MAX_PAGE, MAX_MODULE, MAX_FUNCTION = 120, 400, 60
CLOCK = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time", "Timestamp"}


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
        """What `LAYERS` knows it as: "choropleth", "maps", "build" …"""
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


def inner_target(target: str) -> str:
    """Return the part of lpipgeo that an import names, or ""."""
    head, _, rest = f"{target}.".partition(".")
    return rest.split(".")[0] if head == "lpipgeo" else ""


def breaches() -> Iterator[str]:
    for module in modules("lpipgeo/**/*.py"):
        if module.name in ENTRIES:
            continue
        for found in module.imports:
            target = inner_target(found.target)
            if not target or target == module.part:
                continue
            place = f"{module.path.relative_to(PROJECT)}:{found.line}"
            if target not in LAYER and target != "build":
                yield f"{place} imports {target}, which has no layer"
            elif module.part == "build":
                if LAYER[target] >= CHOROPLETH:
                    yield f"{place} (build) imports {target}, a layer of the screen"
            elif target == "build" or LAYER[target] >= LAYER.get(module.part, 0):
                yield f"{place} imports {target}, which is not below it"


def test_every_module_has_a_layer():
    known = {*LAYER, "build", "cli", "__main__", ""}
    parts = {module.part for module in modules("lpipgeo/**/*.py")}
    assert parts <= known, f"give a place in LAYERS to {sorted(parts - known)}"


def test_layers_name_only_modules_that_exist():
    parts = {module.part for module in modules("lpipgeo/**/*.py")}
    assert set(LAYER) <= parts, f"no such module: {sorted(set(LAYER) - parts)}"


def test_imports_point_downwards():
    assert list(breaches()) == []


def test_only_the_command_line_imports_the_build_and_only_when_asked():
    everything = (
        *modules("lpipgeo/**/*.py"),
        *modules("pages/*.py"),
        *modules("dashboard.py"),
    )
    found = [
        f"{module.name}:{entry.line}"
        for module in everything
        for entry in module.imports
        if inner_target(entry.target) == "build" and module.part != "build"
        if not (module.part in ("cli", "__main__") and entry.is_late)
    ]
    assert found == []


def test_only_the_screen_imports_streamlit():
    found = [
        f"{module.name}:{entry.line}"
        for module in modules("lpipgeo/**/*.py")
        for entry in module.imports
        if entry.target.split(".")[0] in SCREEN and module.part != "ui"
    ]
    assert found == []


def test_the_library_can_be_imported_without_the_screen():
    found = [
        f"{module.name}:{entry.line}"
        for module in modules("lpipgeo/**/*.py")
        if module.name in ENTRIES
        for entry in module.imports
        if inner_target(entry.target) == "ui"
    ]
    assert found == []


def early_imports(*patterns: str) -> dict[str, set[str]]:
    """Return what each module imports when it is imported: modules, ours or not."""
    found = [module for pattern in patterns for module in modules(pattern)]
    names = {module.name for module in found}
    graph = {}
    for module in found:
        early = [e for e in module.imports if not (e.is_late or e.is_for_types)]
        targets = {entry.target for entry in early}
        owners = {t if t in names else t.rpartition(".")[0] or t for t in targets}
        graph[module.name] = owners - {module.name}
    return graph


def test_modules_do_not_import_in_circles():
    graph = early_imports("lpipgeo/**/*.py")
    ours = {name: owners & set(graph) for name, owners in graph.items()}
    try:
        TopologicalSorter(ours).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_neither_the_start_nor_the_first_map_waits_for_what_draws_charts():
    graph = early_imports("lpipgeo/**/*.py", "pages/*.py", "dashboard.py")
    reached, found = {"dashboard", "pages.map"}, set()
    while reached != found:
        found = set(reached)
        for name in found:
            reached |= graph.get(name, set())
    assert "lpipgeo.maps.page_map" in reached
    assert sorted(name for name in reached if graph.get(name, set()) & CHARTS) == []


def test_library_modules_neither_print_nor_assert():
    found = []
    for module in modules("lpipgeo/**/*.py"):
        for node in ast.walk(module.tree):
            is_print = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "print"
                and module.part not in ("cli", "__main__")
            )
            if is_print or isinstance(node, ast.Assert):
                found.append(f"{module.name}:{node.lineno}")
    assert found == []


def test_no_module_below_the_screen_reads_the_clock():
    found = [
        f"{module.name}:{node.lineno}"
        for module in modules("lpipgeo/**/*.py")
        if module.part != "ui"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and reads_clock(node.func)
    ]
    assert found == []


def reads_clock(function: ast.expr) -> bool:
    if not (isinstance(function, ast.Attribute) and function.attr in CLOCK):
        return False
    owner = function.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in CLOCK_OWNERS


def test_pages_and_the_frame_are_short():
    found = {
        module.name: module.lines
        for module in (*modules("pages/*.py"), *modules("dashboard.py"))
        if module.lines > MAX_PAGE
    }
    assert found == {}


def test_modules_are_short():
    found = {
        module.name: module.lines
        for module in modules("lpipgeo/**/*.py")
        if module.lines > MAX_MODULE
    }
    assert found == {}


def test_functions_are_short():
    found = {
        f"{module.name}.{node.name}": node.end_lineno - node.lineno + 1
        for pattern in ("lpipgeo/**/*.py", "pages/*.py", "dashboard.py")
        for module in modules(pattern)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.end_lineno - node.lineno + 1 > MAX_FUNCTION
    }
    assert found == {}


def test_modules_say_what_they_are_for():
    found = [
        module.name
        for pattern in ("lpipgeo/**/*.py", "pages/*.py", "dashboard.py", "scripts/*.py")
        for module in modules(pattern)
        if not ast.get_docstring(module.tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "is_clock"),
    [
        ("datetime.now()", True),
        ("datetime.datetime.now()", True),
        ("date.today()", True),
        ("time.time()", True),
        ("pd.Timestamp.now()", True),
        ("time.monotonic()", False),
        ("self.now()", False),
    ],
)
def test_the_clock_is_recognised(source, is_clock):
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert reads_clock(call.func) is is_clock
