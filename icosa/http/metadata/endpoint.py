"""`POST /metadata`: body -> document -> who asks -> variables -> answer (contract, A.1).

Whatever a document comes to is HTTP 200, save for bad variables and for what is no GraphQL
request at all. A token is looked at before the document is, as the reference does; not for
operations that begin a session, whose clients may hold one that has expired. One of the two
outermost loops of these APIs; the other is `call`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from graphql import ExecutionResult, GraphQLError, execute
from graphql.language import OperationDefinitionNode

from icosa.access.callers import Callers
from icosa.catalog.snapshot import Snapshot
from icosa.core.caller import Caller
from icosa.core.errors import ApiError, DocumentInvalid, RequestInvalid
from icosa.http.auth import bearer
from icosa.http.exchange import (
    Headers,
    Receive,
    Scope,
    Send,
    check_content_type,
    read_body,
    send_json,
)
from icosa.http.graphql.handler import Posted, read_posted
from icosa.http.metadata import failure
from icosa.http.metadata.call import client_address, failure_headers, method_unknown
from icosa.http.metadata.document import ANONYMOUS_FIELDS_MAX, FIELDS_MAX, Document, Documents
from icosa.http.metadata.failure import Refused, Shown
from icosa.http.metadata.operations import find_field, find_object
from icosa.http.metadata.resolve.context import Context, Parts
from icosa.http.metadata.resolve.session import PUBLIC
from icosa.http.metadata.schema import build_metadata_schema
from icosa.http.metadata.variable import Path, check_variables
from icosa.http.multipart import is_multipart, read_multipart

_INTROSPECTION: Final = frozenset(("__schema", "__type"))
_ALLOWED: Final = ("POST",)
_VERSION: Final = b"x-schema-version"


class MetadataEndpoint:
    """The ASGI application of `/metadata`."""

    def __init__(self, parts: Parts, callers: Callers, *, body_bytes_max: int) -> None:
        self._parts = parts
        self._callers = callers
        self._body_bytes_max = body_bytes_max
        self._schema = build_metadata_schema()
        self._documents = Documents(self._schema)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 200
        headers: Headers = []
        try:
            answer = await self._answer(scope, receive)
        except Refused as refusal:
            status, answer = refusal.status, {"errors": refusal.errors}
        except Exception as fault:  # noqa: BLE001  # the outermost loop
            error = failure.known(fault, f"{scope['method']} {scope['path']}")
            shown = failure.internal_error() if error is None else failure.resolver_error(error)
            answer, headers = {"errors": [shown]}, failure_headers(error)
            status = 500 if error is None else _status(error)
        await send_json(send, status, msgspec.json.encode(answer), headers)

    async def _answer(self, scope: Scope, receive: Receive) -> Shown:
        """Raises `ApiError` where it is no GraphQL request, `Refused` where it is not run."""
        posted = await self._posted(scope, receive)
        token = bearer(scope["headers"])
        try:
            document = self._documents.read(posted.query)
            operation = document.operation(posted.operationName)
        except ApiError as fault:
            if token is not None:
                await self._caller(token, scope)
            raise _refusal(fault) from None
        roots = document.root_fields(operation)
        is_anonymous = token is None or roots <= PUBLIC
        caller = None if is_anonymous else await self._caller(token or "", scope)
        await self._check_document(posted.query, document, caller, scope)
        if caller is None and roots & _INTROSPECTION:
            raise Refused([failure.document_error(_introspection_refused(roots))])
        context = Context(self._parts, caller)
        await self._check_variables(operation, posted.variables or {}, context)
        return await self._run(document, posted, context)

    async def _posted(self, scope: Scope, receive: Receive) -> Posted:
        if scope["method"] not in _ALLOWED:
            raise method_unknown(scope, dict.fromkeys(_ALLOWED))
        if is_multipart(scope["headers"]):
            return await read_multipart(scope, receive, self._body_bytes_max)
        check_content_type(scope["headers"])
        return read_posted(await read_body(scope, receive, self._body_bytes_max))

    async def _caller(self, token: str, scope: Scope) -> Caller:
        """Raises `Refused` for a token that is no good."""
        try:
            return await self._callers.of(token, address=client_address(scope))
        except ApiError as error:
            raise Refused([failure.token_error(error)]) from None

    async def _check_document(
        self, text: str, document: Document, caller: Caller | None, scope: Scope
    ) -> None:
        """Raises `Refused`. A client made for another version of the model is told so."""
        fields_max = ANONYMOUS_FIELDS_MAX if caller is None else FIELDS_MAX
        try:
            self._documents.check(text, document, fields_max=fields_max)
        except ApiError as fault:
            raise _refusal(fault) from None
        except Refused:
            known = dict(scope["headers"]).get(_VERSION)
            if known is not None and caller is not None:
                snapshot = await self._parts.model.snapshot(caller.workspace_id)
                if known.decode("latin-1") != str(snapshot.version):
                    mismatch = DocumentInvalid("Schema version mismatch.")
                    raise Refused([failure.document_error(mismatch)]) from None
            raise

    async def _check_variables(
        self, operation: OperationDefinitionNode, values: Mapping[str, object], context: Context
    ) -> None:
        """Raises `Refused`, `TooComplex`."""
        definitions = operation.variable_definitions or ()
        found = check_variables(self._schema, definitions, values)
        unknown: list[tuple[str, Path]] = found.names
        if unknown and context.caller is not None:
            snapshot = await context.snapshot()
            unknown = [item for item in unknown if not _is_name(item[0], snapshot)]
        faults = [*found.faults, *(failure.uuid_error(value, path) for value, path in unknown)]
        if faults:
            raise Refused(faults, status=400)

    async def _run(self, document: Document, posted: Posted, context: Context) -> Shown:
        result = execute(
            self._schema,
            document.node,
            context_value=context,
            variable_values=dict(posted.variables or {}),
            operation_name=posted.operationName or None,
        )
        if not isinstance(result, ExecutionResult):
            result = await result
        excess = context.excess()
        if excess is not None:
            return {"errors": [failure.resolver_error(excess)], "data": None}
        if not result.errors:
            return {"data": result.data}
        errors = [_execution_error(error) for error in result.errors]
        return {"errors": errors, "data": result.data}


def _refusal(fault: ApiError) -> Refused:
    """A document that is refused before it is run has no data."""
    if isinstance(fault, DocumentInvalid):
        return Refused([failure.document_error(fault)])
    return Refused([failure.resolver_error(fault)])


def _execution_error(error: GraphQLError) -> Shown:
    """What a resolver raised; that graphql-core should complain itself is our mistake."""
    known = failure.known(error.original_error or error, "A resolver")
    return failure.internal_error() if known is None else failure.resolver_error(known)


def _introspection_refused(roots: frozenset[str]) -> DocumentInvalid:
    name = min(roots & _INTROSPECTION)
    return DocumentInvalid(
        "GraphQL introspection has been disabled, but the requested query contained the field "
        f'"{name}".',
        hint="Send a token.",
    )


def _is_name(text: str, snapshot: Snapshot) -> bool:
    """Whether the model knows an object or a field of that name (amendments, 25)."""
    return (
        find_object(snapshot, text) is not None
        or find_field(snapshot, text) is not None
        or any(text in source.fields for source in snapshot.objects.values())
    )


def _status(error: ApiError) -> int:
    """Of what is no GraphQL request: 400, 405, 413, 415; all else is told in the body."""
    if isinstance(error, RequestInvalid):
        return failure.rest_body(error)[0]
    return 200
