"""The Data page as a researcher uses it: twelve indicators, files, and the way back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from lpipgeo.table_query import parse_query, read_query

pytestmark = pytest.mark.browser

IDS = "no_qualifications,claimant_count_rate,employment_rate"
PAGE = f"/data?indicators={IDS}&level=lad24&inside=E47000007&periods=all"


def test_the_size_comes_first_and_the_files_hold_what_was_asked_for(page):
    page.goto(PAGE)
    query = parse_query(
        {"indicator": IDS, "level": "lad24", "within": "E47000007", "period": "all"}
    )
    rows = len(read_query(query))
    expect(page.get_by_role("heading", level=2).first).to_contain_text(f"{rows:,} rows")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    table = pd.read_csv(download.value.path())
    assert len(table) == rows
    with page.expect_download() as download:
        page.get_by_role("button", name="Bundle (zip)").click()
    body = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        said = archive.read("query.json").decode()
        assert "inside=E47000007" in said  # the address that leads back here
        assert len(pd.read_csv(archive.open("table.csv"))) == rows
