"""The standard model as data, and its three templates.

`standard.yaml` holds the objects; `crm` is what a small team begins with, `full` all of
them, `empty` only what every workspace needs: its members, and the four objects that each
custom object relates to. Relations to objects that a template does not hold are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from icosa.catalog.binding import placed
from icosa.catalog.snapshot import (
    Field,
    Index,
    IndexField,
    Object,
    Relation,
    SearchField,
    Snapshot,
)
from icosa.catalog.store import index_columns
from icosa.core.identity import derived_uuid, index_name

SHARED: Final = ("noteTarget", "taskTarget", "attachment", "timelineActivity", "workspaceMember")
CRM: Final = ("company", "person", "opportunity", "note", "task", *SHARED)
TEMPLATES: Final = ("crm", "full", "empty")

NewId = Callable[[], str]


@cache
def _standard() -> Mapping[str, Any]:
    text = files(__package__).joinpath("standard.yaml").read_text("utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)  # the safe one
    return loaded


def template_objects(template: str) -> tuple[str, ...]:
    """The nameSingular of a template's objects. Raises `LookupError`."""
    if template == "crm":
        return CRM
    if template == "empty":
        return SHARED
    if template == "full":
        return tuple(_standard()["objects"])
    raise LookupError(template)


def standard_snapshot(
    template: str,
    *,
    workspace_id: str,
    schema: str,
    standard_application_id: str,
    custom_application_id: str,
    flags: Mapping[str, bool],
    now: str,
    new_id: NewId,
) -> Snapshot:
    """The first snapshot of a workspace. Raises `LookupError` for an unknown template."""
    names = template_objects(template)
    builder = _Builder(names, schema, standard_application_id, now, new_id)
    objects = [builder.build(name) for name in names]
    return Snapshot(
        workspace_id=workspace_id,
        version=1,
        schema=schema,
        standard_application_id=standard_application_id,
        custom_application_id=custom_application_id,
        flags=flags,
        objects={o.id: o for o in objects},
    )


class _Builder:
    def __init__(
        self, names: Sequence[str], schema: str, application_id: str, now: str, new_id: NewId
    ) -> None:
        self._names = frozenset(names)
        self._schema = schema
        self._application_id = application_id
        self._now = now
        self._new_id = new_id
        self._object_ids = {name: new_id() for name in names}
        self._field_ids: dict[tuple[str, str], str] = {}
        self._morphs: dict[tuple[str, str], str] = {}

    def build(self, name: str) -> Object:
        raw = _standard()["objects"][name]
        identifier = raw["universalIdentifier"]
        fields = {
            key: self._field(name, identifier, key, definition)
            for key, definition in self._definitions(raw).items()
        }
        by_id = {f.id: f for f in fields.values()}
        unique = {
            fields[i["fields"][0]].id
            for i in raw.get("indexes", ())
            if i.get("isUnique") and len(i["fields"]) == 1
        }
        for key, item in fields.items():
            if item.id in unique:
                fields[key] = replace(item, is_unique=True)
        image = raw.get("imageIdentifier")
        label, plural_label = raw["label"]
        return Object(
            id=self._object_ids[name],
            universal_identifier=identifier,
            application_id=self._application_id,
            is_custom=False,
            name_singular=name,
            name_plural=raw["plural"],
            label_singular=label,
            label_plural=plural_label,
            description=raw["description"],
            icon=raw["icon"],
            shortcut=raw.get("shortcut"),
            color=None,
            table=name,
            is_active=True,
            is_system=raw.get("isSystem", False),
            is_remote=False,
            is_searchable=raw.get("isSearchable", False),
            is_audit_logged=raw.get("isAuditLogged", True),
            is_ui_editable=True,
            is_ui_creatable=raw.get("isUICreatable", True),
            is_label_synced_with_name=False,
            label_identifier_field_id=fields[raw["labelIdentifier"]].id,
            image_identifier_field_id=None if image is None else fields[image].id,
            duplicate_criteria=_tuples(raw.get("duplicateCriteria")),
            overrides=None,
            version=1,
            created_at=self._now,
            updated_at=self._now,
            fields=fields,
            indexes=self._indexes(name, identifier, raw, fields, by_id),
            search_fields=self._search_fields(raw, fields),
        )

    def _definitions(self, raw: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The fields of an object that this template can hold."""
        common = _standard()["common"]
        found: dict[str, Mapping[str, Any]] = {}
        for name, definition in raw["fields"].items():
            whole = {**common.get(name, {}), **(definition or {})}
            target = whole.get("to") or whole.get("many")
            if target is None or target in self._names:
                found[name] = whole
        return found

    def _field(self, object_name: str, identifier: str, name: str, raw: Mapping[str, Any]) -> Field:
        relation = self._relation(raw)
        is_nullable = raw.get("isNullable", True)
        options = self._options(raw.get("options"))
        settings = _settings(name, raw, relation)
        morph = raw.get("morph")
        field = Field(
            id=self._field_id(object_name, name),
            object_id=self._object_ids[object_name],
            universal_identifier=derived_uuid(identifier, f"fieldMetadata:{name}"),
            application_id=self._application_id,
            kind=raw["type"],
            name=name,
            label=raw["label"],
            description=raw.get("description"),
            icon=raw["icon"],
            enum_name="",
            columns=(),
            is_active=True,
            is_system=raw.get("isSystem", False),
            is_ui_editable=raw.get("isUIEditable", True),
            is_nullable=is_nullable,
            is_unique=False,
            is_label_synced_with_name=False,
            default_value=raw.get("defaultValue"),
            options=options,
            settings=settings,
            relation=relation,
            morph_id=None if morph is None else self._morph_id(object_name, morph),
            overrides=None,
            created_at=self._now,
            updated_at=self._now,
        )
        return placed(field, schema=self._schema, table=object_name)

    def _relation(self, raw: Mapping[str, Any]) -> Relation | None:
        target = raw.get("to") or raw.get("many")
        if target is None:
            return None
        return Relation(
            kind="MANY_TO_ONE" if "to" in raw else "ONE_TO_MANY",
            target_object_id=self._object_ids[target],
            target_field_id=self._field_id(target, raw["inverse"]),
            on_delete=raw.get("onDelete"),
        )

    def _options(
        self, raw: Sequence[Sequence[str]] | None
    ) -> tuple[Mapping[str, object], ...] | None:
        if raw is None:
            return None
        return tuple(
            {
                "id": self._new_id(),
                "value": value,
                "label": label,
                "color": color,
                "position": position,
            }
            for position, (value, label, color) in enumerate(raw)
        )

    def _indexes(
        self,
        name: str,
        identifier: str,
        raw: Mapping[str, Any],
        fields: Mapping[str, Field],
        by_id: Mapping[str, Field],
    ) -> tuple[Index, ...]:
        found: list[Index] = []
        for definition in raw.get("indexes", ()):
            if any(key not in fields for key in definition["fields"]):
                continue
            parts = tuple(
                IndexField(
                    id=self._new_id(),
                    field_id=fields[key].id,
                    position=position,
                    sub_field=None,
                    created_at=self._now,
                    updated_at=self._now,
                )
                for position, key in enumerate(definition["fields"])
            )
            columns = index_columns(parts, by_id)
            unique = definition.get("isUnique", False)
            where = definition.get("where")
            found.append(
                Index(
                    id=self._new_id(),
                    universal_identifier=derived_uuid(
                        identifier, f"index:{','.join(definition['fields'])}"
                    ),
                    name=index_name(name, columns, unique=unique, where=where or ""),
                    kind=definition.get("type", "BTREE"),
                    is_unique=unique,
                    is_custom=False,
                    where_clause=where,
                    fields=parts,
                    columns=columns,
                    created_at=self._now,
                    updated_at=self._now,
                )
            )
        return tuple(found)

    def _search_fields(
        self, raw: Mapping[str, Any], fields: Mapping[str, Field]
    ) -> tuple[SearchField, ...]:
        names = [name for name in raw.get("searchFields", ()) if name in fields]
        return tuple(
            SearchField(
                id=self._new_id(),
                field_id=fields[name].id,
                position=position,
                created_at=self._now,
                updated_at=self._now,
            )
            for position, name in enumerate(names)
        )

    def _field_id(self, object_name: str, name: str) -> str:
        key = (object_name, name)
        if key not in self._field_ids:
            self._field_ids[key] = self._new_id()
        return self._field_ids[key]

    def _morph_id(self, object_name: str, morph: str) -> str:
        key = (object_name, morph)
        if key not in self._morphs:
            self._morphs[key] = self._new_id()
        return self._morphs[key]


def _settings(
    name: str, raw: Mapping[str, Any], relation: Relation | None
) -> Mapping[str, object] | None:
    """A relation's settings repeat what the relation says (metadata contract, D)."""
    if relation is None:
        settings: Mapping[str, object] | None = raw.get("settings")
        return settings
    if relation.kind == "ONE_TO_MANY":
        return {"relationType": "ONE_TO_MANY"}
    return {
        "relationType": "MANY_TO_ONE",
        "onDelete": relation.on_delete,
        "joinColumnName": f"{name}Id",
    }


def _tuples(raw: Sequence[Sequence[str]] | None) -> tuple[tuple[str, ...], ...] | None:
    return None if raw is None else tuple(tuple(item) for item in raw)
