"""Streamlit servers of our own for the benchmarks, started and ended by process id."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import psutil

from lpipgeo.paths import PROJECT

HOST = "127.0.0.1"
DASHBOARD = "dashboard.py"
START_SECONDS = 90.0
SAID_BYTES = 20_000


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    port : where it listens
    process : the `streamlit run` process
    started_at : clock time just before the process was started, epoch seconds
    log : what it says, while it runs
    """

    port: int
    process: subprocess.Popen[bytes]
    started_at: float
    log: IO[bytes]

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def memory_mb(self) -> float:
        """Resident memory of the process, decimal megabytes."""
        return psutil.Process(self.process.pid).memory_info().rss / 1e6

    def said(self) -> str:
        """Return the end of what it said, tracebacks of faults on a page with it."""
        file = self.log.fileno()
        begin = max(0, os.fstat(file).st_size - SAID_BYTES)
        return os.pread(file, SAID_BYTES, begin).decode(errors="replace")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def run_server(
    script: str = DASHBOARD, options: Sequence[str] = ()
) -> Iterator[Server]:
    """Run `streamlit run script` until the block ends; yields once it answers.

    Raises
    ------
    RuntimeError : it ended or did not answer; with the end of what it said
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += [f"--server.port={port}", f"--server.address={HOST}"]
    command += ["--server.headless=true", *options]
    with tempfile.TemporaryFile() as log:
        started_at = time.time()
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            server = Server(port, process, started_at, log)
            if not _answers(port, process):
                raise RuntimeError(f"{script} did not start. It said:\n{server.said()}")
            yield server
        finally:
            _stop(process)


def _environment() -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if k.lower() != "http_proxy"}
    env.pop("LPIPGEO_DATA", None)
    # Where it is set, our modules are compiled at every start; people's are not.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PYTHONPATH"] = str(PROJECT)
    return env


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == 200:
                return True
        connection.close()
        time.sleep(0.02)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if os.name == "nt":
        process.terminate()
    else:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)


def run_command(arguments: Sequence[str]) -> float:
    """Run `python arguments` to its end and return the seconds that it took.

    Raises
    ------
    RuntimeError : it failed; with the end of what it said
    """
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=_environment(),
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - begin
    if done.returncode:
        said = (done.stderr or done.stdout)[-3000:].decode(errors="replace")
        raise RuntimeError(f"{' '.join(arguments)} failed. It said:\n{said}")
    return seconds
