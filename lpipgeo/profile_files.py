"""One row of a profile as files: its figures as CSV, its chart as SVG or PNG."""

from __future__ import annotations

from lpipgeo.area_index import read_areas
from lpipgeo.area_overview import larger_areas
from lpipgeo.area_profile import Profile, ProfileRow, read_profile
from lpipgeo.errors import SelectionError
from lpipgeo.export import make_table, to_bytes
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.paths import DataFolder

ENDINGS = ("csv", "svg", "png")


def make_row_file(
    area_code: str,
    indicator_id: str,
    file_format: str,
    benchmark: str | None = None,
    *,
    data: DataFolder = None,
) -> bytes:
    """Return one row of a profile as a file.

    Parameters
    ----------
    file_format : "csv" (the area, its larger areas and the benchmark in all periods,
        as `export.make_table` has them), or a chart, "svg" or "png"
    benchmark : as `read_profile` takes it

    Raises
    ------
    UnknownAreaError, UnknownIndicatorError
    SelectionError : another format, a benchmark that the area has not, no figure, or
        a chart of a figure that may not be drawn
    """
    if file_format not in ENDINGS:
        raise SelectionError(
            f"A row is taken as {', '.join(ENDINGS)}, not {file_format!r}."
        )
    area = read_areas(data).find(area_code)
    indicator = read_catalogue(data).find(indicator_id)
    profile = read_profile(area.code, benchmark, data=data)
    if file_format != "csv":
        from lpipgeo.row_charts import draw_row  # noqa: PLC0415  altair is heavy

        return draw_row(
            profile, find_row(profile, indicator.id), file_format, data=data
        )
    codes = [area.code, *(larger.code for larger in larger_areas(area, data=data))]
    if profile.comparator and profile.comparator.code:
        codes.append(profile.comparator.code)
    table = make_table(
        indicator.id, areas=dict.fromkeys(codes), periods="all", data=data
    )
    if not len(table):
        raise SelectionError(f"{indicator.title} has no figures for {area.name}.")
    return to_bytes(table, "csv", data=data)


def find_row(profile: Profile, indicator_id: str) -> ProfileRow:
    """Return the row of an indicator; raise SelectionError where there is none."""
    for row in profile.rows:
        if row.indicator.id == indicator_id:
            return row
    raise SelectionError(f"There is no such figure for {profile.area.name}.")
