"""The server of the field tests, and one table for each type, filled from its examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from icosa.fields.base import FieldType
from icosa.fields.registry import ALL, bind
from tests.fields.table import Session, Table
from tests.postgres import TestServer


@pytest.fixture(scope="session")
def session(server: TestServer, template_database: str) -> Iterator[Session]:
    with server.database(template_database) as url:  # links of files are made by a function of ours
        session = Session(url)
        yield session
        session.close()


@pytest.fixture(scope="session")
def tables(session: Session) -> dict[str, Table]:
    """By kind: every valid example, then a row of nulls."""
    return {type_.kind: _filled(session, example_field(type_)) for type_ in ALL}


def example_field(type_: type[FieldType]) -> FieldType:
    """The type as bound to the field of its examples."""
    examples = type_.examples
    return bind(
        type_.kind,
        name="f",
        options=examples.options,
        settings=examples.settings,
        enum_name="w1.example_f_enum",
    )


def _filled(session: Session, field: FieldType) -> Table:
    table = Table(session, f"example_{field.kind.lower()}", field)
    table.create()
    if field.kind == "TS_VECTOR":
        session.execute(
            f"insert into \"{table.name}\" (f) values (to_tsvector('simple', 'Ada Lovelace')), "
            "(to_tsvector('simple', 'ada')), (to_tsvector('simple', ''))"
        )
    else:
        table.insert([value for value, _ in field.examples.valid])
    table.insert_nulls()
    return table
