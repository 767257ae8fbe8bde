"""Finished answers, kept for the next one who asks the same."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from isal import igzip

from lpipgeo.api.answers import Answer

MAX_BYTES = 64_000_000
_GZIP_LEVEL = 1  # 106 kB in 1 ms for all LSOAs; zlib needs 6 to 10 for as few
_SMALLEST_GZIPPED = 500  # shorter bodies do not gain


@dataclass(frozen=True)
class Finished:
    """An answer with its tag; the same body has the same one."""

    answer: Answer
    etag: str

    @cached_property
    def gzipped(self) -> bytes | None:
        """The compressed body, made once; None where it would gain nothing."""
        body = self.answer.body
        is_long = len(body) > _SMALLEST_GZIPPED
        return igzip.compress(body, _GZIP_LEVEL, mtime=0) if is_long else None

    @property
    def size(self) -> int:
        """Bytes that it takes, about: most bodies shrink to a tenth."""
        return len(self.answer.body) * 11 // 10


def finish(answer: Answer) -> Finished:
    """Return an answer ready to be sent."""
    return Finished(answer, f'"{hashlib.sha256(answer.body).hexdigest()[:24]}"')


class AnswerCache:
    """Finished answers by what was asked; the longest unused go first."""

    def __init__(self, most: int = MAX_BYTES) -> None:
        self._most, self._size = most, 0
        self._held: OrderedDict[tuple[object, ...], Finished] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: tuple[object, ...], make: Callable[[], Answer]) -> Finished:
        """Return the answer held, or make, finish and hold it."""
        with self._lock:
            held = self._held.get(asked)
            if held is not None:
                self._held.move_to_end(asked)
                return held
        made = finish(make())
        with self._lock:
            if asked not in self._held and made.size <= self._most // 4:
                self._held[asked] = made
                self._size += made.size
            while self._size > self._most:
                _, gone = self._held.popitem(last=False)
                self._size -= gone.size
        return made
