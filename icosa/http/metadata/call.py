"""One request to a REST route of metadata: token, body and parameters; and the answer.

A route is an ASGI application of its own here and not a function of Starlette's, so that
wrong methods, bad bodies and failures are answered in the contract's form. One of the two
outermost loops of these APIs; the other is `endpoint`'s.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import msgspec

from icosa.access.callers import Callers
from icosa.core.caller import Caller
from icosa.core.errors import ApiError, BodyInvalid, MethodUnknown, TokenMissing
from icosa.http.auth import bearer
from icosa.http.exchange import (
    Headers,
    Receive,
    Scope,
    Send,
    check_content_type,
    decode_json,
    query_parameters,
    read_body,
    send_json,
)
from icosa.http.metadata import failure
from icosa.http.problems import internal_rest_body

_WITH_BODY: Final = frozenset(("POST", "PATCH", "PUT"))
_SYNONYMS: Final[Mapping[str, str]] = {
    "after": "starting_after",
    "cursor": "starting_after",
    "before": "ending_before",
    "first": "limit",
    "page_size": "limit",
    "per_page": "limit",
}
_WARNINGS_MAX: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is asked, by whom."""

    caller: Caller
    reference: str  # of the path: an id or a name; "" where there is none
    parameters: Mapping[str, str]
    body: Mapping[str, object]  # {} where none was sent


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, and what is sent as JSON."""

    status: int
    content: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A method of a route."""

    answer: Callable[[Call], Awaitable[Reply]]
    parameters: tuple[str, ...] = ()  # the names of those that mean something


class RestRoute:
    """The ASGI application of one path."""

    def __init__(
        self, operations: Mapping[str, Operation], callers: Callers, *, body_bytes_max: int
    ) -> None:
        self._operations = operations  # by method
        self._callers = callers
        self._body_bytes_max = body_bytes_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = []
        try:
            reply, headers = await self._reply(scope, receive)
            status, body = reply.status, msgspec.json.encode(reply.content)
        except Exception as fault:  # noqa: BLE001  # the outermost loop
            error = failure.known(fault, f"{scope['method']} {scope['path']}")
            status, body = internal_rest_body() if error is None else failure.rest_body(error)
            headers = failure_headers(error)
        await send_json(send, status, body, headers)

    async def _reply(self, scope: Scope, receive: Receive) -> tuple[Reply, Headers]:
        token = bearer(scope["headers"])
        if token is None:
            raise TokenMissing
        caller = await self._callers.of(token, address=client_address(scope))
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        operation = self._operations.get(method)
        if operation is None:
            raise method_unknown(scope, self._operations)
        parameters = query_parameters(scope)
        call = Call(
            caller=caller,
            reference=scope["path_params"].get("id", ""),
            parameters=parameters,
            body=await self._body(scope, receive) if method in _WITH_BODY else {},
        )
        return await operation.answer(call), _warnings(operation.parameters, parameters)

    async def _body(self, scope: Scope, receive: Receive) -> Mapping[str, object]:
        """Raises `NotAcceptable`, `TooLarge`, `BodyInvalid`."""
        check_content_type(scope["headers"])
        raw = await read_body(scope, receive, self._body_bytes_max)
        body = decode_json(raw) if raw else {}
        if not isinstance(body, dict):
            raise BodyInvalid("Request body is not a JSON object")
        return body


def client_address(scope: Scope) -> str | None:
    client = scope.get("client")
    return None if client is None else str(client[0])


def method_unknown(scope: Scope, allowed: Mapping[str, object]) -> MethodUnknown:
    allow = ", ".join(sorted({*allowed, *(("HEAD",) if "GET" in allowed else ())}))
    return MethodUnknown(f"Cannot {scope['method']} {scope['path']}", details={"allow": allow})


def failure_headers(error: ApiError | None) -> Headers:
    """A method that is not allowed is answered with those that are (RFC 9110, 15.5.6)."""
    if isinstance(error, MethodUnknown):
        return [(b"allow", str(error.details["allow"]).encode())]
    return []


def _warnings(known: tuple[str, ...], parameters: Mapping[str, str]) -> Headers:
    """Of parameters that mean nothing here (RFC 7234, 5.5; amendments, 25)."""
    unknown = [name for name in parameters if name not in known]
    return [(b"warning", _warning(name, known)) for name in unknown[:_WARNINGS_MAX]]


def _warning(name: str, known: tuple[str, ...]) -> bytes:
    close = [_SYNONYMS[name]] if name in _SYNONYMS else get_close_matches(name, known, n=1)
    shown = "".join(c for c in name[:60] if c.isascii() and c.isprintable() and c not in '"\\')
    text = f"Unknown parameter {shown}"
    if close and close[0] in known:
        text += f"; did you mean {close[0]}?"
    return f'299 icosa "{text}"'.encode()
