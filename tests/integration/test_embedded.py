"""The embedded server: made, shared, adopted, and mended after every kind of sudden end.

Only processes that a test itself started are ever killed.
"""

import asyncio
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from icosa.db import embedded
from icosa.db.binaries import BinariesNotFound, find_binaries, server_user
from icosa.db.embedded import EmbeddedServer, EmbeddedServerFailed
from tests.postgres import public_folder

PROJECT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0
ORDINARY_USER = 1  # `daemon`, wherever there is one

# Servers of tests answer before they have written anything.
KEPT = "set synchronous_commit = on; create table kept as select 1 as x"


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder after its first start, which takes longer than all others."""
    with public_folder() as folder:
        with EmbeddedServer(folder / "data", durable=False):
            pass
        yield folder / "data"


@pytest.fixture
def empty_folder() -> Iterator[Path]:
    """The path of a data folder that does not exist yet."""
    with public_folder() as folder:
        yield folder / "data"


@pytest.fixture
def folder(empty_folder: Path, made: Path) -> Path:
    """A data folder with a server in it that does not run."""
    subprocess.run(["cp", "-a", made, empty_folder], check=True)
    return empty_folder


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    """A server that is not started yet, and is stopped whatever happens."""
    server = EmbeddedServer(folder, durable=False)
    yield server
    server.stop()


class Owner:
    """Another process that uses the server of a folder, or starts it."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self.process = subprocess.Popen(
            [*command, "-m", "tests.integration.owner", str(folder)],
            cwd=PROJECT,
            env={"PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path]), "PATH": os.defpath},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        self.url: str = told["url"]
        self.home = Path(told["home"])

    def leave(self) -> None:
        self.process.communicate()

    def be_killed(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def owner(folder: Path, command: list[str] | None = None) -> Iterator[Owner]:
    owner = Owner(folder, command or [sys.executable])
    try:
        yield owner
    finally:
        owner.be_killed()


def postmaster_pid(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split()[0])


def is_running(home: Path) -> bool:
    return (home / "postgres" / "postmaster.pid").exists()


async def ask(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 10 s"
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    """A process that ended; `init` may not have waited for it yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


async def test_data_stay_from_one_start_to_the_next(server: EmbeddedServer, folder: Path) -> None:
    await execute(server.start(), "create table kept as select 'É' as x")
    server.stop()
    assert not is_running(server.home)

    url = server.start()

    assert await ask(url, "select lower(x) from kept") == "é"


async def test_the_server_is_as_icosa_wants_it(server: EmbeddedServer) -> None:
    url = server.start()
    shown = {
        name: await ask(url, f"select current_setting('{name}')")
        for name in ("listen_addresses", "server_encoding", "timezone", "max_connections")
    }

    assert shown == {
        "listen_addresses": "",
        "server_encoding": "UTF8",
        "timezone": "UTC",
        "max_connections": "100",
    }
    assert await ask(url, "select 'É' > 'Z' and 'a' > 'B' and 'É' ilike 'é'") is True
    await execute(url, "create extension pg_trgm")
    assert await ask(url, "select similarity('Émile', 'émile')") == 1
    assert await ask(url, "select similarity('Émile', 'mile')") != 1


async def test_a_durable_server_syncs(folder: Path) -> None:
    with EmbeddedServer(folder) as url:
        assert await ask(url, "select current_setting('fsync')") == "on"
        assert await ask(url, "select current_setting('full_page_writes')") == "on"


async def test_nobody_gets_in_without_the_password(server: EmbeddedServer) -> None:
    url = server.start()
    secret = server.home / "secret"
    password = secret.read_text().strip()

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert password in url
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(url.replace(password, "guessed"), "select 1")


def test_psql_understands_the_url(server: EmbeddedServer) -> None:
    psql = find_binaries(None).folder / "psql"

    done = subprocess.run(
        [psql, server.start(), "-Atc", "select 1"], capture_output=True, text=True, check=True
    )

    assert done.stdout == "1\n"


def test_the_last_one_to_leave_stops_the_server(server: EmbeddedServer, folder: Path) -> None:
    first_url = server.start()
    other = EmbeddedServer(folder)

    assert other.start() == first_url
    server.stop()
    assert is_running(other.home)
    other.stop()
    assert not is_running(other.home)


async def test_a_server_that_outlived_its_killed_owner_is_adopted(
    server: EmbeddedServer, folder: Path
) -> None:
    with owner(folder) as killed:
        pid = postmaster_pid(killed.home)
        killed.be_killed()

    url = server.start()

    assert postmaster_pid(server.home) == pid
    assert await ask(url, "select 1") == 1
    server.stop()
    assert is_gone(pid)


async def test_a_killed_server_is_started_again(server: EmbeddedServer, folder: Path) -> None:
    with owner(folder) as killed:
        await execute(killed.url, KEPT)
        pid = postmaster_pid(killed.home)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: is_gone(pid))

        url = server.start()

        assert postmaster_pid(server.home) != pid
        assert await ask(url, "select x from kept") == 1


async def test_a_server_killed_under_its_owner_is_started_again_by_him(
    server: EmbeddedServer,
) -> None:
    url = server.start()
    assert not server.start_again_if_gone()
    killed = postmaster_pid(server.home)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: is_gone(killed))

    assert server.start_again_if_gone()

    assert await ask(url, "select 1") == 1
    server.stop()
    assert not is_running(server.home)


async def test_a_server_started_by_another_is_stopped_by_the_last_one(
    server: EmbeddedServer, folder: Path
) -> None:
    server.start()
    killed = postmaster_pid(server.home)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: is_gone(killed))
    other = EmbeddedServer(folder, durable=False)
    other.start()

    other.stop()
    assert is_running(server.home)
    server.stop()
    assert not is_running(server.home)


async def test_owner_and_server_killed_together(server: EmbeddedServer, folder: Path) -> None:
    with owner(folder) as killed:
        await execute(killed.url, KEPT)
        pid = postmaster_pid(killed.home)
        killed.be_killed()
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: is_gone(pid))

    assert await ask(server.start(), "select x from kept") == 1


async def test_processes_left_by_a_killed_server_are_waited_for_and_then_named(
    server: EmbeddedServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "OLD_BACKENDS_TIMEOUT_S", 0.3)
    with owner(folder) as killed:
        session = await asyncpg.connect(killed.url)
        backend = session.get_server_pid()
        os.kill(backend, signal.SIGSTOP)  # it cannot notice that its server has gone
        pid = postmaster_pid(killed.home)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: is_gone(pid))

        try:
            with pytest.raises(EmbeddedServerFailed, match=rf"process ids: .*\b{backend}\b"):
                server.start()
        finally:
            os.kill(backend, signal.SIGCONT)
            session.terminate()

        assert await ask(server.start(), "select 1") == 1


async def test_a_process_id_taken_over_by_another_program_is_not_our_server(
    server: EmbeddedServer,
) -> None:
    server.start()
    left = (server.home / "postgres" / "postmaster.pid").read_text().splitlines()
    server.stop()
    (server.home / "postgres" / "postmaster.pid").write_text(
        "\n".join([str(os.getpid()), *left[1:]]) + "\n"
    )

    assert await ask(server.start(), "select 1") == 1


async def test_an_interrupted_first_start_is_begun_anew(empty_folder: Path) -> None:
    server = EmbeddedServer(empty_folder, durable=False)
    unfinished = server.home / "postgres-unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    server.home.chmod(0o711)

    with server as url:
        assert await ask(url, "select 1") == 1


async def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(
    empty_folder: Path,
) -> None:
    server = EmbeddedServer(empty_folder / ("long" * 25), durable=False)
    empty_folder.mkdir(mode=0o711)

    with server as url:
        noted = json.loads((server.home / "server.json").read_text())
        socket_folder = Path(noted["socketFolder"])
        assert await ask(url, "select 1") == 1
        assert socket_folder.parent == Path(tempfile.gettempdir())
        assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700

    assert not socket_folder.exists()


async def test_a_path_with_odd_characters_works(empty_folder: Path) -> None:
    with EmbeddedServer(empty_folder / 'it\'s, a & "path" — 100%', durable=False) as url:
        assert await ask(url, "select 1") == 1


def test_a_socket_folder_of_somebody_else_is_refused(empty_folder: Path) -> None:
    server = EmbeddedServer(empty_folder / ("long" * 25), durable=False)
    name = f"icosa-{server_user().uid}-{embedded._digest(server.home)}"
    trap = Path(tempfile.gettempdir()) / name
    elsewhere = empty_folder.parent / "elsewhere"
    elsewhere.mkdir()
    owner_before = elsewhere.stat().st_uid
    trap.symlink_to(elsewhere)

    try:
        with pytest.raises(EmbeddedServerFailed, match="not a private folder"):
            server.start()
        assert elsewhere.stat().st_uid == owner_before
    finally:
        trap.unlink()


def test_data_of_another_version_are_left_alone(server: EmbeddedServer) -> None:
    server.start()
    server.stop()
    (server.home / "postgres" / "PG_VERSION").write_text("14\n")

    with pytest.raises(EmbeddedServerFailed, match="made by PostgreSQL 14"):
        server.start()


def test_a_folder_without_programs_is_named(empty_folder: Path) -> None:
    with pytest.raises(BinariesNotFound, match=r"/nowhere\. Set DATABASE_URL"):
        EmbeddedServer(empty_folder, postgres_bin=Path("/nowhere")).start()


def test_a_data_folder_that_cannot_be_made_is_named(empty_folder: Path) -> None:
    empty_folder.write_text("a file, not a folder")

    with pytest.raises(EmbeddedServerFailed, match="--data-dir"):
        EmbeddedServer(empty_folder / "data").start()


async def test_many_starts_at_once_make_one_server(empty_folder: Path) -> None:
    servers = [EmbeddedServer(empty_folder, durable=False) for _ in range(5)]

    urls = await asyncio.gather(*(asyncio.to_thread(each.start) for each in servers))

    assert len(set(urls)) == 1
    await asyncio.gather(*(asyncio.to_thread(each.stop) for each in servers))
    assert not is_running(servers[0].home)


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the server as another user")
async def test_as_root_data_go_where_the_servers_user_can_reach_them(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = empty_folder / "private"
    private.mkdir(parents=True, mode=0o700)
    empty_folder.chmod(0o700)
    monkeypatch.setattr(embedded, "STATE_FOLDER", empty_folder.parent / "state")
    package = find_binaries(None).folder.parents[1]
    for each in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(each, private / each.name, symlinks=True)
    programs = private / package.name / "pginstall" / "bin"

    server = EmbeddedServer(private / "data", durable=False, postgres_bin=programs)

    with server as url:
        assert await ask(url, "select 1") == 1
        assert server.home.parent == empty_folder.parent / "state"
        noted = json.loads((server.home / "server.json").read_text())
        assert Path(noted["binaries"]).is_relative_to(server.home)
        assert (server.home / "postgres").stat().st_uid == server_user().uid


@pytest.mark.skipif(not IS_ROOT, reason="only root can become an ordinary user")
async def test_an_ordinary_user_runs_it_as_well(empty_folder: Path) -> None:
    empty_folder.mkdir()
    os.chown(empty_folder, ORDINARY_USER, ORDINARY_USER)
    become = ["setpriv", f"--reuid={ORDINARY_USER}", f"--regid={ORDINARY_USER}", "--clear-groups"]

    with owner(empty_folder, [*become, interpreter_for_everyone()]) as other:
        pid = postmaster_pid(other.home)
        assert await ask(other.url, "select 1") == 1
        assert (other.home / "postgres").stat().st_uid == ORDINARY_USER
        assert Path(f"/proc/{pid}").stat().st_uid == ORDINARY_USER
        other.leave()

    assert is_gone(pid)


def interpreter_for_everyone() -> str:
    """Root's own Python may be in a private folder; the embedded server needs any Python."""
    candidates = [Path(sys.executable), Path("/usr/bin/python3"), Path("/usr/local/bin/python3")]
    found = [
        each for each in candidates if each.exists() and server_user().can_reach(each.resolve())
    ]
    assert found, f"no Python that an ordinary user may run: {candidates}"
    return str(found[0])
