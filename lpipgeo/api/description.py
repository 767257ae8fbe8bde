"""What the HTTP API offers, as data: checks, OpenAPI and its page are made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lpipgeo.api import answers
from lpipgeo.api.answers import MAX_ROWS, Answer, Given
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.paths import DataFolder
from lpipgeo.statuses import STATUSES
from lpipgeo.table_parameters import FLAGS, ON_THE_PAGE, PARAMETERS
from lpipgeo.wide_table import SHAPES

BASE = "/api/v1"
_CODES = r"^[A-Za-z0-9]{3,12}$"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a route.

    Attributes
    ----------
    name, about : as in the address, and what it is for
    also : another name that it may have in the address; "" for none
    enum : the words that it may be; empty for any text
    pattern : that a text (or each of a list) has to match; "" for any
    is_list : several with commas between
    minimum, maximum : of a whole number; None for a text
    required, in_path : whether it has to be there, and is a part of the path
    example : a value that works
    """

    name: str
    about: str
    also: str = ""
    enum: tuple[str, ...] = ()
    pattern: str = ""
    is_list: bool = False
    minimum: int | None = None
    maximum: int | None = None
    required: bool = False
    in_path: bool = False
    example: str = ""

    @property
    def description(self) -> str:
        """What it is for, with its other name."""
        if not self.also:
            return self.about
        return f"{self.about}; {self.also}, as on the page Data, is the same"


@dataclass(frozen=True)
class ApiRoute:
    """One route: where it is, what it takes, and what makes its answer.

    Attributes
    ----------
    id : short name, also of the operation in OpenAPI
    path : below `BASE`, with path parameters in braces
    summary : one line for people
    parameters : without `format`, `limit` and `offset`
    formats : the first is the default
    is_table : whether the answer has rows, and so pages
    make : from texts by name and the data folder to the answer
    example : parameters of a request that works
    """

    id: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    formats: tuple[Literal["json", "csv", "geojson"], ...]
    is_table: bool
    make: Callable[[Given, DataFolder], Answer]
    example: str

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """All parameters, with those that tables and formats have in common."""
        default = self.formats[0]
        about = f"of the answer, {default} if left out"
        written = Parameter("format", about, enum=self.formats)
        paging = (
            Parameter(
                "limit",
                f"rows in the answer, up to {MAX_ROWS:,}; the next ones are linked",
                minimum=1,
                maximum=MAX_ROWS,
                example="100",
            ),
            Parameter(
                "offset",
                "rows to leave out before the first",
                minimum=0,
                maximum=10_000_000,
                example="0",
            ),
        )
        return (*self.parameters, written, *(paging if self.is_table else ()))


_AREA = Parameter(
    "code", "code of an area", pattern=_CODES, required=True, in_path=True,
    example="E08000028",
)  # fmt: skip
_WITHIN = Parameter(
    "within", "only areas inside this one", pattern=_CODES, example="E08000028"
)
_ALL_ENGLAND = Parameter("all_england", PARAMETERS["all_england"], enum=("yes", "no"))
_LEVELS = Parameter(
    "level", "only this level, such as lad24", enum=tuple(LEVELS), example="lad24"
)


def _of_a_table(name: str) -> Parameter:
    """Return a parameter of `table_parameters.PARAMETERS`."""
    about, also = PARAMETERS[name], ON_THE_PAGE.get(name, "")
    if name in FLAGS:
        return Parameter(name, about, also, ("yes", "no"))
    enum: dict[str, tuple[str, ...]] = {
        "level": tuple(LEVELS),
        "status": tuple(STATUSES),
        "shape": tuple(SHAPES),
    }
    pattern = {
        "indicator": r"^[a-z0-9_]{1,80}$",
        "area": _CODES,
        "within": _CODES,
        "sort": r"^-?[A-Za-z0-9_]{1,120}$",
        "period": r"^[^,]{1,60}$",
    }
    examples = {"indicator": "no_qualifications", "level": "lad24", "period": "latest"}
    return Parameter(
        name,
        about,
        also,
        enum.get(name, ()),
        pattern.get(name, ""),
        is_list=name in ("indicator", "area", "period", "status"),
        required=name == "indicator",
        example=examples.get(name, ""),
    )


ROUTES = (
    ApiRoute(
        "catalogue",
        "/catalogue",
        "The indicators: title, theme, unit, levels, periods, source, licence",
        (Parameter("theme", "only this theme, such as green_economy",
                   pattern=r"^[a-z_]{1,60}$", example="green_economy"),),
        ("json", "csv"),
        True,
        answers.catalogue,
        "theme=green_economy&format=csv",
    ),
    ApiRoute(
        "areas",
        "/areas",
        "The areas: code, name, levels, larger areas",
        (_LEVELS, _WITHIN, _ALL_ENGLAND),
        ("json", "csv"),
        True,
        answers.areas,
        "level=lad24",
    ),
    ApiRoute(
        "observations",
        "/observations",
        "Figures with names, units, statuses, limits, sources and licences",
        tuple(_of_a_table(name) for name in PARAMETERS),
        ("json", "csv", "geojson"),
        True,
        answers.observations,
        "indicator=no_qualifications,fuel_poverty&level=lad24&format=csv",
    ),
    ApiRoute(
        "profile",
        "/areas/{code}/profile",
        "Every indicator of an area: comparison, rank, trend",
        (
            _AREA,
            Parameter(
                "benchmark",
                "level of a larger area (lad24, subregion, rgn, ctry), an area code, "
                "several codes with commas between, or similar; England when left out",
                pattern=r"^[A-Za-z0-9]{1,20}$",
                is_list=True,
                example="subregion",
            ),
        ),
        ("json", "csv"),
        True,
        answers.profile,
        "benchmark=subregion",
    ),
    ApiRoute(
        "boundaries",
        "/boundaries/{level}",
        "The polygons of a level (EPSG:4326)",
        (
            Parameter("level", "level of the areas", enum=MAPPED_LEVELS, required=True,
                      in_path=True, example="lad24"),
            _WITHIN,
        ),
        ("geojson",),
        False,
        answers.boundaries,
        "within=E47000007",
    ),
    ApiRoute(
        "overlays",
        "/overlays",
        "What can be drawn over a map: title, how many, period, source, licence",
        (),
        ("json", "csv"),
        True,
        answers.overlays,
        "format=csv",
    ),
    ApiRoute(
        "overlay",
        "/overlays/{overlay}",
        "The points or polygons of an overlay (EPSG:4326)",
        (
            Parameter("overlay", "overlay_id of the table of overlays", required=True,
                      pattern=r"^[a-z0-9_]{1,80}$", in_path=True, example="museums"),
        ),
        ("geojson",),
        False,
        answers.overlay,
        "format=geojson",
    ),
)  # fmt: skip
