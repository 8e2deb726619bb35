"""The query parameters of groupBy (B2): JSON in the query string -> what GraphQL would send.

What is no JSON of the right form is told here; all else that may be wrong with dimensions
and orders is worded in `request/group.py` and `plan/group.py`, for both dialects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from icosa.catalog.view import ObjectView, View
from icosa.core.errors import ArgumentInvalid
from icosa.http.rest.query import read_filter, read_limit, read_order
from icosa.plan.aggregate import Aggregates, readable_aggregates
from icosa.plan.filter import suggestion
from icosa.request.group import read_dimensions, read_group_order
from icosa.request.ir import GroupBy, Pick
from icosa.request.limits import GROUPS_DEFAULT, GROUPS_MAX_REST

DIMENSIONS: Final = Pick("groupByDimensionValues", "groupByDimensionValues")
_EXAMPLES: Final[Mapping[str, str]] = {
    "group_by": 'objects - ex: [{"firstField": true}, {"secondField": {"subField": true}}, '
    '{"dateField": {"granularity": "DAY", "timeZone": "Europe/Paris"}}]',
    "order_by": 'objects - ex: [{"firstField": "AscNullsFirst"}, '
    '{"secondField": {"subField": "DescNullsLast"}}, '
    '{"aggregate": {"totalCount": "DescNullsLast"}}]',
    "aggregate": 'string - ex: ["countNotEmptyId", "countEmptyField"]',
}


def read_groups(
    parameters: Mapping[str, str],
    values: list[object],
    *,
    source: ObjectView,
    view: View,
    record: tuple[Pick, ...],
) -> GroupBy:
    """`record` is what a sample shows. Raises `ArgumentInvalid`, `FilterInvalid`, …"""
    picks = [DIMENSIONS, *(Pick(name, name) for name in _aggregates(parameters, source, view))]
    if parameters.get("include_records_sample") == "true":
        picks.append(Pick("records", "edges", (Pick("node", "node", record),)))
    limit = read_limit(parameters, default=GROUPS_DEFAULT, maximum=GROUPS_MAX_REST)
    return GroupBy(
        object=source.object.name_singular,
        by=read_dimensions(_objects("group_by", parameters), values),
        filter=read_filter(parameters, values),
        order=read_group_order(_objects("order_by", parameters), values),
        limit=limit or GROUPS_DEFAULT,
        picks=tuple(picks),
        records_order=read_order(parameters.get("order_by_for_records", "")),
        plain=True,
    )


def _objects(name: str, parameters: Mapping[str, str]) -> list[object]:
    text = parameters.get(name, "")
    if not text and name != "group_by":
        return []
    found = _decoded(text)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise _malformed(name)
    return found


def _aggregates(parameters: Mapping[str, str], source: ObjectView, view: View) -> list[str]:
    """Each name once; one that is forbidden is told when it is planned."""
    text = parameters.get("aggregate", "")
    found = _decoded(text) if text else []
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise _malformed("aggregate")
    known = view.make(Aggregates).of(source)
    unknown = [name for name in found if name not in known]
    if unknown:
        raise ArgumentInvalid(
            f"Unknown aggregate field(s): {', '.join(unknown)}",
            path=("aggregate",),
            hint=suggestion(unknown[0], readable_aggregates(source, view)),
        )
    return list(dict.fromkeys(found))


def _decoded(text: str) -> object:
    """The JSON value, or None where there is none."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _malformed(name: str) -> ArgumentInvalid:
    return ArgumentInvalid(
        f"Invalid {name} query parameter - should be a valid array of {_EXAMPLES[name]}",
        path=(name,),
    )
