"""Path and method -> which operation, on which object, on which record (B1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from icosa.catalog.view import ObjectView, View
from icosa.core.errors import MethodUnknown, RequestInvalid
from icosa.core.identity import is_uuid
from icosa.http.routes import RECORD_ROUTES
from icosa.plan.filter import suggestion

_PREFIX: Final = "/rest/"
_PLURAL: Final = "{plural}"
_ID: Final = "{id}"
_SEARCH: Final = "search"
_EXAMPLES: Final = "Valid examples: /rest/companies/id or /rest/companies or /rest/batch/companies"


def _operations() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """The words before and after the object's name -> method -> operation.

    `("batch", "")`, `("", "{id}")`, `("", "merge")`.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for route in RECORD_ROUTES:
        before, _, after = route.path.removeprefix(_PREFIX).partition(_PLURAL)
        form = (before.strip("/"), after.strip("/"))
        found.setdefault(form, {})[route.method] = route.operation
    return found


_OPERATIONS: Final = _operations()


class Target(msgspec.Struct, frozen=True):
    operation: str
    of: ObjectView | None  # only search is of no object
    record_id: str | None

    @property
    def source(self) -> ObjectView:
        assert self.of is not None, self.operation
        return self.of


def read_path(method: str, path: str, view: View) -> Target:
    """Raises `RequestInvalid` in the contract's words, `MethodUnknown`."""
    segments = path[len(_PREFIX) :].split("/")
    if segments and segments[-1] == "":
        segments.pop()
    if segments == [_SEARCH] and view.plural(_SEARCH) is None:
        if method != "GET":
            raise MethodUnknown(f"Cannot {method} {path}", details={"allow": "GET"})
        return Target(_SEARCH, None, None)
    word = ""
    if len(segments) > 1 and segments[0] in ("batch", "restore"):
        word = segments.pop(0)
    if not 1 <= len(segments) <= 2:
        raise RequestInvalid(f"Query path '{path}' invalid. {_EXAMPLES}")
    source = _object(segments[0], view)
    last = segments[1] if len(segments) == 2 else ""
    is_id = last == _ID or (last != "" and (word, last) not in _OPERATIONS)
    operations = _OPERATIONS.get((word, _ID if is_id else last))
    if operations is None:
        raise RequestInvalid(f"Query path '{path}' invalid. {_EXAMPLES}")
    operation = operations.get(method)
    if operation is None:
        raise MethodUnknown(
            f"Cannot {method} {path}", details={"allow": ", ".join(sorted(operations))}
        )
    if is_id and not is_uuid(last):
        raise RequestInvalid(f"'{last}' is not a valid UUID")
    return Target(operation, source, last if is_id else None)


def _object(plural: str, view: View) -> ObjectView:
    source = view.plural(plural)
    if source is not None:
        return source
    singular = view.object(plural)
    if singular is not None and singular.grant.read:
        raise RequestInvalid(
            f"object '{plural}' not found. Did you mean '{singular.object.name_plural}'?"
        )
    raise unknown_object(plural, view)


def unknown_object(plural: str, view: View, *, path: tuple[str | int, ...] = ()) -> RequestInvalid:
    """The error of a name that no object has; it names only what the role may read."""
    plurals = [view.snapshot.by_singular[name].name_plural for name in view.names()]
    example = "companies" if "companies" in plurals else next(iter(plurals), "companies")
    return RequestInvalid(
        f"object '{plural}' not found. eg: {example}",
        path=path,
        hint=suggestion(plural, plurals),
    )
