"""The exception family: every error a caller of lpipgeo can meet.

Messages say what was wrong, where, what was expected and how to go on. Checking
errors carry every problem found, not only the first.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MAX_LISTED_PROBLEMS = 10
MAX_LISTED_CHOICES = 12
MAX_REPEATED = 80


@dataclass(frozen=True, order=True)
class Problem:
    """One thing found wrong.

    Attributes
    ----------
    where : file, table or row that holds the fault
    field : column or key at fault; empty when the whole file is
    found, expected : what is there, and what should be
    hint : how to repair it; may be empty
    """

    where: str
    field: str
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: {self.field}" if self.field else self.where
        text = f"{place}: found {self.found}; expected {self.expected}"
        return f"{text}. {self.hint}" if self.hint else text


class LpipgeoError(Exception):
    """Base of all errors that lpipgeo raises on purpose."""


class CheckError(LpipgeoError):
    """Something was checked and found wrong; carries every problem.

    Attributes
    ----------
    problems : tuple of Problem, in the order found
    """

    def __init__(self, headline: str, problems: Iterable[Problem]) -> None:
        self.headline = headline
        self.problems = tuple(problems)
        super().__init__(headline)

    def __str__(self) -> str:
        lines = [self.headline]
        lines += [f"  - {problem}" for problem in self.problems[:MAX_LISTED_PROBLEMS]]
        left = len(self.problems) - MAX_LISTED_PROBLEMS
        if left > 0:
            lines.append(f"  … and {left} more")
        return "\n".join(lines)


class MetadataError(CheckError, ValueError):
    """An indicator record, theme file or register breaks its rules."""


class TableError(CheckError, ValueError):
    """An observation or area table breaks its contract."""


class BoundaryError(CheckError, ValueError):
    """A boundary file breaks its contract."""


class SourceError(CheckError):
    """A publisher's file is missing, truncated, altered or not as expected."""


class DataMissingError(LpipgeoError, LookupError):
    """A file of ``data/`` is missing or cannot be read."""


class SelectionError(LpipgeoError, ValueError):
    """A combination of choices that cannot be answered, said in a sentence."""


def suggest(unknown: str, known: Iterable[str]) -> list[str]:
    """Return up to three known words nearest to an unknown one, best first."""
    by_folded = {word.casefold(): word for word in known}
    hits = difflib.get_close_matches(unknown.casefold(), by_folded, n=3, cutoff=0.6)
    return [by_folded[hit] for hit in hits]


def explain_unknown(
    kind: str, name: str, known: Iterable[str] | Mapping[str, str] = ()
) -> str:
    """Return the sentences on an unknown name: the nearest known ones, or all.

    Parameters
    ----------
    kind : what the name should have been
    known : the known names, or each with what people call it; the latter are all
        listed where they are few and none is near
    """
    titles = known if isinstance(known, Mapping) else {}
    text = f"Unknown {kind} {shorten(name)!r}."
    near = [
        f"{word!r} ({titles[word]})" if word in titles else repr(word)
        for word in suggest(name, known)
    ]
    if near:
        return f"{text} Did you mean {join_words(near, 'or')}?"
    if 0 < len(titles) <= MAX_LISTED_CHOICES:
        listed = ", ".join(f"{title} ({word})" for word, title in titles.items())
        return f"{text} Use: {listed}."
    return text


def shorten(typed: str) -> str:
    """Return what somebody typed, cut where it is too long to repeat."""
    return typed if len(typed) <= MAX_REPEATED else f"{typed[:MAX_REPEATED]}…"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Return words as people list them: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


class UnknownNameError(LpipgeoError, LookupError):
    """A name that is not known, with the nearest known ones.

    Attributes
    ----------
    kind : what the name should have been ("indicator", "area", …)
    name : the unknown name as given
    suggestions : up to three nearest known names
    """

    kind = "name"

    def __init__(
        self,
        name: str,
        known: Iterable[str] | Mapping[str, str] = (),
        hint: str = "",
    ) -> None:
        self.name = name
        self.suggestions = suggest(name, known)
        text = explain_unknown(self.kind, name, known)
        super().__init__(f"{text} {hint}" if hint else text)

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownIndicatorError(UnknownNameError):
    """No indicator has this id."""

    kind = "indicator"


class UnknownOverlayError(UnknownNameError):
    """No overlay has this id."""

    kind = "overlay"


class UnknownAreaError(UnknownNameError):
    """No area has this code."""

    kind = "area"


class UnknownStatusError(UnknownNameError):
    """No status has this id."""

    kind = "status"


class UnknownLevelError(UnknownNameError):
    """No level has this id."""

    kind = "level"


class UnknownPeriodError(UnknownNameError):
    """The indicator has no such period at this level."""

    kind = "period"


class AmbiguousPeriodError(UnknownPeriodError):
    """What people call a period can be several of the indicator's."""

    def __init__(self, name: str, of: str, listed: str) -> None:
        super().__init__(name)
        self.args = (f"{shorten(name)!r} can be several {of}: {listed}.",)


class UnknownKindError(UnknownNameError):
    """Districts were not compared in this way."""

    kind = "kind of peers"


class UnknownClassError(UnknownNameError):
    """The area classification has no such class."""

    kind = "area class"


class SettingError(LpipgeoError, ValueError):
    """A setting in the environment that cannot be what was meant."""


class PeriodError(LpipgeoError, ValueError):
    """A text that is not an ISO 8601 interval such as 2024-04-01/P1Y."""


class ClassificationError(LpipgeoError, ValueError):
    """Values that cannot be put into classes as asked."""
