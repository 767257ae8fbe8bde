"""DATA-LICENCES.md: complete, and as committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lpipgeo.boundary_sets import read_register
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.licences import (
    AREA_CLASSIFICATION,
    SIMILAR_DISTRICTS,
    licences_markdown,
)
from lpipgeo.overlay_catalogue import read_overlays


@pytest.fixture(scope="module")
def page(data_dir: Path) -> str:
    indicators = read_catalogue(data_dir).indicators
    overlays = read_overlays(data_dir)
    return licences_markdown(indicators, overlays, read_register(data_dir))


def test_committed_page_is_the_generated_one(project: Path, page: str) -> None:
    committed = (project / "DATA-LICENCES.md").read_text(encoding="utf-8")

    assert committed == page, (
        "write it anew: python -m lpipgeo licences > DATA-LICENCES.md"
    )


def test_every_indicator_and_its_attribution_is_named(
    data_dir: Path, page: str
) -> None:
    for record in read_catalogue(data_dir).indicators.values():
        assert record.id in page
        for source in record.sources:
            assert f"- Attribution: {source.attribution}\n" in page
            assert f"\n## {source.licence}\n" in page


def test_every_overlay_and_its_attribution_is_named(data_dir: Path, page: str) -> None:
    for record in read_overlays(data_dir).values():
        assert f"overlay: {record.id}" in page
        for source in record.sources:
            assert f"- Attribution: {source.attribution}\n" in page


def test_every_boundary_set_is_named(data_dir: Path, page: str) -> None:
    for level, drawn in read_register(data_dir).items():
        assert f"boundaries: {level}" in page
        assert f"- Attribution: {drawn.attribution}\n" in page


def test_names_and_postcodes_are_named(page: str) -> None:
    assert "Royal Mail copyright" in page
    assert "Open Parliament Licence v3.0" in page


def test_peers_and_area_classes_are_named(page: str) -> None:
    for work in (SIMILAR_DISTRICTS, AREA_CLASSIFICATION):
        assert f"### {work.publisher}: {work.title}\n" in page
        assert f"- Attribution: {work.attribution}\n" in page


def test_a_work_is_listed_once(page: str) -> None:
    headings = [line for line in page.splitlines() if line.startswith("### ")]

    assert len(set(headings)) == len(headings)


def test_share_alike_is_said(page: str) -> None:
    _, _, section = page.partition("\n## Open Database Licence")

    assert "same licence" in section.split("\n## ")[0]


def test_page_without_boundaries_can_be_made(data_dir: Path) -> None:
    page = licences_markdown(read_catalogue(data_dir).indicators, {}, {})

    assert "boundaries:" not in page
