"""The frame of a document, its bytes and its ETag.

The same model gives the same bytes, so a document can be kept in a repository and compared.
Nothing random is in it, and no time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec

from icosa import __version__

Json = dict[str, object]

OPENAPI: Final = "3.1.1"
BEARER: Final = "bearerAuth"
_DESCRIPTION: Final = """\
**Authentication** Send `Authorization: Bearer <API key>`. Never put a token into a URL.

**Pages** A list holds 60 records, or up to 200 with `limit`. Its `pageInfo.endCursor` is the \
next page's `starting_after`.

**Filters** `filter=name[ilike]:"%air%",createdAt[gte]:"2026-01-01"`; group with `and(…)`, \
`or(…)` and `not(…)`, reach into composite fields with a dot: `emails.primaryEmail[eq]:a@b.c`.

**Order** `order_by=name[AscNullsFirst],createdAt[DescNullsLast]`.

**Errors** have one form: `{statusCode, error, messages}`, and beside it `code`, `hint` and \
`path` where they help."""


@dataclass(frozen=True)
class Document:
    """A document as it is sent."""

    content: bytes

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def document(
    title: str,
    server_url: str,
    *,
    paths: Mapping[str, object],
    schemas: Mapping[str, object],
    parameters: Mapping[str, object],
    responses: Mapping[str, object],
    tags: Sequence[Mapping[str, object]],
) -> bytes:
    """The whole document; `server_url` is what the paths are under."""
    return _encoded(
        {
            **_head(title),
            "servers": [{"url": server_url}],
            "security": [{BEARER: []}],
            "tags": tags,
            "paths": paths,
            "components": {
                "schemas": schemas,
                "parameters": parameters,
                "responses": responses,
                "securitySchemes": _security(),
            },
        }
    )


def stub(server_url: str, name: str) -> bytes:
    """What a caller without a token gets: how to ask for the document (platform contract, 2.1)."""
    answer = {
        "description": "The document of the workspace that the token is for.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    operation = {
        "operationId": "getOpenApiDocument",
        "summary": "The OpenAPI document of your workspace",
        "description": "Send a token, and this is the whole document.",
        "responses": {"200": answer},
    }
    return _encoded(
        {
            **_head("Icosa API"),
            "servers": [{"url": server_url}],
            "security": [{BEARER: []}, {}],
            "paths": {f"/open-api/{name}": {"get": operation}},
            "components": {"securitySchemes": _security()},
        }
    )


def _head(title: str) -> Json:
    return {
        "openapi": OPENAPI,
        "info": {"title": title, "version": __version__, "description": _DESCRIPTION},
    }


def _security() -> Json:
    return {
        BEARER: {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key, or the access token of a signed-in user.",
        }
    }


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value)
