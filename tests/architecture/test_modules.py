"""Modules are short, say what they are for, and neither print nor ask the clock."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source_reading import modules

MAX_PAGE, MAX_MODULE, MAX_FUNCTION = 120, 400, 60
CLOCK = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time", "Timestamp"}


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


def test_modules_of_tests_are_short():
    found = {
        module.name: module.lines
        for module in modules("tests/**/*.py")
        if module.lines > MAX_MODULE
    }
    assert found == {}, "split them by subject"


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
