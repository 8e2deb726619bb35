"""ApiError -> REST body or GraphQL error: the only table of statuses and codes.

The contract's forms (records A7, B5; metadata A.3, B.4, E.2). Beside its keys ours may
stand: `hint` says what would be right, `path` where the fault is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

import msgspec

from icosa.core import errors
from icosa.core.errors import ApiError

FRIENDLY: Final = "An error occurred."


@dataclass(frozen=True, slots=True)
class Problem:
    status: int  # REST
    name: str  # REST `error`
    code: str  # GraphQL `extensions.code`
    sub_code: str | None = None
    rest_code: str | None = None  # REST `code`, where the contract has one


def _input(sub_code: str | None) -> Problem:
    return Problem(400, "BadRequestException", "BAD_USER_INPUT", sub_code)


def _forbidden(sub_code: str, status: int = 403) -> Problem:
    return Problem(status, "FORBIDDEN_EXCEPTION", "FORBIDDEN", sub_code)


def _unauthenticated(sub_code: str) -> Problem:
    return Problem(401, "UNAUTHENTICATED", "UNAUTHENTICATED", sub_code)


_TABLE: Final[Mapping[type[ApiError], Problem]] = MappingProxyType(
    {
        errors.RequestInvalid: _input(None),
        errors.ArgumentInvalid: _input("INVALID_QUERY_INPUT"),
        errors.ArgumentsConflict: _input("ARGS_CONFLICT"),
        errors.FirstInvalid: _input("INVALID_ARGS_FIRST"),
        errors.LastInvalid: _input("INVALID_ARGS_LAST"),
        errors.FilterInvalid: _input("INVALID_ARGS_FILTER"),
        errors.OrderInvalid: _input("INVALID_QUERY_INPUT"),
        errors.OrderFieldUnknown: _input("FIELD_NOT_FOUND"),
        errors.DataInvalid: _input("INVALID_ARGS_DATA"),
        errors.CursorInvalid: _input("INVALID_CURSOR"),
        errors.TooComplex: _input("TOO_COMPLEX_QUERY"),
        errors.BatchTooLarge: _input("TOO_MANY_RECORDS_TO_UPDATE"),
        errors.TooManyRecords: Problem(
            400, "Error", "BAD_USER_INPUT", None, "TOO_MANY_RECORDS_TO_UPDATE"
        ),
        errors.UpsertAmbiguous: _input("UPSERT_MULTIPLE_MATCHING_RECORDS_CONFLICT"),
        errors.RecordNotFound: Problem(404, "NotFoundException", "NOT_FOUND", "RECORD_NOT_FOUND"),
        errors.RecordRefused: _input(None),
        errors.DuplicateRecord: _input(None),
        errors.Unauthenticated: _unauthenticated("UNAUTHENTICATED"),
        errors.UserNotFound: _unauthenticated("USER_NOT_FOUND"),
        errors.WorkspaceNotFound: _unauthenticated("WORKSPACE_NOT_FOUND"),
        errors.MembershipNotFound: Problem(
            500, "InternalServerErrorException", "UNAUTHENTICATED", "USER_WORKSPACE_NOT_FOUND"
        ),
        errors.TokenMissing: _forbidden("FORBIDDEN_EXCEPTION"),
        errors.KeyRevoked: _forbidden("FORBIDDEN_EXCEPTION"),
        errors.KeyExpired: _forbidden("FORBIDDEN_EXCEPTION"),
        errors.PasswordWrong: _forbidden("FORBIDDEN_EXCEPTION"),
        errors.NotMember: _forbidden("FORBIDDEN_EXCEPTION"),
        errors.WrongWorkspace: _forbidden("FORBIDDEN_EXCEPTION"),
        errors.RefreshTokenRevoked: _forbidden("FORBIDDEN_EXCEPTION"),
        errors.RefreshTokenExpected: _forbidden("INVALID_JWT_TOKEN_TYPE"),
        errors.SessionRequired: Problem(403, "ForbiddenException", "FORBIDDEN"),
        errors.ResourceForbidden: Problem(403, "ForbiddenException", "FORBIDDEN"),
        errors.SettingForbidden: Problem(
            403, "Error", "FORBIDDEN", "PERMISSION_DENIED", "PERMISSION_DENIED"
        ),
        errors.PasswordWeak: _input("INVALID_INPUT"),
        errors.LoginMethodWrong: _input("INVALID_INPUT"),
        errors.RefreshTokenUnknown: _input("INVALID_INPUT"),
        errors.RoleNotAssignable: _input("ROLE_CANNOT_BE_ASSIGNED_TO_API_KEYS"),
        errors.KeyNotFound: Problem(404, "NotFoundException", "NOT_FOUND"),
        errors.RoleNotFound: Problem(404, "NotFoundException", "NOT_FOUND", "ROLE_NOT_FOUND"),
        errors.KeyUnusable: Problem(500, "InternalServerErrorException", "INTERNAL_SERVER_ERROR"),
        # record routes answer 400 to what a role may not do (B5)
        errors.Forbidden: Problem(
            400, "Error", "FORBIDDEN", "PERMISSION_DENIED", "PERMISSION_DENIED"
        ),
        errors.Timeout: Problem(504, "GatewayTimeoutException", "TIMEOUT"),
        errors.Unavailable: Problem(503, "ServiceUnavailableException", "INTERNAL_SERVER_ERROR"),
        errors.RateLimited: Problem(429, "HttpException", "BAD_USER_INPUT", "LIMIT_REACHED"),
        errors.BodyInvalid: _input(None),
        errors.NotAcceptable: Problem(415, "UnsupportedMediaTypeException", "BAD_USER_INPUT"),
        errors.TooLarge: Problem(413, "PayloadTooLargeException", "BAD_USER_INPUT"),
        errors.MethodUnknown: Problem(405, "MethodNotAllowedException", "METHOD_NOT_ALLOWED"),
        errors.RouteUnknown: Problem(404, "NotFoundException", "NOT_FOUND"),
        errors.DocumentInvalid: _input(None),
    }
)
INTERNAL: Final = Problem(500, "InternalServerErrorException", "INTERNAL_SERVER_ERROR")


def problem_of(error: ApiError) -> Problem:
    """The row of the error's class, or of the nearest class above it."""
    for kind in type(error).__mro__:
        found = _TABLE.get(kind)
        if found is not None:
            return found
    return INTERNAL


def rest_body(error: ApiError) -> tuple[int, bytes]:
    """The status and the body. Nest's own errors carry `message` as well (amendments, 22)."""
    problem = problem_of(error)
    body: dict[str, object] = {
        "statusCode": problem.status,
        "error": problem.name,
        "messages": [error.message],
    }
    if isinstance(error, errors.BodyInvalid):
        body["message"] = error.message
    if problem.rest_code is not None:
        body["code"] = problem.rest_code
    body.update(_beside(error))
    return problem.status, msgspec.json.encode(body)


def graphql_error(error: ApiError) -> dict[str, object]:
    problem = problem_of(error)
    extensions: dict[str, object] = {}
    if problem.sub_code is not None:
        extensions["subCode"] = problem.sub_code
    extensions["userFriendlyMessage"] = error.friendly or FRIENDLY
    extensions["code"] = problem.code
    extensions.update(error.details)
    extensions.update(_beside(error))
    return {"message": error.message, "extensions": extensions}


def internal_rest_body() -> tuple[int, bytes]:
    body = {
        "statusCode": INTERNAL.status,
        "error": INTERNAL.name,
        "messages": [HTTPStatus(INTERNAL.status).phrase],
    }
    return INTERNAL.status, msgspec.json.encode(body)


def internal_graphql_error() -> dict[str, object]:
    return {
        "message": HTTPStatus(INTERNAL.status).phrase,
        "extensions": {"userFriendlyMessage": FRIENDLY, "code": INTERNAL.code},
    }


def _beside(error: ApiError) -> dict[str, object]:
    found: dict[str, object] = {}
    if error.hint is not None:
        found["hint"] = error.hint
    if error.path:
        found["path"] = list(error.path)
    return found


# -- the metadata APIs: what they have beside the rows above, or otherwise (metadata A.3, B.4) --

_CHECKED: Final = Problem(400, "Bad Request", "BAD_USER_INPUT")  # the first look at an input
_REFUSED: Final = Problem(403, "Error", "FORBIDDEN")

_METADATA: Final[Mapping[type[ApiError], Problem]] = MappingProxyType(
    {
        errors.RequestInvalid: _CHECKED,
        errors.ArgumentInvalid: _CHECKED,
        errors.Forbidden: replace(
            _REFUSED, sub_code="PERMISSION_DENIED", rest_code="PERMISSION_DENIED"
        ),
        errors.SessionRequired: Problem(403, "Forbidden", "FORBIDDEN"),
        errors.ResourceForbidden: Problem(403, "Forbidden", "FORBIDDEN"),
        errors.ModelInvalid: Problem(
            400, "METADATA_VALIDATION_ERROR", "METADATA_VALIDATION_FAILED"
        ),
        errors.ModelNotFound: Problem(404, "Error", "NOT_FOUND"),
        errors.ModelRefused: Problem(400, "Error", "BAD_USER_INPUT"),
    }
)
# What could never be done, by the contract's sub-code; others are 400.
_REFUSED_FOR: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        "FIELD_MUTATION_NOT_ALLOWED": _REFUSED,
        "OBJECT_MUTATION_NOT_ALLOWED": _REFUSED,
        "NAME_CONFLICT": Problem(403, "Error", "CONFLICT"),
        "OBJECT_ALREADY_EXISTS": Problem(409, "Error", "CONFLICT"),
        "FIELD_ALREADY_EXISTS": Problem(409, "Error", "CONFLICT"),
    }
)


def metadata_problem_of(error: ApiError) -> Problem:
    """As `problem_of`, for `/metadata` and `/rest/metadata`."""
    rows = (_METADATA.get(kind) or _TABLE.get(kind) for kind in type(error).__mro__)
    found = next((row for row in rows if row is not None), INTERNAL)
    if isinstance(error, errors.ModelNotFound | errors.ModelRefused):
        if isinstance(error, errors.ModelRefused):
            found = _REFUSED_FOR.get(error.sub_code, found)
        found = replace(found, sub_code=error.sub_code, rest_code=error.sub_code)
    return found


# -- end of the metadata APIs ------------------------------------------------------------------
