"""Make `.venv` beside the project and fill it with the locked packages.

Shared by start.py and test.py; standard library only, because nothing else is
there on a fresh machine. A stamp in `.venv` remembers which lock was installed,
so that later runs need no network. Run by itself it sets up everything that a
contributor needs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-q")


def stop(message: str) -> NoReturn:
    """End the script with a sentence that says how to go on, and exit code 1."""
    sys.exit(f"\n{message}\n")


def say(message: str) -> None:
    """Tell the person what is going on, at once."""
    print(message, flush=True)


def prepare(lock: str) -> Path:
    """Make sure that `.venv` holds the packages of a lock.

    Parameters
    ----------
    lock : `RUN_LOCK` or `DEV_LOCK`

    Returns
    -------
    Path of the environment's Python
    """
    python = _make_venv()
    stamp = VENV / f"{lock}.stamp"
    wanted = _fingerprint(python, lock)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        _install(python, lock)
        stamp.write_text(wanted, encoding="utf-8")
        if lock == DEV_LOCK:
            # It holds the run-time lock with the same versions (a test sees to it).
            text = _fingerprint(python, RUN_LOCK)
            (VENV / f"{RUN_LOCK}.stamp").write_text(text, encoding="utf-8")
    return python


def can_use_apt() -> bool:
    """Whether Debian packages may be installed without asking anybody."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None


def apt_install(package: str) -> bool:
    """Install a Debian package; return whether it worked."""
    say(f"Installing the system package {package} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    )
    # An update that partly fails (one unreachable mirror) must not stop the install.
    results = [
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False)
        for command in commands
    ]
    return results[-1].returncode == 0


def _venv_python() -> Path:
    windows = os.name == "nt"
    return VENV / ("Scripts/python.exe" if windows else "bin/python")


def _runs(python: Path) -> bool:
    """Whether an environment's Python starts and has pip."""
    if not python.exists():
        return False
    command = [str(python), "-c", "import pip"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _make_venv() -> Path:
    python = _venv_python()
    if _runs(python):
        return python
    if importlib.util.find_spec("ensurepip") is None:
        _add_ensurepip()
    say(f"Making a Python environment in {VENV} …")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, check=False)
    if made.returncode != 0 or not _runs(python):
        stop(
            "The Python environment could not be made; the reason stands above. On "
            "Debian or Ubuntu this usually helps: sudo apt install python3-venv"
        )
    return python


def _add_ensurepip() -> None:
    """Debian keeps this part of Python in a package of its own."""
    if can_use_apt() and apt_install("python3-venv"):
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is not None:
            return
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    stop(
        "Python's venv module is not complete on this machine. Please install it and "
        "start again. On Debian or Ubuntu: sudo apt install python3-venv (or "
        f"python{version}-venv)."
    )


def _fingerprint(python: Path, lock: str) -> str:
    """Return what the environment must be remade for: lock, Python, machine."""
    ask = "import sys, sysconfig; print(sys.version, sysconfig.get_platform())"
    command = [str(python), "-c", ask]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return hashlib.sha256((PROJECT / lock).read_bytes() + said.encode()).hexdigest()


def _install(python: Path, lock: str) -> None:
    lines = (PROJECT / lock).read_text(encoding="utf-8").splitlines()
    count = sum(1 for line in lines if line and not line.startswith("#"))
    say(f"Installing {count} packages; a few minutes, and only the first time …")
    started = time.monotonic()
    command = [str(python), *PIP, "-r", str(PROJECT / lock)]
    if subprocess.run(command, check=False).returncode != 0:
        stop(
            "The packages could not be installed; the reason stands above. The first "
            "start needs a connection to a Python package index. Then start again: "
            "what is already there is kept."
        )
    say(f"Installed in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    prepare(DEV_LOCK)
    say("Ready.")
