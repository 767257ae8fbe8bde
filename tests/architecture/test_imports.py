"""The layers of the library, held by reading its source: nothing is imported here.

A module may import modules of lower layers only. A new module must be given a
place in `LAYERS`; that is a decision, so the test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source_reading import PROJECT, modules

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
