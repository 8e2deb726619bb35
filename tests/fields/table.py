"""A temporary table that holds one field, for checking its type against PostgreSQL.

Tests are plain functions, so that hypothesis can run them; `Session` keeps the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from icosa.core.sql import Sql, ident, join, render, sql
from icosa.db.connection import ConnectionOptions, DriverConnection, connect
from icosa.fields.base import FieldType

_OPTIONS = ConnectionOptions()


class Session:
    """One connection, for code that is not asynchronous."""

    def __init__(self, database_url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._connection: DriverConnection = self._run(connect(database_url, _OPTIONS))

    def execute(self, text: str) -> None:
        self._run(self._connection.execute(text))

    def fetch(self, statement: Sql, values: Sequence[object] = ()) -> list[Any]:
        """The first column of each row."""
        rendered = render(statement)
        rows = self._run(self._connection.fetch(rendered.text, *rendered.bind(values)))
        return [row[0] for row in rows]

    def close(self) -> None:
        self._run(self._connection.close())
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)


@dataclass(frozen=True)
class Table:
    """Rows are numbered from 0 in the order in which they were written."""

    session: Session
    name: str
    type: FieldType

    def create(self) -> None:
        columns = ", ".join(
            f'"{self.type.name}{column.suffix}" {column.pg_type}' for column in self.type.columns()
        )
        self.session.execute(f'create temporary table "{self.name}" (n serial, {columns})')

    def columns(self) -> tuple[Sql, ...]:
        return tuple(ident("t", self.type.name + c.suffix) for c in self.type.columns())

    def insert(self, values: Sequence[object]) -> None:
        """As the server writes: checked by the type, then JSON that PostgreSQL takes apart."""
        rows = [
            {self.type.name + suffix: part for suffix, part in self.type.parse(value).items()}
            for value in values
        ]
        names = [self.type.name + column.suffix for column in self.type.columns()]
        described = ", ".join(
            f'"{self.type.name}{column.suffix}" {column.pg_type}' for column in self.type.columns()
        )
        quoted = ", ".join(f'"{name}"' for name in names)
        payload = msgspec.json.encode(rows).decode().replace("'", "''")
        self.session.execute(
            f'insert into "{self.name}" ({quoted}) '
            f"select {quoted} from json_to_recordset('{payload}') as r({described})"
        )

    def insert_nulls(self) -> None:
        self.session.execute(f'insert into "{self.name}" default values')

    def read(self, expression: Sql) -> list[object]:
        """The JSON value of `expression` in each row, as callers would get it."""
        found = self.session.fetch(
            sql(
                "select (select row_to_json(r.*) from (select {value} as value) as r) "
                "from {name} as t order by n",
                value=expression,
                name=ident(self.name),
            )
        )
        return [msgspec.json.decode(row)["value"] for row in found]

    def where(self, condition: Sql, values: Sequence[object]) -> list[int]:
        """The numbers of the rows that `condition` finds."""
        found = self.session.fetch(
            sql(
                "select n - 1 from {name} as t where {condition} order by n",
                name=ident(self.name),
                condition=condition,
            ),
            values,
        )
        return [int(number) for number in found]

    def ordered(self, expressions: Sequence[Sql]) -> list[int]:
        found = self.session.fetch(
            sql(
                "select n - 1 from {name} as t order by {keys}, n",
                name=ident(self.name),
                keys=join(", ", expressions),
            )
        )
        return [int(number) for number in found]
