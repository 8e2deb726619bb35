"""What operations of all objects share: query parameters, and schemas that are no object's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from icosa.http.openapi.document import Json
from icosa.plan.group import GRANULARITIES, WEEK_STARTS
from icosa.request.limits import (
    DIMENSIONS_MAX,
    GROUP_RECORDS,
    GROUPS_DEFAULT,
    GROUPS_MAX_REST,
    ORDER_KEYS_MAX,
    PAGE_DEFAULT_REST,
    PAGE_MAX_REST,
)

_CURSOR_TEXT: Final = "A cursor of an earlier answer's `pageInfo`. Not together with the other."


def _json_list(item: Json, example: list[object], *, most: int | None = None) -> Json:
    """How OpenAPI says that a parameter is JSON in the query string."""
    bound: Json = {} if most is None else {"maxItems": most}
    schema: Json = {"type": "array", "items": item, **bound}
    return {"application/json": {"schema": schema, "example": example}}


PARAMETERS: Final[Mapping[str, Json]] = MappingProxyType(
    {
        "idPath": {
            "name": "id",
            "in": "path",
            "required": True,
            "description": "The record's id.",
            "schema": {"type": "string", "format": "uuid"},
        },
        "filter": {
            "name": "filter",
            "in": "query",
            "description": (
                "`field[comparator]:value`, several with commas between (all must hold), grouped "
                "by `and(…)`, `or(…)`, `not(…)`. Comparators: eq, neq, in, containsAny, is, gt, "
                "gte, lt, lte, startsWith, endsWith, like, ilike, regex, iregex, containsIlike, "
                "isEmptyArray. `x-operators` of a field says which it takes. A dot leads to a "
                "part of a composite field or to a field of a related record."
            ),
            "schema": {"type": "string"},
            "examples": {
                "comparison": {"value": 'createdAt[gte]:"2026-01-01T00:00:00.000Z"'},
                "pattern": {"value": 'name[ilike]:"%air%"'},
                "either": {
                    "value": 'or(id[in]:["0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"],'
                    "deletedAt[is]:NOT_NULL)"
                },
            },
        },
        "orderBy": {
            "name": "order_by",
            "in": "query",
            "description": (
                "`field[direction]`, several with commas between. Directions: AscNullsFirst "
                "(the default), AscNullsLast, DescNullsFirst, DescNullsLast. The id always "
                "decides last."
            ),
            "schema": {"type": "string"},
            "example": "createdAt[DescNullsLast],id",
        },
        "limit": {
            "name": "limit",
            "in": "query",
            "description": f"Records in the page; more than {PAGE_MAX_REST} become that many.",
            "schema": {"type": "integer", "minimum": 0, "default": PAGE_DEFAULT_REST},
        },
        "groupBy": {
            "name": "group_by",
            "in": "query",
            "required": True,
            "description": (
                "What the groups are made by: a list with one field an item. A dot's parts are "
                'nested: `{"address": {"addressCity": true}}`, `{"company": {"name": '
                'true}}`. A date takes `{"granularity": …, "timeZone": …, '
                '"weekStartDay": …}`, a list of values `{"unnest": true}` for a group of '
                f"each item. Granularities: {', '.join(GRANULARITIES)}; week starts: "
                f"{', '.join(WEEK_STARTS)}."
            ),
            "content": _json_list(
                {"type": "object"},
                [{"createdAt": {"granularity": "MONTH", "timeZone": "Europe/Paris"}}],
                most=DIMENSIONS_MAX,
            ),
        },
        "aggregate": {
            "name": "aggregate",
            "in": "query",
            "description": (
                "What to compute of each group: `totalCount`; of any field `countUniqueValues…`, "
                "`countEmpty…`, `countNotEmpty…`, `percentageEmpty…`, `percentageNotEmpty…`; of "
                "dates and numbers `min…`, `max…`; of numbers `sum…`, `avg…`; of booleans "
                "`countTrue…`, `countFalse…`; each with the field's name, of money with "
                "`AmountMicros` behind it."
            ),
            "content": _json_list({"type": "string"}, ["totalCount", "maxCreatedAt"]),
        },
        "orderByForGroups": {
            "name": "order_by",
            "in": "query",
            "description": (
                "The order of the groups: a list with one dimension or one aggregate an item. A "
                'date\'s direction is `{"granularity": …, "orderBy": …}`. What `group_by` '
                "names decides last."
            ),
            "content": _json_list(
                {"type": "object"},
                [{"aggregate": {"totalCount": "DescNullsLast"}}],
                most=ORDER_KEYS_MAX,
            ),
        },
        "orderByForRecords": {
            "name": "order_by_for_records",
            "in": "query",
            "description": "The order of each group's records, written as `order_by` of a list is.",
            "schema": {"type": "string"},
            "example": "createdAt[DescNullsLast]",
        },
        "includeRecordsSample": {
            "name": "include_records_sample",
            "in": "query",
            "description": f"`true` shows up to {GROUP_RECORDS} records of each group.",
            "schema": {"type": "boolean", "default": False},
        },
        "limitOfGroups": {
            "name": "limit",
            "in": "query",
            "description": f"How many groups; more than {GROUPS_MAX_REST} become that many.",
            "schema": {"type": "integer", "minimum": 1, "default": GROUPS_DEFAULT},
        },
        "depth": {
            "name": "depth",
            "in": "query",
            "description": (
                "0: the record's own fields. 1: its relations as well, to-many ones cut at 60 "
                "records. 2: also the many-to-one relations of those."
            ),
            "schema": {"type": "integer", "enum": [0, 1, 2], "default": 0},
        },
        "startingAfter": {
            "name": "starting_after",
            "in": "query",
            "description": f"The page after this cursor. {_CURSOR_TEXT}",
            "schema": {"type": "string"},
        },
        "endingBefore": {
            "name": "ending_before",
            "in": "query",
            "description": f"The page before this cursor. {_CURSOR_TEXT}",
            "schema": {"type": "string"},
        },
        "total": {
            "name": "total",
            "in": "query",
            "description": "`false` leaves `totalCount` out, which makes filtered lists cheaper.",
            "schema": {"type": "boolean", "default": True},
        },
        "upsert": {
            "name": "upsert",
            "in": "query",
            "description": (
                "`true` updates the record that already has one of the unique values given, also "
                "if it is deleted, instead of refusing them."
            ),
            "schema": {"type": "boolean", "default": False},
        },
        "softDelete": {
            "name": "soft_delete",
            "in": "query",
            "description": (
                "`true` marks records as deleted, and they can be restored. Without it they are "
                "gone for good."
            ),
            "schema": {"type": "boolean", "default": False},
        },
    }
)


PAGE_INFO: Final[Json] = {
    "type": "object",
    "properties": {
        "startCursor": {"type": ["string", "null"]},
        "endCursor": {"type": ["string", "null"]},
        "hasNextPage": {"type": "boolean"},
        "hasPreviousPage": {"type": "boolean"},
    },
    "required": ["startCursor", "endCursor", "hasNextPage", "hasPreviousPage"],
}
DELETED: Final[Json] = {
    "type": "object",
    "description": "A record that is gone for good.",
    "properties": {"id": {"type": "string", "format": "uuid"}},
    "required": ["id"],
    "additionalProperties": False,
}
RELATION: Final[Json] = {
    "type": "object",
    "description": "Ties a record to another, or unties it. Give one of the two.",
    "properties": {
        "connect": {
            "type": "object",
            "properties": {
                "where": {
                    "type": "object",
                    "description": "One unique key: the `id`, or a unique field.",
                    "minProperties": 1,
                    "examples": [
                        {"id": "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"},
                        {"domainName": {"primaryLinkUrl": "example.com"}},
                    ],
                }
            },
            "required": ["where"],
        },
        "disconnect": {"type": "boolean"},
    },
    "minProperties": 1,
    "maxProperties": 1,
}
