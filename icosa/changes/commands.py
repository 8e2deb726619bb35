"""What can be asked of a data model: the inputs of the metadata API, as both dialects send them.

Absent and null are told apart: what is `UNSET` stays as it is. Ids may be names wherever an
object or a field is meant: `company`, `companies`, `company.name` (amendments, 25). Nothing
is checked here but the types; keys that are not known are left aside, as older clients send
some. `shortcut` and `imageIdentifierFieldMetadataId` of an update are accepted and ignored,
as the contract has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, UnsetType, field

from icosa.core.errors import RequestInvalid

T = TypeVar("T")

Text: TypeAlias = str | UnsetType | None
Flag: TypeAlias = bool | UnsetType | None


class _Input(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class CreateObject(_Input, frozen=True, kw_only=True, rename="camel"):
    """`CreateObjectInput` (metadata contract, A.4)."""

    name_singular: str
    name_plural: str
    label_singular: str
    label_plural: str
    description: Text = UNSET
    icon: Text = UNSET
    shortcut: Text = UNSET
    color: Text = UNSET
    skip_name_field: Flag = UNSET
    is_remote: Flag = UNSET
    is_label_synced_with_name: Flag = UNSET


class UpdateObject(_Input, frozen=True, kw_only=True, rename="camel"):
    """`UpdateObjectPayload`."""

    name_singular: Text = UNSET
    name_plural: Text = UNSET
    label_singular: Text = UNSET
    label_plural: Text = UNSET
    description: Text = UNSET
    icon: Text = UNSET
    shortcut: Text = UNSET
    color: Text = UNSET
    is_active: Flag = UNSET
    is_searchable: Flag = UNSET
    is_label_synced_with_name: Flag = UNSET
    label_identifier_field_metadata_id: Text = UNSET
    image_identifier_field_metadata_id: Text = UNSET


class CreateField(_Input, frozen=True, kw_only=True, rename="camel"):
    """`CreateFieldInput`. The relation payloads are checked where relations are made."""

    type: str
    name: str
    label: str
    object_metadata_id: str
    description: Text = UNSET
    icon: Text = UNSET
    is_active: Flag = UNSET
    is_system: Flag = UNSET
    is_ui_editable: Flag = field(default=UNSET, name="isUIEditable")
    is_ui_read_only: Flag = field(default=UNSET, name="isUIReadOnly")
    is_nullable: Flag = UNSET
    is_unique: Flag = UNSET
    default_value: object = UNSET
    options: object = UNSET
    settings: dict[str, object] | UnsetType | None = UNSET
    is_label_synced_with_name: Flag = UNSET
    is_remote_creation: Flag = UNSET
    relation_creation_payload: object = UNSET
    morph_relations_creation_payload: object = UNSET


class UpdateField(_Input, frozen=True, kw_only=True, rename="camel"):
    """`UpdateFieldInput`. A field's type, object and nullness never change: they are ignored."""

    name: Text = UNSET
    label: Text = UNSET
    description: Text = UNSET
    icon: Text = UNSET
    is_active: Flag = UNSET
    is_unique: Flag = UNSET
    default_value: object = UNSET
    options: object = UNSET
    settings: dict[str, object] | UnsetType | None = UNSET
    is_label_synced_with_name: Flag = UNSET
    morph_relations_update_payload: object = UNSET


def read(kind: type[T], body: Mapping[str, object]) -> T:
    """A command from a JSON object. Raises `RequestInvalid` for a value of a wrong type."""
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as fault:
        raise RequestInvalid(f"{fault}") from None


def given(command: msgspec.Struct) -> dict[str, object]:
    """What was said, by the names of our own."""
    values = ((name, getattr(command, name)) for name in command.__struct_fields__)
    return {name: value for name, value in values if value is not UNSET}
