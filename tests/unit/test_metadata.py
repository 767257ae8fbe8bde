"""The rules of records and themes: each broken by one change to a valid record."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lpipgeo.errors import MetadataError
from lpipgeo.metadata import Themes
from lpipgeo.record_reading import read_indicators, read_themes
from tests.factories import indicator_fields

THEMES: dict[str, Any] = {
    "themes": [
        {
            "id": "tiny_theme",
            "name": "Tiny theme",
            "about": "About little.",
            "ramp": ["#ffffff", "#000000"],
            "subthemes": [{"id": "tiny_part", "name": "Tiny part"}],
        }
    ],
    "priorities": [{"id": "tiny_priority", "name": "Tiny priority"}],
}
REMOVED = object()


def write_toml(path: Path, fields: dict[str, Any]) -> None:
    lines = [f"{key} = {as_toml(value)}" for key, value in fields.items()]
    path.write_text("\n".join(lines), encoding="utf-8")


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{key} = {as_toml(v)}" for key, v in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(as_toml(item) for item in value)}]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def change(fields: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Return fields with one change; "sources.0.url" reaches into tables."""
    changed = copy.deepcopy(fields)
    *way, last = key.split(".")
    place: Any = changed
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return changed


@pytest.fixture(scope="module")
def themes() -> Themes:
    return Themes.model_validate(THEMES)


def read_one(folder: Path, themes: Themes, key: str, value: Any) -> MetadataError:
    """Return the error that one change to a valid record raises."""
    write_toml(folder / "tiny_share.toml", change(indicator_fields(), key, value))
    with pytest.raises(MetadataError) as caught:
        read_indicators(folder, themes)
    return caught.value


def test_valid_record_is_read(tmp_path: Path, themes: Themes) -> None:
    write_toml(tmp_path / "tiny_share.toml", indicator_fields())

    found = read_indicators(tmp_path, themes)

    assert list(found) == ["tiny_share"]
    record = found["tiny_share"]
    assert record.state == "active"
    assert record.value_status == "published"
    assert (record.scheme, record.k) == ("quantiles", 5)


def test_records_come_in_order_of_id(tmp_path: Path, themes: Themes) -> None:
    for name in ("c_last", "a_first", "b_middle"):
        write_toml(tmp_path / f"{name}.toml", indicator_fields(name))

    assert list(read_indicators(tmp_path, themes)) == ["a_first", "b_middle", "c_last"]


def test_empty_folder_has_no_records(tmp_path: Path, themes: Themes) -> None:
    assert read_indicators(tmp_path, themes) == {}


# One change, and a word by which the report names it.
BROKEN = [
    ("colour", "blue", "colour"),
    ("sources.0.colour", "blue", "colour"),
    ("review.colour", "blue", "colour"),
    ("id", "Tiny-Share", "id"),
    ("id", "another_id", "tiny_share"),
    ("title", REMOVED, "title"),
    ("title", "People who like squares.", "full stop"),
    ("title", "Two\nlines", "title"),
    ("short_title", "x" * 41, "short_title"),
    ("definition", "  ", "definition"),
    ("caveats", ["x"], "caveats"),
    ("theme", "no_such_theme", "tiny_theme"),
    ("subtheme", "no_such_part", "tiny_part"),
    ("priorities", ["no_such_priority"], "priorities"),
    ("value_type", "percentage", "value_type"),
    ("decimals", 5, "decimals"),
    ("valid_range", [100.0, 0.0], "valid_range"),
    ("valid_range", [5.0, 5.0], "valid_range"),
    ("denominator_label", REMOVED, "denominator_label"),
    ("numerator_label", REMOVED, "numerator_label"),
    ("polarity", "good", "polarity"),
    ("finest_level", "lsoa11", "finest_level"),
    ("status_by_level", {"village": "modelled"}, "village"),
    ("status_by_level", {"lsoa21": "guessed"}, "guessed"),
    ("value_status", "guessed", "guessed"),
    ("bands", {"village": [0, 1]}, "village"),
    ("bands", {"lsoa21": [0, 10, 5]}, "bands"),
    ("bands", {"lsoa21": [0, 5, 5, 10]}, "bands"),
    ("aggregation", "average", "aggregation"),
    ("aggregation", "weighted_mean", "aggregation_weight"),
    ("aggregation_weight", "population", "aggregation_weight"),
    ("limits", "sample", "limits"),
    ("no_rank", "", "no_rank"),
    ("no_trend", "", "no_trend"),
    ("frequency", "weekly", "frequency"),
    ("k", 2, "k"),
    ("k", 10, "k"),
    ("official_status", "semi", "official_status"),
    ("state", "withdrawn", "withdrawn_reason"),
    ("withdrawn_reason", "No longer published.", "withdrawn_reason"),
    ("sources", [], "sources"),
    ("sources.0.url", "http://example.org", "url"),
    ("sources.0.files", [], "files"),
    ("sources.0.licence", "", "licence"),
    ("sources.0.attribution", REMOVED, "attribution"),
    ("sources.0.accessed_on", "last week", "accessed_on"),
    ("processing.level", "huge", "processing"),
    ("review.next_review", REMOVED, "next_review"),
    ("build", {"table": "ts001"}, "reader"),
]


@pytest.mark.parametrize(("key", "value", "named"), BROKEN)
def test_broken_rule_is_refused_and_named(
    tmp_path: Path, themes: Themes, key: str, value: Any, named: str
) -> None:
    error = read_one(tmp_path, themes, key, value)

    assert len(error.problems) == 1
    assert error.problems[0].where == "tiny_share.toml"
    assert named in str(error)


@pytest.mark.parametrize(
    ("key", "value"), [("value_status", "modelled"), ("value_type", "mean")]
)
def test_margins_come_from_counts_only_where_something_is_counted(
    tmp_path: Path, themes: Themes, key: str, value: str
) -> None:
    fields = {**indicator_fields(), "limits": "counts", key: value}
    write_toml(tmp_path / "tiny_share.toml", fields)
    with pytest.raises(MetadataError, match="limits: from counts only for"):
        read_indicators(tmp_path, themes)


def test_withdrawn_record_with_reason_is_kept(tmp_path: Path, themes: Themes) -> None:
    fields = {
        **indicator_fields(),
        "state": "withdrawn",
        "withdrawn_reason": "No longer published.",
    }
    write_toml(tmp_path / "tiny_share.toml", fields)

    assert read_indicators(tmp_path, themes)["tiny_share"].state == "withdrawn"


@pytest.mark.parametrize("value_type", ["count", "mean", "index"])
def test_labels_of_parts_are_needed_only_for_shares(
    tmp_path: Path, themes: Themes, value_type: str
) -> None:
    fields = change(indicator_fields(), "value_type", value_type)
    fields = change(fields, "inheritable", False)  # as counts need
    for key in ("numerator_label", "denominator_label"):
        fields = change(fields, key, REMOVED)
    write_toml(tmp_path / "tiny_share.toml", fields)

    assert read_indicators(tmp_path, themes)["tiny_share"].denominator_label is None


def test_every_problem_of_every_file_is_in_one_report(
    tmp_path: Path, themes: Themes
) -> None:
    first = change(indicator_fields("first"), "colour", "blue")
    write_toml(tmp_path / "first.toml", change(first, "decimals", 9))
    write_toml(tmp_path / "second.toml", change(indicator_fields("x"), "theme", "y"))
    (tmp_path / "third.toml").write_text("title = ", encoding="utf-8")
    write_toml(tmp_path / "valid.toml", indicator_fields("valid"))

    with pytest.raises(MetadataError) as caught:
        read_indicators(tmp_path, themes)

    found = [(problem.where, problem.field) for problem in caught.value.problems]
    assert sorted(found) == [
        ("first.toml", "colour"),
        ("first.toml", "decimals"),
        ("second.toml", "id"),
        ("second.toml", "theme"),
        ("third.toml", ""),
    ]


def test_several_broken_rules_between_fields_come_together(
    tmp_path: Path, themes: Themes
) -> None:
    fields = change(indicator_fields(), "valid_range", [1.0, 0.0])
    fields = change(fields, "finest_level", "village")
    write_toml(tmp_path / "tiny_share.toml", change(fields, "build", {}))

    with pytest.raises(MetadataError) as caught:
        read_indicators(tmp_path, themes)

    text = str(caught.value)
    assert all(name in text for name in ("valid_range", "finest_level", "build"))


def test_file_that_is_not_utf8_is_a_problem_not_a_crash(
    tmp_path: Path, themes: Themes
) -> None:
    (tmp_path / "tiny_share.toml").write_bytes(b'title = "\xff"')

    with pytest.raises(MetadataError, match=r"tiny_share\.toml"):
        read_indicators(tmp_path, themes)


def test_record_cannot_be_changed(tmp_path: Path, themes: Themes) -> None:
    write_toml(tmp_path / "tiny_share.toml", indicator_fields())
    record = read_indicators(tmp_path, themes)["tiny_share"]

    with pytest.raises(ValueError, match="frozen"):
        record.title = "Something else"


def test_themes_are_read_in_shown_order(data_dir: Path) -> None:
    found = read_themes(data_dir / "themes.toml")

    assert [theme.id for theme in found.themes] == [
        "inclusive_growth",
        "pride_in_place",
        "green_economy",
        "context",
    ]
    assert len(found.priorities) == 12


def test_broken_themes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    write_toml(path, change(THEMES, "themes.0.colour", "blue"))

    with pytest.raises(MetadataError, match="colour"):
        read_themes(path)


def test_missing_themes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match=r"themes\.toml"):
        read_themes(tmp_path / "themes.toml")
