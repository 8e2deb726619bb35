"""A workspace under change, for the tests of the data model."""

from collections.abc import Mapping
from dataclasses import dataclass

from icosa.catalog.snapshot import Field, Object, Snapshot
from icosa.catalog.store import load_snapshot
from icosa.changes.check import differences, wrong_totals
from icosa.changes.commands import CreateField, CreateObject, UpdateField, UpdateObject, read
from icosa.changes.model import ModelChanges
from icosa.core.sql import ident, render
from icosa.db.pool import Database, Row

PET = {
    "nameSingular": "pet",
    "namePlural": "pets",
    "labelSingular": "Pet",
    "labelPlural": "Pets",
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """What tests do to a model, by the names that callers use."""

    database: Database
    changes: ModelChanges
    id: str

    async def create_object(self, **body: object) -> Object:
        command = read(CreateObject, {**PET, **body})
        return await self.changes.create_object(self.id, command, by=None)

    async def update_object(self, reference: str, **body: object) -> Object:
        command = read(UpdateObject, body)
        return await self.changes.update_object(self.id, reference, command, by=None)

    async def delete_object(self, reference: str) -> Object:
        return await self.changes.delete_object(self.id, reference, by=None)

    async def create_field(self, body: Mapping[str, object]) -> Field:
        command = read(CreateField, {"objectMetadataId": "pet", **body})
        return await self.changes.create_field(self.id, command, by=None)

    async def update_field(self, reference: str, **body: object) -> Field:
        command = read(UpdateField, body)
        return await self.changes.update_field(self.id, reference, command, by=None)

    async def delete_field(self, reference: str) -> Field:
        return await self.changes.delete_field(self.id, reference, by=None)

    # -- what there is -----------------------------------------------------------------

    async def snapshot(self) -> Snapshot:
        return await load_snapshot(self.database, self.id)

    async def faults(self) -> list[str]:
        """What disagrees between catalogue, tables and totals."""
        return [
            *await differences(self.database, self.id),
            *await wrong_totals(self.database, self.id),
        ]

    async def table(self, name: str) -> str:
        """An object's table, quoted, for SQL of a test's own."""
        snapshot = await self.snapshot()
        return render(ident(snapshot.schema, snapshot.by_singular[name].table)).text

    async def total(self, name: str) -> int:
        """The exact total as reads take it."""
        snapshot = await self.snapshot()
        totals = render(ident(snapshot.schema, "record_total")).text
        row = await self.database.row(
            f"select coalesce(sum(delta), 0)::bigint as n from {totals} where object_id = $1::uuid",
            (snapshot.by_singular[name].id,),
        )
        assert row is not None
        return int(row["n"])

    async def run(self, text: str, *params: object) -> list[Row]:
        return await self.database.rows(text, params)


async def new_workspace(database: Database, name: str, *, model: str = "empty") -> Workspace:
    changes = ModelChanges(database)
    return Workspace(database, changes, await changes.create_workspace(name, model=model))
