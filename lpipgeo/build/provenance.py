"""Provenance: which publisher's file, exactly, every figure was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from lpipgeo.build.sources import Sources
from lpipgeo.metadata import Indicator
from lpipgeo.overlay_catalogue import Overlay

PROVENANCE = "provenance.toml"
GEOGRAPHY = "geography"
WEIGHTS = "weights"

_OPENING = (
    "# Written by `python -m lpipgeo build`. Every publisher's file that data/ was\n"
    "# made from, with the checksum that it had.\n"
)


def write_provenance(
    path: Path,
    sources: Sources,
    records: Mapping[str, Indicator],
    overlays: Mapping[str, Overlay],
) -> None:
    """Write one table per source file used.

    Each says the file, its publisher, title, licence, attribution, bytes and sha256;
    `used_for` ("geography", "weights") and the ids of the `indicators` and `overlays`
    made from it.
    """
    users = {
        user: sources.used_by(user) for user in (GEOGRAPHY, WEIGHTS, *sorted(records))
    }
    for record in records.values():
        users[record.id] |= declared_files(record)
    drawn = {
        name: sources.used_by(overlay_user(name)) | declared_files(record)
        for name, record in sorted(overlays.items())
    }
    parts = [_OPENING]
    for file in sorted(set().union(*users.values(), *drawn.values())):
        row = sources.files[file]
        named = [user for user, files in users.items() if file in files]
        fields: dict[str, object] = {
            "file": file,
            "publisher": row.publisher,
            "title": row.title,
            "licence": row.licence,
            "attribution": row.attribution,
            "bytes": row.bytes,
            "sha256": row.sha256,
            "used_for": [user for user in named if user in (GEOGRAPHY, WEIGHTS)],
            "indicators": [user for user in named if user in records],
            "overlays": [name for name, files in drawn.items() if file in files],
        }
        lines = ["[[files]]"]
        # JSON's texts, numbers and lists are written as TOML writes them.
        lines += [
            f"{name} = {json.dumps(value, ensure_ascii=False)}"
            for name, value in fields.items()
        ]
        parts.append("\n".join(lines) + "\n")
    path.write_text("\n".join(parts), encoding="utf-8", newline="\n")


def overlay_user(overlay_id: str) -> str:
    """Return the name under which sources note the files of an overlay.

    An overlay may have the id of an indicator: both have "green_belt".
    """
    return f"overlay {overlay_id}"


def declared_files(record: Indicator | Overlay) -> set[str]:
    """Return the source files that a record names."""
    return {file for source in record.sources for file in source.files}
