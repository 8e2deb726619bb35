"""`schema.graphql` with its resolvers: the same for every workspace, so made once a process.

A field of Query or Mutation without a resolver can't be: making the schema would fail. Other
fields read what their parent holds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Any, Final, TypeAlias, cast

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    StringValueNode,
    ValueNode,
    build_schema,
)

from icosa.http.metadata.resolve import keys, model, node, session, upload
from icosa.http.metadata.resolve.context import Context, Root

# graphql-core calls resolvers with keywords that only the schema knows.
Resolver: TypeAlias = Callable[..., Any]
Info: TypeAlias = GraphQLResolveInfo[Context]

_QUERIES: Final[Mapping[str, Root]] = {**model.QUERIES, **keys.QUERIES, **session.QUERIES}
_MUTATIONS: Final[Mapping[str, Root]] = {
    **model.MUTATIONS,
    **keys.MUTATIONS,
    **session.MUTATIONS,
    **upload.MUTATIONS,
}
_OBJECT: Final[Mapping[str, Resolver]] = {
    "fieldsList": node.fields_list,
    "indexMetadataList": node.index_metadata_list,
    "searchFieldMetadataList": node.search_field_metadata_list,
    "fields": node.object_fields,
    "indexMetadatas": node.index_metadatas,
}
_FIELD: Final[Mapping[str, Resolver]] = {
    "object": node.field_object,
    "relation": node.field_relation,
    "morphRelations": node.field_morph_relations,
}


def build_metadata_schema() -> GraphQLSchema:
    """With the resolvers of every field that needs one."""
    text = files(__package__).joinpath("schema.graphql").read_text("utf-8")
    schema = build_schema(text)
    for type_name, roots in (("Query", _QUERIES), ("Mutation", _MUTATIONS)):
        fields = _type(schema, type_name).fields
        assert fields.keys() == roots.keys(), fields.keys() ^ roots.keys()
        for name, root in roots.items():
            fields[name].resolve = _root(root)
    for type_name, own in (("Object", _OBJECT), ("Field", _FIELD)):
        for name, field in _type(schema, type_name).fields.items():
            field.resolve = _nested(own[name]) if name in own else _shown
    for name in keys.ROLE_PARTS:
        _type(schema, "Role").fields[name].resolve = _role_part
    uuid = schema.type_map["UUID"]
    assert isinstance(uuid, GraphQLScalarType)
    uuid.parse_literal = _uuid_literal  # type: ignore[assignment]  # SDL has no way to say it
    return schema


def _type(schema: GraphQLSchema, name: str) -> GraphQLObjectType:
    found = schema.type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def _root(root: Root) -> Resolver:
    def resolve(_: None, info: Info, **arguments: object) -> Awaitable[object]:
        return root(info.context, arguments)

    return resolve


def _nested(resolver: Resolver) -> Resolver:
    def resolve(parent: object, info: Info, **arguments: object) -> object:
        return cast("object", resolver(parent, info.context, arguments))

    return resolve


def _shown(parent: node.ObjectNode | node.FieldNode, info: Info) -> object:
    return parent.shown[info.field_name]


def _role_part(parent: Mapping[str, object], info: Info) -> Awaitable[object]:
    return keys.role_part(parent, info.context, info.field_name)


def _uuid_literal(literal: ValueNode, _: dict[str, Any] | None = None) -> str:
    """Ids in the document's own text are not checked (contract, A.2): they may be names."""
    if not isinstance(literal, StringValueNode):
        raise GraphQLError("UUID cannot represent a non string value", literal)
    return literal.value
