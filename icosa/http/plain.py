"""Everything that is not hot: health, documents, the data model's routes, and what is unknown.

An ordinary Starlette application. Unknown paths, wrong methods and faults answer in the
contract's error form, as everywhere. A slash at the end of a path is ignored.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, TypeAlias
from urllib.parse import quote

import asyncpg
import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Route

from icosa import __version__
from icosa.access.callers import Callers
from icosa.catalog.view import View
from icosa.core.errors import (
    ApiError,
    Forbidden,
    MethodUnknown,
    RequestInvalid,
    RouteUnknown,
    TokenMissing,
    Unauthenticated,
    WorkspaceNotFound,
)
from icosa.core.identity import is_uuid
from icosa.db.migrate import migrations
from icosa.db.pool import Database, DatabaseUnavailable
from icosa.engine.workspaces import Workspaces
from icosa.files.links import PREFIX, Links
from icosa.files.upload import Files
from icosa.http.auth import bearer
from icosa.http.exchange import Receive, Scope, Send
from icosa.http.openapi.core import CoreDocuments
from icosa.http.openapi.document import Document, stub
from icosa.http.openapi.metadata import MetadataDocuments
from icosa.http.problems import internal_rest_body, rest_body
from icosa.settings import Settings

log = logging.getLogger(__name__)

JSON: Final = "application/json; charset=utf-8"
READY_TIMEOUT_S: Final = 3.0
_RECORDED: Final = "select array_agg(name order by name) from icosa.migration"
_FIRST_WORKSPACE: Final = (
    "select id from icosa.workspace where deleted_at is null order by created_at, id limit 1"
)

Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


def create_plain(
    database: Database,
    callers: Callers,
    workspaces: Workspaces,
    metadata_routes: Sequence[BaseRoute],
    settings: Settings,
    *,
    files: Files,
    links: Links,
) -> Application:
    """The application that `hot` passes everything to that it does not answer itself."""
    health = Health(database, workspaces)
    documents = Documents(callers, workspaces, settings.url)
    routes = [
        Route("/", _welcome),
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        *(Route(f"/open-api/{name}", documents.open(name)) for name in DOCUMENTS),
        *(Route(f"/rest/open-api/{name}", documents.guarded(name)) for name in DOCUMENTS),
        Route(f"{PREFIX}{{id}}", FileLinks(files, links).show),
        *metadata_routes,
    ]
    inner = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _http_error,
            ApiError: _api_error,
            Exception: _internal_error,
        },
    )
    inner.router.redirect_slashes = False
    return Plain(inner)


class Plain:
    """The outermost loop of what is not hot."""

    def __init__(self, inner: Starlette) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        if path.endswith("/") and path.strip("/"):
            scope = {**scope, "path": path.rstrip("/")}
        try:
            await self._inner(scope, receive, send)
        except Exception:  # answered by `_internal_error`; Starlette raises it again
            log.exception("%s %s failed", scope["method"], path)


# -- files -------------------------------------------------------------------------------


class FileLinks:
    """Files by signed links. They are never shown in place: who knows what is in them."""

    def __init__(self, files: Files, links: Links) -> None:
        self._files = files
        self._links = links

    async def show(self, request: Request) -> Response:
        file_id = request.path_params["id"]
        given = request.query_params
        if not is_uuid(file_id) or not self._links.is_good(
            file_id, given.get("expires", ""), given.get("signature", "")
        ):
            raise Forbidden("The link is not valid, or no longer")
        found = await self._files.content(file_id)
        if found is None:
            raise RouteUnknown("The file is not there any more")
        name, content_type, content = found
        return Response(
            content,
            media_type=content_type or "application/octet-stream",
            headers={
                "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
                "x-content-type-options": "nosniff",
                "content-security-policy": "sandbox",
                "cache-control": "private, max-age=3600",
            },
        )


# -- health ------------------------------------------------------------------------------


class NotReady(Exception):
    """A check failed; the message says why, without secrets."""


class Health:
    """Is the process there, and can it answer? In the form that the contract's server has."""

    def __init__(self, database: Database, workspaces: Workspaces) -> None:
        self._database = database
        self._workspaces = workspaces
        self._known = [migration.name for migration in migrations()]

    async def alive(self, _: Request) -> Response:
        return _json_response(200, _health({}))

    async def ready(self, _: Request) -> Response:
        """503 with the reason as soon as a check fails; the next ones would fail for it."""
        found: dict[str, str | None] = {}
        for name, check in (
            ("database", self._migrated),
            ("model", self._model),
        ):
            try:
                async with asyncio.timeout(READY_TIMEOUT_S):
                    await check()
                found[name] = None
            except NotReady as reason:
                found[name] = str(reason)
            except TimeoutError:
                found[name] = f"There was no answer within {READY_TIMEOUT_S:.0f} seconds."
            except (DatabaseUnavailable, asyncpg.PostgresError, OSError) as failure:
                log.warning("not ready: %s", failure)
                found[name] = "The database cannot be reached, or refuses."
            if found[name] is not None:
                break
        is_ready = all(reason is None for reason in found.values())
        return _json_response(200 if is_ready else 503, _health(found))

    async def _migrated(self) -> None:
        """The database answers, and its schema is this program's."""
        row = await self._database.row(_RECORDED)
        recorded = set((row[0] if row is not None else None) or ())
        if waiting := [name for name in self._known if name not in recorded]:
            raise NotReady(f"Migrations are pending: {', '.join(waiting)}. Run: icosa migrate")
        if recorded - set(self._known):
            raise NotReady("The database was migrated by a newer Icosa.")

    async def _model(self) -> None:
        """A data model can be loaded; there may be none yet."""
        row = await self._database.row(_FIRST_WORKSPACE)
        if row is None:
            return
        try:
            await self._workspaces.snapshot(row[0])
        except LookupError:
            raise NotReady("The data model of a workspace cannot be loaded.") from None


def _health(found: Mapping[str, str | None]) -> Mapping[str, object]:
    details = {
        name: {"status": "up"} if reason is None else {"status": "down", "message": reason}
        for name, reason in found.items()
    }
    error = {name: details[name] for name, reason in found.items() if reason is not None}
    info = {name: detail for name, detail in details.items() if name not in error}
    return {
        "status": "error" if error else "ok",
        "info": info,
        "error": error,
        "details": details,
    }


# -- documents ---------------------------------------------------------------------------


class Documents:
    """The OpenAPI documents, each as its caller's role sees the workspace."""

    def __init__(self, callers: Callers, workspaces: Workspaces, server_url: str) -> None:
        self._callers = callers
        self._workspaces = workspaces
        self._server_url = server_url
        self._stubs = {name: Document(stub(server_url, name)) for name in DOCUMENTS}

    def open(self, name: str) -> Endpoint:
        """Without a good token the stub, never an error (platform contract, 2.1)."""

        async def endpoint(request: Request) -> Response:
            try:
                found = await self._document(name, request)
            except (Unauthenticated, Forbidden):
                found = self._stubs[name]
            return _document_response(found, request)

        return endpoint

    def guarded(self, name: str) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            return _document_response(await self._document(name, request), request)

        return endpoint

    async def _document(self, name: str, request: Request) -> Document:
        token = bearer(request.headers.raw)
        if token is None:
            raise TokenMissing
        address = None if request.client is None else request.client.host
        caller = await self._callers.of(token, address=address)
        try:
            view = await self._workspaces.view(caller.workspace_id, caller.role_id)
        except LookupError:
            raise WorkspaceNotFound from None
        return DOCUMENTS[name](view, self._server_url)


def _core(view: View, server_url: str) -> Document:
    return view.make(CoreDocuments).at(server_url)


def _metadata(view: View, server_url: str) -> Document:
    return view.make(MetadataDocuments).at(server_url)


DOCUMENTS: Final[Mapping[str, Callable[[View, str], Document]]] = MappingProxyType(
    {"core": _core, "metadata": _metadata}
)


def _document_response(document: Document, request: Request) -> Response:
    """The document, or 304 to one who has it (RFC 9110, 13.1.2)."""
    headers = {
        "etag": document.etag,
        "cache-control": "private, no-cache",
        "vary": "Authorization",
    }
    asked = request.headers.get("if-none-match", "")
    known = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    if document.etag in known or asked.strip() == "*":
        return Response(status_code=304, headers=headers)
    return Response(document.content, headers={**headers, "content-type": JSON})


# -- the rest ----------------------------------------------------------------------------


async def _welcome(_: Request) -> Response:
    return PlainTextResponse(
        f"Icosa {__version__}: records at /rest and /graphql, the data model at /rest/metadata "
        "and /metadata, their documents at /open-api/core and /open-api/metadata.\n"
    )


async def _http_error(request: Request, error: Exception) -> Response:
    """Starlette's own refusals: no such path, no such method."""
    assert isinstance(error, HTTPException)
    line = f"Cannot {request.method} {request.url.path}"
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allow = _allowed(request)
        return _api_response(MethodUnknown(line, details={"allow": allow}), {"allow": allow})
    if error.status_code == HTTPStatus.NOT_FOUND:
        return _api_response(RouteUnknown(line))
    return _api_response(RequestInvalid(error.detail))


async def _api_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return _api_response(error)


async def _internal_error(_: Request, __: Exception) -> Response:
    status, body = internal_rest_body()
    return Response(body, status, media_type=JSON)


def _api_response(error: ApiError, headers: Mapping[str, str] | None = None) -> Response:
    status, body = rest_body(error)
    return Response(body, status, headers=headers, media_type=JSON)


def _allowed(request: Request) -> str:
    """Every method that some route of this path takes."""
    methods: set[str] = set()
    for route in request.app.routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            methods.update(route.methods or ())
    return ", ".join(sorted(methods))


def _json_response(status: int, body: object) -> Response:
    return Response(msgspec.json.encode(body), status, media_type=JSON)
