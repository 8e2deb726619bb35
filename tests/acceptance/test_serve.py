"""`icosa serve` as a process: what it prints, how it ends, and what it survives.

Only processes that a test itself started, and their children, are ever killed.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from icosa import __version__
from tests.postgres import public_folder

ICOSA = [sys.executable, "-m", "icosa"]
PROJECT = Path(__file__).resolve().parents[2]


class Serve:
    """A running `icosa serve --json`, ready to answer."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.data_dir = folder / "data"
        self.process = subprocess.Popen(
            [*ICOSA, "serve", "--json", "--port", "0", "--data-dir", str(self.data_dir), *options],
            cwd=PROJECT,
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.events = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append(json.loads(line))
            if self.events[-1]["event"] == "ready":
                break
        assert self.events, "it ended before it was ready"
        self.url: str = self.events[-1]["url"]

    def answers(self, path: str = "/healthz") -> bool:
        try:
            return httpx.get(self.url + path, timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def workers(self) -> list[int]:
        """Their process ids; PostgreSQL is a child too, and one that tracks shared resources."""
        listed = subprocess.run(
            ["ps", "-ww", "--ppid", str(self.process.pid), "-o", "pid=", "-o", "args="],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return [int(line.split()[0]) for line in listed.splitlines() if "spawn_main" in line]

    def postmaster(self) -> int:
        """The process id of its PostgreSQL; 0 while there is none."""
        try:
            return int((self.data_dir / "postgres" / "postmaster.pid").read_text().split()[0])
        except FileNotFoundError:
            return 0

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode


def environment() -> dict[str, str]:
    """Of a machine on which nothing is set, whatever is set where the tests run."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ICOSA, *arguments],
        cwd=PROJECT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    with public_folder() as folder:
        yield folder


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Serve]]:
    """Starts servers, and ends those that the test has not ended."""
    started: list[Serve] = []

    def start(*options: str) -> Serve:
        started.append(Serve(folder, *options))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.end()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 20 s"
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    """A process that ended; `init` may not have waited for it yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def test_the_first_run_tells_the_credentials_once_and_any_run_says_ready(
    start: Callable[..., Serve],
) -> None:
    first = start("--email", "me@example.com")
    postmaster = first.postmaster()
    assert first.answers()
    assert first.end() == 0
    second = start()

    created, ready = first.events
    assert list(created) == ["event", "url", "workspace", "email", "password", "apiKey"]
    assert (created["event"], created["workspace"]) == ("created", "main")
    assert created["email"] == "me@example.com"
    assert created["password"]
    assert created["apiKey"].startswith("icosa_")
    assert ready == {"event": "ready", "url": first.url, "version": __version__}
    assert [each["event"] for each in second.events] == ["ready"]
    assert second.answers()
    assert second.end(signal.SIGINT) == 0
    assert is_gone(postmaster)


def test_in_words_the_same_facts_are_lines(folder: Path) -> None:
    process = subprocess.Popen(
        [*ICOSA, "serve", "--port", "0", "--data-dir", str(folder / "data"), "--password-stdin"],
        cwd=PROJECT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("correct horse battery\n")
    process.stdin.flush()

    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if lines[-1] == "ready":
            break

    process.terminate()
    process.communicate(timeout=60)
    assert [line.partition(":")[0] for line in lines] == [
        "Address",
        "Workspace",
        "E-mail",
        "API key",
        "ready",
    ]
    assert "E-mail: admin@example.com" in lines


def test_a_request_in_flight_is_answered_before_the_end(start: Callable[..., Serve]) -> None:
    served = start()
    address = urlsplit(served.url)
    assert address.hostname is not None
    assert address.port is not None

    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(
            b"POST /graphql HTTP/1.1\r\nHost: icosa\r\nContent-Type: application/json\r\n"
            b"Content-Length: 28\r\n\r\n{"
        )
        time.sleep(0.3)
        served.process.terminate()
        time.sleep(0.3)
        assert served.process.poll() is None
        connection.sendall(b'"query":"{ __typename }"}  \n')
        answer = connection.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 ")
    served.process.communicate(timeout=60)
    assert served.process.returncode == 0


def test_a_killed_server_leaves_a_database_that_the_next_one_adopts(
    start: Callable[..., Serve],
) -> None:
    killed = start()
    postmaster = killed.postmaster()
    killed.process.kill()
    killed.process.communicate()

    adopting = start()

    assert adopting.postmaster() == postmaster
    assert [each["event"] for each in adopting.events] == ["ready"]
    assert adopting.end() == 0
    assert is_gone(postmaster)


def test_a_killed_database_is_started_again_and_used(start: Callable[..., Serve]) -> None:
    served = start()
    killed = served.postmaster()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: is_gone(killed))

    wait_until(lambda: served.postmaster() not in {0, killed})
    wait_until(lambda: served.answers("/readyz"))


def test_a_worker_that_dies_is_replaced(start: Callable[..., Serve]) -> None:
    served = start("--workers", "2")
    wait_until(lambda: len(served.workers()) == 2)
    victim = served.workers()[0]

    os.kill(victim, signal.SIGKILL)

    wait_until(lambda: len(served.workers()) == 2 and victim not in served.workers())
    assert served.answers()
    workers = served.workers()
    assert served.end() == 0
    assert all(is_gone(each) for each in workers)


def test_workers_end_when_their_parent_is_killed(start: Callable[..., Serve]) -> None:
    served = start("--workers", "2")
    wait_until(lambda: len(served.workers()) == 2)
    workers = served.workers()

    served.process.kill()
    served.process.communicate()

    wait_until(lambda: all(is_gone(each) for each in workers))
    assert start().answers()


def test_more_workers_than_the_database_takes_are_refused(folder: Path) -> None:
    done = run("serve", "--workers", "9", "--port", "0", "--data-dir", str(folder / "data"))

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "9 workers open up to 99 connections" in done.stderr


def test_a_taken_port_is_said_before_anything_is_started(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--data-dir", str(folder / "data"))

    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", "--port", "http"], "--port must be a whole number"),
        (["serve", "--nonsense"], "--nonsense"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], told: str) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert told in done.stderr


def test_an_unreachable_database_is_said_in_one_line(folder: Path) -> None:
    url = "postgresql://u:geheim@localhost:1/d"

    done = run("serve", "--port", "0", "--database-url", url, "--data-dir", str(folder / "data"))

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "geheim" not in done.stderr


def test_migrate_tells_what_is_pending_and_runs_it(folder: Path) -> None:
    place = ["--data-dir", str(folder / "data")]

    before = run("migrate", "--check", *place)
    ran = run("migrate", "--json", *place)
    after = run("migrate", "--check", *place)

    assert before.returncode == 1
    assert before.stderr.startswith("Pending: 0001_")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["applied"][0].startswith("0001_")
    assert (after.returncode, after.stderr) == (0, "")


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_help_shows_an_example(command: str) -> None:
    done = run(command, "--help")

    assert done.returncode == 0
    assert f"Example: icosa {command}" in done.stdout
