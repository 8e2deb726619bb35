"""The search vector: what each kind of field adds to the document of a record (contract, A1).

    icosa.search_vector(coalesce("name", '') || ' ' || coalesce("domainNamePrimaryLinkUrl", '') …)

The document is one text, so that accents are removed and words split once, not once a field.
All functions are immutable ones of the catalogue's schema, as a generated column demands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from icosa.catalog.snapshot import Field, Object
from icosa.core.sql import EMPTY, Sql, ident, join, sql


def search_vector(source: Object) -> tuple[str, Sql]:
    """A key that changes with the fields that are searched, and the expression; or empty."""
    searched = (source.fields_by_id.get(item.field_id) for item in source.search_fields)
    fields = [field for field in searched if field is not None and field.type is not None]
    if not fields:
        return "", EMPTY
    key = hashlib.sha256(":".join(field.id for field in fields).encode()).hexdigest()[:8]
    document = join(" || ' ' || ", (part for field in fields for part in _parts(field)))
    return key, sql("icosa.search_vector({document})", document=document)


def _parts(field: Field) -> tuple[Sql, ...]:
    columns = tuple(ident(name) for name in field.columns)
    special = _SPECIAL.get(field.kind)
    if special is not None:
        return special(*columns)
    assert field.type is not None
    types = (column.pg_type for column in field.type.columns())
    return tuple(
        _text(column if pg_type == "text" else sql("{c}::text", c=column))
        for column, pg_type in zip(columns, types, strict=True)
        if pg_type in ("text", "uuid")
    )


def _text(column: Sql) -> Sql:
    return sql("coalesce({c}, '')", c=column)


def _emails(primary: Sql, additional: Sql) -> tuple[Sql, ...]:
    return (
        sql("coalesce(icosa.search_email({c}), '')", c=primary),
        sql("coalesce(icosa.search_emails({c}), '')", c=additional),
    )


def _phones(number: Sql, _: Sql, calling_code: Sql, additional: Sql) -> tuple[Sql, ...]:
    return (
        sql("icosa.search_phone({n}, {c})", n=number, c=calling_code),
        sql("coalesce(icosa.search_phones({c}), '')", c=additional),
    )


def _links(label: Sql, url: Sql, secondary: Sql) -> tuple[Sql, ...]:
    return (
        _text(url),
        _text(label),
        sql("coalesce(icosa.search_links({c}), '')", c=secondary),
    )


def _rich_text(_: Sql, markdown: Sql) -> tuple[Sql, ...]:
    return (_text(markdown),)


# By kind; takes the columns of the field type in its order. All other kinds add their texts.
_SPECIAL: Final[Mapping[str, Callable[..., tuple[Sql, ...]]]] = MappingProxyType(
    {"EMAILS": _emails, "PHONES": _phones, "LINKS": _links, "RICH_TEXT": _rich_text}
)
