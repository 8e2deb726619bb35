"""`GET /rest/search` in the records document; it belongs to no object."""

from __future__ import annotations

from typing import Final

from icosa.http.openapi import errors
from icosa.http.openapi.document import Json
from icosa.request.limits import PAGE_DEFAULT_REST
from icosa.request.search import LIMIT_MAX

SEARCH_TAG: Final[Json] = {"name": "search", "description": "All objects at once."}
_RECORD: Final[Json] = {
    "type": "object",
    "properties": {
        "recordId": {"type": "string", "format": "uuid"},
        "objectNameSingular": {"type": "string", "examples": ["person"]},
        "objectLabelSingular": {"type": "string", "examples": ["Person"]},
        "label": {"type": "string", "examples": ["Ada Lovelace"]},
        "imageUrl": {"type": ["string", "null"]},
        "tsRankCD": {"type": "number", "description": "How close the words stand together."},
        "tsRank": {"type": "number", "description": "How often the words are there."},
    },
    "required": [
        "recordId",
        "objectNameSingular",
        "objectLabelSingular",
        "label",
        "imageUrl",
        "tsRankCD",
        "tsRank",
    ],
}


def search_operation() -> Json:
    parameters = [
        _parameter("query", "Words, or beginnings of words; without any, all records."),
        _parameter("objects", "Only these objects, by name, with commas between."),
        {"$ref": "#/components/parameters/filter"},
        {
            **_parameter("limit", f"Hits in the page; more than {LIMIT_MAX} become that many."),
            "schema": {"type": "integer", "minimum": 0, "default": PAGE_DEFAULT_REST},
        },
        _parameter("starting_after", "The page after this cursor, an earlier `endCursor`."),
    ]
    return {
        "operationId": "search",
        "tags": [SEARCH_TAG["name"]],
        "summary": "Find records of all objects by words, best first",
        "description": (
            "Records that have every word come first, then those that have some. `filter` may "
            "name `id`, `createdAt`, `updatedAt` and `deletedAt`."
        ),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "Done.",
                "content": {"application/json": {"schema": _page()}},
            },
            **errors.error_answers(without=["404", "415"]),
        },
    }


def _page() -> Json:
    info: Json = {
        "endCursor": {"type": ["string", "null"]},
        "hasNextPage": {"type": "boolean"},
    }
    return _object({"data": _object({"search": _many(_RECORD)}), "pageInfo": _object(info)})


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _many(of: Json) -> Json:
    return {"type": "array", "items": of}


def _parameter(name: str, description: str) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string"}}
