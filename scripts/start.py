"""Start the dashboard: `python3 scripts/start.py`.

Sets up `.venv` the first time, then serves the dashboard on this machine only and
opens it in the browser. Any option of `streamlit run` may follow, for example
`--server.port 8600`, or `--server.address 0.0.0.0` to let others in.
"""

import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036  older ones must hear it kindly
    sys.exit("\nPlease use Python 3.11 or newer, for example: python3.11 " + __file__)

from _setup import PROJECT, RUN_LOCK, prepare, say


def has_screen() -> bool:
    """Whether a person sits at this machine, so that a browser may be opened."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def options(given: list[str]) -> list[str]:
    """Return the options for Streamlit: ours where the person gave none."""
    ours = {"--server.address": "localhost"}
    if has_screen():
        ours["--server.headless"] = "false"
    added = [
        f"{name}={value}"
        for name, value in ours.items()
        if not any(option.split("=")[0] == name for option in given)
    ]
    return added + given


def main(given: list[str]) -> int:
    """Set up, serve until stopped, and return the exit code."""
    if "-h" in given or "--help" in given:
        say(__doc__)
        return 0
    python = prepare(RUN_LOCK)
    command = [str(python), "-m", "streamlit", "run", "dashboard.py", *options(given)]
    os.chdir(PROJECT)
    say("Starting the dashboard. Stop it with Ctrl+C.")
    if os.name != "nt":
        # Become the server, so that signals and the exit code are its own.
        os.execv(command[0], command)
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
