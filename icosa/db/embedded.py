"""A PostgreSQL of our own: made at the first start, adopted when it runs, stopped at the end.

Every command that finds no database URL uses it, several at once and in any order: a shared lock
says who uses the server, and whoever leaves last stops it. So a server that outlived a killed owner
is adopted by the next command, and stopped in the end.

It listens on a unix socket in a folder which no other user can enter, and asks for a password all
the same. In the data folder: `postgres/` (the cluster), `run/` (the socket, where its path is short
enough), `secret` (the password), `server.json` (where the server listens), `postgres.log`, and the
locks `lock` (held while starting and stopping) and `in-use`.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from icosa.db.binaries import Binaries, ServerUser, find_binaries, reachable, server_user

ROLE = DATABASE = "icosa"
PORT = 5432  # only part of the socket's name
MAX_CONNECTIONS = 100
STATE_FOLDER = Path("/var/lib/icosa")
# A socket's path may have 107 bytes on Linux and 103 on macOS.
SOCKET_PATH_BYTES_MAX = 100
SOCKET_PATH_PLAIN = re.compile(r"[\w./+@~-]+", re.ASCII)
LOG_BYTES_MAX = 10_000_000

LOCK_TIMEOUT_S = 90.0
START_TIMEOUT_S = 300.0  # recovery after a crash reads back what was written since a checkpoint
OLD_BACKENDS_TIMEOUT_S = 10.0
STOP_TIMEOUT_S = 60.0
POLL_INTERVAL_S = 0.01
OLD_BACKENDS_MESSAGE = "pre-existing shared memory block"


class EmbeddedServerFailed(Exception):
    """The embedded PostgreSQL cannot be started; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmaster:
    """What `postmaster.pid` says about a server."""

    pid: int
    socket_folder: Path
    status: str  # starting, ready, stopping


class EmbeddedServer:
    """`with EmbeddedServer(data_dir) as url:`; `url` is understood by asyncpg and by psql."""

    def __init__(
        self, data_dir: Path, *, durable: bool = True, postgres_bin: Path | None = None
    ) -> None:
        """`durable=False` is for tests: faster, and a crash of the machine loses everything."""
        self._user = server_user()
        self._home = _placed(data_dir.absolute(), self._user)
        self._cluster = self._home / "postgres"
        self._durable = durable
        self._postgres_bin = postgres_bin
        self._process: subprocess.Popen[bytes] | None = None
        self._in_use: int | None = None  # descriptor of the lock file, shared while we use it

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _failure: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def home(self) -> Path:
        """Where the data really is: the data folder, or its place in the system's state folder."""
        return self._home

    def start(self) -> str:
        """Adopts the live server or starts one; gives the URL of its database."""
        self._make_home()
        try:
            with self._locked():
                self._in_use = os.open(self._home / "in-use", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._in_use, fcntl.LOCK_SH)
                postmaster = self._live_server() or self._launch()
        except BaseException:
            self.stop()
            raise
        host = quote(str(postmaster.socket_folder))
        password = kept_secret(self._home / "secret")
        return f"postgresql://{ROLE}:{password}@/{DATABASE}?host={host}&port={PORT}"

    def stop(self) -> None:
        """Stops the server, unless somebody else still uses it."""
        if self._in_use is None:
            return
        in_use, self._in_use = self._in_use, None
        with self._locked():
            try:
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(in_use)
            self._shut_down()

    def _make_home(self) -> None:
        try:
            # The server's user must pass through the folder, not look into it.
            self._home.mkdir(
                parents=True, exist_ok=True, mode=0o711 if self._user.is_other else 0o700
            )
            os.close(os.open(self._home / "lock", os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as failure:
            raise EmbeddedServerFailed(
                f"The data folder {self._home} cannot be used ({failure.strerror}): "
                "choose another with --data-dir or ICOSA_DATA_DIR, or run as the user that owns it."
            ) from failure

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Held while a server is started or stopped; never while it is used."""
        descriptor = os.open(self._home / "lock", os.O_RDWR)
        try:
            _wait_until(
                lambda: _try_lock(descriptor),
                LOCK_TIMEOUT_S,
                f"Another command has been starting or stopping the server in {self._home} "
                f"for {LOCK_TIMEOUT_S:.0f} s; look at {self._home / 'postgres.log'}.",
            )
            yield
        finally:
            os.close(descriptor)

    # --- adopting -----------------------------------------------------------------------------

    def _live_server(self) -> Postmaster | None:
        """The server that runs already, once it is ready; None if there is none."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            found = self._postmaster()
            if found is None or not self._is_alive(found.pid):
                return None
            if found.status == "ready":
                return found
            if time.monotonic() > deadline:
                raise EmbeddedServerFailed(
                    f"The server with process id {found.pid} is {found.status} since "
                    f"{START_TIMEOUT_S:.0f} s; look at {self._home / 'postgres.log'}."
                )
            time.sleep(POLL_INTERVAL_S)

    def _postmaster(self) -> Postmaster | None:
        """Reads `postmaster.pid` (its lines: src/include/utils/pidfile.h of PostgreSQL)."""
        try:
            lines = (self._cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        if len(lines) < 8 or not lines[0].isdecimal():
            pid = int(lines[0]) if lines and lines[0].isdecimal() else 0
            return Postmaster(pid=pid, socket_folder=self._home, status="starting")
        return Postmaster(pid=int(lines[0]), socket_folder=Path(lines[4]), status=lines[7].strip())

    def _is_alive(self, pid: int) -> bool:
        """Whether the process is a server of this cluster, not one that got the same id later."""
        if self._process is not None and self._process.pid == pid:
            return self._process.poll() is None
        return pid > 0 and _runs_in(self._cluster, pid)

    # --- starting -----------------------------------------------------------------------------

    def _launch(self) -> Postmaster:
        binaries = reachable(find_binaries(self._postgres_bin), self._user, self._home)
        if not (self._cluster / "PG_VERSION").exists():
            self._initialise(binaries)
        self._check_version(binaries)
        socket_folder = self._socket_folder()
        self._user.make_own(socket_folder)
        _check_private(socket_folder, self._user)
        # Its process is gone, or it is not the server's any more: PostgreSQL would believe it.
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)
        postmaster = self._started(binaries, socket_folder)
        self._note(postmaster, binaries)
        return postmaster

    def _started(self, binaries: Binaries, socket_folder: Path) -> Postmaster:
        log_path = self._home / "postgres.log"
        deadline = time.monotonic() + OLD_BACKENDS_TIMEOUT_S
        while True:
            with log_path.open("ab") as log:
                if log.tell() > LOG_BYTES_MAX:
                    log.truncate(0)
                begin = log_path.stat().st_size
                self._process = self._user.start(self._command(binaries, socket_folder), log)
            postmaster = self._ready()
            if postmaster is not None:
                return postmaster
            printed = log_path.read_bytes()[begin:].decode(errors="replace").strip()
            if OLD_BACKENDS_MESSAGE not in printed:
                raise EmbeddedServerFailed(
                    f"PostgreSQL did not start: {_last_line(printed)} (all of it: {log_path})"
                )
            if time.monotonic() > deadline:
                pids = ", ".join(map(str, _processes_in(self._cluster))) or "unknown"
                raise EmbeddedServerFailed(
                    f"Processes of a server that was killed still use {self._cluster} "
                    f"(process ids: {pids}): wait until they are gone, or end them."
                )
            time.sleep(0.1)

    def _ready(self) -> Postmaster | None:
        """The server just started, once it answers; None if it ended instead."""
        assert self._process is not None
        deadline = time.monotonic() + START_TIMEOUT_S
        while self._process.poll() is None:
            found = self._postmaster()
            if found is not None and found.pid == self._process.pid and found.status == "ready":
                return found
            if time.monotonic() > deadline:
                raise EmbeddedServerFailed(
                    f"PostgreSQL is not ready after {START_TIMEOUT_S:.0f} s; "
                    f"look at {self._home / 'postgres.log'}."
                )
            time.sleep(POLL_INTERVAL_S)
        return None

    def _command(self, binaries: Binaries, socket_folder: Path) -> list[str | Path]:
        command: list[str | Path] = [binaries.folder / "postgres", "-D", self._cluster]
        for name, value in self._options(socket_folder).items():
            command += ["-c", f"{name}={value}"]
        return command

    def _options(self, socket_folder: Path) -> dict[str, object]:
        memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        shared_buffers_mb = min(max(memory_mb // 8, 128), 1024) if self._durable else 128
        options: dict[str, object] = {
            "listen_addresses": "",
            "unix_socket_directories": socket_folder,
            "port": PORT,
            "max_connections": MAX_CONNECTIONS,
            "shared_buffers": f"{shared_buffers_mb}MB",
            "effective_cache_size": f"{memory_mb // 2}MB",
            "max_wal_size": "2GB",
            "random_page_cost": 1.1,  # what it costs on a solid-state disk
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "cluster_name": ROLE,
            # What PostgreSQL refuses is our answer to the caller; in a log it might be private.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_checkpoints": "off",
        }
        if not self._durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return options

    # --- the first start ----------------------------------------------------------------------

    def _initialise(self, binaries: Binaries) -> None:
        """Makes the cluster aside and renames it, so that half a cluster is never taken for one."""
        unfinished = self._home / "postgres-unfinished"
        password_file = self._home / "initial-password"
        try:
            password_file.touch(mode=0o600)
            password_file.write_text(kept_secret(self._home / "secret"))
            self._user.give(password_file)
            self._run_initdb(binaries, unfinished, password_file)
        finally:
            password_file.unlink(missing_ok=True)
        self._run_or_fail(
            [binaries.folder / "postgres", "--single", "-D", unfinished, "postgres"],
            f"create database {DATABASE}\n",
        )
        unfinished.rename(self._cluster)

    def _run_initdb(self, binaries: Binaries, folder: Path, password_file: Path) -> None:
        command: list[str | Path] = [
            binaries.folder / "initdb",
            *("-D", folder),
            *("--username", ROLE),
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-instructions",
        ]
        if binaries.version >= 16:
            # The password is random: there is nothing to slow a guesser down for, and every
            # connection saves 4,095 rounds of hashing.
            command += ["--set", "scram_iterations=1"]
        if not self._durable:
            command.append("--no-sync")
        *others, last = _locales(binaries.version)
        for locale in others:
            shutil.rmtree(folder, ignore_errors=True)
            self._user.make_own(folder)
            if self._user.run([*command, *locale]).returncode == 0:
                return
        shutil.rmtree(folder, ignore_errors=True)
        self._user.make_own(folder)
        self._run_or_fail([*command, *last])

    def _run_or_fail(self, command: Sequence[str | Path], text: str = "") -> None:
        done = self._user.run(command, text)
        if done.returncode != 0:
            raise EmbeddedServerFailed(
                f"{Path(command[0]).name} failed in {self._home}: {_last_line(done.stdout)}"
            )

    def _check_version(self, binaries: Binaries) -> None:
        made_by = int((self._cluster / "PG_VERSION").read_text())
        if made_by != binaries.version:
            raise EmbeddedServerFailed(
                f"The data in {self._cluster} were made by PostgreSQL {made_by}, and the programs "
                f"are of {binaries.version}: set POSTGRES_BIN to those of {made_by}, or move the "
                "data with pg_dump."
            )

    def _socket_folder(self) -> Path:
        if _is_socket_path(folder := self._home / "run"):
            return folder
        name = f"icosa-{self._user.uid}-{_digest(self._home)}"
        for parent in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - checked for owner
            if _is_socket_path(folder := parent / name) and self._user.can_reach(parent):
                return folder
        raise EmbeddedServerFailed(
            f"No folder is short enough for a socket: {self._home}, {tempfile.gettempdir()}. "
            "Choose a shorter one with --data-dir or ICOSA_DATA_DIR."
        )

    def _note(self, postmaster: Postmaster, binaries: Binaries) -> None:
        facts = {
            "pid": postmaster.pid,
            "socketFolder": str(postmaster.socket_folder),
            "port": PORT,
            "binaries": str(binaries.folder),
        }
        (self._home / "server.json").write_text(json.dumps(facts, indent=2) + "\n")

    # --- stopping -----------------------------------------------------------------------------

    def _shut_down(self) -> None:
        postmaster = self._postmaster()
        if self._process is not None:
            pid = self._process.pid
        else:
            pid = postmaster.pid if postmaster is not None else 0
        if not self._is_alive(pid):
            return
        os.kill(pid, signal.SIGINT)  # "fast": running statements end, nothing is lost
        if not _becomes_true(lambda: not self._is_alive(pid), STOP_TIMEOUT_S):
            os.kill(pid, signal.SIGQUIT)  # "immediate": the next start recovers
            _becomes_true(lambda: not self._is_alive(pid), STOP_TIMEOUT_S)
        (self._home / "server.json").unlink(missing_ok=True)
        folder = self._socket_folder()
        if folder.parent != self._home:
            shutil.rmtree(folder, ignore_errors=True)


def kept_secret(path: Path) -> str:
    """The secret kept in a file that only its owner can read, made when there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = secrets.token_urlsafe(32)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
    return secret


def _placed(data_dir: Path, user: ServerUser) -> Path:
    if user.can_reach(data_dir):
        return data_dir
    return STATE_FOLDER / _digest(data_dir)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]


def _locales(version: int) -> list[list[str]]:
    """Arguments of initdb, the best first: text in code point order, letters known as letters.

    LC_CTYPE says what a letter is to pg_trgm; systems call their UTF-8 locale differently.
    """
    names = ("C.UTF-8", "en_US.UTF-8", "C")
    if version < 17:
        return [["--locale-provider=libc", f"--locale={name}"] for name in names]
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return [[*builtin, f"--lc-ctype={name}"] for name in names]


def _is_socket_path(folder: Path) -> bool:
    """Short enough, and free of what the options and URLs of PostgreSQL would split at."""
    path = folder / f".s.PGSQL.{PORT}"
    is_plain = SOCKET_PATH_PLAIN.fullmatch(str(path)) is not None
    return is_plain and len(os.fsencode(path)) <= SOCKET_PATH_BYTES_MAX


def _check_private(folder: Path, user: ServerUser) -> None:
    """In a folder for everyone's temporary files, somebody else may have made it before us."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid or found.st_mode & 0o077:
        raise EmbeddedServerFailed(f"{folder} is not a private folder of ours: remove it.")


def _runs_in(cluster: Path, pid: int) -> bool:
    """Whether a process works in the cluster's folder, as every process of a server does."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, and is another user's
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == cluster.resolve()
    except PermissionError:
        return True
    except OSError:
        # A process that ended and was not waited for yet; or a system without /proc.
        return not Path("/proc/self").exists()


def _processes_in(cluster: Path) -> list[int]:
    pids = [int(each.name) for each in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if _runs_in(cluster, pid)]


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _becomes_true(condition: Callable[[], bool], timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_INTERVAL_S)
    return True


def _wait_until(condition: Callable[[], bool], timeout_s: float, message: str) -> None:
    if not _becomes_true(condition, timeout_s):
        raise EmbeddedServerFailed(message)


def _last_line(printed: str) -> str:
    lines = printed.strip().splitlines()
    return lines[-1] if lines else "it printed nothing"
