"""Every error a caller may see. Knows nothing of HTTP or of GraphQL.

    ApiError
      RequestInvalid         what was asked makes no sense
        ArgumentInvalid        an argument or parameter          (subCode INVALID_QUERY_INPUT)
        ArgumentsConflict      two that exclude each other       (ARGS_CONFLICT)
        FirstInvalid LastInvalid                                 (INVALID_ARGS_FIRST, …_LAST)
        FilterInvalid          a filter                          (INVALID_ARGS_FILTER)
        OrderInvalid           an order                          (INVALID_QUERY_INPUT)
        OrderFieldUnknown      a field that can't be ordered by  (FIELD_NOT_FOUND)
        DataInvalid            a value to write                  (INVALID_ARGS_DATA)
        CursorInvalid                                            (INVALID_CURSOR)
        TooComplex             over a bound on cost              (TOO_COMPLEX_QUERY)
        BatchTooLarge          more to create than a batch holds (TOO_MANY_RECORDS_TO_UPDATE)
        TooManyRecords         more to update than a call may    (no subCode)
        UpsertAmbiguous        one input, two stored records     (UPSERT_MULTIPLE_…_CONFLICT)
        BodyInvalid            not JSON, not UTF-8, too deep
        NotAcceptable TooLarge MethodUnknown RouteUnknown        of HTTP
        DocumentInvalid        a GraphQL document                (GRAPHQL_…_FAILED)
      RecordNotFound         no such record
      RecordRefused          a constraint of the data refused it (no subCode)
        DuplicateRecord        a unique value that is taken
      Unauthenticated        no token, or a bad one
      Forbidden              this caller may not
      ModelInvalid           a change of the data model that breaks its rules
      ModelNotFound          no such object or field
      ModelRefused           a change that is never allowed
      Timeout                the statement ran out of time
      Unavailable            the database can't answer now
      RateLimited            too many requests with one key

Which status, code and body each becomes is `http/problems.py`'s to say. `code` is ours,
stable and never reused; `message` is the contract's wherever it fixes one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

Path = tuple[str | int, ...]


class ApiError(Exception):
    """`path` leads to the fault in what the caller sent; `hint` says what would be right."""

    code: ClassVar[str]

    def __init__(
        self,
        message: str,
        *,
        path: Path = (),
        hint: str | None = None,
        friendly: str | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.hint = hint
        self.friendly = friendly  # for people; the contract's `userFriendlyMessage`
        self.details = details or {}  # further keys beside the code, such as the record in the way


class RequestInvalid(ApiError):
    code = "request.invalid"


class ArgumentInvalid(RequestInvalid):
    code = "request.argument_invalid"


class ArgumentsConflict(RequestInvalid):
    code = "request.arguments_conflict"


class FirstInvalid(RequestInvalid):
    code = "request.first_invalid"


class LastInvalid(RequestInvalid):
    code = "request.last_invalid"


class FilterInvalid(RequestInvalid):
    code = "request.filter_invalid"


class OrderInvalid(RequestInvalid):
    code = "request.order_invalid"


class OrderFieldUnknown(RequestInvalid):
    code = "request.order_field_unknown"


class DataInvalid(RequestInvalid):
    code = "request.data_invalid"


class CursorInvalid(RequestInvalid):
    code = "request.cursor_invalid"


class TooComplex(RequestInvalid):
    code = "request.too_complex"


class TooManyRecords(RequestInvalid):
    code = "request.too_many_records"


class BatchTooLarge(RequestInvalid):
    code = "request.batch_too_large"


class UpsertAmbiguous(RequestInvalid):
    code = "request.upsert_ambiguous"


class BodyInvalid(RequestInvalid):
    code = "request.body_invalid"


class NotAcceptable(RequestInvalid):
    code = "request.content_type"


class TooLarge(RequestInvalid):
    code = "request.too_large"


class MethodUnknown(RequestInvalid):
    code = "request.method_unknown"


class RouteUnknown(RequestInvalid):
    code = "request.route_unknown"


class DocumentInvalid(RequestInvalid):
    """A GraphQL document that can't be run; `details` hold its code, `locations` the places."""

    code = "request.document_invalid"

    def __init__(
        self,
        message: str,
        *,
        kind: str = "GRAPHQL_VALIDATION_FAILED",
        locations: tuple[tuple[int, int], ...] = (),  # (line, column)
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint, details={"code": kind})
        self.locations = locations


class RecordNotFound(ApiError):
    code = "record.not_found"

    def __init__(self, message: str = "Record not found") -> None:
        super().__init__(message, friendly="This record does not exist or has been deleted.")


class RecordRefused(ApiError):
    code = "record.refused"


class DuplicateRecord(RecordRefused):
    """`columns` and `values` are those of the unique index that refused, as far as known."""

    code = "record.duplicate"

    def __init__(
        self,
        *,
        columns: tuple[str, ...] = (),
        values: tuple[str, ...] = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(
            "A duplicate entry was detected",
            hint=hint,
            friendly="This record already exists. Please check your data and try again.",
        )
        self.columns = columns
        self.values = values


class Unauthenticated(ApiError):
    code = "auth.unauthenticated"


class Forbidden(ApiError):
    code = "auth.forbidden"

    def __init__(
        self,
        message: str = "Entity performing the request does not have permission",
        *,
        path: Path = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(message, path=path, hint=hint, friendly="User does not have permission.")


class Timeout(ApiError):
    code = "database.timeout"


class Unavailable(ApiError):
    code = "database.unavailable"


class RateLimited(ApiError):
    """`seconds` until the next request is let through."""

    code = "access.rate_limited"

    def __init__(self, limit: int, *, seconds: float) -> None:
        super().__init__(
            f"Limit reached ({limit} tokens per 60000 ms)",
            hint=f"Come again in {seconds:.1f} s, or raise ICOSA_RATE_LIMIT.",
        )
        self.seconds = seconds


# -- access: who calls, and with what (metadata contract, A.6, E.2) --------------------
#
# Their messages never vary, so they are made without arguments. The sub-code that the contract
# gives each is named beside it; http/problems.py has the table.


class _FixedMessage(ApiError):
    text: ClassVar[str]

    def __init__(self) -> None:
        ApiError.__init__(self, self.text)


class TokenMissing(_FixedMessage, Forbidden):  # FORBIDDEN_EXCEPTION
    code = "auth.token_missing"
    text = "Missing authentication token"


class TokenInvalid(_FixedMessage, Unauthenticated):  # UNAUTHENTICATED
    code = "auth.token_invalid"
    text = "Token invalid."


class TokenExpired(_FixedMessage, Unauthenticated):  # UNAUTHENTICATED
    code = "auth.token_expired"
    text = "Token has expired."


class UserNotFound(_FixedMessage, Unauthenticated):  # USER_NOT_FOUND
    code = "auth.user_not_found"
    text = "User not found"


class WorkspaceNotFound(_FixedMessage, Unauthenticated):  # WORKSPACE_NOT_FOUND
    code = "auth.workspace_not_found"
    text = "Workspace not found"


class MembershipNotFound(_FixedMessage, Unauthenticated):  # USER_WORKSPACE_NOT_FOUND
    code = "auth.membership_not_found"
    text = "User workspace not found"


class KeyRevoked(_FixedMessage, Forbidden):  # FORBIDDEN_EXCEPTION
    code = "auth.key_revoked"
    text = "This API Key is revoked"


class KeyExpired(_FixedMessage, Forbidden):  # FORBIDDEN_EXCEPTION
    code = "auth.key_expired"
    text = "This API Key is expired"


class SessionRequired(_FixedMessage, Forbidden):
    code = "auth.session_required"
    text = "This endpoint requires a session access token"


class ResourceForbidden(_FixedMessage, Forbidden):  # what a guard says
    code = "auth.resource_forbidden"
    text = "Forbidden resource"


class PasswordWrong(_FixedMessage, Forbidden):  # FORBIDDEN_EXCEPTION
    code = "auth.password_wrong"
    text = "Wrong password"


class PasswordWeak(_FixedMessage, RequestInvalid):  # INVALID_INPUT
    code = "auth.password_weak"
    text = "Password too weak"


class LoginMethodWrong(_FixedMessage, RequestInvalid):  # INVALID_INPUT
    code = "auth.login_method_wrong"
    text = "Incorrect login method"


class NotMember(_FixedMessage, Forbidden):  # FORBIDDEN_EXCEPTION
    code = "auth.not_member"
    text = "User is not a member of the workspace."


class WrongWorkspace(_FixedMessage, Forbidden):  # FORBIDDEN_EXCEPTION
    code = "auth.wrong_workspace"
    text = "Token is not valid for this workspace"


class RefreshTokenUnknown(_FixedMessage, RequestInvalid):  # INVALID_INPUT
    code = "auth.refresh_token_unknown"
    text = "This refresh token doesn't exist"


class RefreshTokenRevoked(_FixedMessage, Forbidden):  # FORBIDDEN_EXCEPTION
    code = "auth.refresh_token_revoked"
    text = "This refresh token has been revoked."


class RefreshTokenExpected(_FixedMessage, Forbidden):  # INVALID_JWT_TOKEN_TYPE
    code = "auth.refresh_token_expected"
    text = "Expected a refresh token"


class SettingForbidden(Forbidden):  # PERMISSION_DENIED
    """The role may not use this part of the settings."""

    code = "auth.setting_forbidden"

    def __init__(self) -> None:
        super().__init__()
        self.friendly = (
            "You do not have permission to access this feature. "
            "Please contact your workspace administrator for access."
        )


class KeyNotFound(ApiError):  # NOT_FOUND
    code = "access.key_not_found"


class RoleNotFound(ApiError):  # NOT_FOUND, ROLE_NOT_FOUND
    code = "access.role_not_found"


class RoleNotAssignable(RequestInvalid):  # ROLE_CANNOT_BE_ASSIGNED_TO_API_KEYS
    code = "access.role_not_assignable"


class KeyUnusable(ApiError):  # INTERNAL_SERVER_ERROR, as the contract has it
    """A token was asked for a key that is missing, revoked or expired."""

    code = "access.key_unusable"


# -- end of access ---------------------------------------------------------------------


# -- the data model: what a change of it is refused for (metadata contract, A.3) ---------


class ModelInvalid(ApiError):
    """A change that breaks rules of the model: METADATA_VALIDATION_FAILED.

    `action` completes the top message: `creating object`. `failures` holds, by metadata name
    (`fieldMetadata`), one entry for each thing that can't be made, as the contract prints it;
    `summary` counts them; `count_text` says the counts.
    """

    code = "model.invalid"

    def __init__(
        self,
        action: str,
        *,
        failures: Mapping[str, Sequence[Mapping[str, object]]],
        friendly: str | None = None,
        path: Path = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(
            f"Multiple validation errors occurred while {action}",
            path=path,
            hint=hint,
            friendly=friendly,
        )
        self.action = action
        self.failures = failures
        counts = {name: len(entries) for name, entries in failures.items()}
        self.summary = {"totalErrors": sum(counts.values()), **counts}
        self.count_text = "Validation failed for " + ", ".join(
            f"{count} {_counted(name, count)}" for name, count in counts.items()
        )


def _counted(name: str, count: int) -> str:
    if count == 1 or name.endswith("Metadata"):
        return name
    return "indices" if name == "index" else f"{name}s"


class ModelNotFound(ApiError):
    """No such object or field: NOT_FOUND, with the contract's sub-code."""

    code = "model.not_found"

    def __init__(self, message: str, *, sub_code: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.sub_code = sub_code


class ModelRefused(ApiError):
    """A change that no input could make right, such as one of a standard field's name."""

    code = "model.refused"

    def __init__(self, message: str, *, sub_code: str, hint: str | None = None) -> None:
        super().__init__(message, friendly=message, hint=hint)
        self.sub_code = sub_code


# -- end of the data model ---------------------------------------------------------------
