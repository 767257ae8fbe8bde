"""Ask whether a pinned version has a known hole: `python3 scripts/audit.py`.

Uses pip-audit, which knows PyPI's advisories, on the packages that visitors run. It is
kept apart from our packages, in `.venv/audit`. Where PyPI or its advisories cannot be
reached it says that nothing was audited, and returns 0: work goes on without a network.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from _setup import DEV_LOCK, PIP, PROJECT, RUN_LOCK, VENV, prepare, say

TOOL = "pip-audit==2.10.1"
FOLDER = VENV / "audit"
OPTIONS = ("--no-deps", "--disable-pip", "--progress-spinner=off", "--format=json")


def judge(report: dict[str, Any]) -> tuple[int, list[str]]:
    """Return the exit code and what to say about a report of pip-audit."""
    packages = report["dependencies"]
    known = [package for package in packages if "skip_reason" not in package]
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}"
        for package in known
        for hole in package["vulns"]
    ]
    if not known:
        return 0, ["Not audited: the advisories of PyPI cannot be reached from here."]
    skipped = len(packages) - len(known)
    missed = f"; {skipped} could not be looked up" if skipped else ""
    said = f"{len(known)} packages audited, known holes: {len(holes)}{missed}."
    return 1 if holes else 0, [said, *holes]


def _run(python: Path) -> dict[str, Any] | None:
    """Fetch the tool once, run it, and return its report; None where it has none."""
    if not (FOLDER / "pip_audit").is_dir():
        fetch = [str(python), *PIP, "--target", str(FOLDER), TOOL]
        if subprocess.run(fetch, check=False).returncode:
            return None
    code = f"import sys; sys.path.insert(0, {str(FOLDER)!r}); "
    code += "from pip_audit._cli import audit; audit()"
    command = [str(python), "-c", code, "-r", str(PROJECT / RUN_LOCK), *OPTIONS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        sys.stderr.write(done.stderr)
        return None
    return report


def main() -> int:
    """Audit and return the exit code: 1 only where a hole is known."""
    report = _run(prepare(DEV_LOCK))
    if report is None:
        say("Not audited: pip-audit could not be fetched or gave no answer.")
        return 0
    code, lines = judge(report)
    for line in lines:
        say(line)
    return code


if __name__ == "__main__":
    sys.exit(main())
