"""Settings that whoever runs the dashboard gives in the environment."""

from __future__ import annotations

from collections.abc import Mapping

from lpipgeo.errors import SettingError


def read_choice(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Return which of some words a setting has; the first where it is not given.

    Raises
    ------
    SettingError : it is another word
    """
    given = environ.get(name) or choices[0]
    if given not in choices:
        raise SettingError(
            f"{name} is {given!r}. Please use one of: {', '.join(choices)}."
        )
    return given
