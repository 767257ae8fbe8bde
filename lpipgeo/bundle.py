"""A table with everything that is needed to read, check, cite and rebuild it: a zip.

The same query on the same data gives the same bytes on the same day.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

import lpipgeo
from lpipgeo.citation import Citation, is_local
from lpipgeo.column_dictionary import describe_columns
from lpipgeo.coverage_matrix import periods_text
from lpipgeo.data_version import data_version
from lpipgeo.errors import SelectionError
from lpipgeo.export import to_bytes
from lpipgeo.formatting import publishers_of
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.paths import DataFolder
from lpipgeo.statuses import STATUSES
from lpipgeo.table_query import (
    TableQuery,
    drawn_level,
    explain_lacking,
    read_long,
    title_of,
)
from lpipgeo.table_sources import sources_of
from lpipgeo.wide_table import in_shape

MAX_ROWS = 500_000
TABLE = "table.csv"
_TIME = (2000, 1, 1, 0, 0, 0)  # of the files in the zip, so that it can be rebuilt
_README = """\
# {title}

{count:,} rows. Made with the West Midlands place dashboard (lpipgeo {software}, data
{data}){day}.{lacking}

| File | What it holds |
|---|---|
| table.csv | the table (UTF-8, commas, one header) |
| table.parquet | the same for programs, with types |
| dictionary.csv | what each column means |
| indicators.csv | each indicator: definition, unit, direction, caveats, periods held |
| sources.csv | each work used: publisher, licence and the words that it asks for |
| statuses.csv | what each status means |
| query.json | what was asked for, in all its forms, and the versions |
| rebuild.sh, rebuild.py | the same table again, by command or by code |
| datapackage.json | description for programs (Frictionless Data Package) |
| citation.txt, citation.bib, CITATION.cff | how to cite it |
| SHA256SUMS | checksums of all files: `sha256sum -c SHA256SUMS` |

## Rebuild

With the same version of the software and the data (see query.json), in the folder of
lpipgeo and with its Python (`.venv/bin/python` after its first start):

    {command}

## Read with care

Not every value was measured where it stands: the column `status` says how each came
about, and statuses.csv what that means. Values are not to be compared across different
periods or definitions; caveats are in indicators.csv.

## Licences

The figures belong to their publishers. Whoever passes them on names them in the words
under "attribution" in sources.csv. Licences in this table: {licences}.
"""


def make_bundle(
    query: TableQuery,
    *,
    address: str = "",
    made_on: date | None = None,
    data: DataFolder = None,
) -> bytes:
    """Return the table of a query as a zip with all that belongs to it.

    Parameters
    ----------
    address : of the table in the dashboard, for query and citation; "" for none
    made_on : the day to name in it; none when left out, so that the bytes depend on
        query and data only

    Raises
    ------
    SelectionError : more than `MAX_ROWS` rows
    LpipgeoError : see `table_query.read_long`
    """
    long = read_long(query, data=data)
    if len(long) > MAX_ROWS:
        raise SelectionError(
            f"The bundle would hold {len(long):,} rows; it may hold {MAX_ROWS:,}. Ask "
            "for fewer, or write Parquet with the command line: "
            f"{query.command('table.parquet')}"
        )
    table = in_shape(long, query.shape, query.sort)
    catalogue = read_catalogue(data)
    records = [catalogue.find(name) for name in query.indicator]
    cited = cite_table(query, long, address=address, made_on=made_on, data=data)
    sources = sources_of(long, data=data)
    dictionary = describe_columns(table, long, data=data)
    files = {
        TABLE: to_bytes(table, "csv", data=data),
        "table.parquet": to_bytes(table, "parquet", long=long, data=data),
        "dictionary.csv": _csv(dictionary),
        "indicators.csv": _csv(_indicators(records, catalogue)),
        "sources.csv": _csv(sources),
        "statuses.csv": _csv(_statuses()),
        "query.json": _json(_described(query, cited, len(table), long, address)),
        "rebuild.sh": f"#!/bin/sh\n{query.command(TABLE)}\n".encode(),
        "rebuild.py": _script(query).encode(),
        "README.md": _readme(query, cited, table, long, sources, data).encode(),
        "citation.txt": f"{cited.sentence()}\n".encode(),
        "citation.bib": cited.bibtex().encode(),
        "CITATION.cff": cited.cff().encode(),
    }
    files["datapackage.json"] = _json(_package(cited, files, dictionary, sources))
    sums = [f"{_sha256(body)}  {name}\n" for name, body in sorted(files.items())]
    return _zip({**files, "SHA256SUMS": "".join(sums).encode()})


def cite_table(
    query: TableQuery,
    long: pd.DataFrame,
    *,
    address: str = "",
    made_on: date | None = None,
    data: DataFolder = None,
) -> Citation:
    """Return how to cite a table; indicators that give it no rows are left out.

    An address that is reached on one computer only is no help to a reader, so it is
    not named either.
    """
    lacking = _lacking(query, long)
    kept = tuple(name for name in query.indicator if name not in lacking)
    held = replace(query, indicator=kept or query.indicator)
    catalogue = read_catalogue(data)
    return Citation(
        title_of(held, data=data),
        publishers_of([catalogue.find(name) for name in held.indicator]),
        lpipgeo.__version__,
        data_version(data),
        "" if is_local(address) else address,
        made_on,
        query.query_string(),
    )


def make_file(
    query: TableQuery,
    file_format: str,
    *,
    address: str = "",
    made_on: date | None = None,
    data: DataFolder = None,
) -> bytes:
    """Return the table of a query in one of `export.FORMATS`.

    The cover of a workbook says how to cite the table and how to make it again.
    Parameters and errors are those of `make_bundle` and `export.to_bytes`.
    """
    long = read_long(query, data=data)
    cited = cite_table(query, long, address=address, made_on=made_on, data=data)
    return to_bytes(
        in_shape(long, query.shape, query.sort),
        file_format,
        level=drawn_level(query, data=data),
        long=long,
        about={
            "Table": cited.title,
            "To cite it": cited.sentence(),
            "To make it again": query.command("table.xlsx"),
        },
        data=data,
    )


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.external_attr = 0o644 << 16
            archive.writestr(info, body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _csv(table: pd.DataFrame) -> bytes:
    return to_bytes(table, "csv")


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _statuses() -> pd.DataFrame:
    rows = [(s.id, s.label, s.about, s.has_value) for s in STATUSES.values()]
    return pd.DataFrame(rows, columns=["status", "label", "meaning", "has_value"])


def _indicators(records: list[Indicator], catalogue: Catalogue) -> pd.DataFrame:
    """Return one row per indicator: what it is, and for what it is held."""
    return pd.DataFrame(
        [
            {
                "indicator_id": record.id,
                "title": record.title,
                "theme": record.theme,
                "subtheme": record.subtheme,
                "definition": record.definition,
                "why_it_matters": record.why_it_matters,
                "unit": record.unit,
                "value_type": record.value_type,
                "polarity": record.polarity,
                "numerator": record.numerator_label,
                "denominator": record.denominator_label,
                "caveats": " ".join(record.caveats),
                "processing": record.processing.notes,
                "larger_areas": record.aggregation_note,
                "official_status": record.official_status,
                "availability": "; ".join(
                    f"{LEVELS[level].plural}: "
                    f"{periods_text(catalogue.periods(record.id, level))}"
                    for level in catalogue.levels(record.id)
                ),
                "source": publishers_of([record]),
                "licence": record.licences,
            }
            for record in records
        ]
    )


def _described(
    query: TableQuery, cited: Citation, rows: int, long: pd.DataFrame, address: str
) -> dict[str, Any]:
    return {
        "title": cited.title,
        "address": address or None,
        "api": f"/api/v1/observations?{query.query_string()}",
        "parameters": query.parameters(),
        "command": query.command(TABLE),
        "python": query.code().splitlines(),
        "software_version": cited.software,
        "data_version": cited.data,
        "made_on": cited.made_on.isoformat() if cited.made_on else None,
        "rows": rows,
        "indicators_without_rows": list(_lacking(query, long)),
    }


def _lacking(query: TableQuery, long: pd.DataFrame) -> tuple[str, ...]:
    held = set(long["indicator_id"])
    return tuple(name for name in query.indicator if name not in held)


def _script(query: TableQuery) -> str:
    return (
        f'"""The table of this bundle again, as {TABLE}.\n\n'
        "Run it in the folder of lpipgeo: .venv/bin/python PATH/TO/rebuild.py\n"
        '"""\n\n'
        "import sys\nfrom pathlib import Path\n\n"
        'sys.path.insert(0, "")\n'
        "from lpipgeo.export import to_bytes\n\n"
        f'{query.code()}\nPath("{TABLE}").write_bytes(to_bytes(table, "csv"))\n'
    )


def _readme(
    query: TableQuery,
    cited: Citation,
    table: pd.DataFrame,
    long: pd.DataFrame,
    sources: pd.DataFrame,
    data: DataFolder,
) -> str:
    licences = "; ".join(dict.fromkeys(sources["licence"])) or "none"
    day = f" on {cited.made_on.isoformat()}" if cited.made_on else ""
    said = explain_lacking(query, _lacking(query, long), data=data)
    return _README.format(
        title=cited.title,
        count=len(table),
        lacking=f" {said}" if said else "",
        software=cited.software,
        data=cited.data,
        day=day,
        command=query.command(TABLE),
        licences=licences,
    )


def _package(
    cited: Citation,
    files: Mapping[str, bytes],
    dictionary: pd.DataFrame,
    sources: pd.DataFrame,
) -> dict[str, Any]:
    """Return the description of the bundle as a Frictionless Data Package."""
    fields = [
        {
            "name": str(row.column),
            "type": str(row.type),
            "description": str(row.meaning),
        }
        for row in dictionary.itertuples()
    ]
    works = sources.drop_duplicates("source")
    resources = [_resource("table", TABLE, files[TABLE], fields)]
    for name in ("dictionary", "indicators", "sources", "statuses"):
        resources.append(_resource(name, f"{name}.csv", files[f"{name}.csv"], None))
    licences = dict.fromkeys(sources["licence"])
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"west-midlands-places-{cited.data}",
        "title": cited.title,
        "version": f"{cited.software}+{cited.data}",
        "sources": [
            {"title": row.source, **({"path": row.link} if row.link else {})}
            for row in works.itertuples()
        ],
        "licenses": [{"name": _slug(text), "title": text} for text in licences],
        "resources": resources,
    }
    if cited.made_on:
        package["created"] = f"{cited.made_on.isoformat()}T00:00:00Z"
    if cited.address:
        package["homepage"] = cited.address
    return {name: value for name, value in package.items() if value}


def _slug(text: str) -> str:
    kept = "".join(sign if sign.isalnum() else "-" for sign in text.casefold())
    return "-".join(part for part in kept.split("-") if part)


def _resource(
    name: str, path: str, body: bytes, fields: list[dict[str, str]] | None
) -> dict[str, Any]:
    if fields is None:
        header = pd.read_csv(io.BytesIO(body), nrows=0).columns
        fields = [{"name": str(column), "type": "any"} for column in header]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{_sha256(body)}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
