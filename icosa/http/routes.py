"""One table of routes: what the router, the OpenAPI documents and the tests read.

`{plural}` is an object's namePlural, `{id}` a record's or an object's id. Paths not here
are unknown. The order is that of the documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Api: TypeAlias = Literal["rest", "graphql", "metadata-rest", "metadata-graphql", "plain"]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    operation: str  # how handlers and documents call it: "find_many"
    api: Api
    token: bool = True  # whether a caller must show one


def _record(method: str, path: str, operation: str) -> Route:
    return Route(method, path, operation, "rest")


def _model(method: str, path: str, operation: str) -> Route:
    return Route(method, path, operation, "metadata-rest")


RECORD_ROUTES: Final = (
    _record("GET", "/rest/{plural}", "find_many"),
    _record("POST", "/rest/{plural}", "create_one"),
    _record("PATCH", "/rest/{plural}", "update_many"),
    _record("PUT", "/rest/{plural}", "update_many"),
    _record("DELETE", "/rest/{plural}", "delete_many"),
    _record("POST", "/rest/batch/{plural}", "create_many"),
    _record("GET", "/rest/{plural}/{id}", "find_one"),
    _record("PATCH", "/rest/{plural}/{id}", "update_one"),
    _record("PUT", "/rest/{plural}/{id}", "update_one"),
    _record("DELETE", "/rest/{plural}/{id}", "delete_one"),
    _record("POST", "/rest/{plural}/duplicates", "find_duplicates"),
    _record("GET", "/rest/{plural}/groupBy", "group_by"),
    _record("PATCH", "/rest/{plural}/merge", "merge_many"),
    _record("PATCH", "/rest/restore/{plural}", "restore_many"),
    _record("PATCH", "/rest/restore/{plural}/{id}", "restore_one"),
)

MODEL_ROUTES: Final = tuple(
    _model(method, path, f"{verb}_{resource}")
    for resource, plural in (("object", "objects"), ("field", "fields"))
    for method, path, verb in (
        ("GET", f"/rest/metadata/{plural}", "list"),
        ("POST", f"/rest/metadata/{plural}", "create"),
        ("GET", f"/rest/metadata/{plural}/{{id}}", "get"),
        ("PATCH", f"/rest/metadata/{plural}/{{id}}", "update"),
        ("PUT", f"/rest/metadata/{plural}/{{id}}", "update"),
        ("DELETE", f"/rest/metadata/{plural}/{{id}}", "delete"),
    )
)

KEY_ROUTES: Final = tuple(
    _model(method, f"{prefix}/apiKeys{tail}", f"{verb}_api_key")
    for prefix in ("/rest/metadata", "/rest")
    for method, tail, verb in (
        ("GET", "", "list"),
        ("POST", "", "create"),
        ("GET", "/{id}", "get"),
        ("PATCH", "/{id}", "update"),
        ("DELETE", "/{id}", "revoke"),
    )
)

OTHER_ROUTES: Final = (
    Route("GET", "/rest/search", "search", "rest"),
    Route("POST", "/graphql", "graphql", "graphql", token=False),
    Route("GET", "/graphql", "graphql", "graphql", token=False),
    Route("POST", "/metadata", "metadata", "metadata-graphql", token=False),
    Route("GET", "/rest/open-api/core", "open_api_core", "plain"),
    Route("GET", "/rest/open-api/metadata", "open_api_metadata", "plain"),
    Route("GET", "/open-api/core", "open_api_core", "plain", token=False),
    Route("GET", "/open-api/metadata", "open_api_metadata", "plain", token=False),
    Route("GET", "/files/{id}", "file", "plain", token=False),
    Route("GET", "/healthz", "healthz", "plain", token=False),
    Route("GET", "/readyz", "readyz", "plain", token=False),
)

ROUTES: Final = (*RECORD_ROUTES, *MODEL_ROUTES, *KEY_ROUTES, *OTHER_ROUTES)
