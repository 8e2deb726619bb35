"""Everything at once: the database, its schema, the first run, the processes that answer.

One worker runs in this process. Several are children which share the listening socket; one that
dies is replaced, and all end when this process ends, even if it is killed. SIGTERM and SIGINT let
the requests in flight finish, and only then is our own PostgreSQL stopped.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType

import orjson
import uvicorn

from icosa import __version__
from icosa.app import create_app
from icosa.db.connection import ConnectionOptions, connect
from icosa.db.migrate import migrate
from icosa.first_run import Created, first_run
from icosa.installation import running_database
from icosa.log import configure_logging
from icosa.settings import Settings

log = logging.getLogger(__name__)

ADMIN_EMAIL_DEFAULT = "admin@example.com"
# What PostgreSQL must have left for administrators, migrations and other programs.
CONNECTIONS_RESERVED = 10
GRACE_S = 30
KEEP_ALIVE_S = 65  # longer than the 60 s after which most proxies and clients let go
BACKLOG = 2048
RESTART_DELAY_S = 1.0
STARTUP_FAILED = 3  # uvicorn's exit code

Say = Callable[[str, dict[str, object]], None]


class ServeFailed(Exception):
    """The server cannot run; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAdmin:
    """Who is made at the first run."""

    email: str = ADMIN_EMAIL_DEFAULT
    password: str | None = None  # none: one is made and printed


def serve(settings: Settings, admin: FirstAdmin, *, as_json: bool) -> None:
    """Returns after SIGTERM or SIGINT, when all is stopped."""
    configure_logging(settings.log_format)
    say = _say_as_json if as_json else _say_in_words
    with _ended_by_signals(), _listening_socket(settings) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        with running_database(settings) as (dsn, settings):
            created = asyncio.run(_prepare(dsn, settings, admin))
            if created is not None:
                say("created", _facts(created, settings))

            def say_ready() -> None:
                say("ready", {"url": settings.url, "version": __version__})

            if settings.workers == 1:
                _answer(settings, dsn, listening, say_ready)
            else:
                Workers(settings, dsn, listening).run(say_ready)


async def _prepare(dsn: str, settings: Settings, admin: FirstAdmin) -> Created | None:
    await _check_connections(dsn, settings)
    await migrate(dsn)
    return await first_run(dsn, settings, email=admin.email, password=admin.password)


async def _check_connections(dsn: str, settings: Settings) -> None:
    connection = await connect(dsn, ConnectionOptions(prepared=settings.prepared))
    try:
        limit = int(await connection.fetchval("select current_setting('max_connections')"))
    finally:
        await connection.close()
    needed = settings.workers * settings.connections_per_worker
    if needed > limit - CONNECTIONS_RESERVED:
        raise ServeFailed(
            f"{settings.workers} workers open up to {needed} connections, and PostgreSQL allows "
            f"{limit} less {CONNECTIONS_RESERVED}: use fewer --workers, a smaller "
            "ICOSA_DB_CONNECTIONS, or raise max_connections."
        )


# --- what is printed ------------------------------------------------------------------------------


def _facts(created: Created, settings: Settings) -> dict[str, object]:
    return {
        "url": settings.url,
        "workspace": created.workspace,
        "email": created.email,
        "password": created.password,
        "apiKey": created.api_key,
    }


def _say_as_json(event: str, facts: dict[str, object]) -> None:
    _write(orjson.dumps({"event": event} | facts).decode())


def _say_in_words(event: str, facts: dict[str, object]) -> None:
    if event == "ready":
        _write("ready")
        return
    labels = {"url": "Address", "email": "E-mail", "apiKey": "API key"}
    for name, fact in facts.items():
        if fact is not None:
            _write(f"{labels.get(name, name.capitalize())}: {fact}")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# --- one process that answers ---------------------------------------------------------------------


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()


def _answer(
    settings: Settings, dsn: str, listening: socket.socket, on_ready: Callable[[], None]
) -> None:
    """Answers requests until a signal comes."""
    config = uvicorn.Config(
        create_app(settings, dsn),
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
    )
    try:
        _Server(config, on_ready).run(sockets=[listening])
    except SystemExit as end:
        if end.code == STARTUP_FAILED:
            raise ServeFailed("The server did not start; the log says why.") from end
        raise


# --- several --------------------------------------------------------------------------------------


class Workers:
    """Child processes that answer at one socket; as many as the settings say, at all times."""

    def __init__(self, settings: Settings, dsn: str, listening: socket.socket) -> None:
        self._arguments = (settings, dsn, listening)
        self._count = settings.workers
        # Nothing of this process is copied: threads and event loops do not survive a fork.
        self._context = multiprocessing.get_context("spawn")
        self._workers: dict[Pipe, BaseProcess] = {}

    def run(self, on_ready: Callable[[], None]) -> None:
        """Until a signal ends it; `on_ready` is called when the first worker answers."""
        is_ready = False
        try:
            for _ in range(self._count):
                self._start()
            while True:
                for pipe in wait(list(self._workers)):
                    assert isinstance(pipe, Pipe)
                    if not self._is_ready(pipe):
                        self._replace(pipe, had_started=is_ready)
                    elif not is_ready:
                        is_ready = True
                        on_ready()
        finally:
            self._stop()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        worker = self._context.Process(target=_work, args=(*self._arguments, theirs), name="icosa")
        worker.start()
        theirs.close()  # so that the end of the worker is the end of the pipe
        self._workers[ours] = worker

    def _is_ready(self, pipe: Pipe) -> bool:
        """A worker writes once, when it answers; its pipe ends when it does."""
        try:
            pipe.recv_bytes()
        except (EOFError, OSError):
            return False
        return True

    def _replace(self, pipe: Pipe, *, had_started: bool) -> None:
        worker = self._workers.pop(pipe)
        pipe.close()
        worker.join()
        if not had_started:
            raise ServeFailed("A worker did not start; the log says why.")
        log.warning("worker %s ended with code %s and is replaced", worker.pid, worker.exitcode)
        time.sleep(RESTART_DELAY_S)  # it may be about to end again
        self._start()

    def _stop(self) -> None:
        for worker in self._workers.values():
            worker.terminate()
        deadline = time.monotonic() + GRACE_S + 5
        for pipe, worker in self._workers.items():
            worker.join(max(0.0, deadline - time.monotonic()))
            if worker.is_alive():
                worker.kill()
                worker.join()
            pipe.close()


def _work(settings: Settings, dsn: str, listening: socket.socket, parent: Pipe) -> None:
    """A worker's whole life."""
    configure_logging(settings.log_format)
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    with _ended_by_signals(), suppress(ServeFailed):
        _answer(settings, dsn, listening, lambda: parent.send_bytes(b"ready"))


def _end_with_parent(parent: Pipe) -> None:
    """The parent never writes: the pipe ends when the parent does, however that came about."""
    with suppress(EOFError, OSError):
        parent.recv_bytes()
    os.kill(os.getpid(), signal.SIGTERM)


# --- signals and sockets --------------------------------------------------------------------------


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM and SIGINT leave the block in order; further ones do not disturb that.

    While uvicorn runs it has handlers of its own, and raises the signal again when it has finished.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(0)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    try:
        yield
    except SystemExit as end:
        if end.code != 0:
            raise


@contextmanager
def _listening_socket(settings: Settings) -> Iterator[socket.socket]:
    """Bound before anything else is started, so that a taken port is known at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as failure:
            raise ServeFailed(
                f"Cannot listen on {settings.host} port {settings.port} ({failure.strerror}): "
                "choose others with --host and --port (ICOSA_HOST, ICOSA_PORT)."
            ) from failure
        yield listening
