"""Makes the model and loads the records, through the public APIs, with a progress bar."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import local
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from icosa.commands.demo.client import Client
from icosa.commands.demo.model import FIELDS, OBJECTS
from icosa.commands.demo.records import Record, Sources, batches

BATCH: Final = 200
CONNECTIONS: Final = 4
WAITING_MAX: Final = 2 * CONNECTIONS  # batches that are encoded ahead


def make_model(client: Client) -> None:
    """Raises `CommandFailed`."""
    for made in OBJECTS:
        client.must("POST", "/rest/metadata/objects", made)
    for field in FIELDS:
        client.must("POST", "/rest/metadata/fields", field)


def load_records(url: str, token: str, sources: Sources) -> dict[str, int]:
    """How many records of each object were loaded. Raises `CommandFailed`."""
    counts: dict[str, int] = {}
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        for plural, records in (
            ("countries", sources.countries()),
            ("cities", sources.cities()),
            ("airports", sources.airports()),
        ):
            task = progress.add_task(plural, total=len(records))
            for count in _loaded(url, token, plural, records):
                progress.advance(task, count)
            counts[plural] = len(records)
    return counts


def _loaded(url: str, token: str, plural: str, records: list[Record]) -> Iterator[int]:
    """The size of each batch as it is answered; a few are under way at once."""
    clients = Clients(url, token)
    waiting: deque[Future[int]] = deque()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for batch in batches(records, BATCH):
            waiting.append(pool.submit(clients.create, plural, batch))
            if len(waiting) > WAITING_MAX:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class Clients:
    """A client a thread."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._token = token
        self._own = local()

    def create(self, plural: str, batch: list[Record]) -> int:
        client: Client | None = getattr(self._own, "client", None)
        if client is None:
            client = self._own.client = Client(self._url, self._token)
        client.must("POST", f"/rest/batch/{plural}", batch)
        return len(batch)
