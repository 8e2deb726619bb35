"""One HTTP request and its answer, over raw ASGI: body, query, headers, limits.

No framework: on the hot path it would cost as much as the rest of the server (ADR 3).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from icosa.core.errors import BodyInvalid, NotAcceptable, TooLarge
from icosa.request.limits import URL_BYTES_MAX

Scope = MutableMapping[str, Any]  # the ASGI specification's own types
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._:/+=-]{1,128}")
JSON: Final = (b"content-type", b"application/json; charset=utf-8")
QUERY_PARAMETERS_MAX: Final = 100


async def read_body(scope: Scope, receive: Receive, bytes_max: int) -> bytes:
    """The whole body. Raises `TooLarge` as soon as that is known."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if len(body) > bytes_max:
        raise _too_large(bytes_max)
    if not message.get("more_body"):
        return body
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > bytes_max:
            raise _too_large(bytes_max)
    parts = [body]
    size = len(body)
    while message.get("more_body"):
        message = await receive()
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > bytes_max:
            raise _too_large(bytes_max)
        parts.append(part)
    return b"".join(parts)


def decode_json(body: bytes) -> object:
    """Raises `BodyInvalid`."""
    try:
        value: object = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        reason = "nested too deeply" if isinstance(fault, RecursionError) else str(fault)
        raise BodyInvalid(f"Request body is not valid JSON: {reason}") from None
    return value


def check_content_type(headers: Headers) -> None:
    """A body is JSON, whatever else the header says of it. Raises `NotAcceptable`."""
    for name, value in headers:
        if name == b"content-type" and value != b"application/json":
            kind = value.split(b";", 1)[0].strip().lower()
            if kind and kind != b"application/json" and not kind.endswith(b"+json"):
                raise NotAcceptable(
                    f"Content type {kind.decode('latin-1')[:100]} is not supported",
                    hint="Send application/json.",
                )


def request_id_of(headers: Headers) -> bytes | None:
    """The `X-Request-Id` of the caller, if it is one that can be given back."""
    for name, value in headers:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value
    return None


def query_parameters(scope: Scope) -> dict[str, str]:
    """The last value of each parameter. Raises `TooLarge`, `BodyInvalid`."""
    raw: bytes = scope["query_string"]
    if not raw:
        return {}
    if len(raw) > URL_BYTES_MAX:
        raise TooLarge(f"The URL is too long. Maximum is {URL_BYTES_MAX} bytes")
    try:
        pairs = parse_qsl(
            raw.decode("latin-1"),
            keep_blank_values=True,
            max_num_fields=QUERY_PARAMETERS_MAX,
            encoding="utf-8",
            errors="strict",
        )
    except (ValueError, UnicodeDecodeError):
        raise BodyInvalid("The query string is not valid UTF-8") from None
    return dict(pairs)


async def send_json(send: Send, status: int, body: bytes, headers: Headers | None = None) -> None:
    head = [JSON, (b"content-length", str(len(body)).encode())]
    if headers:
        head += headers
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _too_large(bytes_max: int) -> TooLarge:
    return TooLarge(f"Request body is too large. Maximum is {bytes_max} bytes")
