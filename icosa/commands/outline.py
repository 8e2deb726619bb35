"""A request and a plan as text, for people: what `icosa explain` prints before the SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from icosa.core.inspect import inspect
from icosa.fields.operators import Operand
from icosa.plan.tree import (
    Aggregate,
    All,
    AnyOf,
    Condition,
    Constant,
    Dimension,
    DuplicatesPlan,
    FirstPlan,
    GroupKey,
    GroupPlan,
    IsLive,
    LiveId,
    Many,
    MergePlan,
    Not,
    Nothing,
    One,
    OrderPlan,
    Output,
    PagePlan,
    ReadPlan,
    RecordPlan,
    Related,
    SearchPlan,
    Test,
    Value,
    WritePlan,
)
from icosa.request.ir import (
    NO_ARGUMENTS,
    Arguments,
    Entries,
    FindDuplicates,
    FindMany,
    FindOne,
    GroupBy,
    Items,
    Merge,
    Node,
    Pick,
    Read,
    Search,
    Write,
)

Values = Sequence[object]
INDENT = "  "


def request_lines(request: Read | Write | Merge, values: Values) -> Iterator[str]:
    """The request as it was understood, before any name in it was looked up."""
    match request:
        case FindMany():
            yield f"find many of {request.object}"
            yield f"{INDENT}select {_picks(request.picks, values)}"
            yield from (f"{INDENT}{line}" for line in _arguments(request.arguments, values))
            yield f"{INDENT}limit {request.limit}"
        case FindOne():
            yield f"find one of {request.object}"
            yield f"{INDENT}select {_picks(request.record, values)}"
            yield f"{INDENT}filter {_node(request.filter, values)}"
        case FindDuplicates():
            yield f"find duplicates in {request.object} by {request.by}"
            yield f"{INDENT}select {_picks(request.picks, values)}"
        case GroupBy():
            yield f"group {request.object}"
            yield f"{INDENT}by {', '.join(_node(item, values) for item in request.by)}"
            yield f"{INDENT}select {_picks(request.picks, values)}"
            if request.filter is not None:
                yield f"{INDENT}filter {_node(request.filter, values)}"
            if request.order:
                yield f"{INDENT}order {', '.join(_node(item, values) for item in request.order)}"
            yield f"{INDENT}limit {request.limit}"
        case Search():
            yield f"search {', '.join(request.objects)}"
            way = "within words" if request.within else "by beginnings of words"
            yield f"{INDENT}for {inspect(values[request.text])} {way}"
            if request.filter is not None:
                yield f"{INDENT}filter {_node(request.filter, values)}"
            if request.after is not None:
                yield f"{INDENT}after a hit of {request.after.object}"
            yield f"{INDENT}limit {request.limit}"
        case Merge():
            yield f"merge {request.object}{', but only show it' if request.dry_run else ''}"
            yield f"{INDENT}select {_picks(request.record, values)}"
            yield f"{INDENT}records {inspect(values[request.ids])}"
            yield f"{INDENT}survivor {inspect(values[request.survivor])}"
        case Write():
            yield f"{request.kind} {'one' if request.one else 'many'} of {request.object}"
            yield f"{INDENT}select {_picks(request.record, values)}"
            if request.filter is not None:
                yield f"{INDENT}filter {_node(request.filter, values)}"
            if request.upsert is not None:
                keys = (" and ".join(name for name, _ in key) for key in request.upsert.keys)
                yield f"{INDENT}or update where {' or '.join(keys) or 'nothing'} is the same"
            for each in request.connects:
                key = " and ".join(name for name, _ in each.key)
                yield f"{INDENT}connect {each.relation} by {key} of {each.target}"
            if request.columns:
                yield f"{INDENT}write {', '.join(name for name, _ in request.columns)}"
        case _:
            assert_never(request)


def plan_lines(plan: ReadPlan | WritePlan | MergePlan, values: Values) -> Iterator[str]:
    """The plan: names are fields and tables now, and rights are checked."""
    if isinstance(plan, SearchPlan):
        yield from _search(plan, values)
        return
    table = f"{plan.source.schema}.{plan.source.object.table}"
    match plan:
        case PagePlan():
            yield f"page of {table}"
            yield from (f"{INDENT}{line}" for line in _page(plan, values))
        case FirstPlan():
            yield f"first of {table} by id"
            yield f"{INDENT}where {_condition(plan.where, values)}"
            yield f"{INDENT}record {_record(plan.record, values)}"
        case DuplicatesPlan():
            yield f"for each input a page of {table}"
            for columns in plan.criteria:
                yield f"{INDENT}where {' and '.join(columns)} are the same, and can tell"
            yield from (f"{INDENT}{line}" for line in _page(plan.page, values))
        case GroupPlan():
            yield f"groups of {table}"
            yield f"{INDENT}where {_condition(plan.where, values)}"
            yield f"{INDENT}by {', '.join(map(_dimension, plan.dimensions)) or 'nothing'}"
            yield f"{INDENT}order {', '.join(_group_key(k, plan) for k in plan.order) or 'none'}"
            yield f"{INDENT}limit {plan.limit}"
            if plan.aggregates:
                yield f"{INDENT}also {', '.join(each.name for each in plan.aggregates)}"
            if plan.shows_records:
                yield from (f"{INDENT}{INDENT}{line}" for line in _page(plan.page, values))
        case MergePlan():
            yield f"merge in {table}"
            names = (field.type.name for field in plan.fields)
            yield f"{INDENT}fields {', '.join(names) or 'none'}"
            if not plan.request.dry_run:
                for each in plan.pointing:
                    yield f"{INDENT}point {each.table} to the survivor by {', '.join(each.columns)}"
            shown = "by a second statement" if plan.record is None else ""
            yield f"{INDENT}record {shown or _record(plan.record, values)}"
        case WritePlan():
            yield f"{plan.kind} in {table}"
            if plan.where is not None:
                yield f"{INDENT}where {_condition(plan.where, values)}"
            for child, column in plan.cascades:
                yield f"{INDENT}and of {child.object.table} by {column}"
            if plan.count_max is not None:
                yield f"{INDENT}at most {plan.count_max} records, or none"
            shown = "by a second statement" if plan.record is None else ""
            yield f"{INDENT}record {shown or _record(plan.record, values)}"
        case _:
            assert_never(plan)


# -- requests --------------------------------------------------------------------------


def _picks(picks: tuple[Pick, ...], values: Values) -> str:
    return ", ".join(_pick(pick, values) for pick in picks) or "nothing"


def _pick(pick: Pick, values: Values) -> str:
    text = pick.name if pick.key == pick.name else f"{pick.key}: {pick.name}"
    if pick.arguments != NO_ARGUMENTS:
        text += f" ({'; '.join(_arguments(pick.arguments, values))})"
    return text if pick.of is None else f"{text} {{ {_picks(pick.of, values)} }}"


def _arguments(arguments: Arguments, values: Values) -> Iterator[str]:
    if arguments.filter is not None:
        yield f"filter {_node(arguments.filter, values)}"
    if arguments.order:
        keys = (f"{'.'.join(key.path)} {key.direction}" for key in arguments.order)
        yield f"order {', '.join(keys)}"
    if arguments.limit is not None:
        yield f"{'last' if arguments.backward else 'first'} {arguments.limit}"
    if arguments.cursor is not None:
        side = "before" if arguments.backward else "after"
        yield f"{side} {_node(arguments.cursor, values)}"
    if arguments.offset:
        yield f"offset {arguments.offset}"


def _node(node: Node, values: Values) -> str:
    match node:
        case Entries(entries):
            inner = ", ".join(f"{name}: {_node(child, values)}" for name, child in entries)
            return f"{{ {inner} }}" if inner else "{}"
        case Items(items):
            return f"[ {', '.join(_node(item, values) for item in items)} ]"
        case Operand():
            return inspect(node.constant if node.slot < 0 else values[node.slot])
        case _:
            assert_never(node)


# -- plans -----------------------------------------------------------------------------


def _page(plan: PagePlan, values: Values) -> Iterator[str]:
    yield f"where {_condition(plan.where, values)}"
    yield f"order {', '.join(map(_order, plan.order))}"
    if plan.cursor:
        cursor = (
            "null" if key.operand is None else inspect(values[key.operand.slot])
            for key in plan.cursor
        )
        yield f"{'before' if plan.backward else 'after'} {', '.join(cursor)}"
    offset = f", offset {plan.offset}" if plan.offset else ""
    yield f"limit {plan.limit}{offset}{', from the end' if plan.backward else ''}"
    if plan.wants:
        yield f"also {', '.join(sorted(plan.wants))}"
    if plan.record is not None:
        yield f"record {_record(plan.record, values)}"


def _dimension(of: Dimension) -> str:
    more = of.granularity or ("each item" if of.unnest else "")
    return f"{'.'.join(of.path)}{f' ({more})' if more else ''}"


def _group_key(key: GroupKey, plan: GroupPlan) -> str:
    by = key.by
    name = by.name if isinstance(by, Aggregate) else _dimension(plan.dimensions[by])
    direction = " desc" if key.descending else ""
    return f"{name}{direction} nulls {'first' if key.nulls_first else 'last'}"


def _search(plan: SearchPlan, values: Values) -> Iterator[str]:
    yield f"search, {plan.words} of the words; equal hits in this order:"
    for each in plan.of:
        name = f"{each.source.schema}.{each.source.object.table}"
        yield f"{INDENT}{name} where {_condition(each.where, values)}"
    yield f"{INDENT}limit {plan.limit}"


def _order(key: OrderPlan) -> str:
    direction = " desc" if key.descending else ""
    nulls = f" nulls {'first' if key.nulls_first else 'last'}" if key.nullable else ""
    return f"{'.'.join(key.path)}{direction}{nulls}"


def _condition(of: Condition | None, values: Values) -> str:
    match of:
        case None:
            return "true"
        case IsLive():
            return "live"
        case Test():
            hops = "".join(f"{hop.field.name}." for hop in of.hops)
            return f"{hops}{of.type.name} {of.operator.name} {inspect(values[of.operand.slot])}"
        case All():
            return " and ".join(_bracketed(item, values) for item in of.of) or "true"
        case AnyOf():
            return " or ".join(_bracketed(item, values) for item in of.of) or "false"
        case Not():
            return f"not ({_condition(of.of, values)})"
        case Related():
            hops = "".join(f"{hop.field.name}." for hop in of.hops)
            inner = _condition(of.of, values)
            return f"{of.quantifier} of {hops}{of.member.field.name} ({inner})"
        case _:
            assert_never(of)


def _bracketed(of: Condition, values: Values) -> str:
    text = _condition(of, values)
    return f"({text})" if isinstance(of, All | AnyOf) and len(of.of) > 1 else text


def _record(record: RecordPlan | None, values: Values) -> str:
    if record is None or not record.outputs:
        return "nothing"
    return ", ".join(_output(output, values) for output in record.outputs)


def _output(output: Output, values: Values) -> str:
    match output:
        case Value(parts=None):
            return output.key
        case Value(parts=parts):
            return f"{output.key} {{ {', '.join(name or 'null' for _, name in parts or ())} }}"
        case LiveId():
            return f"{output.key} (null while deleted)"
        case Constant():
            return f"{output.key} '{output.text}'"
        case Nothing():
            return f"{output.key} (unknown: null)"
        case One():
            return f"{output.key} by {output.member.column} {{ {_record(output.record, values)} }}"
        case Many():
            inner = "; ".join(_page(output.page, values))
            return f"{output.key} by {output.member.column} {{ {inner} }}"
        case _:
            assert_never(output)
