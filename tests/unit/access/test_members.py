"""The statement that writes a member's record."""

import json
from typing import cast

from icosa.access.members import insertion
from icosa.catalog.snapshot import Field, Object
from icosa.fields.base import FieldType
from icosa.fields.registry import bind


def made(kind: type[object], **given: object) -> object:
    """An object of the catalogue with only what the statement asks for."""
    blank = object.__new__(kind)
    for name, value in given.items():
        object.__setattr__(blank, name, value)
    return blank


def field(name: str, kind: str, *columns: str, default: object = None) -> Field:
    type_: FieldType = bind(kind, name=name, default_value=default)
    return cast(
        "Field", made(Field, name=name, type=type_, columns=columns or (name,), is_active=True)
    )


def source(*fields: Field) -> Object:
    return cast(
        "Object",
        made(Object, table="workspaceMember", fields={each.name: each for each in fields}),
    )


def test_values_defaults_and_what_postgresql_makes_are_written() -> None:
    text, row = insertion(
        "w_1",
        source(
            field("id", "UUID", default="uuid"),
            field("createdAt", "DATE_TIME", default="now"),
            field("position", "POSITION", default=0),
            field("name", "FULL_NAME", "nameFirstName", "nameLastName"),
            field("timeZone", "TEXT", default="'system'"),
            field("jobTitle", "TEXT"),
            field("searchVector", "TS_VECTOR"),
        ),
        {"id": "0197a3b2-0000-7000-8000-000000000001", "name": {"firstName": "Ada"}},
    )

    assert text == (
        'insert into "w_1"."workspaceMember" '
        '("id", "createdAt", "position", "nameFirstName", "timeZone")\n'
        'select r."id", now(), '
        '(select coalesce(max("position"), -1) + 1 from "w_1"."workspaceMember"), '
        'r."nameFirstName", r."timeZone"\n'
        "from json_to_record($1::json) as r "
        '("id" uuid, "nameFirstName" text, "timeZone" text)'
    )
    assert json.loads(row) == {
        "id": "0197a3b2-0000-7000-8000-000000000001",
        "nameFirstName": "Ada",
        "timeZone": "system",
    }


def test_a_hostile_column_name_stays_a_name() -> None:
    text, _ = insertion("w_1", source(field("a", "TEXT", 'a"; drop table x; --')), {"a": "x"})

    assert '"a""; drop table x; --"' in text
