"""What an installation needs before anything can run: its database and its secret."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from icosa.db.cluster import EmbeddedServerFailed, kept_secret
from icosa.db.embedded import DATA_DIR_MODE, EmbeddedServer
from icosa.settings import Settings, SettingsInvalid

log = logging.getLogger(__name__)

WATCH_INTERVAL_S = 1.0


@contextmanager
def running_database(settings: Settings) -> Iterator[tuple[str, Settings]]:
    """The URL of the database while it is needed, and the settings with the secret filled in.

    That database is the one that the settings name, else our own server: the one that runs already
    or one that is started here, and stopped at the end if nobody else uses it.
    """
    if settings.database_url is not None:
        yield settings.database_url, _with_secret(settings, settings.data_dir)
        return
    server = EmbeddedServer(settings.data_dir, postgres_bin=settings.postgres_bin)
    with server as url, _kept_running(server):
        yield url, _with_secret(settings, server.home)


@contextmanager
def _kept_running(server: EmbeddedServer) -> Iterator[None]:
    """Starts the server again if it is killed while it is used (by the system, out of memory)."""
    ended = threading.Event()
    watch = threading.Thread(target=_keep_running, args=(server, ended), daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


def _keep_running(server: EmbeddedServer, ended: threading.Event) -> None:
    while not ended.wait(WATCH_INTERVAL_S):
        try:
            if server.start_again_if_gone():
                log.error("PostgreSQL had ended unexpectedly and was started again")
        except EmbeddedServerFailed as failure:
            log.error("PostgreSQL ended unexpectedly: %s", failure)  # noqa: TRY400 - says it all


def _with_secret(settings: Settings, folder: Path) -> Settings:
    if settings.secret:
        return settings
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=DATA_DIR_MODE)
        return replace(settings, secret=kept_secret(folder / "application-secret"))
    except OSError as failure:
        raise SettingsInvalid(
            f"The secret cannot be kept in {folder} ({failure.strerror}): set ICOSA_SECRET, "
            "or another folder with --data-dir or ICOSA_DATA_DIR."
        ) from failure
