"""Real servers for browser tests, the crash test and the bench: gunicorn as in production, on a free port."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from survey.cli import gunicorn_options
from survey.config import Settings

ROOT = Path(__file__).parent.parent
SECRET = "for tests only, not a secret at all"


class Ended(Exception):
    """The server ended before it answered."""


@dataclass
class Server:
    """A running server: where it answers, and its process group."""

    url: str
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]
    started_in: float

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask the server to finish its requests and end."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def memory(self) -> float:
        """Proportional resident memory of the largest worker, in MB."""
        workers = _children(self.process.pid)
        return max(_resident(worker) for worker in workers)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(
    database: Path, *, application: str = "app:create_app()", first: str = "/healthz", **extra: str
) -> Iterator[Server]:
    """Run gunicorn on this database until the block ends."""
    server = start(database, application=application, first=first, **extra)
    try:
        yield server
    finally:
        server.stop()


def start(
    database: Path, *, application: str = "app:create_app()", first: str = "/healthz", **extra: str
) -> Server:
    """Start gunicorn on this database and wait for its first answer; on another port where one was taken."""
    try:
        return _start(database, application, first, extra)
    except Ended:
        return _start(database, application, first, extra)


def _start(database: Path, application: str, first: str, extra: Mapping[str, str]) -> Server:
    port = free_port()
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ},
        "DATABASE": str(database),
        "SECRET_KEY": SECRET,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DRAFT_LANGUAGES": "ar uk pl tr ti",
        **extra,
    }
    settings = Settings.from_environment(environment)
    command = [sys.executable, "-m", "gunicorn", *gunicorn_options(settings), application]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    _wait_for(f"{settings.BASE_URL}{first}", process)
    return Server(settings.BASE_URL, process, environment, time.perf_counter() - begun)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Ended(process.returncode)
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.01)
    raise RuntimeError(f"no answer from {url}")


def command(server_environment: Mapping[str, str], *arguments: str, application: str = "app") -> str:
    """Run one of the application's own commands on the server's database and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", application, *arguments],
        cwd=ROOT,
        env=dict(server_environment),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
