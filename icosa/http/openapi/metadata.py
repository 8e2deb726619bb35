"""The data model document: objects, fields and API keys of a workspace.

Paths come from the table of routes. What is read and sent is static, so the schemas are
written out here; only the envelope depends on the workspace (metadata contract, B.3), and
the kinds of field on the field types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.catalog.view import View
from icosa.fields.option import COLORS
from icosa.fields.registry import ALL
from icosa.http.openapi import errors
from icosa.http.openapi.document import Document, Json, document
from icosa.http.openapi.json_schema import nullable, reference
from icosa.http.routes import KEY_ROUTES, MODEL_ROUTES, Route

NEW_FORMAT: Final = "IS_REST_METADATA_API_NEW_FORMAT_DIRECT"
_BASE: Final = "/rest/metadata"
_ALIASES: Final = ("PUT",)
_ID: Final[Json] = {"type": "string", "format": "uuid"}
_TIME: Final[Json] = {"type": "string", "format": "date-time"}
_TEXT: Final[Json] = {"type": "string"}
_FLAG: Final[Json] = {"type": "boolean"}
_NAME: Final[Json] = {"type": "string", "pattern": "^[a-z][a-zA-Z0-9]*$", "maxLength": 63}
_KINDS: Final = sorted((*(kind.kind for kind in ALL), "RELATION", "MORPH_RELATION"))
_OPTION: Final[Json] = {
    "type": "object",
    "properties": {
        "id": _ID,
        "value": {"type": "string", "pattern": "^(?!__)[A-Z0-9_]+$", "maxLength": 63},
        "label": {"type": "string", "minLength": 1, "maxLength": 63},
        "color": {"type": ["string", "null"], "enum": [*COLORS, None]},
        "position": {"type": "number"},
    },
    "required": ["value", "label"],
}
_RELATION: Final[Json] = {
    "type": "object",
    "description": "The other end of a relation that is made with the field.",
    "properties": {
        "type": {"type": "string", "enum": ["MANY_TO_ONE", "ONE_TO_MANY"]},
        "targetObjectMetadataId": {**_ID, "description": "An object's id, or its name."},
        "targetFieldLabel": _TEXT,
        "targetFieldIcon": _TEXT,
    },
    "required": ["type", "targetObjectMetadataId", "targetFieldLabel", "targetFieldIcon"],
}


def _object(properties: Json, *, required: tuple[str, ...] = (), text: str = "") -> Json:
    found: Json = {"type": "object", "properties": properties}
    if text:
        found["description"] = text
    if required:
        found["required"] = list(required)
    return found


_OBJECT_CHANGE: Final[Json] = {
    "labelSingular": _TEXT,
    "labelPlural": _TEXT,
    "nameSingular": _NAME,
    "namePlural": _NAME,
    "description": nullable(_TEXT),
    "icon": nullable(_TEXT),
    "color": nullable(_TEXT),
    "isLabelSyncedWithName": _FLAG,
}
_FIELD_COMMON: Final[Json] = {
    "label": _TEXT,
    "name": _NAME,
    "description": nullable(_TEXT),
    "icon": nullable(_TEXT),
    "isActive": _FLAG,
    "isNullable": _FLAG,
    "isUnique": _FLAG,
    "defaultValue": {
        "description": (
            'Texts carry single quotes of their own (`"\'NEW\'"`); `"uuid"` and `"now"` are '
            "made when a record is."
        ),
    },
    "options": {"type": ["array", "null"], "items": reference("FieldOption")},
    "settings": {"type": ["object", "null"]},
    "isLabelSyncedWithName": _FLAG,
}
_FIELD_READ: Final[Json] = {
    "id": _ID,
    "universalIdentifier": _ID,
    "applicationId": _ID,
    "objectMetadataId": _ID,
    "workspaceId": _ID,
    "type": {"type": "string", "enum": _KINDS},
    **_FIELD_COMMON,
    "isSystem": _FLAG,
    "isUIEditable": _FLAG,
    "isUIReadOnly": {**_FLAG, "deprecated": True},
    "morphId": nullable(_ID),
    "createdAt": _TIME,
    "updatedAt": _TIME,
}
_FIELD_ALWAYS: Final = (
    *("id", "universalIdentifier", "applicationId", "objectMetadataId", "workspaceId", "type"),
    *("label", "name", "isActive", "isSystem", "isUIEditable", "isNullable", "isUnique"),
    *("isLabelSyncedWithName", "createdAt", "updatedAt"),
)
_OBJECT_READ: Final[Json] = {
    "id": _ID,
    "universalIdentifier": _ID,
    "applicationId": _ID,
    "workspaceId": _ID,
    **_OBJECT_CHANGE,
    "isActive": _FLAG,
    "isSystem": _FLAG,
    "isRemote": _FLAG,
    "isSearchable": _FLAG,
    "isUIEditable": _FLAG,
    "isUICreatable": _FLAG,
    "isUIReadOnly": {**_FLAG, "deprecated": True},
    "labelIdentifierFieldMetadataId": nullable(_ID),
    "imageIdentifierFieldMetadataId": nullable(_ID),
    "duplicateCriteria": {
        "type": ["array", "null"],
        "items": {"type": "array", "items": _TEXT},
    },
    "createdAt": _TIME,
    "updatedAt": _TIME,
    "fields": {"type": "array", "items": reference("FieldForResponse")},
}
_OBJECT_ALWAYS: Final = (
    *("id", "universalIdentifier", "applicationId", "workspaceId", "labelSingular"),
    *("labelPlural", "nameSingular", "namePlural", "isActive", "isSystem", "isRemote"),
    *("isSearchable", "isUIEditable", "isUICreatable", "isLabelSyncedWithName"),
    *("createdAt", "updatedAt"),
)
_KEY_READ: Final[Json] = {
    "id": _ID,
    "name": _TEXT,
    "expiresAt": _TIME,
    "revokedAt": nullable(_TIME),
    "createdAt": _TIME,
    "updatedAt": _TIME,
    "roleId": _ID,
    "role": {"type": "object"},
    "lastUsedAt": nullable(_TIME),
    "lastUsedAddress": nullable(_TEXT),
    "tokens": {
        "type": "array",
        "description": "How each live token of the key begins and ends.",
        "items": _object(
            {"first12": _TEXT, "last4": _TEXT, "createdAt": _TIME, "expiresAt": _TIME}
        ),
    },
}
_SCHEMAS: Final[Json] = {
    "Object": _object(
        {
            **_OBJECT_CHANGE,
            "skipNameField": {**_FLAG, "description": "Make it without a field `name`."},
        },
        required=("nameSingular", "namePlural", "labelSingular", "labelPlural"),
        text="An object to create.",
    ),
    "ObjectForUpdate": _object(
        {
            **_OBJECT_CHANGE,
            "isActive": _FLAG,
            "isSearchable": _FLAG,
            "labelIdentifierFieldMetadataId": _ID,
        },
        text="What changes of an object; standard objects keep their names.",
    ),
    "ObjectForResponse": _object(_OBJECT_READ, required=_OBJECT_ALWAYS),
    "Objects": {"type": "array", "items": reference("Object")},
    "ObjectsForResponse": {"type": "array", "items": reference("ObjectForResponse")},
    "Field": _object(
        {
            "type": {"type": "string", "enum": _KINDS},
            "objectMetadataId": {**_ID, "description": "The object's id, or its name."},
            **_FIELD_COMMON,
            "relationCreationPayload": reference("RelationCreation"),
            "morphRelationsCreationPayload": {
                "type": "array",
                "items": reference("RelationCreation"),
            },
        },
        required=("type", "name", "label", "objectMetadataId"),
        text="A field to create.",
    ),
    "FieldForUpdate": _object(_FIELD_COMMON, text="What changes of a field; never its type."),
    "FieldForResponse": _object(_FIELD_READ, required=_FIELD_ALWAYS),
    "Fields": {"type": "array", "items": reference("Field")},
    "FieldsForResponse": {"type": "array", "items": reference("FieldForResponse")},
    "FieldOption": _OPTION,
    "RelationCreation": _RELATION,
    "ApiKey": _object(
        {"name": _TEXT, "expiresAt": _TIME, "roleId": _ID, "revokedAt": nullable(_TIME)},
        required=("name", "expiresAt", "roleId"),
        text="A key to create; its token is minted by `generateApiKeyToken` on /metadata.",
    ),
    "ApiKeyForUpdate": _object({"name": _TEXT, "expiresAt": _TIME, "revokedAt": nullable(_TIME)}),
    "ApiKeyForResponse": _object(
        _KEY_READ,
        required=("id", "name", "expiresAt", "revokedAt", "createdAt", "updatedAt"),
    ),
    "ApiKeys": {"type": "array", "items": reference("ApiKey")},
    "ApiKeysForResponse": {"type": "array", "items": reference("ApiKeyForResponse")},
    "PageInfo": _object(
        {
            "hasNextPage": _FLAG,
            "startCursor": nullable(_ID),
            "endCursor": nullable(_ID),
        },
        required=("hasNextPage", "startCursor", "endCursor"),
    ),
}
_VALIDATION: Final[Json] = _object(
    {
        "statusCode": {"type": "integer"},
        "error": {"type": "string", "const": "METADATA_VALIDATION_ERROR"},
        "message": _TEXT,
        "errors": {
            "type": "object",
            "description": "By kind (`fieldMetadata`), what could not be made, and why.",
            "additionalProperties": {"type": "array", "items": {"type": "object"}},
        },
        "summary": {"type": "object", "additionalProperties": {"type": "integer"}},
        "userFriendlyMessage": _TEXT,
    },
    required=("statusCode", "error", "message", "errors", "summary"),
    text="A change of the data model that breaks its rules.",
)
_CHANGE_REFUSED: Final = "ModelError400"
_PARAMETERS: Final[Json] = {
    "idPath": {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The id; of an object also its name, of a field `object.field`.",
        "schema": _TEXT,
    },
    "keyPath": {"name": "id", "in": "path", "required": True, "schema": _ID},
    "limit": {
        "name": "limit",
        "in": "query",
        "description": "Items in the page; more than 200 become 200.",
        "schema": {"type": "integer", "minimum": 0, "default": 60},
    },
    "startingAfter": {
        "name": "starting_after",
        "in": "query",
        "description": "The id that the page comes after. Not together with `ending_before`.",
        "schema": _ID,
    },
    "endingBefore": {
        "name": "ending_before",
        "in": "query",
        "description": "The id that the page comes before. Not together with `starting_after`.",
        "schema": _ID,
    },
}
_PAGING: Final = ("limit", "startingAfter", "endingBefore")


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that has the usual five operations."""

    one: str  # Object
    many: str  # Objects
    label: str
    id_parameter: str
    enveloped: bool  # whether the legacy format puts it into `data`


RESOURCES: Final[Mapping[str, Resource]] = MappingProxyType(
    {
        "object": Resource("Object", "Objects", "object", "idPath", enveloped=True),
        "field": Resource("Field", "Fields", "field", "idPath", enveloped=True),
        "api_key": Resource("ApiKey", "ApiKeys", "API key", "keyPath", enveloped=False),
    }
)
_VERBS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "list": ("findMany{many}", "List {label}s"),
        "create": ("createOne{one}", "Create an {label}"),
        "get": ("findOne{one}", "Read one {label}"),
        "update": ("updateOne{one}", "Change an {label}"),
        "delete": ("deleteOne{one}", "Delete an {label}"),
        "revoke": ("deleteOne{one}", "Revoke an {label}, at once and for good"),
    }
)


class MetadataDocuments:
    """The documents of one view, by server URL; had by `view.make(MetadataDocuments)`."""

    def __init__(self, view: View) -> None:
        self._new_format = view.snapshot.flags.get(NEW_FORMAT, True)
        self._made: dict[str, Document] = {}

    def at(self, server_url: str) -> Document:
        found = self._made.get(server_url)
        if found is None:
            content = _document(server_url, new_format=self._new_format)
            found = self._made[server_url] = Document(content)
        return found


def metadata_document(view: View, server_url: str) -> bytes:
    """The data model document; `server_url` is without a slash at its end."""
    return view.make(MetadataDocuments).at(server_url).content


def _document(server_url: str, *, new_format: bool) -> bytes:
    paths: Json = {}
    for route in (*MODEL_ROUTES, *KEY_ROUTES):
        if route.method in _ALIASES or not route.path.startswith(f"{_BASE}/"):
            continue
        item = paths.setdefault(route.path.removeprefix(_BASE), {})
        assert isinstance(item, dict)
        item[route.method.lower()] = _operation(route, new_format=new_format)
    refused = {
        "description": "The change breaks a rule of the data model, or the request is malformed.",
        "content": {
            "application/json": {
                "schema": {"anyOf": [reference("ValidationError"), reference(errors.ERROR)]}
            }
        },
    }
    return document(
        "Icosa API: data model",
        f"{server_url}{_BASE}",
        paths=paths,
        schemas={**_SCHEMAS, "ValidationError": _VALIDATION, **errors.error_schemas()},
        parameters=_PARAMETERS,
        responses={**errors.error_responses(), _CHANGE_REFUSED: refused},
        tags=[{"name": each.many} for each in RESOURCES.values()],
    )


def _operation(route: Route, *, new_format: bool) -> Json:
    verb, _, name = route.operation.partition("_")
    of = RESOURCES[name]
    operation_id, summary = _VERBS[verb]
    words = {"one": of.one, "many": of.many, "label": of.label}
    parameters = [of.id_parameter] if "{id}" in route.path else []
    if verb == "list" and of.enveloped:
        parameters += _PAGING
    found: Json = {
        "operationId": operation_id.format_map(words),
        "tags": [of.many],
        "summary": summary.format_map(words),
    }
    if parameters:
        found["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    if verb in ("create", "update"):
        body = of.one if verb == "create" else f"{of.one}ForUpdate"
        content = {"application/json": {"schema": reference(body)}}
        found["requestBody"] = {"required": True, "content": content}
    answer = _answer(verb, of, new_format=new_format)
    found["responses"] = {
        "201" if verb == "create" else "200": {
            "description": "Done.",
            "content": {"application/json": {"schema": answer}},
        },
        **_error_answers(verb, of),
    }
    return found


def _answer(verb: str, of: Resource, *, new_format: bool) -> Json:
    """Bare resources; in the legacy format `{"data":{"createOneObject":{…}}}` (B.3)."""
    one = reference(f"{of.one}ForResponse")
    if not of.enveloped:
        many = reference(f"{of.many}ForResponse")
        return many if verb == "list" else one if verb == "create" else nullable(one)
    if verb == "list":
        items = reference(f"{of.many}ForResponse")
        data = items if new_format else _wrapped(of.many.lower(), items)
        page = {"data": data, "pageInfo": reference("PageInfo"), "totalCount": {"type": "integer"}}
        return _object(page, required=tuple(page))
    if new_format:
        return one
    key = of.one.lower() if verb == "get" else f"{verb}One{of.one}"
    return _object({"data": _wrapped(key, one)}, required=("data",))


def _wrapped(key: str, schema: Json) -> Json:
    return _object({key: schema}, required=(key,))


def _error_answers(verb: str, of: Resource) -> Json:
    missed = ("get", "update", "delete") if of.enveloped else ("create",)  # a key's role
    without = [] if verb in missed else ["404"]
    if verb not in ("create", "update"):
        without.append("415")
    found = errors.error_answers(without=without)
    if verb not in ("list", "get") and of.enveloped:
        found["400"] = {"$ref": f"#/components/responses/{_CHANGE_REFUSED}"}
    return found
