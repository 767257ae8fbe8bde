"""Read what a command printed."""

from __future__ import annotations

import csv
import io


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))
