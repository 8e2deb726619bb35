"""An operation -> requests -> engine -> envelope (A0).

Root queries of a document are one statement. When it fails in PostgreSQL the roots are run
again one by one, so that one bad root is one null and one error. Mutations run in document
order, each on its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from graphql.language import (
    FieldNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
)

from icosa.catalog.view import ObjectView, View
from icosa.core.caller import Caller
from icosa.core.errors import (
    ApiError,
    ArgumentInvalid,
    BatchTooLarge,
    DataInvalid,
    DocumentInvalid,
    RecordNotFound,
    RequestInvalid,
    Timeout,
    TooComplex,
    Unavailable,
)
from icosa.core.identity import RecordIds
from icosa.core.inspect import inspect
from icosa.engine.run import Engine, Found, ModelChanged
from icosa.engine.search import SearchPage, nothing_searched, search_page
from icosa.http.graphql import envelope
from icosa.http.graphql.document import Document
from icosa.http.graphql.fields import ARGUMENTS, RootField, RootFields
from icosa.http.graphql.introspect import introspect
from icosa.http.graphql.literal import Literals
from icosa.http.graphql.search import AskedSearch, check_search, search_connection
from icosa.http.graphql.selection import Selecting, check_mergeable
from icosa.http.problems import graphql_error
from icosa.plan.duplicates import read_data
from icosa.plan.encode import Batch, Encoder
from icosa.plan.merge import make_merge
from icosa.plan.read import readable_object
from icosa.plan.search import make_search
from icosa.request.arguments import read_arguments, read_filter
from icosa.request.duplicates import read_inputs
from icosa.request.group import read_group, read_group_limit
from icosa.request.ir import (
    Entries,
    FindDuplicates,
    FindMany,
    FindOne,
    GroupBy,
    Node,
    Pick,
    Read,
    Search,
    Write,
    WriteKind,
)
from icosa.request.limits import (
    GROUPS_MAX_GRAPHQL,
    PAGE_DEFAULT_GRAPHQL,
    PAGE_MAX_GRAPHQL,
    ROOT_FIELDS_MAX,
)
from icosa.request.merge import read_merge
from icosa.request.search import read_search
from icosa.request.shaping import shape_filter

# The view of now; with one given, a newer one or None.
Newest = Callable[[View | None], Awaitable[View | None]]

SCHEMA_FIELDS: Final = ("__schema", "__type")
_ALLOWED: Final = {
    kind: tuple(argument.name for argument in arguments) for kind, arguments in ARGUMENTS.items()
}
_REQUIRED: Final = {
    kind: tuple(argument for argument in arguments if argument.required)
    for kind, arguments in ARGUMENTS.items()
}


class Ask(msgspec.Struct, frozen=True):
    """One read root: its request, and the slots it uses in the values of the operation."""

    key: str
    request: Read


@dataclass(slots=True)
class Result:
    """What an operation has answered so far, in document order."""

    data: dict[str, bytes] = field(default_factory=dict)
    errors: list[dict[str, object]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def fail(self, key: str, error: ApiError) -> None:
        self.data[key] = b"null"
        self.errors.append(graphql_error(error))


class Execution:
    """One operation's run."""

    def __init__(
        self,
        engine: Engine,
        ids: RecordIds,
        *,
        view: View,
        newest: Newest,
        caller: Caller,
        batch_max: int,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
    ) -> None:
        self._engine = engine
        self._ids = ids
        self._view = view
        self._newest = newest
        self._caller = caller
        self._batch_max = batch_max
        self._document = document
        self._operation = operation
        self._variables = variables
        self._values: list[object] = []
        self._searches: dict[str, AskedSearch] = {}  # by response key
        literals = Literals(operation, variables)
        self._selecting = Selecting(document, literals, self._values)
        self._result = Result()
        self.is_mutation = operation.operation is OperationType.MUTATION

    async def run(self) -> Result:
        """Raises `DocumentInvalid`, `TooComplex` for what refuses the whole document, and
        `ModelChanged` for queries that met another model; mutations look after that themselves.
        """
        roots = self._selecting.fields(self._operation.selection_set)
        if len(roots) > ROOT_FIELDS_MAX:
            raise TooComplex(
                f"Query too complex - Too many root resolvers requested: {len(roots)} - "
                f"Maximum allowed root resolvers: {ROOT_FIELDS_MAX}"
            )
        fields = self._view.make(RootFields)
        known = fields.mutation if self.is_mutation else fields.query
        for key, nodes in roots:
            check_mergeable(key, nodes)
            name = nodes[0].name.value
            if name not in known and name != "__typename" and name not in SCHEMA_FIELDS:
                raise unknown_root(nodes[0], "Mutation" if self.is_mutation else "Query")
            if name in known and known[name].kind == "search":
                given = self._selecting.arguments(nodes[0])
                check_search(nodes[0], given, self._selecting.root(nodes))
        if self.is_mutation:
            await self._mutations(roots, known)
        else:
            await self._queries(roots, known)
        return self._result

    # -- queries -----------------------------------------------------------------------

    async def _queries(
        self, roots: Sequence[tuple[str, list[FieldNode]]], known: Mapping[str, RootField]
    ) -> None:
        asks: list[Ask] = []
        for key, nodes in roots:
            self._result.data[key] = b"null"  # keeps the document's order
            name = nodes[0].name.value
            if name == "__typename":
                self._result.data[key] = b'"Query"'
            elif name in SCHEMA_FIELDS:
                self._result.data[key] = introspect(
                    self._view, self._document, self._operation, self._variables, key
                )
            elif known[name].kind == "search":
                try:
                    asks += self._ask_search(key, nodes)
                except ApiError as error:
                    self._result.fail(key, error)
            else:
                try:
                    request = self._ask(known[name], nodes)
                    if request is None:
                        self._result.data[key] = b"[]"
                    else:
                        asks.append(Ask(key, request))
                except ApiError as error:
                    self._result.fail(key, error)
        if asks:
            await self._read(asks)

    def _ask(self, root: RootField, nodes: Sequence[FieldNode]) -> Read | None:
        """None for the duplicates of nothing, which are none."""
        readable_object(root.object, self._view)
        raw = self._checked(root, nodes[0])
        picks = self._selecting.root(nodes)
        if root.kind == "find_duplicates":
            return self._ask_duplicates(root, raw, picks)
        if root.kind == "group_by":
            return self._ask_groups(root, raw, picks)
        if root.kind == "find_one":
            where = raw["filter"]
            assert isinstance(where, dict)
            return FindOne(root.object, shape_filter(where, self._values), picks)
        arguments = read_arguments(raw, self._values)
        limit = PAGE_DEFAULT_GRAPHQL if arguments.limit is None else arguments.limit
        if limit > PAGE_MAX_GRAPHQL:
            self._result.warnings.append(
                f"{nodes[0].name.value} was cut to {PAGE_MAX_GRAPHQL} records; page with after."
            )
        return FindMany(
            object=root.object,
            arguments=arguments,
            limit=min(limit, PAGE_MAX_GRAPHQL),
            picks=picks,
            separator=self._slot(envelope.separator(picks)),
        )

    def _ask_duplicates(
        self, root: RootField, raw: Mapping[str, object], picks: tuple[Pick, ...]
    ) -> Read | None:
        by, inputs = read_inputs(raw)
        if by == "data":
            source = self._view.object(root.object)
            assert source is not None
            inputs = [*read_data(inputs, source, self._view, self._caller, self._ids)]
        return FindDuplicates(root.object, by, self._slot(inputs), picks) if inputs else None

    def _ask_groups(
        self, root: RootField, raw: Mapping[str, object], picks: tuple[Pick, ...]
    ) -> Read:
        if read_group_limit(raw) > GROUPS_MAX_GRAPHQL:
            self._result.warnings.append(f"limit was cut to {GROUPS_MAX_GRAPHQL} groups.")
        return read_group(
            raw, self._values, source=root.object, picks=picks, limit_max=GROUPS_MAX_GRAPHQL
        )

    def _ask_search(self, key: str, nodes: Sequence[FieldNode]) -> list[Ask]:
        """None where there is no object to search."""
        arguments = read_search(self._selecting.arguments(nodes[0]))
        picks = self._selecting.root(nodes)
        request = make_search(arguments, self._view, self._values)
        if not request.objects:
            self._show_search(key, nothing_searched(arguments, self._view), picks)
            return []
        self._searches[key] = AskedSearch(arguments, request, picks)
        return [Ask(key, request)]

    async def _answer_search(self, key: str, found: Found) -> None:
        asked = self._searches[key]
        try:
            page = await search_page(
                self._engine, asked.request, asked.arguments, found, self._values, self._view
            )
        except ApiError as error:
            self._result.fail(key, error)
        else:
            self._show_search(key, page, asked.picks)

    def _show_search(self, key: str, page: SearchPage, picks: tuple[Pick, ...]) -> None:
        self._result.warnings += page.warnings
        self._result.data[key] = search_connection(page, picks)

    async def _read(self, asks: Sequence[Ask]) -> None:
        try:
            answer = await self._engine.read(
                tuple(ask.request for ask in asks), self._values, self._view
            )
        except (Timeout, Unavailable) as error:
            for ask in asks:
                self._result.fail(ask.key, error)
            return
        except ApiError as error:
            if len(asks) == 1:
                self._result.fail(asks[0].key, error)
                return
            for ask in asks:
                await self._read([ask])
            return
        self._result.warnings += answer.warnings
        for ask, found in zip(asks, answer.found, strict=True):
            if isinstance(ask.request, FindMany):
                self._result.data[ask.key] = envelope.connection(found)
            elif isinstance(ask.request, FindDuplicates):
                self._result.data[ask.key] = envelope.records(found.json("records"))
            elif isinstance(ask.request, Search):
                await self._answer_search(ask.key, found)
            elif isinstance(ask.request, GroupBy):
                self._result.data[ask.key] = envelope.records(found.json("groups"))
            else:
                record = found.json("record")
                if record is None:
                    self._result.fail(ask.key, RecordNotFound())
                else:
                    self._result.data[ask.key] = record

    # -- mutations ---------------------------------------------------------------------

    async def _mutations(
        self, roots: Sequence[tuple[str, list[FieldNode]]], known: Mapping[str, RootField]
    ) -> None:
        for key, nodes in roots:
            name = nodes[0].name.value
            if name == "__typename":
                self._result.data[key] = b'"Mutation"'
                continue
            try:
                self._result.data[key] = await self._mutate_by_newest(known[name], nodes)
            except ApiError as error:
                self._result.fail(key, error)

    async def _mutate_by_newest(self, root: RootField, nodes: Sequence[FieldNode]) -> bytes:
        """One mutation; once more if it failed, and so wrote nothing, on an older model."""
        try:
            return await self._mutate(root, nodes)
        except (ModelChanged, RequestInvalid) as failure:
            newer = await self._newest(self._view)
            if newer is None:
                raise
            self._view = newer
            again = newer.make(RootFields).mutation.get(nodes[0].name.value)
            if again is None:
                raise unknown_root(nodes[0], "Mutation") from failure
            return await self._mutate(again, nodes)

    async def _mutate(self, root: RootField, nodes: Sequence[FieldNode]) -> bytes:
        source = readable_object(root.object, self._view)
        raw = self._checked(root, nodes[0])
        picks = self._selecting.root(nodes)
        if root.kind == "merge_many":
            return await self._merge(source, raw, picks)
        verb, _, size = root.kind.partition("_")
        one = size == "one"
        kind: WriteKind = verb  # type: ignore[assignment]  # of RootKind
        where: Node | None = None
        batch: Batch | None = None
        if "id" in raw:
            where = shape_filter({"id": {"eq": raw["id"]}}, self._values)
        elif "filter" in raw:
            where = read_filter(raw["filter"], self._values) or Entries(())
        if kind in ("create", "update"):
            encoder = Encoder(source, self._view, self._caller, self._ids)
            if kind == "update":
                batch = encoder.update(raw["data"])
            else:
                records = [raw["data"]] if one else self._batch(raw["data"])
                if not records:
                    return b"[]"
                batch = encoder.create(records, upsert=raw.get("upsert") is True)
        return await self._write(source.object.name_singular, kind, picks, where, batch, one=one)

    async def _merge(
        self, source: ObjectView, raw: Mapping[str, object], picks: tuple[Pick, ...]
    ) -> bytes:
        request = make_merge(
            read_merge(raw, source.object),
            source.object,
            picks,
            actor=Encoder(source, self._view, self._caller, self._ids).update({}),
            fresh=self._ids.next(),
            values=self._values,
        )
        record, merging = await self._engine.merge(request, self._values, self._view)
        self._result.warnings += merging.warnings
        return record

    async def _write(
        self,
        name: str,
        kind: WriteKind,
        picks: tuple[Pick, ...],
        where: Node | None,
        batch: Batch | None,
        *,
        one: bool,
    ) -> bytes:
        request = Write(
            kind=kind,
            object=name,
            one=one,
            filter=where,
            record=picks,
            columns=batch.columns if batch else (),
            positions=batch.positions if batch else "",
            slot=self._slot(batch),
            separator=self._slot(","),
            shared=batch.shared_columns if batch else (),
            connects=batch.connects if batch else (),
            upsert=batch.upsert if batch else None,
        )
        records, change = await self._engine.write(request, self._values, self._view)
        self._result.warnings += change.warnings
        if one:
            assert records is not None
            return records
        return envelope.records(records)

    def _batch(self, data: object) -> list[object]:
        records = [data] if isinstance(data, dict) else data
        if not isinstance(records, list):
            raise DataInvalid('Invalid argument: "data" must be an array', path=("data",))
        if len(records) > self._batch_max:
            raise BatchTooLarge(f"Maximum number of records to upsert is {self._batch_max}.")
        return records

    # -- arguments ---------------------------------------------------------------------

    def _checked(self, root: RootField, node: FieldNode) -> dict[str, object]:
        """The arguments of a root field. Raises `ArgumentInvalid` in the contract's words."""
        allowed = _ALLOWED[root.kind]
        for given in [argument.name.value for argument in node.arguments or ()]:
            if given not in allowed:
                raise ArgumentInvalid(
                    f"Argument not allowed: {given}",
                    path=(given,),
                    hint=f"Allowed: {', '.join(allowed)}.",
                )
        raw = self._selecting.arguments(node)
        for argument in _REQUIRED[root.kind]:
            if argument.name not in raw:
                raise ArgumentInvalid(argument.missing(), path=(argument.name,))
        _check_kinds(raw)
        return raw

    def _slot(self, value: object) -> int:
        self._values.append(value)
        return len(self._values) - 1


def _check_kinds(raw: Mapping[str, object]) -> None:
    if "filter" in raw and not isinstance(raw["filter"], dict):
        raise ArgumentInvalid('Invalid argument: "filter" must be an object', path=("filter",))
    if "upsert" in raw and not isinstance(raw["upsert"], bool):
        raise ArgumentInvalid('Invalid argument: "upsert" must be a boolean', path=("upsert",))
    if "id" in raw and not isinstance(raw["id"], str):
        raise ArgumentInvalid(f'Invalid UUID value {inspect(raw["id"])} for field "id"')


def unknown_root(node: SelectionNode, type_name: str) -> DocumentInvalid:
    """The error of a root field that does not exist, with its place in the document."""
    places: tuple[tuple[int, int], ...] = ()
    if node.loc is not None:
        place = node.loc.source.get_location(node.loc.start)
        places = ((place.line, place.column),)
    name = node.name.value if isinstance(node, FieldNode) else "..."
    return DocumentInvalid(f'Cannot query field "{name}" on type "{type_name}".', locations=places)
