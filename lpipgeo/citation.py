"""How to cite a table: as a sentence, as BibTeX and as a CITATION.cff file."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from lpipgeo.periods import day_text

AUTHORS = "lpipgeo contributors"
WORK = "West Midlands place dashboard"
_LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Citation:
    """What a reader needs to find a table again.

    Attributes
    ----------
    title : of the table
    publishers : of its figures, "A; B"
    software, data : versions
    address : of the table in the dashboard, or "" where it has none
    made_on : the day on which it was made, or None
    query : what was asked for, as in an address; tells the keys of two tables apart
    """

    title: str
    publishers: str
    software: str
    data: str
    address: str = ""
    made_on: date | None = None
    query: str = ""

    @property
    def _versions(self) -> str:
        return f"software {self.software}, data {self.data}"

    def sentence(self) -> str:
        """Return one sentence for a list of references."""
        when = f" ({self.made_on.year})" if self.made_on else ""
        day = f", made on {day_text(self.made_on)}" if self.made_on else ""
        at = f" {self.address}" if self.address else ""
        return (
            f"{AUTHORS}{when}. {self.title}. {WORK}, {self._versions}{day}. Figures by "
            f"{self.publishers}.{at}"
        )

    def bibtex(self) -> str:
        """Return an entry for BibTeX."""
        fields = {
            "author": f"{{{AUTHORS}}}",
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": f"{WORK}, {self._versions}",
            "note": f"Figures by {_tex(self.publishers)}",
        }
        if self.made_on:
            fields["year"] = str(self.made_on.year)
            fields["urldate"] = self.made_on.isoformat()
        if self.address:
            fields["url"] = self.address
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        asked = hashlib.sha256((self.query or self.title).encode()).hexdigest()[:6]
        return "\n".join([f"@misc{{lpipgeo_{self.data}_{asked},", *lines, "}", ""])

    def cff(self) -> str:
        """Return a CITATION.cff file (version 1.2.0) for a dataset."""
        quoted = json.dumps  # a JSON string is a YAML string
        lines = [
            "cff-version: 1.2.0",
            "message: Please cite the publishers of the figures and this table.",
            "type: dataset",
            f"title: {quoted(self.title, ensure_ascii=False)}",
            "authors:",
            f"  - name: {quoted(AUTHORS)}",
            f"version: {quoted(self._versions)}",
        ]
        if self.made_on:
            lines.append(f"date-released: {self.made_on.isoformat()}")
        if self.address:
            lines.append(f"url: {quoted(self.address)}")
        figures = f"Figures by {self.publishers}."
        lines.append(f"abstract: {quoted(figures, ensure_ascii=False)}")
        return "\n".join(lines) + "\n"


def is_local(address: str) -> bool:
    """Return whether an address leads only to the computer that it is opened on."""
    return urlsplit(address).hostname in _LOCAL_HOSTS


def _tex(text: str) -> str:
    """Return a text in which no sign acts in TeX."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
