"""What is wrong with a change, in the shape that the contract reports it (metadata, A.3).

A change makes, changes or deletes several things; each that can't be is a failure with one
fault or more. What depends on a failed thing fails as well and is reported, too: clients
count on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from msgspec import UNSET

from icosa.core.errors import ModelInvalid

Kind = Literal["create", "update", "delete"]

OBJECT: Final = "objectMetadata"
FIELD: Final = "fieldMetadata"
INDEX: Final = "index"
VIEW: Final = "view"
VIEW_FIELD: Final = "viewField"
SEARCH_FIELD: Final = "searchFieldMetadata"
_ORDER: Final = (FIELD, OBJECT, VIEW, VIEW_FIELD, INDEX, SEARCH_FIELD)
_MANY: Final = "Many validation errors"


@dataclass(frozen=True, slots=True)
class Fault:
    """`value` is what was wrong, where the contract shows it."""

    code: str
    message: str
    friendly: str | None = None  # the message itself, as a rule
    value: object = UNSET

    def as_json(self) -> dict[str, object]:
        shown: dict[str, object] = {
            "code": self.code,
            "message": self.message,
            "userFriendlyMessage": self.friendly or self.message,
        }
        if self.value is not UNSET:
            shown["value"] = self.value
        return shown


# -- faults of what depends on a thing that failed ---------------------------------------

FIELD_WITHOUT_OBJECT: Final = Fault(
    "OBJECT_METADATA_NOT_FOUND",
    "Object metadata not found",
    "Field to create related object not found",
)
FIELD_WITHOUT_INVERSE: Final = Fault("FIELD_METADATA_NOT_FOUND", "Field metadata not found")
INDEX_WITHOUT_FIELD: Final = Fault(
    "INDEX_FIELD_NOT_FOUND",
    "Could not find index field related field metadata",
    "Field referenced in index does not exist",
)
INDEX_EXISTS: Final = Fault("INDEX_ALREADY_EXISTS", "Index already exists")
VIEW_WITHOUT_OBJECT: Final = Fault("INVALID_VIEW_DATA", "Object metadata not found")
VIEW_FIELD_WITHOUT_FIELD: Final = Fault("INVALID_VIEW_DATA", "Field metadata not found")
VIEW_FIELD_WITHOUT_VIEW: Final = Fault("INVALID_VIEW_DATA", "View not found")
SEARCH_FIELD_FAULTS: Final = (
    FIELD_WITHOUT_INVERSE,
    Fault(
        "TS_VECTOR_FIELD_METADATA_NOT_FOUND",
        "TS_VECTOR field metadata not found",
        "Search vector field not found",
    ),
    Fault("OBJECT_METADATA_NOT_FOUND", "Object metadata not found"),
)


class Failures:
    """Collects what fails; `raise_if_any` ends the change."""

    def __init__(self, action: str) -> None:
        self._action = action  # "creating object"
        self._entries: dict[str, list[Mapping[str, object]]] = {}
        self._friendly: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._entries)

    def add(
        self,
        metadata_name: str,
        kind: Kind,
        information: Mapping[str, object],
        faults: Iterable[Fault],
        *,
        between: bool = False,
    ) -> bool:
        """Whether there were faults. `between`: a fault between things has no `status`."""
        found = tuple(faults)
        if not found:
            return False
        entry: dict[str, object] = {} if between else {"status": "fail"}
        entry |= {
            "errors": [fault.as_json() for fault in found],
            "flatEntityMinimalInformation": dict(information),
            "metadataName": metadata_name,
            "type": kind,
        }
        self._entries.setdefault(metadata_name, []).append(entry)
        self._friendly.append(found[0].friendly or found[0].message)
        return True

    def raise_if_any(self) -> None:
        """Raises `ModelInvalid`."""
        if self._entries:
            raise self.error()

    def error(self) -> ModelInvalid:
        """What was collected; there must be something."""
        ordered: dict[str, Sequence[Mapping[str, object]]] = {
            name: self._entries[name] for name in _ORDER if name in self._entries
        }
        friendly = _MANY if len(self._friendly) > 1 else self._friendly[0]
        return ModelInvalid(self._action, failures=ordered, friendly=friendly)
