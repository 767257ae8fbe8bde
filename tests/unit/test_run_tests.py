"""scripts/test.py: everything on all cores, the browser tests apart, options obeyed."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from types import ModuleType

import pytest

from lpipgeo.paths import PROJECT

PYTEST = ["python", "-m", "pytest"]


@pytest.fixture
def script(monkeypatch) -> ModuleType:
    """Return the script as a module that prepares nothing."""
    monkeypatch.syspath_prepend(PROJECT / "scripts")
    spec = importlib.util.spec_from_file_location("run", PROJECT / "scripts/test.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "prepare", lambda lock: "python")
    monkeypatch.setattr(module, "provide_browser", lambda python: "/chromium")
    return module


@pytest.fixture
def run(script, monkeypatch):
    """Return a function that runs the script: its exit code and the commands."""

    def call(given, *codes):
        answers, commands = list(codes), []

        def answer(command, **_):
            commands.append(command)
            return subprocess.CompletedProcess(command, answers.pop(0))

        monkeypatch.setattr(script.subprocess, "run", answer)
        return script.main(given), commands

    return call


def test_without_options_the_browser_tests_run_apart_in_two_processes(run):
    _, (first, second) = run([], 0, 0)
    assert first[:5] == [*PYTEST, "-m", "not browser"]
    assert first[5:7] == ["-n", "auto"]
    assert second[:7] == [*PYTEST, "-m", "browser", "-n", "2"]
    assert second[-1] == "tests/browser"


def test_no_browser_test_is_where_the_second_half_does_not_look():
    folder = PROJECT / "tests"
    texts = {p.relative_to(folder): p.read_text("utf-8") for p in folder.rglob("*.py")}
    use = re.compile(r"pytest\.mark\.browser$", re.MULTILINE)
    found = {path.parts[0] for path, text in texts.items() if use.search(text)}
    assert found == {"browser"}


@pytest.mark.parametrize(
    ("codes", "code"), [((0, 0), 0), ((1, 0), 1), ((0, 2), 2), ((1, 2), 1)]
)
def test_both_halves_run_and_the_first_failure_is_returned(run, codes, code):
    found, commands = run([], *codes)
    assert (found, len(commands)) == (code, 2)


@pytest.mark.parametrize("given", [["tests/unit"], ["-m", "rebuild"], ["-k", "map"]])
def test_options_are_handed_to_pytest_as_they_are(run, given):
    assert run(given, 3) == (3, [[*PYTEST, *given]])
