"""The composition root: the only module that knows everyone.

`create_app` makes the application of one process. What it needs from the database is opened
when the server starts it (ASGI lifespan) and closed when the server ends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from icosa.access.callers import Callers
from icosa.access.passwords import Passwords
from icosa.access.roles import Roles
from icosa.access.signing import SigningKeys
from icosa.access.tokens import Tokens
from icosa.changes.model import ModelChanges
from icosa.core.identity import RecordIds
from icosa.db.pool import Database
from icosa.engine.run import Engine
from icosa.engine.totals import Totals
from icosa.engine.workspaces import Workspaces
from icosa.files.links import PREFIX, Links, files_key
from icosa.files.store import Disk
from icosa.files.sweep import Sweep
from icosa.files.upload import Files
from icosa.http.exchange import Receive, Scope, Send
from icosa.http.graphql.handler import RecordGraphql
from icosa.http.hot import Hot
from icosa.http.metadata.routes import metadata_routes
from icosa.http.plain import create_plain
from icosa.http.rest.handler import RecordRoutes
from icosa.settings import Settings


class App:
    """The ASGI application. `hot` is there between start-up and shutdown."""

    def __init__(self, settings: Settings, dsn: str) -> None:
        self._settings = settings
        self._dsn = dsn
        self._hot: Hot | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            assert self._hot is not None, "the server starts the application first"
            await self._hot(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            async with self._started():
                await send({"type": "lifespan.startup.complete"})
                await receive()
        except Exception as failure:
            await send({"type": "lifespan.startup.failed", "message": str(failure)})
            raise
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _started(self) -> AsyncIterator[None]:
        settings = self._settings
        database = await Database.open(
            self._dsn,
            size=settings.connections,
            slow_size=settings.slow_connections,
            prepared=settings.prepared,
            statement_timeout_ms=settings.statement_timeout_ms,
            session={
                "icosa.files_url": f"{settings.url}{PREFIX}",
                "icosa.files_key": files_key(settings.secret),
            },
        )
        try:
            roles = Roles(database)
            workspaces = Workspaces(database, roles.load)
            signing = SigningKeys(database, settings.secret)
            tokens = Tokens(signing)
            callers = Callers(database, tokens, rate_limit=settings.rate_limit)
            for part in (roles, workspaces, signing, callers):
                await part.start()
            totals = Totals(database, workspaces)
            store = Disk(settings.files_dir)
            files = Files(database, store)
            ids = RecordIds()
            engine = Engine(database, totals)
            self._hot = Hot(
                create_plain(
                    database,
                    callers,
                    workspaces,
                    metadata_routes(
                        database=database,
                        callers=callers,
                        roles=roles,
                        tokens=tokens,
                        passwords=Passwords(),
                        workspaces=workspaces,
                        changes=ModelChanges(database),
                        files=files,
                        settings=settings,
                    ),
                    settings,
                    files=files,
                    links=Links(files_key(settings.secret)),
                ),
                callers,
                workspaces,
                RecordRoutes(engine, ids, batch_max=settings.batch_max),
                RecordGraphql(engine, ids, batch_max=settings.batch_max),
                body_bytes_max=settings.body_bytes_max,
            )
            background = [
                asyncio.create_task(totals.run()),
                asyncio.create_task(callers.uses.keep_writing()),
                asyncio.create_task(Sweep(database, store).run()),
            ]
            try:
                yield
            finally:
                for task in background:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
                await callers.uses.write()
        finally:
            self._hot = None
            await database.close()


def create_app(settings: Settings, dsn: str) -> App:
    """The application of one process; nothing is opened yet."""
    return App(settings, dsn)
