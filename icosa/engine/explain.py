"""What would be done for a request: its plan and statements, and how PostgreSQL runs them.

A `Recorder` stands in for the engine: the front ends hand it the same requests, and it
keeps what it would have run. Nothing is run but EXPLAIN; with `analyze`, reads are, in a
transaction that can't write.

Whether an index serves an order is PostgreSQL's own answer, with sequential scans and sorts
made unattractive, so that an empty table says the same as a large one. Of a filter it is
told from the indexes that there are: on an empty table PostgreSQL prefers any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

import msgspec

from icosa.catalog.view import ObjectView, View
from icosa.compile.statement import compile_reads
from icosa.core.sql import Statement
from icosa.db.pool import Connection, Database
from icosa.engine.run import Answer, Engine, Found, Values
from icosa.engine.statements import Change, Merging, Statements
from icosa.plan.tree import (
    All,
    AnyOf,
    Condition,
    IsLive,
    MergePlan,
    Not,
    OrderPlan,
    PagePlan,
    ReadPlan,
    Related,
    SearchPlan,
    Test,
    WritePlan,
)
from icosa.request.ir import Merge, Read, Write

Plan = ReadPlan | WritePlan | MergePlan
Node = dict[str, Any]  # of EXPLAIN's JSON

_ANALYZE: Final = "explain (analyze, buffers)\n"
_EXPLAIN: Final = "explain\n"
_AS_JSON: Final = "explain (format json)\n"
# The valid indexes of a table that begin with a column, whatever rows they leave out.
_INDEXES: Final = """
select c.relname as name, m.amname as method, o.opcname as operators
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_am m on m.oid = c.relam
join pg_opclass o on o.oid = i.indclass[0]
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
join pg_class t on t.oid = i.indrelid
join pg_namespace n on n.oid = t.relnamespace
where n.nspname = $1::text and t.relname = $2::text and a.attname = $3::text and i.indisvalid
order by c.relname"""
_BY_TREE: Final = ("eq", "in", "gt", "gte", "lt", "lte", "is")
_BY_OPERATORS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "gin_trgm_ops": ("like", "ilike", "regex", "iregex"),
        "array_ops": ("containsAny",),
    }
)
_PREFER_INDEXES: Final = (
    "set local enable_seqscan = off",
    "set local enable_sort = off",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One statement, and what it came from."""

    requests: tuple[Read, ...] | tuple[Write] | tuple[Merge]
    plans: tuple[Plan, ...]
    statement: Statement
    values: tuple[object, ...]
    warnings: tuple[str, ...]
    is_read: bool = True
    is_second: bool = False  # reads what the write before it has written

    def params(self) -> list[object]:
        """The statement's parameters. Raises what a value deserves."""
        return self.statement.bind(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether an index serves a condition or an order."""

    subject: str  # "filter name.firstName ilike"
    index: str | None  # its name


class Unread(Found, frozen=True):
    """What a read would have given: an empty page, an empty record."""

    def json(self, part: str) -> bytes | None:
        return b"null" if part == "record" else None

    def total(self) -> int:
        return 0

    def flag(self, part: str) -> bool:
        del part
        return False


class Recorder(Engine):
    """Keeps what it is asked for. It has no database, as it runs nothing."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    async def read(self, requests: tuple[Read, ...], values: Values, view: View) -> Answer:
        """Raises what planning raises; the records that it gives are none."""
        reads = view.make(Statements).reads(requests)
        self.steps.append(
            Step(
                requests=requests,
                plans=reads.plans,
                statement=reads.compiled.statement,
                values=tuple(values),
                warnings=reads.warnings,
            )
        )
        found = tuple(Unread((), root) for root in reads.compiled.roots)  # type: ignore[arg-type]  # no row is looked at
        return Answer(found, reads.warnings)

    async def write(
        self, request: Write, values: Values, view: View
    ) -> tuple[bytes | None, Change]:
        """Raises what planning raises; the records that it gives are empty."""
        change = view.make(Statements).change(request)
        step = Step(
            requests=(request,),
            plans=(change.plan,),
            statement=change.statement,
            values=tuple(values),
            warnings=change.warnings,
            is_read=False,
        )
        self.steps.append(step)
        if change.again is not None:
            no_ids = [*values]
            no_ids[change.plan.slot] = []
            self.steps.append(
                replace(
                    step,
                    statement=change.again,
                    values=tuple(no_ids),
                    warnings=(),
                    is_read=True,
                    is_second=True,
                )
            )
        return b"{}", change

    async def merge(self, request: Merge, values: Values, view: View) -> tuple[bytes, Merging]:
        """Raises what planning raises. The lock before the merge is not a step."""
        merging = view.make(Statements).merge(request)
        step = Step(
            requests=(request,),
            plans=(merging.plan,),
            statement=merging.statement,
            values=tuple(values),
            warnings=merging.warnings,
            is_read=request.dry_run,
        )
        self.steps.append(step)
        if merging.again is not None:
            again = replace(step, statement=merging.again, is_read=True, is_second=True)
            self.steps.append(replace(again, warnings=()))
        return b"{}", merging


async def explain(database: Database, step: Step, *, analyze: bool = False) -> list[str]:
    """PostgreSQL's plan, line by line; with `analyze` a read is run for it."""
    assert step.is_read or not analyze, "EXPLAIN ANALYZE runs what it explains"
    prefix = _ANALYZE if analyze else _EXPLAIN
    async with database.transaction() as connection:
        await connection.execute("set transaction read only")
        rows = await connection.rows(prefix + step.statement.text, step.params())
    return [str(row[0]) for row in rows]


async def findings(database: Database, step: Step, view: View) -> list[Finding]:
    """Which of the conditions and orders of a request's roots an index serves."""
    found: list[Finding] = []
    if step.is_second:
        return found
    async with database.transaction() as connection:
        for plan in step.plans:
            if isinstance(plan, SearchPlan):
                continue  # one index serves it, whatever the words
            for source, test in _tests(plan.where, plan.source, view):
                index = await _index_of(connection, test, source)
                found.append(Finding(subject=_test_name(test), index=index))
        for text in _PREFER_INDEXES:
            await connection.execute(text)
        for plan in step.plans:
            if isinstance(plan, PagePlan) and step.is_read:
                scans = await _scans(connection, plan, step, view)
                found.append(Finding(subject=_order_name(plan.order), index=scans))
    return list(dict.fromkeys(found))


# -- conditions ------------------------------------------------------------------------


def _tests(
    of: Condition | None, source: ObjectView, view: View
) -> Iterator[tuple[ObjectView, Test]]:
    """Each comparison, with the object whose table it is made on."""
    match of:
        case Test():
            target = view.object(of.hops[-1].target) if of.hops else source
            assert target is not None
            yield target, of
        case All() | AnyOf():
            for item in of.of:
                yield from _tests(item, source, view)
        case Not():
            yield from _tests(of.of, source, view)
        case Related():
            yield from _tests(of.of, of.target, view)
        case IsLive() | None:
            return


async def _index_of(connection: Connection, test: Test, source: ObjectView) -> str | None:
    """The name of an index that can find what the comparison asks for."""
    table = source.object.table
    rows = await connection.rows(_INDEXES, (source.schema, table, test.columns[0]))
    for row in rows:
        words = _BY_TREE if row["method"] == "btree" else _BY_OPERATORS.get(row["operators"], ())
        if test.operator.name in words:
            return str(row["name"])
    return None


def _test_name(test: Test) -> str:
    hops = "".join(f"{hop.field.name}." for hop in test.hops)
    return f"filter {hops}{test.type.name} {test.operator.name}"


# -- orders ----------------------------------------------------------------------------


async def _scans(connection: Connection, plan: PagePlan, step: Step, view: View) -> str | None:
    """The index that a page is read from in its order; None where its rows must be sorted.

    Sorting what tie on the first key, or what a limit has cut, is not sorting everything.
    """
    statement = compile_reads((replace(plan, wants=frozenset()),), view).statement
    top = await _planned(connection, statement, step)
    for node in _nodes(top):
        if node["Node Type"] == "Sort" and _takes_a_table(node):
            return None
    return next((str(n["Index Name"]) for n in _nodes(top) if "Index Name" in n), None)


def _takes_a_table(node: Node) -> bool:
    """Whether a node works on rows of a table that no limit has cut."""
    below = [inner for inner in node.get("Plans", ()) if inner["Node Type"] != "Limit"]
    return any("Relation Name" in inner or _takes_a_table(inner) for inner in below)


def _order_name(order: Sequence[OrderPlan]) -> str:
    return "order " + ", ".join(".".join(key.path) for key in order)


# -- EXPLAIN ---------------------------------------------------------------------------


async def _planned(connection: Connection, statement: Statement, step: Step) -> Node:
    row = await connection.row(_AS_JSON + statement.text, statement.bind(step.values))
    assert row is not None
    plan: Node = msgspec.json.decode(row[0])[0]["Plan"]
    return plan


def _nodes(plan: Node) -> Iterator[Node]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
