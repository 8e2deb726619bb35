"""The join column of a many-to-one relation: `companyId` beside `company`.

Relations are objects of the catalogue, not field types: `RelationId` is what they have in
a table, so it is not in `registry.ALL`. It filters, orders and refuses as a UUID does and
prints as `ID` (records contract, A2).
"""

from __future__ import annotations

from dataclasses import dataclass

from icosa.core.shape import Scalar, Shape
from icosa.fields.uuid import Uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationId(Uuid):
    """A UUID that GraphQL prints as `ID`."""

    kind = "RELATION"
    label = "relation"
    summary = "The id of a related record."

    def shape(self) -> Shape:
        return Scalar("ID", "string", "uuid")
