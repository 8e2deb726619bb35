"""What every operation may answer instead of what was asked for (records contract, B5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from icosa.core import errors
from icosa.core.errors import ApiError
from icosa.http.openapi.document import Json
from icosa.http.problems import problem_of

ERROR: Final = "Error"  # the schema of every body
_SCHEMA: Final[Json] = {
    "type": "object",
    "description": "Why a request was not answered.",
    "properties": {
        "statusCode": {"type": "integer", "description": "The status, once more."},
        "error": {"type": "string", "description": "The kind of error."},
        "messages": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "message": {"type": "string", "description": "The first of `messages`, in some errors."},
        "code": {"type": "string", "description": "Stable, for programs; not in all errors."},
        "hint": {"type": "string", "description": "What would be right."},
        "path": {
            "type": "array",
            "items": {"type": ["string", "integer"]},
            "description": "Where in the request the fault is.",
        },
    },
    "required": ["statusCode", "error", "messages"],
}
_SAMPLES: Final[Mapping[str, tuple[str, ApiError]]] = MappingProxyType(
    {
        "400": (
            "Something in the path, the query or the body is wrong, or the role may not do this.",
            errors.FilterInvalid(
                'Object company doesn\'t have any "nam" field.',
                path=("filter", "nam"),
                hint='Did you mean "name"?',
            ),
        ),
        "401": ("The token is wrong or has expired.", errors.TokenInvalid()),
        "403": ("There is no token, or its key was revoked.", errors.TokenMissing()),
        "404": ("There is no such record.", errors.RecordNotFound()),
        "413": (
            "The body or the URL is too large.",
            errors.TooLarge("Request body is too large. Maximum is 10000000 bytes"),
        ),
        "415": (
            "The body is not JSON.",
            errors.NotAcceptable(
                "Content type text/plain is not supported", hint="Send application/json."
            ),
        ),
        "429": ("Too many requests with this key.", errors.RateLimited(100, seconds=0.6)),
        "500": ("A fault of ours; it is in the log.", errors.KeyUnusable("Internal Server Error")),
        "503": (
            "The database can't answer now; try again.",
            errors.Unavailable("The database is not available. Please try again."),
        ),
        "504": (
            "The request took too long.",
            errors.Timeout("The request took too long and was stopped."),
        ),
    }
)


def error_schemas() -> Json:
    return {ERROR: _SCHEMA}


def error_responses() -> Json:
    """The components, by the names that `error_answers` refers to."""
    found: Json = {
        _name(status): _response(text, _body(status, sample))
        for status, (text, sample) in _SAMPLES.items()
    }
    return dict(sorted(found.items()))


def error_answers(*, without: Iterable[str] = ()) -> Json:
    """The entries of an operation's `responses`."""
    statuses = sorted(_SAMPLES.keys() - set(without))
    return {status: {"$ref": f"#/components/responses/{_name(status)}"} for status in statuses}


def _name(status: str) -> str:
    return f"Error{status}"


def _response(description: str, example: Json) -> Json:
    schema = {"$ref": f"#/components/schemas/{ERROR}"}
    return {
        "description": description,
        "content": {"application/json": {"schema": schema, "example": example}},
    }


def _body(status: str, sample: ApiError) -> Json:
    problem = problem_of(sample)
    body: Json = {
        "statusCode": int(status),
        "error": problem.name,
        "messages": [sample.message],
    }
    if sample.hint is not None:
        body["hint"] = sample.hint
    if sample.path:
        body["path"] = list(sample.path)
    return body
