"""`POST /graphql`: body -> document -> execution -> body.

Every outcome of a document is HTTP 200 (A0); what is no GraphQL request at all (malformed
JSON, no query, an array) is 400.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from graphql.language import FieldNode, OperationType

from icosa.catalog.view import View
from icosa.core.caller import Caller
from icosa.core.errors import ApiError, BodyInvalid, DocumentInvalid, MethodUnknown
from icosa.core.identity import RecordIds
from icosa.engine.run import Engine, ModelChanged
from icosa.http.graphql import envelope
from icosa.http.graphql.document import Documents, parse_document
from icosa.http.graphql.execute import Execution, Newest, unknown_root
from icosa.http.graphql.schema import validation_errors, variable_errors
from icosa.http.problems import graphql_error


class Posted(msgspec.Struct, frozen=True):
    """A GraphQL request (GraphQL over HTTP, 5.1)."""

    query: str
    variables: Mapping[str, object] | None = None
    operationName: str | None = None  # noqa: N815  # the specification's spelling
    extensions: object = None


def read_posted(body: bytes) -> Posted:
    """Raises `BodyInvalid`."""
    try:
        return msgspec.json.decode(body, type=Posted)
    except msgspec.ValidationError as fault:
        if body.lstrip()[:1] == b"[":
            raise BodyInvalid("Batching is not supported.") from None
        raise BodyInvalid(f"Not a GraphQL request: {fault}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise BodyInvalid(f"Request body is not valid JSON: {fault}") from None
    except RecursionError:
        raise BodyInvalid("Request body is not valid JSON: nested too deeply") from None


class RecordGraphql:
    def __init__(self, engine: Engine, ids: RecordIds, *, batch_max: int) -> None:
        self._engine = engine
        self._ids = ids
        self._batch_max = batch_max
        self._documents = Documents()

    async def answer(
        self, posted: Posted, caller: Caller, newest: Newest, *, strict: bool, reads_only: bool
    ) -> bytes:
        """The body. A fault that a newer model may explain is looked at once more with that.

        Raises `MethodUnknown` for a mutation where only reads are allowed.
        """
        try:
            read = self._documents.read(posted.query)
            document = read.document
            operation = document.operation(posted.operationName)
        except ApiError as error:
            return refusal(error)
        if reads_only and operation.operation is OperationType.MUTATION:
            # GraphQL over HTTP, 6.2.2: a link or an image must not change anything
            raise MethodUnknown("Cannot GET a mutation: use POST", details={"allow": "POST"})
        variables = {**(posted.variables or {}), **read.literals}
        view = await newest(None)
        assert view is not None
        while True:
            execution = Execution(
                self._engine,
                self._ids,
                view=view,
                newest=newest,
                caller=caller,
                batch_max=self._batch_max,
                document=document,
                operation=operation,
                variables=variables,
            )
            body: bytes | None = None
            try:
                if strict:
                    check_strictly(view, posted)
                result = await execution.run()
                body = envelope.answer(result.data, result.errors, result.warnings)
                if not result.errors or execution.is_mutation:
                    return body
            except ModelChanged:
                pass
            except ApiError as error:
                body = refusal(error)
            newer = await newest(view)
            if newer is None:
                assert body is not None, "a model that has changed has a newer version"
                return body
            view = newer

    def anonymous(self, posted: Posted) -> bytes:
        """Without a token there are no record fields (A0.3)."""
        try:
            document = self._documents.read(posted.query).document
            operation = document.operation(posted.operationName)
        except ApiError as error:
            return refusal(error)
        data: dict[str, bytes] = {}
        for node in operation.selection_set.selections:
            if not isinstance(node, FieldNode) or node.name.value != "__typename":
                return refusal(unknown_root(node, "Query"))
            data[node.alias.value if node.alias else "__typename"] = b'"Query"'
        return envelope.answer(data, (), ())


def refusal(error: ApiError) -> bytes:
    """The body of a document that was not run: `data` is empty, or absent when it is invalid."""
    if isinstance(error, DocumentInvalid):
        return envelope.answer(None, [document_error(error)], ())
    return envelope.answer({}, [graphql_error(error)], ())


def check_strictly(view: View, posted: Posted) -> None:
    """Full validation, for those who ask for it. Raises `DocumentInvalid`, the first fault."""
    document = parse_document(posted.query)
    operation = document.operation(posted.operationName)
    faults = validation_errors(view, document.node) or variable_errors(
        view, operation, posted.variables or {}
    )
    if faults:
        raise faults[0]


def document_error(error: DocumentInvalid) -> dict[str, object]:
    body = graphql_error(error)
    if error.locations:
        places = [{"line": line, "column": column} for line, column in error.locations]
        body = {"message": body["message"], "locations": places, "extensions": body["extensions"]}
    return body
