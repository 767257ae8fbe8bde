"""The difference between two data folders, for a person to read before a commit."""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lpipgeo.build.pipeline import Progress, build
from lpipgeo.build.provenance import PROVENANCE
from lpipgeo.tables import OBSERVATION_COLUMNS, OBSERVATION_NUMBERS

MAX_SHOWN = 5
TOLERANCE = 1e-9


@dataclass(frozen=True)
class IndicatorDiff:
    """How one indicator differs.

    Attributes
    ----------
    indicator_id : its id
    new_periods, lost_periods : periods that only the new or only the old data has
    codes_gained, codes_lost : area codes likewise
    changed : rows of both whose value, limits, counts or status differ; columns
        area_code, period, value_old, value_new, status_old, status_new
    """

    indicator_id: str
    new_periods: tuple[str, ...]
    lost_periods: tuple[str, ...]
    codes_gained: tuple[str, ...]
    codes_lost: tuple[str, ...]
    changed: pd.DataFrame

    @property
    def max_change(self) -> float:
        """Largest change of a value, in the indicator's unit; 0 where none."""
        changes = (self.changed["value_new"] - self.changed["value_old"]).abs()
        largest = changes.max()
        return 0.0 if pd.isna(largest) else float(largest)

    def lines(self) -> list[str]:
        """Return the difference in words; empty where there is none."""
        found = [
            f"  {text}: {_some(items)}"
            for text, items in (
                ("new periods", self.new_periods),
                ("lost periods", self.lost_periods),
                ("areas gained", self.codes_gained),
                ("areas lost", self.codes_lost),
            )
            if items
        ]
        if len(self.changed):
            found.append(
                f"  changed rows: {len(self.changed)}; largest change of a value: "
                f"{self.max_change:g}"
            )
            found += [
                f"    {row.area_code} {row.period}: "
                f"{row.value_old:g} ({row.status_old}) → "
                f"{row.value_new:g} ({row.status_new})"
                for row in self.changed.head(MAX_SHOWN).itertuples()
            ]
        return [self.indicator_id, *found] if found else []


@dataclass(frozen=True)
class Report:
    """All differences between two data folders.

    Attributes
    ----------
    indicators_gained, indicators_lost : ids
    indicators : differences of those in both, only where there are any
    sources : lines on source files gained, lost or with another checksum
    files : other files of the folder that were gained, lost or changed
    """

    indicators_gained: tuple[str, ...]
    indicators_lost: tuple[str, ...]
    indicators: tuple[IndicatorDiff, ...]
    sources: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two folders hold the same."""
        return not any(vars(self).values())

    def __str__(self) -> str:
        if self.is_empty:
            return "No differences."
        lines = []
        if self.indicators_gained:
            lines.append(f"New indicators: {', '.join(self.indicators_gained)}")
        if self.indicators_lost:
            lines.append(f"Lost indicators: {', '.join(self.indicators_lost)}")
        for indicator in self.indicators:
            lines += indicator.lines()
        for title, items in (("Sources", self.sources), ("Files", self.files)):
            if items:
                lines += [title, *(f"  {item}" for item in items)]
        return "\n".join(lines)


def preview(
    sources: str | Path, data: str | Path, progress: Progress | None = None
) -> Report:
    """Build beside and tell what would change in `data`; nothing there is changed.

    Raises
    ------
    SourceError, MetadataError, TableError : as `lpipgeo.build.pipeline.build`
    """
    with tempfile.TemporaryDirectory(prefix="lpipgeo-") as folder:
        fresh = Path(folder) / "data"
        build(sources, fresh, records=data, progress=progress)
        return compare(data, fresh)


def compare(old: str | Path, new: str | Path) -> Report:
    """Compare two data folders; the old one may be empty or absent."""
    before, after = Path(old), Path(new)
    ids = {
        folder: {path.stem for path in (folder / "indicators").glob("*.parquet")}
        for folder in (before, after)
    }
    found = [
        _compare_indicator(name, _read(before, name), _read(after, name))
        for name in sorted(ids[before] & ids[after])
    ]
    return Report(
        tuple(sorted(ids[after] - ids[before])),
        tuple(sorted(ids[before] - ids[after])),
        tuple(indicator for indicator in found if indicator.lines()),
        tuple(_compare_sources(before, after)),
        tuple(_compare_files(before, after)),
    )


def _read(folder: Path, name: str) -> pd.DataFrame:
    table = pd.read_parquet(folder / "indicators" / f"{name}.parquet")
    texts = ["indicator_id", "area_code", "period", "status"]
    return table[list(OBSERVATION_COLUMNS)].astype(dict.fromkeys(texts, object))


def _compare_indicator(
    name: str, old: pd.DataFrame, new: pd.DataFrame
) -> IndicatorDiff:
    both = old.merge(new, on=["area_code", "period"], suffixes=("_old", "_new"))
    differs = both["status_old"] != both["status_new"]
    for number in OBSERVATION_NUMBERS:
        first, second = both[f"{number}_old"], both[f"{number}_new"]
        differs |= (first.isna() != second.isna()) | (
            (first - second).abs() > TOLERANCE
        )
    columns = ["area_code", "period"]
    columns += ["value_old", "value_new", "status_old", "status_new"]
    return IndicatorDiff(
        name,
        _only(new["period"], old["period"]),
        _only(old["period"], new["period"]),
        _only(new["area_code"], old["area_code"]),
        _only(old["area_code"], new["area_code"]),
        both.loc[differs, columns].reset_index(drop=True),
    )


def _only(first: pd.Series[str], second: pd.Series[str]) -> tuple[str, ...]:
    return tuple(sorted(set(first) - set(second)))


def _some(items: tuple[str, ...]) -> str:
    left = len(items) - MAX_SHOWN
    shown = ", ".join(items[:MAX_SHOWN])
    return f"{shown} and {left} more" if left > 0 else shown


def _compare_sources(before: Path, after: Path) -> list[str]:
    old, new = _checksums(before), _checksums(after)
    lines = [f"{file}: new" for file in sorted(new.keys() - old.keys())]
    lines += [f"{file}: no longer used" for file in sorted(old.keys() - new.keys())]
    lines += [
        f"{file}: sha256 {old[file][:10]}… → {new[file][:10]}…"
        for file in sorted(old.keys() & new.keys())
        if old[file] != new[file]
    ]
    return lines


def _checksums(folder: Path) -> dict[str, str]:
    path = folder / PROVENANCE
    if not path.exists():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["files"]
    return {entry["file"]: entry["sha256"] for entry in entries}


def _compare_files(before: Path, after: Path) -> list[str]:
    old, new = _other_files(before), _other_files(after)
    lines = [f"{name}: new" for name in sorted(new.keys() - old.keys())]
    lines += [f"{name}: gone" for name in sorted(old.keys() - new.keys())]
    lines += [
        f"{name}: changed"
        for name in sorted(old.keys() & new.keys())
        if old[name].read_bytes() != new[name].read_bytes()
    ]
    return lines


def _other_files(folder: Path) -> dict[str, Path]:
    """Return files whose differences are not told row by row, by name."""
    told = {PROVENANCE}
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.relative_to(folder).as_posix() not in told
        and not (path.parent.name == "indicators" and path.suffix == ".parquet")
    }
