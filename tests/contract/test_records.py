"""Every shipped record: sound, in plain words, and made from files we have."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from numpy.testing import assert_allclose

import lpipgeo
from lpipgeo.intervals import COUNTED
from lpipgeo.metadata import Indicator, Source
from lpipgeo.paths import PROJECT
from lpipgeo.record_reading import read_indicators, read_themes

DATA = PROJECT / "data"
RECORDS = read_indicators(DATA / "indicators", read_themes(DATA / "themes.toml"))
EACH = pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)

MARKUP = re.compile(r"[{}<>]|\*\*|`|\]\(")
YEAR = re.compile(r"\b(19|20)\d\d\b")
# The edition is part of these names.
NAMED_AFTER_A_YEAR = {
    "imd_score",
    "community_needs_index",
    "crime_deprivation",
    "education_deprivation",
    "living_environment_deprivation",
}


def texts_of(record: Indicator) -> dict[str, str]:
    """Return every text that people read, by where it stands."""
    texts = {
        "title": record.title,
        "short_title": record.short_title,
        "definition": record.definition,
        "why_it_matters": record.why_it_matters,
        "numerator_label": record.numerator_label or "",
        "denominator_label": record.denominator_label or "",
        "aggregation_note": record.aggregation_note,
        "processing": record.processing.notes,
        "no_rank": record.no_rank or "",
        "no_trend": record.no_trend or "",
    }
    return texts | {f"caveat {n}": text for n, text in enumerate(record.caveats)}


def all_sources() -> list[tuple[str, Source]]:
    return [(name, s) for name, record in RECORDS.items() for s in record.sources]


def test_there_are_records() -> None:
    assert len(RECORDS) >= 30


@EACH
def test_titles_fit_a_menu_and_are_no_sentence(record: Indicator) -> None:
    assert len(record.short_title) <= 40
    assert not record.short_title.endswith(".")
    assert YEAR.search(record.title) is None or record.id in NAMED_AFTER_A_YEAR


@EACH
def test_definition_says_more_than_the_title(record: Indicator) -> None:
    assert record.definition.casefold() != record.title.casefold()
    assert len(record.definition) > len(record.title)
    assert record.why_it_matters != record.definition


@EACH
def test_there_are_caveats_and_each_is_a_sentence(record: Indicator) -> None:
    assert record.caveats
    assert len(set(record.caveats)) == len(record.caveats)
    assert all(text.endswith(".") and text[0] != " " for text in record.caveats)


@EACH
def test_texts_hold_no_markup_and_no_shouting(record: Indicator) -> None:
    for where, text in texts_of(record).items():
        assert MARKUP.search(text) is None, where
        assert "!" not in text, where
        assert "  " not in text, where


@EACH
def test_usual_residents_stand_in_definitions_only(record: Indicator) -> None:
    for where, text in texts_of(record).items():
        assert where == "definition" or "usual resident" not in text.casefold(), where


@EACH
def test_shares_are_of_a_hundred(record: Indicator) -> None:
    if record.unit == "%":
        assert record.multiplier == 100
        low, high = record.valid_range
        assert low >= 0
        assert high <= 100


@EACH
def test_margins_from_counts_have_the_counts(record: Indicator) -> None:
    if record.limits != "counts":
        return
    table = pd.read_parquet(DATA / "indicators" / f"{record.id}.parquet")
    counted = table[table["status"].isin(COUNTED) & table["value"].notna()]
    assert counted[["numerator", "denominator"]].notna().all(axis=None)
    worked_out = record.multiplier * counted["numerator"] / counted["denominator"]
    assert_allclose(worked_out, counted["value"], atol=1e-6)
    if record.value_type == "proportion":
        assert (counted["numerator"] <= counted["denominator"]).all()


@EACH
def test_reasons_are_sentences(record: Indicator) -> None:
    for reason in (record.no_rank, record.no_trend):
        assert reason is None or (reason[0].isupper() and reason.endswith("."))


@EACH
def test_an_older_geography_is_said_to_the_reader(record: Indicator) -> None:
    if record.source_geography:
        assert record.source_geography.endswith("11")
        assert record.finest_level.endswith("21")
        assert any("areas of 2011" in text for text in record.caveats)


@EACH
def test_modelled_figures_say_so(record: Indicator) -> None:
    if "modelled" in {record.value_status, *record.status_by_level.values()}:
        assert any("model" in text for text in record.caveats)


@EACH
def test_review_is_due_after_it_was_done(record: Indicator) -> None:
    assert record.review.next_review > record.review.reviewed_on


@EACH
def test_sources_carry_their_legal_words(record: Indicator) -> None:
    for source in record.sources:
        assert source.licence.strip()
        assert source.attribution.strip()
        assert source.published_on is None or source.published_on <= source.accessed_on


def test_short_titles_differ() -> None:
    titles = [record.short_title for record in RECORDS.values()]

    assert len(set(titles)) == len(titles)


def test_files_and_legal_words_are_those_of_the_manifest(sources_dir: Path) -> None:
    with (sources_dir / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        manifest = {row["file"]: row for row in csv.DictReader(file)}

    for name, source in all_sources():
        for path in source.files:
            assert path in manifest, f"{name}: {path}"
            row = manifest[path]
            assert source.publisher == row["publisher"], f"{name}: {path}"
            assert source.licence == row["licence"], f"{name}: {path}"
            assert source.attribution == row["attribution"], f"{name}: {path}"


def test_anti_social_behaviour_is_lowest_in_one_police_force_as_its_caveat_says():
    record = RECORDS["antisocial_behaviour"]
    latest = lpipgeo.table(record.id, level="lad24").sort_values("value")
    lowest = latest["area_name"].head(7)
    assert len(latest) == 30
    (caveat,) = (text for text in record.caveats if "seven lowest" in text)
    assert [name for name in lowest if name not in caveat] == []


@EACH
def test_a_unit_can_be_read_aloud(record):
    # kWh, MW and µg/m³ stand on bills and in the news; these do not.
    assert not re.search(r"CO2e|at risk", record.unit)
