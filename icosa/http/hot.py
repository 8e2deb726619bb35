"""The raw ASGI front: `/graphql` and the record routes of `/rest`; all else goes to `plain`.

A request is read with the view of its moment. When its statement meets a newer model, or it
names what the view does not know while the model is newer, it is read once more with the
new view: so it is answered right by the old model or by the new one, never with a 500.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from math import ceil
from typing import Final, TypeVar

import msgspec

from icosa.access.callers import Callers
from icosa.catalog.view import View
from icosa.core.caller import Caller
from icosa.core.errors import (
    ApiError,
    BodyInvalid,
    MethodUnknown,
    RateLimited,
    RequestInvalid,
    TokenMissing,
    Unauthenticated,
    WorkspaceNotFound,
)
from icosa.core.identity import RequestIds
from icosa.core.timing import CURRENT, Timing
from icosa.engine.run import ModelChanged
from icosa.engine.workspaces import Workspaces
from icosa.http.auth import bearer
from icosa.http.departure import Attended, ClientGone
from icosa.http.exchange import (
    Headers,
    Receive,
    Scope,
    Send,
    check_content_type,
    decode_json,
    query_parameters,
    read_body,
    request_id_of,
    send_json,
)
from icosa.http.graphql.handler import Posted, RecordGraphql, read_posted
from icosa.http.multipart import is_multipart, read_multipart
from icosa.http.problems import (
    graphql_error,
    internal_graphql_error,
    internal_rest_body,
    rest_body,
)
from icosa.http.rest.handler import Call, RecordRoutes, Reply
from icosa.http.rest.path import read_path

log = logging.getLogger(__name__)

T = TypeVar("T")
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_NOT_RECORDS: Final = frozenset({"metadata", "open-api", "apiKeys", "webhooks"})  # after /rest/
MODEL_CHANGES_MAX: Final = 10  # that one request may meet
_WITH_BODY: Final = frozenset({"POST", "PATCH", "PUT"})


class Hot:
    """The application that the server calls."""

    def __init__(
        self,
        plain: Application,
        callers: Callers,
        workspaces: Workspaces,
        rest: RecordRoutes,
        graphql: RecordGraphql,
        *,
        body_bytes_max: int,
    ) -> None:
        self._plain = plain
        self._callers = callers
        self._workspaces = workspaces
        self._rest = rest
        self._graphql = graphql
        self._body_bytes_max = body_bytes_max
        self._ids = RequestIds()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path: str = scope["path"]
            if path == "/graphql":
                return await self._answer_graphql(scope, receive, send)
            if path.startswith("/rest/") and path.split("/", 3)[2] not in _NOT_RECORDS:
                return await self._answer_rest(scope, receive, send)
        return await self._plain(scope, receive, send)

    # -- REST --------------------------------------------------------------------------

    async def _answer_rest(self, scope: Scope, receive: Receive, send: Send) -> None:
        timing = _start_timing()
        headers: Headers = []
        try:
            reply = await self._rest_reply(scope, receive)
            status, body = reply.status, reply.body
            headers = [(b"warning", text) for text in reply.warnings]
        except ApiError as error:
            status, body = rest_body(error)
            headers = _headers_of(error)
        except ClientGone:
            return
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            status, body = internal_rest_body()
        await send_json(send, status, body, [*headers, *self._about(scope, timing)])

    async def _rest_reply(self, scope: Scope, receive: Receive) -> Reply:
        caller = await self._caller(scope)
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        body: object = None
        if method in _WITH_BODY:
            check_content_type(scope["headers"])
            raw = await read_body(scope, receive, self._body_bytes_max)
            body = decode_json(raw) if raw else {}
        parameters = query_parameters(scope)

        async def answer(view: View) -> Reply:
            target = read_path(method, scope["path"], view)
            return await self._rest.answer(Call(target, parameters, body, view, caller))

        with Attended(receive):
            return await self._with_view(caller, answer)

    # -- GraphQL -----------------------------------------------------------------------

    async def _answer_graphql(self, scope: Scope, receive: Receive, send: Send) -> None:
        timing = _start_timing()
        status = 200
        headers: Headers = []
        try:
            body = await self._graphql_body(scope, receive)
        except (BodyInvalid, RequestInvalid) as error:
            status, _ = rest_body(error)
            body = _errors([graphql_error(error)])
            headers = _headers_of(error)
        except ApiError as error:
            body = _errors([middleware_error(error)])
            headers = _headers_of(error)
        except ClientGone:
            return
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            body = _errors([internal_graphql_error()])
        await send_json(send, status, body, [*headers, *self._about(scope, timing)])

    async def _graphql_body(self, scope: Scope, receive: Receive) -> bytes:
        posted = await self._posted(scope, receive)
        token = bearer(scope["headers"])
        if token is None:
            return self._graphql.anonymous(posted)
        caller = await self._callers.of(token, address=_address(scope))

        async def newest(view: View | None) -> View | None:
            if view is not None and not await self._workspaces.changed_since(view):
                return None
            return await self._view(caller)

        strict = (b"x-graphql-strict", b"1") in scope["headers"]
        reads_only = scope["method"] != "POST"
        with Attended(receive):
            return await self._graphql.answer(
                posted, caller, newest, strict=strict, reads_only=reads_only
            )

    async def _posted(self, scope: Scope, receive: Receive) -> Posted:
        if scope["method"] == "POST":
            if is_multipart(scope["headers"]):
                return await read_multipart(scope, receive, self._body_bytes_max)
            check_content_type(scope["headers"])
            return read_posted(await read_body(scope, receive, self._body_bytes_max))
        if scope["method"] not in ("GET", "HEAD"):
            raise MethodUnknown(
                f"Cannot {scope['method']} /graphql", details={"allow": "GET, POST"}
            )
        parameters = query_parameters(scope)
        if "query" not in parameters:
            raise BodyInvalid("Not a GraphQL request: there is no query")
        variables = decode_json(parameters.get("variables", "{}").encode())
        if not isinstance(variables, dict):
            raise BodyInvalid("Not a GraphQL request: variables must be an object")
        return Posted(parameters["query"], variables, parameters.get("operationName"))

    def _about(self, scope: Scope, timing: Timing) -> Headers:
        """What an answer says of itself: the caller's own id for it, or one of ours."""
        request_id = request_id_of(scope["headers"]) or self._ids.next().encode()
        return [(b"x-request-id", request_id), (b"server-timing", timing.header())]

    # -- who and what ------------------------------------------------------------------

    async def _caller(self, scope: Scope) -> Caller:
        token = bearer(scope["headers"])
        if token is None:
            raise TokenMissing
        return await self._callers.of(token, address=_address(scope))

    async def _view(self, caller: Caller) -> View:
        try:
            return await self._workspaces.view(caller.workspace_id, caller.role_id)
        except LookupError:
            raise WorkspaceNotFound from None

    async def _with_view(self, caller: Caller, answer: Callable[[View], Awaitable[T]]) -> T:
        """`answer` with the view of now; again with a newer one each time the model has changed."""
        for _ in range(MODEL_CHANGES_MAX):
            view = await self._view(caller)
            try:
                return await answer(view)
            except ModelChanged:
                await self._workspaces.changed_since(view)
            except RequestInvalid:
                if not await self._workspaces.changed_since(view):
                    raise
        return await answer(await self._view(caller))


def _start_timing() -> Timing:
    timing = Timing()
    CURRENT.set(timing)
    return timing


def middleware_error(error: ApiError) -> dict[str, object]:
    """An error of authentication: `userFriendlyMessage` is an object there (metadata A.3)."""
    body = graphql_error(error)
    if isinstance(error, Unauthenticated | TokenMissing) or "auth." in error.code:
        extensions = dict(body["extensions"])  # type: ignore[call-overload]  # made as a dict
        friendly = extensions["userFriendlyMessage"]
        extensions["userFriendlyMessage"] = {"id": error.code, "message": friendly}
        body["extensions"] = extensions
    return body


def _headers_of(error: ApiError) -> Headers:
    """What HTTP wants beside some statuses (RFC 9110, 10.2.1 and 10.2.3)."""
    match error:
        case MethodUnknown():
            return [(b"allow", str(error.details["allow"]).encode())]
        case RateLimited():
            return [(b"retry-after", str(ceil(error.seconds)).encode())]
    return []


def _errors(errors: list[dict[str, object]]) -> bytes:
    return b'{"errors":%b}' % msgspec.json.encode(errors)


def _address(scope: Scope) -> str | None:
    client = scope.get("client")
    return None if client is None else str(client[0])
