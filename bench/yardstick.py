"""The yardstick: the same answers with nothing between the socket and PostgreSQL.

Raw ASGI under uvicorn, asyncpg, the best SQL that we could write for Icosa's own tables. It
knows no model and no rights, checks nothing, looks at the path or at the operation's name,
and counts on a valid request. Connections, their pool and prepared statements are as Icosa's.

    python -m bench.yardstick DSN SCHEMA COMPANY_OBJECT_ID TOKEN KEY_NAME
"""

from __future__ import annotations

import asyncio
import socket
import sys
from base64 import b64encode
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote

import asyncpg
import msgspec
import uvicorn

from bench.yardstick_sql import statements

CONNECTIONS = 8
HEAD = (b"content-type", b"application/json; charset=utf-8")

Scope = MutableMapping[str, Any]
Body = dict[str, Any]
Receive = Callable[[], Awaitable[Body]]
Send = Callable[[Body], Awaitable[None]]
Answer = Callable[[Any], Awaitable[bytes]]


class Yardstick:
    """The ASGI application."""

    def __init__(self, dsn: str, schema: str, object_id: str, token: str, key_name: str) -> None:
        self._dsn = dsn
        self._key_name = key_name
        self._sql = statements(schema, object_id)
        self._callers = {f"Bearer {token}".encode(): key_name}
        self._idle: list[Any] = []
        self._waiters: deque[asyncio.Future[Any]] = deque()
        self._operations: dict[str, Answer] = {
            "GetPerson": self._get_person,
            "ListCompanies": self._list_companies,
            "ListCompaniesWithTotal": self._list_companies_with_total,
            "ListCompaniesWithPeople": self._list_companies_with_people,
            "CreatePerson": self._create_person,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await receive()
            self._idle = [await self._connect() for _ in range(CONNECTIONS)]
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        for name, value in scope["headers"]:
            if name == b"authorization" and value in self._callers:
                status, body = await self._answer(scope, receive)
                break
        else:
            status, body = 401, b"{}"
        head = [HEAD, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        method, path = scope["method"], scope["path"]
        if path == "/graphql":
            body = msgspec.json.decode(await _body(receive))
            return 200, await self._operations[body["operationName"]](body["variables"])
        if method == "POST":  # /rest/batch/people
            return 201, await self._create_people(await _body(receive))
        record_id = path[len("/rest/people/") :]
        if method == "PATCH":
            body = msgspec.json.decode(await _body(receive))
            return 200, await self._update_person(record_id, body)
        if path == "/rest/companies":
            return 200, await self._companies(scope["query_string"].decode())
        person = (await self._row("person", record_id))[0]
        return 200, b'{"data":{"person":%b}}' % person

    # -- reads -------------------------------------------------------------------------

    async def _get_person(self, variables: Body) -> bytes:
        row = await self._row("person_fields", variables["id"])
        return b'{"data":{"person":%b}}' % row[0]

    async def _list_companies(self, _: Body) -> bytes:
        row = await self._row("companies_by_name")
        return b'{"data":{"companies":{"edges":[{"node":%b}]}}}' % row[0]

    async def _list_companies_with_total(self, _: Body) -> bytes:
        row = await self._row("companies_by_name_with_total")
        return b'{"data":{"companies":{"totalCount":%d,"edges":[{"node":%b}]}}}' % (row[1], row[0])

    async def _list_companies_with_people(self, _: Body) -> bytes:
        row = await self._row("companies_with_people")
        return b'{"data":{"companies":{"edges":[{"node":%b}]}}}' % row[0]

    async def _companies(self, query: str) -> bytes:
        """`limit=20`, or `limit=20&filter=name[ilike]:"%text%"`."""
        _, _, pattern = query.partition("ilike]:%22")
        if pattern:
            row = await self._row("companies_like", unquote(pattern.removesuffix("%22")))
        else:
            row = await self._row("companies")
        records, total, has_next, first, last = row
        return (
            b'{"data":{"companies":[%b]},"totalCount":%d,"pageInfo":{"startCursor":"%b",'
            b'"endCursor":"%b","hasNextPage":%b,"hasPreviousPage":false}}'
        ) % (records, total, _cursor(first), _cursor(last), b"true" if has_next else b"false")

    # -- writes ------------------------------------------------------------------------

    async def _create_person(self, variables: Body) -> bytes:
        data = variables["data"]
        name, phones = data["name"], data["phones"]
        row = await self._row(
            "create_person",
            name["firstName"],
            name["lastName"],
            data["emails"]["primaryEmail"].lower(),
            data["jobTitle"],
            phones["primaryPhoneNumber"],
            phones["primaryPhoneCountryCode"],
            phones["primaryPhoneCallingCode"],
            data["companyId"],
            self._key_name,
        )
        return b'{"data":{"createPerson":%b}}' % row[0]

    async def _create_people(self, body: bytes) -> bytes:
        row = await self._row("create_people", body, self._key_name)
        return b'{"data":{"createPeople":[%b]}}' % row[0]

    async def _update_person(self, record_id: str, body: Body) -> bytes:
        row = await self._row("update_person", record_id, body["jobTitle"], self._key_name)
        return b'{"data":{"updatePerson":%b}}' % row[0]

    # -- PostgreSQL --------------------------------------------------------------------

    async def _connect(self) -> Any:
        connection = await asyncpg.connect(
            self._dsn,
            statement_cache_size=300,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
            server_settings={"application_name": "yardstick", "timezone": "UTC", "jit": "off"},
        )
        for kind in ("varchar", "json"):
            await connection.set_type_codec(
                kind, schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
            )
        await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str)
        return connection

    async def _row(self, statement: str, *values: object) -> Any:
        """The first row; each statement in a transaction of its own."""
        if self._idle:
            connection = self._idle.pop()
        else:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            connection = await waiter
        try:
            return await connection.fetchrow(self._sql[statement], *values)
        finally:
            if self._waiters:
                self._waiters.popleft().set_result(connection)
            else:
                self._idle.append(connection)


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    while message["more_body"]:
        message = await receive()
        body += message["body"]
    return body


def _cursor(record_id: str) -> bytes:
    return b64encode(b'{"id":"%b"}' % record_id.encode())


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        assert sockets is not None
        print(f"http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


def main(dsn: str, schema: str, object_id: str, token: str, key_name: str) -> None:
    """Answers until a signal comes. uvicorn's options are those of `icosa serve`."""
    config = uvicorn.Config(
        Yardstick(dsn, schema, object_id, token, key_name),
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=2048,
        timeout_keep_alive=65,
    )
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        _Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:6])
