"""The command line: the same words as the library and the HTTP API.

Tables go to standard output or a file, everything else to standard error. Exit
codes: 0 done; 1 the data or a source has problems; 2 a wrong argument or an unknown
name.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from lpipgeo import __version__
from lpipgeo.errors import CheckError, DataMissingError, LpipgeoError, join_words
from lpipgeo.file_writing import write_file
from lpipgeo.table_parameters import FLAGS, PARAMETERS
from lpipgeo.tables import PEER_KINDS

if TYPE_CHECKING:
    import pandas as pd

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
OK, PROBLEMS, USAGE = 0, 1, 2
PROFILE_FORMATS = ("csv", "json", "html", "pdf")
TABLE_FORMATS = ("csv", "json", "parquet", "xlsx", "geojson", "gpkg", "zip")
_EXAMPLES = """examples:
  python -m lpipgeo catalogue
  python -m lpipgeo areas --level lad24
  python -m lpipgeo peers E08000028 --kind economic
  python -m lpipgeo profile E08000028 --benchmark subregion --format json
  python -m lpipgeo profile E08000027 E08000028 -o profiles.pdf
  python -m lpipgeo table --indicator fuel_poverty,no2 --level lad24 --period latest
  python -m lpipgeo table --indicator imd_score --level lsoa21 -o imd.gpkg
  python -m lpipgeo table --indicator no2 --level lsoa21 -o no2.zip
  python -m lpipgeo overlays --id museums -o museums.geojson
  python -m lpipgeo build --sources ../shared/sources
  python -m lpipgeo check
"""


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m lpipgeo",
        description="Official indicators of West Midlands places.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--data", type=Path, help="data folder (default: the project's own data/)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_catalogue(commands)
    _add_areas(commands)
    _add_peers(commands)
    _add_profile(commands)
    _add_table(commands)
    _add_overlays(commands)
    _add_build(commands)
    check = commands.add_parser("check", help="check everything in the data folder")
    check.set_defaults(run=_check)
    licences = commands.add_parser(
        "licences", help="print DATA-LICENCES.md, made from the records"
    )
    licences.set_defaults(run=_licences)
    return parser


def _add_output(
    command: argparse.ArgumentParser, formats: Sequence[str] = ("csv", "json")
) -> None:
    command.add_argument(
        "--format",
        choices=formats,
        help="default: what the ending of the file says; csv on standard output",
    )
    command.add_argument(
        "-o", "--output", default="-", help="file to write; - is standard output"
    )
    command.set_defaults(formats=formats)


def _set_format(given: argparse.Namespace) -> None:
    """Take the format from the ending of the file where none was given."""
    if given.format or given.output == "-":
        given.format = given.format or "csv"
        return
    path = Path(given.output)
    given.format = path.suffix.lower().removeprefix(".")
    if given.format not in given.formats:
        endings = join_words([f".{name}" for name in given.formats], "or")
        raise LpipgeoError(
            f"The format of {path.name} is not clear. Add --format, or end the name "
            f"in {endings}."
        )


def _add_catalogue(commands: _Commands) -> None:
    command = commands.add_parser("catalogue", help="list the indicators")
    command.add_argument("--theme", help="only this theme, such as green_economy")
    _add_output(command)
    command.set_defaults(run=_catalogue)


def _add_areas(commands: _Commands) -> None:
    command = commands.add_parser("areas", help="list areas with their larger areas")
    command.add_argument("--level", help="only this level, such as lad24")
    command.add_argument(
        "--all-england", action="store_true", help="also areas outside the region"
    )
    _add_output(command)
    command.set_defaults(run=_areas)


def _add_peers(commands: _Commands) -> None:
    command = commands.add_parser(
        "peers", help="list the districts most like a district"
    )
    command.add_argument("area", help="code of a district, such as E08000028")
    command.add_argument(
        "--kind",
        default=PEER_KINDS[0],
        help=f"what was compared: {', '.join(PEER_KINDS)} (default: %(default)s)",
    )
    _add_output(command)
    command.set_defaults(run=_peers)


def _add_profile(commands: _Commands) -> None:
    command = commands.add_parser(
        "profile", help="write every indicator of an area: comparison, rank, trend"
    )
    command.add_argument(
        "areas",
        nargs="+",
        metavar="area",
        help="code of an area, such as E08000028; several for html and pdf",
    )
    command.add_argument(
        "--benchmark",
        help="compare with: level of a larger area (lad24, subregion, rgn, ctry), an "
        "area code, several with commas between, or similar (default: England)",
    )
    command.add_argument(
        "--address",
        help="html and pdf: where the dashboard is reached, for the link and QR code, "
        "such as https://places.example.org (default: this computer)",
    )
    command.add_argument(
        "--printed-on",
        type=_day,
        metavar="DAY",
        help="html and pdf: the day to name on it, such as 2026-11-23",
    )
    _add_output(command, PROFILE_FORMATS)
    command.set_defaults(run=_profile)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no day; write it like 2026-11-23"
        ) from None


def _add_table(commands: _Commands) -> None:
    command = commands.add_parser("table", help="write a table of observations")
    for name, about in PARAMETERS.items():
        flag = f"--{name.replace('_', '-')}"
        if name in FLAGS:
            command.add_argument(flag, action="store_true", help=about)
        else:
            command.add_argument(flag, required=name == "indicator", help=about)
    _add_output(command, TABLE_FORMATS)
    command.set_defaults(run=_table)


def _add_overlays(commands: _Commands) -> None:
    command = commands.add_parser(
        "overlays", help="list the overlays, or write the features of one"
    )
    command.add_argument("--id", help="write this overlay's features")
    _add_output(command, ("csv", "json", "geojson"))
    command.set_defaults(run=_overlays)


def _add_build(commands: _Commands) -> None:
    command = commands.add_parser("build", help="make the data folder from the sources")
    command.add_argument(
        "--sources", type=Path, required=True, help="folder with MANIFEST.csv"
    )
    command.add_argument(
        "--diff",
        action="store_true",
        help="build beside, print what would change, and change nothing",
    )
    command.add_argument(
        "--try",
        dest="indicator",
        metavar="INDICATOR",
        help="make and check this one indicator, print what it covers, write nothing",
    )
    command.set_defaults(run=_build)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = make_parser().parse_args(_joined(arguments))
    try:
        if "formats" in given:
            _set_format(given)
        code: int = given.run(given)
        return code
    except (CheckError, DataMissingError) as error:
        _say(str(error))
        return PROBLEMS
    except LpipgeoError as error:
        _say(str(error))
        return USAGE
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away, as with `| head`
        return OK


def _joined(arguments: Sequence[str] | None) -> list[str]:
    """Return the arguments with `--sort -value` as `--sort=-value`.

    A value that begins with "-" would be taken for a flag.
    """
    left = iter(sys.argv[1:] if arguments is None else arguments)
    return [f"{one}={next(left, '')}" if one == "--sort" else one for one in left]


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _write(body: bytes, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    write_file(output, body)


def _write_table(table: pd.DataFrame, given: argparse.Namespace) -> int:
    from lpipgeo.export import to_bytes  # noqa: PLC0415

    _write(to_bytes(table, given.format), given.output)
    return OK


def _catalogue(given: argparse.Namespace) -> int:
    from lpipgeo.indicator_catalogue import read_catalogue  # noqa: PLC0415

    frame = read_catalogue(given.data).frame()
    if given.theme:
        frame = frame[frame["theme"] == given.theme]
        if frame.empty:
            raise LpipgeoError(f"No indicator has the theme {given.theme!r}.")
    return _write_table(frame, given)


def _areas(given: argparse.Namespace) -> int:
    import lpipgeo  # noqa: PLC0415

    found = lpipgeo.areas(given.level, all_england=given.all_england, data=given.data)
    return _write_table(found, given)


def _peers(given: argparse.Namespace) -> int:
    import lpipgeo  # noqa: PLC0415

    return _write_table(lpipgeo.peers(given.area, given.kind, data=given.data), given)


def _profile(given: argparse.Namespace) -> int:
    import lpipgeo  # noqa: PLC0415

    if given.format in ("html", "pdf"):
        is_pdf = given.format == "pdf"
        make = lpipgeo.profile_pdf if is_pdf else lpipgeo.profile_html
        printed = {"address": given.address, "printed_on": given.printed_on}
        made = make(given.areas, given.benchmark, **printed, data=given.data)
        _write(made.encode() if isinstance(made, str) else made, given.output)
        return OK
    if len(given.areas) > 1:
        raise LpipgeoError(
            f"{given.format.upper()} is of one area. Name one, or ask for several "
            "with --format pdf or html."
        )
    found = lpipgeo.profile(given.areas[0], given.benchmark, data=given.data)
    return _write_table(found, given)


def _table(given: argparse.Namespace) -> int:
    from lpipgeo.bundle import make_bundle, make_file  # noqa: PLC0415
    from lpipgeo.table_query import explain_lacking, find_lacking, parse_query  # noqa: PLC0415

    asked = {name: getattr(given, name) for name in PARAMETERS}
    words = {True: "yes", False: "no", None: ""}
    texts = {name: words.get(value, value) for name, value in asked.items()}
    query = parse_query(texts, data=given.data)
    if given.format in ("gpkg", "zip") and given.output == "-":
        kind = "A bundle" if given.format == "zip" else "A GeoPackage"
        raise LpipgeoError(f"{kind} needs a file: add --output NAME.{given.format}.")
    if given.format == "zip":
        _write(make_bundle(query, data=given.data), given.output)
        return OK
    _write(make_file(query, given.format, data=given.data), given.output)
    lacking = find_lacking(query, data=given.data)
    if len(lacking) == len(query.indicator):
        _say("No observation matches; the table has only its headers.")
    if lacking:
        _say(explain_lacking(query, lacking, data=given.data))
    return OK


def _overlays(given: argparse.Namespace) -> int:
    import lpipgeo  # noqa: PLC0415
    from lpipgeo.overlay_catalogue import overlay_path  # noqa: PLC0415

    if given.format == "geojson":
        if not given.id:
            raise LpipgeoError("GeoJSON is of one overlay: add --id, such as museums.")
        _write(overlay_path(given.id, given.data).read_bytes(), given.output)
        return OK
    if given.id is not None:
        found = lpipgeo.overlay(given.id, data=given.data)
        points = found.geometry.representative_point()
        table = found.drop(columns="geometry").assign(lat=points.y, lon=points.x)
    else:
        table = lpipgeo.overlays(data=given.data)
    return _write_table(table, given)


def _build(given: argparse.Namespace) -> int:
    from lpipgeo.build import diff, pipeline, trial  # noqa: PLC0415
    from lpipgeo.paths import data_dir  # noqa: PLC0415

    target = data_dir(given.data)
    if given.indicator:
        found = trial.try_indicator(given.sources, target, given.indicator)
        _write(str(found).encode(), "-")
        return PROBLEMS if found.problems else OK
    if given.diff:
        _write(str(diff.preview(given.sources, target, _say)).encode(), "-")
        return OK
    pipeline.build(given.sources, target, progress=_say)
    return OK


def _check(given: argparse.Namespace) -> int:
    from lpipgeo.build.check import check  # noqa: PLC0415
    from lpipgeo.paths import data_dir  # noqa: PLC0415

    folder = data_dir(given.data)
    problems = check(folder)
    for problem in problems:
        _say(str(problem))
    _say(f"{folder}: {len(problems) or 'no'} problem{'s'[: len(problems) != 1]}.")
    return PROBLEMS if problems else OK


def _licences(given: argparse.Namespace) -> int:
    from lpipgeo.boundary_sets import read_register  # noqa: PLC0415
    from lpipgeo.indicator_catalogue import read_catalogue  # noqa: PLC0415
    from lpipgeo.licences import licences_markdown  # noqa: PLC0415
    from lpipgeo.overlay_catalogue import read_overlays  # noqa: PLC0415

    catalogue = read_catalogue(given.data)
    text = licences_markdown(
        catalogue.indicators, read_overlays(given.data), read_register(given.data)
    )
    _write(text.encode(), "-")
    return OK
