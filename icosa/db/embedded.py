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
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from icosa.db.binaries import Binaries, ServerUser, find_binaries, reachable, server_user
from icosa.db.cluster import DATABASE, PORT, ROLE, Cluster, EmbeddedServerFailed, cause, kept_secret
from icosa.db.postmaster import Postmaster, processes_in, read_postmaster, runs_in

__all__ = ["DATA_DIR_MODE", "EmbeddedServer", "EmbeddedServerFailed"]

STATE_FOLDER = Path("/var/lib/icosa")
# A socket's path may have 107 bytes on Linux and 103 on macOS.
SOCKET_PATH_BYTES_MAX = 100
SOCKET_PATH_PLAIN = re.compile(r"[\w./+@~-]+", re.ASCII)
# The server's user must pass through the folder, and nobody look into it; what is in it is private.
DATA_DIR_MODE = 0o711
LOG_BYTES_MAX = 10_000_000

LOCK_TIMEOUT_S = 90.0
START_TIMEOUT_S = 300.0  # recovery after a crash reads back what was written since a checkpoint
OLD_BACKENDS_TIMEOUT_S = 10.0
STOP_TIMEOUT_S = 60.0
POLL_INTERVAL_S = 0.01
OLD_BACKENDS_MESSAGE = "pre-existing shared memory block"


class EmbeddedServer:
    """`with EmbeddedServer(data_dir) as url:`; `url` is understood by asyncpg and by psql."""

    def __init__(
        self, data_dir: Path, *, durable: bool = True, postgres_bin: Path | None = None
    ) -> None:
        """`durable=False` is for tests: faster, and a crash of the machine loses everything."""
        self._user = server_user()
        self._home = _placed(data_dir.absolute(), self._user)
        self._cluster = Cluster(home=self._home, user=self._user, durable=durable)
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

    def start_again_if_gone(self) -> bool:
        """Whether the server had ended although we use it, and is started now."""
        found = read_postmaster(self._cluster.folder)
        if found is not None and self._is_alive(found.pid):
            return False
        with self._locked():
            if self._live_server() is not None:
                return False  # somebody else was faster
            self._launch()
            return True

    def stop(self) -> None:
        """Stops the server, unless somebody else still uses it."""
        if self._in_use is None:
            return
        in_use, self._in_use = self._in_use, None
        with self._locked():
            try:
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._leave_running()
                return
            finally:
                os.close(in_use)
            self._shut_down()
            if self._process is not None:
                self._process.poll()  # it may have been killed and another started in its place

    def _make_home(self) -> None:
        try:
            self._home.mkdir(parents=True, exist_ok=True, mode=DATA_DIR_MODE)
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
            if not _becomes_true(lambda: _try_lock(descriptor), LOCK_TIMEOUT_S):
                raise EmbeddedServerFailed(
                    f"Another command has been starting or stopping the server in {self._home} "
                    f"for {LOCK_TIMEOUT_S:.0f} s; look at {self._home / 'postgres.log'}."
                )
            yield
        finally:
            os.close(descriptor)

    # --- adopting -----------------------------------------------------------------------------

    def _live_server(self) -> Postmaster | None:
        """The server that runs already, once it is ready; None if there is none."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            found = read_postmaster(self._cluster.folder)
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

    def _is_alive(self, pid: int) -> bool:
        """Whether the process is a server of this cluster, not one that got the same id later."""
        if self._process is not None and self._process.pid == pid:
            return self._process.poll() is None
        return pid > 0 and runs_in(self._cluster.folder, pid)

    # --- starting -----------------------------------------------------------------------------

    def _launch(self) -> Postmaster:
        binaries = reachable(find_binaries(self._postgres_bin), self._user, self._home)
        socket_folder = self._socket_folder()
        self._user.make_own(socket_folder)
        _check_private(socket_folder, self._user)
        if not (self._cluster.folder / "PG_VERSION").exists():
            self._cluster.make(binaries, kept_secret(self._home / "secret"))
        self._cluster.check_version(binaries)
        # Their process is gone, or waits for a parent that does not care, or is another program's
        # by now: PostgreSQL would take it for a running server. Processes that still use the data
        # are found by their shared memory all the same.
        (self._cluster.folder / "postmaster.pid").unlink(missing_ok=True)
        (socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        postmaster = self._started(binaries, socket_folder)
        self._note(postmaster, binaries)
        return postmaster

    def _started(self, binaries: Binaries, socket_folder: Path) -> Postmaster:
        log_path = self._home / "postgres.log"
        deadline = time.monotonic() + OLD_BACKENDS_TIMEOUT_S
        while True:
            log_path.touch(mode=0o600)
            with log_path.open("ab") as log:
                if log.tell() > LOG_BYTES_MAX:
                    log.truncate(0)
                begin = log_path.stat().st_size
                self._process = self._user.start(
                    self._cluster.command(binaries, socket_folder), log
                )
            postmaster = self._ready()
            if postmaster is not None:
                return postmaster
            printed = log_path.read_bytes()[begin:].decode(errors="replace").strip()
            if OLD_BACKENDS_MESSAGE not in printed:
                raise EmbeddedServerFailed(
                    f"PostgreSQL did not start: {cause(printed)} (all of it: {log_path})"
                )
            if time.monotonic() > deadline:
                pids = ", ".join(map(str, processes_in(self._cluster.folder))) or "unknown"
                raise EmbeddedServerFailed(
                    f"Processes of a server that was killed still use {self._cluster.folder} "
                    f"(process ids: {pids}): wait until they are gone, or end them."
                )
            time.sleep(0.1)

    def _ready(self) -> Postmaster | None:
        """The server just started, once it answers; None if it ended instead."""
        assert self._process is not None
        deadline = time.monotonic() + START_TIMEOUT_S
        while self._process.poll() is None:
            found = read_postmaster(self._cluster.folder)
            if found is not None and found.pid == self._process.pid and found.status == "ready":
                return found
            if time.monotonic() > deadline:
                raise EmbeddedServerFailed(
                    f"PostgreSQL is not ready after {START_TIMEOUT_S:.0f} s; "
                    f"look at {self._home / 'postgres.log'}."
                )
            time.sleep(POLL_INTERVAL_S)
        return None

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

    def _leave_running(self) -> None:
        """Others use it, and the last of them stops it: then our child must be waited for."""
        if self._process is not None:
            threading.Thread(target=self._process.wait, daemon=True).start()
            self._process = None

    def _shut_down(self) -> None:
        found = read_postmaster(self._cluster.folder)
        if found is not None and self._is_alive(found.pid):
            pid = found.pid
        elif self._process is not None and self._process.poll() is None:
            pid = self._process.pid  # it has not written its file yet
        else:
            return
        os.kill(pid, signal.SIGINT)  # "fast": running statements end, nothing is lost
        if not _becomes_true(lambda: not self._is_alive(pid), STOP_TIMEOUT_S):
            os.kill(pid, signal.SIGQUIT)  # "immediate": the next start recovers
            _becomes_true(lambda: not self._is_alive(pid), STOP_TIMEOUT_S)
        (self._home / "server.json").unlink(missing_ok=True)
        folder = self._socket_folder()
        if folder.parent != self._home:
            shutil.rmtree(folder, ignore_errors=True)


def _placed(data_dir: Path, user: ServerUser) -> Path:
    if user.can_reach(data_dir):
        return data_dir
    return STATE_FOLDER / _digest(data_dir)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]


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
