"""What a run was measured on: the machine, the versions, and how busy it was."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.browser import find_chromium

PACKAGES = (
    "streamlit",
    "folium",
    "streamlit-folium",
    "pydeck",
    "pandas",
    "duckdb",
    "playwright",
)


def describe_machine() -> dict[str, str]:
    """Return processor, cores, memory, system and load, in words."""
    memory = psutil.virtual_memory().total / 1e9
    return {
        "processor": _processor(),
        "cores": f"{os.cpu_count()}, shared by server and browser",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "graphics": "none; Chromium draws in software, headless, 1280 × 720",
    }


def describe_load() -> str:
    """Return how busy the machine is with other work, just now."""
    return f"{psutil.cpu_percent(interval=2):.0f} % of the processor"


def describe_versions() -> dict[str, str]:
    """Return the versions that matter."""
    found = {"Python": platform.python_version(), "Chromium": _chromium()}
    return found | {name: version(name) for name in PACKAGES}


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def _chromium() -> str:
    done = subprocess.run(
        [find_chromium(), "--version"], capture_output=True, text=True, check=False
    )
    words = done.stdout.split()
    return next((word for word in words if word[0].isdigit()), "unknown")
