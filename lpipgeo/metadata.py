"""Indicator records: what each indicator means, and where it comes from.

One TOML file per indicator, its id equal to the file stem (`record_reading` reads
them). Unknown keys are refused. Periods, areas and ranges are not written here: they
follow from the observations.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from lpipgeo.levels import LEVELS
from lpipgeo.statuses import STATUSES

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n]+$")
]

ValueType = Literal[
    "count", "proportion", "rate", "ratio", "mean", "median", "index", "concentration"
]
Polarity = Literal["higher_is_better", "lower_is_better", "no_judgement", "unknown"]
Aggregation = Literal["sum", "from_components", "weighted_mean", "none"]
Scheme = Literal["quantiles", "natural_breaks", "equal_interval"]


class Record(BaseModel):
    """Base of all records: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """One publisher's file that an indicator is made from.

    Attributes
    ----------
    publisher, title : who published what
    url : the publisher's page for people
    files : paths below the sources folder; the build reads nothing else
    licence, attribution : the licence's name and the words it asks for
    published_on : day of publication, where the publisher states one
    accessed_on : day on which our copy was taken
    """

    publisher: Line
    title: Line
    url: Annotated[str, StringConstraints(pattern=r"^https://")]
    files: tuple[Line, ...] = Field(min_length=1)
    licence: Line
    attribution: Line
    published_on: date | None = None
    accessed_on: date


class Processing(Record):
    """What we did to the publisher's figures: how much, and what in plain words."""

    level: Literal["minor", "major"]
    notes: Text


class Review(Record):
    """Who wrote the record, who checked it, and when it is due again."""

    authored_by: Line
    reviewed_by: Line
    reviewed_on: date
    next_review: date


class SeriesBreak(Record):
    """A day from which figures cannot be compared with earlier ones, and why."""

    starts: date
    why: Text


class Catalogued(Record):
    """What every entry of the catalogue has, an indicator or an overlay.

    Attributes
    ----------
    id : equals the file stem; never reused
    title, short_title : without period or source; the short one at most 40 characters
    theme, priorities : ids of ``data/themes.toml``
    definition : what it is, in plain words
    why_it_matters : one or two sentences for the public
    caveats : sentences shown with it
    sources, processing, review : where it comes from, what we did, who checked it
    build : which reader makes it and with which arguments (see lpipgeo.build)
    """

    id: Slug
    title: Line
    short_title: Annotated[Line, StringConstraints(max_length=40)]
    theme: Slug
    priorities: tuple[Slug, ...] = ()
    definition: Text
    why_it_matters: Text
    caveats: tuple[Text, ...] = ()
    sources: tuple[Source, ...]
    processing: Processing
    review: Review
    build: dict[str, Any]

    @property
    def licences(self) -> str:
        """The licences of its sources, each once: "A; B"."""
        return "; ".join(dict.fromkeys(source.licence for source in self.sources))

    @model_validator(mode="after")
    def _rules_between_fields(self) -> Self:
        faults = [text for holds, text in self._rules() if not holds]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _rules(self) -> Iterable[tuple[bool, str]]:
        """Yield whether each rule between fields holds, and what it says."""
        yield not self.title.endswith("."), "title: no full stop at the end"
        yield bool(self.sources), "sources: at least one is needed"
        yield "reader" in self.build, "build: needs a reader"


class Indicator(Catalogued):
    """One defined measure; see `Catalogued` for the fields that are not named here.

    Attributes
    ----------
    subtheme : id of ``data/themes.toml``
    value_type, unit, multiplier, decimals, valid_range : the number; `unit` is
        written as it follows the number ("%", "people per km²") or, for "£", leads it
    numerator_label, denominator_label : in words; required for proportion and rate
    polarity : which direction is better
    finest_level : the finest 2021 level with figures of its own
    source_geography : the geography the publisher used where it is an older one
    aggregation, aggregation_weight, aggregation_note : how larger areas are made
    value_status, status_by_level : the status of the publisher's own figures
    inheritable : whether a smaller area may be shown the figure of a larger one; never
        for counts, nor for what only a larger area can have, such as a gap inside it
    bands : per level, edges of the bands in which the publisher allows a figure to
        be shown; the exact figure is then not shown on screen
    class_names : names of ordered classes, lowest first, where the publisher gives no
        figures: the value 1 stands for the first, and only the name is shown
    series_breaks : days from which figures cannot be compared with earlier ones
    limits : where a margin of error comes from: "publisher" gives it, or nobody does;
        "counts": we work it out from numerator and denominator. Only for full counts
        of people, households or events; never for a sample, a model, a lower bound,
        or counts of places and things
    no_rank, no_trend : a sentence that says why areas are not ranked, or no trend is
        stated, although there are figures for it
    frequency, scheme, k : how it comes, and how it is drawn first
    official_status : standing of the statistic at its publisher
    state, withdrawn_reason : a withdrawn record stays, with its reason
    """

    subtheme: Slug
    value_type: ValueType
    unit: Line
    multiplier: float = 1
    decimals: int = Field(ge=0, le=4)
    valid_range: tuple[float, float]
    numerator_label: Line | None = None
    denominator_label: Line | None = None
    polarity: Polarity
    finest_level: str
    source_geography: str | None = None
    aggregation: Aggregation
    aggregation_weight: Literal["population", "households"] | None = None
    aggregation_note: Text
    inheritable: bool = True
    value_status: str = "published"
    status_by_level: dict[str, str] = Field(default_factory=dict)
    bands: dict[str, tuple[float, ...]] = Field(default_factory=dict)
    class_names: tuple[Line, ...] = ()
    series_breaks: tuple[SeriesBreak, ...] = ()
    limits: Literal["publisher", "counts"] = "publisher"
    no_rank: Text | None = None
    no_trend: Text | None = None
    frequency: Literal["once", "annual", "monthly", "irregular"]
    scheme: Scheme = "quantiles"
    k: int = Field(default=5, ge=3, le=9)
    official_status: Literal["accredited", "official", "in_development", "other"]
    state: Literal["active", "withdrawn"] = "active"
    withdrawn_reason: Text | None = None

    @property
    def is_judged(self) -> bool:
        """Whether one direction is better."""
        return self.polarity in ("higher_is_better", "lower_is_better")

    def is_exact(self, level: str) -> bool:
        """Return whether exact figures of a level may be shown: no bands or classes."""
        return not (self.class_names or level in self.bands)

    @property
    def is_modelled(self) -> bool:
        """Whether the publisher's own figures are those of a model."""
        return "modelled" in (self.value_status, *self.status_by_level.values())

    def _rules(self) -> Iterable[tuple[bool, str]]:
        yield from super()._rules()
        low, high = self.valid_range
        yield low < high, "valid_range: the first number must be the smaller one"
        yield self.finest_level in LEVELS, "finest_level: not a level"
        for level in (*self.status_by_level, *self.bands):
            yield level in LEVELS, f"{level}: not a level"
        for status in (self.value_status, *self.status_by_level.values()):
            known = status in STATUSES and STATUSES[status].is_observed
            yield known, f"{status}: not a status"
        needs_parts = self.value_type in ("proportion", "rate")
        if needs_parts:
            yield self.denominator_label is not None, "denominator_label: is missing"
            yield self.numerator_label is not None, "numerator_label: is missing"
        weighted = self.aggregation == "weighted_mean"
        yield (
            weighted == (self.aggregation_weight is not None),
            "aggregation_weight: needed for weighted_mean, and only there",
        )
        for edges in self.bands.values():
            yield list(edges) == sorted(set(edges)), "bands: edges must rise"
        if self.class_names:
            yield from self._rules_of_classes()
        yield (
            self.limits == "publisher"
            or (needs_parts and self.value_status == "published"),
            "limits: from counts only for proportions and rates that are not modelled",
        )
        count = self.value_type == "count"
        yield (
            not (count and self.inheritable),
            "inheritable: must be false for a count; a part has less than the whole",
        )
        withdrawn = self.state == "withdrawn"
        yield (
            withdrawn == (self.withdrawn_reason is not None),
            "withdrawn_reason: needed for a withdrawn record, and only there",
        )

    def _rules_of_classes(self) -> Iterable[tuple[bool, str]]:
        numbers = tuple(range(1, len(self.class_names) + 2))
        yield (
            self.finest_level in self.bands
            and all(edges == numbers for edges in self.bands.values()),
            f"bands: with these class names {list(numbers)}, at the finest level",
        )
        distinct = len(set(self.class_names)) == len(self.class_names)
        yield distinct, "class_names: each name once"
        yield self.aggregation == "none", "class_names: classes have no sum or mean"


HEADLINES = 3  # figures of each theme on the first page


class Subtheme(Record):
    """A part of a theme, in the order in which it is shown."""

    id: Slug
    name: Line


class Theme(Record):
    """One of the themes that people choose first.

    `overview` are the indicators with which a comparison of areas opens.
    """

    id: Slug
    name: Line
    about: Text
    ramp: tuple[str, str]
    overview: tuple[Slug, ...] = ()
    subthemes: tuple[Subtheme, ...]

    @property
    def headlines(self) -> tuple[str, ...]:
        """The first of these indicators, for the first page."""
        return self.overview[:HEADLINES]


class Priority(Record):
    """One of the twelve research priorities that tag indicators."""

    id: Slug
    name: Line


class Question(Record):
    """A question with a view that answers it, offered on the first page.

    `query` are the parameters of the page's URL.
    """

    text: Line
    about: Line
    page: Literal["map", "area_profile", "compare", "trends"]
    query: dict[str, str]


class Themes(Record):
    """Contents of ``data/themes.toml``, everything in shown order."""

    themes: tuple[Theme, ...]
    priorities: tuple[Priority, ...]
    questions: tuple[Question, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The names of the themes, by id."""
        return {theme.id: theme.name for theme in self.themes}
