"""A custom area as a short text for an address, and as a small file to open again."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator
from itertools import pairwise

from lpipgeo.custom_area import (
    MAX_NEIGHBOURHOODS,
    Draft,
    make_draft,
    plain_name,
)
from lpipgeo.errors import LpipgeoError, SelectionError, shorten

VERSION = "a"  # first letter of every packed text; the next way of packing takes "b"
FORMAT = "lpipgeo custom area"
MAX_PACKED = 8_000
MAX_FILE = 200_000
_COUNTRY = "E01"  # all neighbourhoods of England
_MAX_BYTES = 4 * MAX_NEIGHBOURHOODS + 1_000
_DAMAGED = "a part is missing or changed"


def pack(draft: Draft) -> str:
    """Return an area as a text of letters, digits, - and _ for an address.

    Notes
    -----
    A letter for the version; then, compressed and in base64url: the name's length and
    its bytes, then each code as its distance from the one before.
    """
    name = draft.name.encode()
    numbers = [0, *(int(code[len(_COUNTRY) :]) for code in draft.codes)]
    steps = [b - a for a, b in pairwise(numbers)]
    raw = _varint(len(name)) + name + b"".join(map(_varint, steps))
    squeezed = zlib.compress(raw, 9)
    return VERSION + base64.urlsafe_b64encode(squeezed).decode().rstrip("=")


def unpack(text: str) -> Draft:
    """Return the area of a packed text.

    Raises
    ------
    SelectionError : the text is damaged, of another version, or too long
    UnknownAreaError : a neighbourhood that is not known here
    """
    text = text.strip()
    if text[:1] != VERSION or not text.isascii() or len(text) > MAX_PACKED:
        raise SelectionError(_explain(text))
    try:
        padded = text[1:] + "=" * (-len(text[1:]) % 4)
        squeezed = base64.b64decode(padded, altchars=b"-_", validate=True)
        raw = _unsqueeze(squeezed)
        values = _Bytes(raw)
        name = values.take(values.number()).decode()
        codes, last = [], 0
        for step in values.numbers():
            last += step
            codes.append(f"{_COUNTRY}{last:06d}")
    except (binascii.Error, zlib.error, ValueError, IndexError):
        raise SelectionError(_explain(text)) from None
    return make_draft(codes, name)


def _explain(text: str) -> str:
    return (
        f"The custom area {shorten(text)!r} cannot be read: {_DAMAGED}. Copy the whole "
        "address again, or open the area's file."
    )


def _unsqueeze(squeezed: bytes) -> bytes:
    """Return what was compressed; never more than an area can be."""
    worker = zlib.decompressobj()
    raw = worker.decompress(squeezed, _MAX_BYTES)
    if not worker.eof or worker.unused_data:
        raise ValueError(_DAMAGED)
    return raw


def _varint(number: int) -> bytes:
    """Return a number in groups of seven bits, the lowest first."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])


class _Bytes:
    """Bytes that are read from the front."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def take(self, count: int) -> bytes:
        """Return the next bytes; raise IndexError where there are not as many."""
        if self.at + count > len(self.raw):
            raise IndexError
        self.at += count
        return self.raw[self.at - count : self.at]

    def number(self) -> int:
        """Return the next number, of at most four bytes."""
        found = 0
        for place in range(4):
            byte = self.take(1)[0]
            found |= (byte & 127) << (7 * place)
            if byte < 128:
                return found
        raise ValueError(_DAMAGED)

    def numbers(self) -> Iterator[int]:
        """Yield all numbers that are left."""
        while self.at < len(self.raw):
            yield self.number()


def to_file(draft: Draft) -> bytes:
    """Return an area as a JSON file that `from_file` opens again."""
    content = {
        "format": FORMAT,
        "version": 1,
        "name": draft.name,
        "lsoa21": list(draft.codes),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def from_file(content: bytes) -> Draft:
    """Return the area of a file that `to_file` made.

    Raises
    ------
    SelectionError : it is no such file, or names no neighbourhoods of the region
    """
    damaged = (
        "This is no file of a custom area, or it is damaged. Choose a file that was "
        "downloaded here as the area's file; it ends in .json."
    )
    if len(content) > MAX_FILE:
        raise SelectionError(damaged)
    try:
        found = json.loads(content)
        if found["format"] != FORMAT or found["version"] != 1:
            raise SelectionError(damaged)
        name, codes = found["name"], found["lsoa21"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise SelectionError(damaged) from None
    are_texts = isinstance(codes, list) and all(isinstance(c, str) for c in codes)
    if not (isinstance(name, str) and are_texts):
        raise SelectionError(damaged)
    try:
        return make_draft(codes, plain_name(name))
    except LpipgeoError as error:
        raise SelectionError(f"The file cannot be opened. {error}") from None
