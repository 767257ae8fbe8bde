"""Check files before a commit: one newline at the end, none of them too large.

Used by pre-commit with the names of the changed files. Data files may be larger;
their sum has its own bar in the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

MAX_BYTES = 1_000_000
LARGE_ALLOWED = ("data/",)


def faults(path: Path) -> list[str]:
    """Return what is wrong with a file, in words."""
    content = path.read_bytes()
    found = []
    if len(content) > MAX_BYTES and not path.as_posix().startswith(LARGE_ALLOWED):
        found.append(f"is {len(content) / 1e6:.1f} MB; at most 1 MB outside data/")
    is_text = b"\0" not in content[:8000]
    if is_text and content and not path.as_posix().startswith(LARGE_ALLOWED):
        if not content.endswith(b"\n"):
            found.append("has no newline at its end")
        elif content.endswith(b"\n\n"):
            found.append("has empty lines at its end")
        if b"\r\n" in content:
            found.append("has Windows line ends")
    return found


def main(names: list[str]) -> int:
    """Print every fault of the named files; return 1 when there is any."""
    lines = [
        f"{name} {fault}"
        for name in names
        if Path(name).is_file()
        for fault in faults(Path(name))
    ]
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
