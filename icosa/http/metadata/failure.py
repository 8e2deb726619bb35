"""Errors in the forms that the metadata APIs have (contract, A.3, B.4).

Statuses, names and codes are `http/problems.py`'s; here is what stands around them. GraphQL
tells four origins apart: a resolver (a name, a text for people), the token (an object for
people, no name), the document (places in it) and the variables.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final
from uuid import uuid4

import msgspec

from icosa.core.errors import ApiError, BodyInvalid, DocumentInvalid, ModelInvalid
from icosa.db.failures import as_api_error
from icosa.http.problems import FRIENDLY, INTERNAL, Problem, metadata_problem_of

log = logging.getLogger(__name__)

Shown = dict[str, object]

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "FORBIDDEN": "ForbiddenError",
        "NOT_FOUND": "NotFoundError",
        "BAD_USER_INPUT": "UserInputError",
        "UNAUTHENTICATED": "AuthenticationError",
        "CONFLICT": "ConflictError",
        "INTERNAL_SERVER_ERROR": "InternalServerError",
    }
)
# The reference takes a label identifier that does not exist for a fault of its own (C.3).
_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {"Could not find flat entity in maps": "INTERNAL_SERVER_ERROR"}
)
_NEST: Final = frozenset(("Bad Request", "Forbidden"))  # names of Nest's own error bodies


class Refused(Exception):
    """A GraphQL request that is not run: its errors as they are sent, and the status."""

    def __init__(self, errors: list[Shown], *, status: int = 200) -> None:
        super().__init__(errors)
        self.errors = errors
        self.status = status


def known(failure: BaseException, asked: str) -> ApiError | None:
    """The caller's error that a failure is; one of ours is logged and is None."""
    if isinstance(failure, ApiError):
        return failure
    found = as_api_error(failure)
    if found is None:
        log.error("%s failed", asked, exc_info=failure)
    return found


# -- REST ------------------------------------------------------------------------------


def rest_body(error: ApiError) -> tuple[int, bytes]:
    """The status and the body."""
    problem = metadata_problem_of(error)
    if isinstance(error, ModelInvalid):
        body = _invalid_model(error, problem)
    else:
        body = {"statusCode": problem.status, "error": problem.name, "messages": [error.message]}
        if isinstance(error, BodyInvalid) or problem.name in _NEST:
            body["message"] = error.message
        if problem.rest_code is not None:
            body["code"] = problem.rest_code
    return problem.status, msgspec.json.encode(body | _beside(error))


def _invalid_model(error: ModelInvalid, problem: Problem) -> Shown:
    """The reference's REST makes a field as one of several, and says so."""
    return {
        "statusCode": problem.status,
        "error": problem.name,
        "message": re.sub("creating field$", "creating fields", error.message),
        "errors": error.failures,
        "summary": error.summary,
        "userFriendlyMessage": error.friendly or FRIENDLY,
    }


def _beside(error: ApiError) -> Shown:
    """What is ours: how to do it right, and where the fault is."""
    found: Shown = {}
    if error.hint is not None:
        found["hint"] = error.hint
    if error.path:
        found["path"] = list(error.path)
    return found


# -- GraphQL ---------------------------------------------------------------------------


def resolver_error(error: ApiError) -> Shown:
    problem = metadata_problem_of(error)
    code = _CODES.get(error.message, problem.code)
    extensions: Shown = {"code": code}
    if isinstance(error, ModelInvalid):
        extensions["errors"] = error.failures
        extensions["summary"] = error.summary
        extensions["message"] = error.count_text
    if problem.sub_code is not None:
        extensions["subCode"] = problem.sub_code
    extensions["userFriendlyMessage"] = error.friendly or FRIENDLY
    if code == INTERNAL.code:
        extensions["exceptionEventId"] = uuid4().hex
    extensions |= _beside(error)
    return {
        "message": error.message,
        "name": _NAMES.get(code, "GraphQLError"),
        "extensions": extensions,
    }


def internal_error() -> Shown:
    """Ours: nothing is said of it but an id."""
    return {
        "message": HTTPStatus(INTERNAL.status).phrase,
        "name": _NAMES[INTERNAL.code],
        "extensions": {
            "code": INTERNAL.code,
            "userFriendlyMessage": FRIENDLY,
            "exceptionEventId": uuid4().hex,
        },
    }


def token_error(error: ApiError) -> Shown:
    """What is said before a document is looked at, of a token that is no good."""
    problem = metadata_problem_of(error)
    return {
        "message": error.message,
        "extensions": {
            "code": problem.code,
            "subCode": problem.sub_code or problem.code,
            "userFriendlyMessage": {"id": error.code, "message": error.friendly or FRIENDLY},
        },
    }


def document_error(error: DocumentInvalid) -> Shown:
    body: Shown = {"message": error.message}
    if error.locations:
        body["locations"] = [{"line": line, "column": column} for line, column in error.locations]
    body["extensions"] = {**error.details, **_beside(error), "userFriendlyMessage": FRIENDLY}
    return body


def variable_error(message: str, path: tuple[str | int, ...]) -> Shown:
    return {
        "message": message,
        "name": "GraphQLError",
        "extensions": {
            "code": "BAD_USER_INPUT",
            "http": {"status": 400},
            "userFriendlyMessage": FRIENDLY,
            "path": ["variables", *path],
        },
    }


def uuid_error(value: object, path: tuple[str | int, ...]) -> Shown:
    return {
        "message": f"Invalid UUID: '{value}'"[:300],
        "name": "GraphQLError",
        "extensions": {
            "code": "GRAPHQL_VALIDATION_FAILED",
            "http": {"status": 400},
            "value": value,
            "userFriendlyMessage": FRIENDLY,
            "path": ["variables", *path],
        },
    }
