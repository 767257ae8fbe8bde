"""The parameters of a request, checked against the description of its route."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lpipgeo.api.description import ApiRoute, Parameter
from lpipgeo.errors import (
    LpipgeoError,
    UnknownNameError,
    explain_unknown,
    shorten,
    suggest,
)

MAX_LENGTH = 20_000  # of one value


class BadRequestError(LpipgeoError, ValueError):
    """A parameter that is unknown, repeated, missing or odd.

    Attributes
    ----------
    parameter : its name
    suggestions : what may have been meant
    """

    def __init__(
        self, text: str, parameter: str, suggestions: Iterable[str] = ()
    ) -> None:
        super().__init__(text)
        self.parameter = parameter
        self.suggestions = list(suggestions)


def check_request(
    route: ApiRoute, path: Mapping[str, str], query: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Return the texts of a request by the name of their parameter.

    Empty texts are as good as none; a parameter may have its other name.

    Raises
    ------
    BadRequestError
    """
    known = {one.name: one for one in route.all_parameters}
    allowed = [name for name, one in known.items() if not one.in_path]
    names = {one.also: name for name, one in known.items() if one.also}
    given = dict(path)
    for written, text in query:
        name = names.get(written, written)
        if name not in allowed:
            about = explain_unknown("parameter", name, allowed)
            raise BadRequestError(
                f"{about} Parameters: {', '.join(allowed)}.",
                shorten(name),
                suggest(name, allowed),
            )
        if name in given:
            hint = "Write several with commas between." if known[name].is_list else ""
            text = f"{name} is there twice. {hint}".strip()
            raise BadRequestError(text, name)
        if text:
            given[name] = text
    for name, one in known.items():
        if name in given:
            _check(one, given[name])
        elif one.required:
            raise BadRequestError(f"{name} is missing: {one.about}.", name)
    return given


def _check(one: Parameter, text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise BadRequestError(
            f"{one.name} has {len(text):,} signs; up to {MAX_LENGTH:,} are read. Ask "
            "in several requests, or use the command line.",
            one.name,
        )
    if one.maximum is not None:
        _check_number(one, text)
        return
    parts = [p.strip() for p in text.split(",")] if one.is_list else [text]
    for part in filter(None, parts):
        if one.enum and part not in one.enum:
            said = explain_unknown(one.name, part, one.enum)
            words = ", ".join(one.enum)
            raise BadRequestError(
                f"{said} It may be: {words}.", one.name, suggest(part, one.enum)
            )
        if one.pattern and not re.fullmatch(one.pattern, part, re.ASCII):
            raise BadRequestError(
                f"{shorten(part)!r} is no valid {one.name}, which is: {one.about}.",
                one.name,
            )
    if one.required and not any(parts):
        raise BadRequestError(f"{one.name} is missing: {one.about}.", one.name)


def _check_number(one: Parameter, text: str) -> None:
    low, high = one.minimum or 0, one.maximum or 0
    is_number = re.fullmatch(r"\d{1,9}", text, re.ASCII) is not None
    if not (is_number and low <= int(text) <= high):
        raise BadRequestError(
            f"{one.name} is a whole number from {low:,} to {high:,}, not "
            f"{shorten(text)!r}.",
            one.name,
        )


def explain(
    error: LpipgeoError, route: ApiRoute, given: Mapping[str, str]
) -> dict[str, object]:
    """Return an error as the API says it: message, parameter, suggestions.

    Parameters
    ----------
    given : what was asked for, by the name of the parameter
    """
    parameter: str | None = None
    suggestions: list[str] = []
    if isinstance(error, BadRequestError):
        parameter, suggestions = error.parameter, error.suggestions
    elif isinstance(error, UnknownNameError):
        names = [one.name for one in route.all_parameters]
        parameter = error.kind if error.kind in names else None
        said = (name for name in names if error.name in given.get(name, "").split(","))
        parameter = next(said, parameter)
        suggestions = error.suggestions
    return {
        "error": {
            "message": str(error),
            "parameter": parameter,
            "suggestions": suggestions,
        }
    }
