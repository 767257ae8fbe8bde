"""The build: sources and hand-kept records in, a whole new ``data/`` out.

Everything is written into a folder beside, checked there, and put in place by
renaming. On any fault that folder is removed and ``data/`` stays as it was. What a
build that was killed left beside it is cleared by the next one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from lpipgeo.build.check import check
from lpipgeo.build.coverage import coverage_of
from lpipgeo.build.england import england_percentiles
from lpipgeo.build.frame import FRAME_FILES, Frame, read_frame
from lpipgeo.build.geography import build_geography
from lpipgeo.build.geography.inputs import GEOGRAPHY_FILES
from lpipgeo.build.observations import make_observations
from lpipgeo.build.overlays import write_overlays
from lpipgeo.build.provenance import (
    GEOGRAPHY,
    PROVENANCE,
    WEIGHTS,
    declared_files,
    write_provenance,
)
from lpipgeo.build.sources import Sources, open_sources
from lpipgeo.build.writing import write_table
from lpipgeo.checksums import CHECKSUMS, write_checksums
from lpipgeo.corrections import CORRECTIONS, Correction
from lpipgeo.errors import MetadataError, Problem, TableError
from lpipgeo.metadata import Indicator
from lpipgeo.overlay_catalogue import Overlay, read_overlay_records
from lpipgeo.record_reading import read_indicators, read_themes
from lpipgeo.tables import BY_AREA, BY_AREA_ORDER, ENGLAND_KEY, OBSERVATION_KEY

Progress = Callable[[str], None]

_GENERATED = (
    "areas/*.parquet",
    "boundaries/*",
    "indicators/*.parquet",
    "overlays/*.geojson",
    "summaries/*",
    PROVENANCE,
    CHECKSUMS,
)
_STEPS_BESIDE_INDICATORS = 5
_ROWS_BY_AREA = 30_000  # more are read for one area in vain, fewer are packed badly
# Folders beside the data while a build runs; the number of its process follows.
_BUILDING, _BEFORE = ".building-", ".before-"


def build(
    sources: str | Path,
    out: str | Path,
    records: str | Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Make the data folder anew from the publishers' files.

    Parameters
    ----------
    sources : folder with MANIFEST.csv and the files it lists
    out : data folder to replace; made if absent
    records : folder with the hand-kept records; `out` when left out
    progress : called with a line for every step, such as "5/34 imd_score"

    Raises
    ------
    SourceError : files are missing, truncated, altered or not as expected
    MetadataError : records break their rules
    TableError : the new data breaks a rule of the check
    """
    out = Path(out).resolve()
    _clear_after_a_kill(out)
    kept = Path(records).resolve() if records else out
    opened = open_sources(sources, kept)
    hand_kept = _read_hand_kept(kept)
    themes = read_themes(kept / "themes.toml")
    indicators = read_indicators(kept / "indicators", themes)
    overlays = read_overlay_records(kept / "overlays", themes)
    active = {name: r for name, r in indicators.items() if r.state == "active"}
    needed = _needed_files([*active.values(), *overlays.values()])
    _refuse_corrections(
        [c for c in opened.corrections if c.file not in needed],
        "that no record and no boundary is made from",
    )
    tell = _Teller(progress, len(active) + _STEPS_BESIDE_INDICATORS)
    tell("verifying sources")
    opened.verify(needed)
    with _folder_beside(out) as fresh:
        _carry_over(hand_kept, fresh)
        tell("geography")
        with opened.on_behalf_of(GEOGRAPHY):
            build_geography(opened, fresh, fresh)
        tell("overlays")
        write_overlays(opened, overlays, fresh)
        _write_indicators(opened, active, fresh, tell)
        _refuse_corrections(opened.unapplied, "that no reader reads as a table")
        write_provenance(fresh / PROVENANCE, opened, active, overlays)
        write_checksums(fresh)
        tell("checking")
        problems = check(fresh)
        if problems:
            raise TableError(
                "The new data breaks rules; nothing was changed:", problems
            )
        _check_untouched(hand_kept, kept)
        _swap(fresh, out)


class _Teller:
    """Counts steps and passes them on."""

    def __init__(self, progress: Progress | None, steps: int) -> None:
        self._progress = progress
        self._steps = steps
        self._done = 0

    def __call__(self, text: str) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(f"{self._done}/{self._steps} {text}")


def _needed_files(records: Iterable[Indicator | Overlay]) -> set[str]:
    declared = [declared_files(record) for record in records]
    return set(FRAME_FILES) | set(GEOGRAPHY_FILES) | set().union(*declared)


def _refuse_corrections(stray: Iterable[Correction], of_what: str) -> None:
    """Stop where corrections would silently do nothing."""
    problems = [
        Problem(
            CORRECTIONS,
            "file",
            " ".join(filter(None, (correction.file, correction.sheet))),
            "a file that is read",
            "Mend its name, or take the correction away",
        )
        for correction in stray
    ]
    if problems:
        raise MetadataError(f"There are corrections of files {of_what}:", problems)


def _clear_after_a_kill(out: Path) -> None:
    """Take away what a killed build left; put the data back if it had moved them."""
    for before in sorted(out.parent.glob(f"{out.name}{_BEFORE}*")):
        if out.exists():
            shutil.rmtree(before)
        else:
            before.rename(out)
    for fresh in out.parent.glob(f"{out.name}{_BUILDING}*"):
        shutil.rmtree(fresh)


@contextmanager
def _folder_beside(out: Path) -> Iterator[Path]:
    fresh = out.with_name(f"{out.name}{_BUILDING}{os.getpid()}")
    fresh.mkdir(parents=True)
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _read_hand_kept(folder: Path) -> dict[str, bytes]:
    """Return every file that the build does not write itself, by name."""
    generated = {path for pattern in _GENERATED for path in folder.glob(pattern)}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in generated
    }


def _carry_over(hand_kept: Mapping[str, bytes], fresh: Path) -> None:
    for name, content in hand_kept.items():
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _check_untouched(hand_kept: Mapping[str, bytes], kept: Path) -> None:
    """Stop where a record was edited meanwhile: the swap would undo the edit."""
    now = _read_hand_kept(kept)
    names = sorted(hand_kept.keys() | now.keys())
    problems = [
        Problem(name, "", "changed while building", "the file as it was", "Build again")
        for name in names
        if hand_kept.get(name) != now.get(name)
    ]
    if problems:
        raise MetadataError("Records changed during the build:", problems)


def _write_indicators(
    sources: Sources, records: Mapping[str, Indicator], out: Path, tell: _Teller
) -> None:
    tell("weights")
    with sources.on_behalf_of(WEIGHTS):
        frame = read_frame(sources, out / "areas")
    undeclared: list[Problem] = []
    observations, england = [], []
    for record in records.values():
        tell(record.id)
        with sources.on_behalf_of(record.id):
            made = make_observations(record, sources, frame)
        undeclared += undeclared_files(record, sources)
        path = out / "indicators" / f"{record.id}.parquet"
        write_table(made.observations, path, ["indicator_id", "status"])
        observations.append(made.observations)
        england.append(england_percentiles(made.native, record, frame))
    if undeclared:
        raise MetadataError("Records do not name all their sources:", undeclared)
    _write_summaries(observations, england, frame, out / "summaries")


def undeclared_files(record: Indicator, sources: Sources) -> list[Problem]:
    """Return the sources that an indicator was made from and does not name."""
    files = sources.used_by(record.id) - declared_files(record) - set(FRAME_FILES)
    where = f"{record.id}.toml"
    return [
        Problem(where, "sources.files", "not named", file) for file in sorted(files)
    ]


def _write_summaries(
    observations: list[pd.DataFrame],
    england: list[pd.DataFrame],
    frame: Frame,
    folder: Path,
) -> None:
    tables = [coverage_of(table, frame.areas) for table in observations]
    coverage = pd.concat(tables, ignore_index=True)
    write_table(coverage, folder / "coverage.parquet", ["indicator_id", "level"])
    every = pd.concat(observations, ignore_index=True).sort_values(list(BY_AREA_ORDER))
    words = [*OBSERVATION_KEY, "status"]
    write_table(every, folder.parent / BY_AREA, words, row_group=_ROWS_BY_AREA)
    known = [table for table in england if len(table)]
    percentiles = pd.concat(known, ignore_index=True).sort_values(list(ENGLAND_KEY))
    words = ["indicator_id", "level", "base", "period"]
    write_table(percentiles, folder / "england.parquet", words)


def _swap(fresh: Path, out: Path) -> None:
    before = out.with_name(f"{out.name}{_BEFORE}{os.getpid()}")
    if out.exists():
        out.rename(before)
    try:
        fresh.rename(out)
    except OSError:
        if before.exists():
            before.rename(out)
        raise
    shutil.rmtree(before, ignore_errors=True)
