"""The documentation names every command, and what it shows works."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest

from lpipgeo.cli import make_parser
from lpipgeo.corrections import Correction
from lpipgeo.levels import LEVELS
from lpipgeo.paths import PROJECT
from lpipgeo.statuses import STATUSES

PAGES = sorted(
    [
        PROJECT / "README.md",
        PROJECT / "CONTRIBUTING.md",
        PROJECT / "CHANGELOG.md",
        *PROJECT.glob("docs/**/*.md"),
    ]
)
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
TARGETS = re.findall(r"^([a-z-]+):.*## ", (PROJECT / "Makefile").read_text(), re.M)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def commands() -> list[str]:
    actions = make_parser()._actions
    parsers = [a for a in actions if isinstance(a, argparse._SubParsersAction)]
    return list(parsers[0].choices)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command):
    assert f"python -m lpipgeo {command}" in TEXT


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_documented(target):
    assert re.search(rf"`make {target}`", TEXT)


def test_documented_make_targets_exist():
    assert {*re.findall(r"`make ([a-z-]+)`", TEXT)} <= {*TARGETS}


@pytest.mark.parametrize("key", Correction.model_fields)
def test_every_key_of_a_correction_is_explained(key: str):
    page = (PROJECT / "docs/updating-data.md").read_text(encoding="utf-8")
    assert f"| `{key}` |" in page


def test_example_of_a_correction_follows_the_rules():
    page = (PROJECT / "docs/updating-data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    (fields,) = tomllib.loads(example)["corrections"]
    assert Correction.model_validate(fields).rows == 1


@pytest.mark.parametrize("text", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files(text: Path):
    links = [link.split("#")[0] for link in LINK.findall(text.read_text("utf-8"))]
    files = [link for link in links if link and "://" not in link]
    assert [link for link in files if not (text.parent / link).exists()] == []


def test_library_examples_of_the_readme_run():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    example = "\n".join(re.findall(r"```python\n(.*?)```", readme, re.S))
    needs_matplotlib = re.compile(r"^shapes\.plot.*", re.M)
    names: dict[str, object] = {}
    exec(needs_matplotlib.sub("", example), names)
    assert len(names["table"]) == 30
    assert len(names["shapes"]) == 736


COMMAND = re.compile(r"^python -m lpipgeo ([a-z][^\n#>]*)", re.M)
PATH = re.compile(
    r"`((?:lpipgeo|tests|data|docs|deploy|scripts|benchmarks|pages|static)/[\w./-]*)`"
)
CODE = [*PROJECT.glob("lpipgeo/**/*.py"), *PROJECT.glob("scripts/*.py")]


@pytest.mark.parametrize("text", PAGES, ids=lambda path: path.name)
def test_commands_are_understood(text: Path):
    lines = [line.strip(" .;)") for line in COMMAND.findall(text.read_text("utf-8"))]
    whole = [line for line in lines if "…" not in line]
    assert [make_parser().parse_args(line.split()).command for line in whole] == [
        line.split()[0] for line in whole
    ]


@pytest.mark.parametrize("text", PAGES, ids=lambda path: path.name)
def test_files_that_are_named_exist(text: Path):
    named = PATH.findall(text.read_text("utf-8"))
    assert [path for path in named if not (PROJECT / path).exists()] == []


def test_replicas_that_are_named_exist():
    compose = (PROJECT / "deploy/compose.yaml").read_text(encoding="utf-8")
    proxy = (PROJECT / "deploy/nginx.conf").read_text(encoding="utf-8")
    services = {*re.findall(r"^  (app\d):", compose, re.M)}
    named = {*re.findall(r"\b(app\d)\b", TEXT)}
    assert named <= services == {*re.findall(r"server (app\d):8501", proxy)}


def test_every_setting_of_the_environment_is_documented():
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    settings = {*re.findall(r'"(LPIPGEO_[A-Z]+)"', code)}
    assert {name for name in settings if f"`{name}`" not in TEXT} == set()


@pytest.mark.parametrize(
    "word",
    [
        *(level.name for level in LEVELS.values() if level.mapped),
        *(status.label for status in STATUSES.values()),
    ],
)
def test_glossary_knows_the_words_on_the_screen(word):
    glossary = (PROJECT / "docs/glossary.md").read_text(encoding="utf-8")
    assert word.casefold() in glossary.casefold()
