"""Read records from their TOML files, and say every problem of every file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from lpipgeo.errors import MetadataError, Problem
from lpipgeo.metadata import Catalogued, Indicator, Record, Themes

R = TypeVar("R", bound=Record)


def read_themes(path: Path) -> Themes:
    """Read the themes file; raise MetadataError with every problem."""
    themes, problems = read_record(path, Themes)
    if themes is None:
        raise MetadataError("The themes file has problems:", problems)
    return themes


def read_indicators(folder: Path, themes: Themes) -> dict[str, Indicator]:
    """Read all records of a folder.

    Returns
    -------
    dict of id to Indicator, in order of id

    Raises
    ------
    MetadataError : with every problem of every file
    """
    found: dict[str, Indicator] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        record, faults = read_indicator(path, themes)
        problems += faults
        if record is not None:
            found[record.id] = record
    problems += [
        Problem("themes.toml", "overview", name, "an indicator", theme.id)
        for theme in themes.themes
        for name in theme.overview
        if found and name not in found
    ]
    if problems:
        raise MetadataError("Indicator records have problems:", problems)
    return found


def read_indicator(
    path: Path, themes: Themes
) -> tuple[Indicator | None, list[Problem]]:
    """Read one indicator's record; return it, and every problem of its file."""
    record, problems = read_record(path, Indicator)
    if record is not None:
        problems += check_names(path, record, themes)
        problems += _check_subtheme(path, record, themes)
    return record, problems


def read_record(path: Path, kind: type[R]) -> tuple[R | None, list[Problem]]:
    """Read one TOML record; return it, or None with every problem of the file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [Problem(path.name, "", str(error), "a readable TOML file")]
    try:
        return kind.model_validate(raw), []
    except ValidationError as error:
        return None, [
            Problem(
                path.name,
                ".".join(str(part) for part in fault["loc"]),
                _shorten(fault.get("input")),
                fault["msg"],
            )
            for fault in error.errors()
        ]


def _shorten(found: object) -> str:
    text = "a table" if isinstance(found, dict) else repr(found)
    return text if len(text) <= 60 else text[:57] + "…"


def check_names(path: Path, record: Catalogued, themes: Themes) -> list[Problem]:
    """Return breaches in a record's id, theme and priorities."""
    problems = []
    if record.id != path.stem:
        problems.append(Problem(path.name, "id", record.id, path.stem))
    known_themes = [theme.id for theme in themes.themes]
    if record.theme not in known_themes:
        expected = f"one of {known_themes}"
        problems.append(Problem(path.name, "theme", record.theme, expected))
    known = [priority.id for priority in themes.priorities]
    for priority in record.priorities:
        if priority not in known:
            problems.append(Problem(path.name, "priorities", priority, "a priority id"))
    return problems


def _check_subtheme(path: Path, record: Indicator, themes: Themes) -> list[Problem]:
    for theme in themes.themes:
        known = [subtheme.id for subtheme in theme.subthemes]
        if theme.id == record.theme and record.subtheme not in known:
            found, expected = record.subtheme, f"one of {known}"
            return [Problem(path.name, "subtheme", found, expected)]
    return []
