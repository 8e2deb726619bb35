"""Path and method -> which operation, on which object, on which record (B1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icosa.catalog.view import ObjectView, View
from icosa.core.errors import MethodUnknown, RequestInvalid
from icosa.core.identity import is_uuid
from icosa.http.routes import RECORD_ROUTES
from icosa.plan.filter import suggestion

_PREFIX: Final = "/rest/"
_EXAMPLES: Final = "Valid examples: /rest/companies/id or /rest/companies or /rest/batch/companies"


def _operations() -> Mapping[tuple[str, bool], Mapping[str, str]]:
    """(first word when it is one of ours, has an id) -> method -> operation."""
    found: dict[tuple[str, bool], dict[str, str]] = {}
    for route in RECORD_ROUTES:
        words = route.path.removeprefix(_PREFIX).split("/")
        form = ("" if words[0] == "{plural}" else words[0], words[-1] == "{id}")
        found.setdefault(form, {})[route.method] = route.operation
    return found


_OPERATIONS: Final = _operations()


@dataclass(frozen=True, slots=True)
class Target:
    operation: str
    source: ObjectView
    record_id: str | None


def read_path(method: str, path: str, view: View) -> Target:
    """Raises `RequestInvalid` in the contract's words, `MethodUnknown`."""
    segments = path[len(_PREFIX) :].split("/")
    if segments and segments[-1] == "":
        segments.pop()
    word = ""
    if len(segments) > 1 and segments[0] in ("batch", "restore"):
        word = segments.pop(0)
    if not 1 <= len(segments) <= 2:
        raise RequestInvalid(f"Query path '{path}' invalid. {_EXAMPLES}")
    source = _object(segments[0], view)
    record_id = segments[1] if len(segments) == 2 else None
    operations = _OPERATIONS.get((word, record_id is not None))
    if operations is None:
        raise RequestInvalid(f"Query path '{path}' invalid. {_EXAMPLES}")
    operation = operations.get(method)
    if operation is None:
        raise MethodUnknown(
            f"Cannot {method} {path}", details={"allow": ", ".join(sorted(operations))}
        )
    if record_id is not None and not is_uuid(record_id):
        raise RequestInvalid(f"'{record_id}' is not a valid UUID")
    return Target(operation, source, record_id)


def _object(plural: str, view: View) -> ObjectView:
    source = view.plural(plural)
    if source is not None:
        return source
    singular = view.object(plural)
    if singular is not None:
        raise RequestInvalid(
            f"object '{plural}' not found. Did you mean '{singular.object.name_plural}'?"
        )
    plurals = [view.snapshot.by_singular[name].name_plural for name in view.names()]
    example = "companies" if "companies" in plurals else next(iter(plurals), "companies")
    raise RequestInvalid(
        f"object '{plural}' not found. eg: {example}", hint=suggestion(plural, plurals)
    )
