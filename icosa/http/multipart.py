"""GraphQL multipart requests: a document whose variables hold files.

`operations` is the request as JSON, `map` says which part goes to which variable
(`{"0": ["variables.file"]}`), then the files follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from icosa.core.errors import BodyInvalid
from icosa.http.exchange import Headers, Receive, Scope, read_body
from icosa.http.graphql.handler import Posted, read_posted

FILES_MAX: Final = 10
FIELDS_MAX: Final = 20
_KIND: Final = b"multipart/form-data"


@dataclass(frozen=True, slots=True)
class FileUpload:
    """A file among the variables."""

    name: str
    content_type: str
    content: bytes


def is_multipart(headers: Headers) -> bool:
    return any(
        name == b"content-type" and value.split(b";", 1)[0].strip().lower() == _KIND
        for name, value in headers
    )


async def read_multipart(scope: Scope, receive: Receive, bytes_max: int) -> Posted:
    """Raises `BodyInvalid`, `TooLarge`."""
    body = await read_body(scope, receive, bytes_max)

    async def replay() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    request = Request(dict(scope), replay)
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=FILES_MAX,
        max_fields=FIELDS_MAX,
        max_part_size=bytes_max,
    )
    try:
        form = await parser.parse()
    except MultiPartException as fault:
        raise BodyInvalid(f"Not a multipart request: {fault.message}") from None
    try:
        return await _posted(form)
    finally:
        await form.close()


async def _posted(form: FormData) -> Posted:
    operations, places = form.get("operations"), form.get("map")
    if not isinstance(operations, str) or not isinstance(places, str):
        raise BodyInvalid("Not a GraphQL multipart request: operations or map is missing")
    posted = read_posted(operations.encode())
    variables: dict[str, Any] = dict(posted.variables or {})
    try:
        where = msgspec.json.decode(places, type=dict[str, list[str]])
    except msgspec.DecodeError as fault:
        raise BodyInvalid(f"Not a GraphQL multipart request: map: {fault}") from None
    for part, paths in where.items():
        upload = form.get(part)
        if not isinstance(upload, UploadFile):
            raise BodyInvalid(f"Not a GraphQL multipart request: there is no file {part}")
        file = FileUpload(
            upload.filename or "",
            upload.content_type or "application/octet-stream",
            await upload.read(),
        )
        for path in paths:
            _put(variables, path.split("."), file)
    return msgspec.structs.replace(posted, variables=variables)


def _put(variables: dict[str, Any], path: list[str], file: FileUpload) -> None:
    at: Any = {"variables": variables}
    try:
        for name in path[:-1]:
            at = at[int(name)] if isinstance(at, list) else at[name]
        if isinstance(at, list):
            at[int(path[-1])] = file
        else:
            at[path[-1]] = file
    except (KeyError, IndexError, TypeError, ValueError):
        raise BodyInvalid(
            f"Not a GraphQL multipart request: there is no {'.'.join(path)[:200]}"
        ) from None
