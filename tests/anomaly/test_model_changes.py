"""A change of the model fails at each of its statements in turn, and leaves the old model.

Either the statement raises, or its connection is ended by the server before it runs. What is
compared is all that PostgreSQL and the catalogue know of the workspace: every column, index,
constraint, trigger and row.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Final

import asyncpg
import pytest

from icosa.changes.model import ModelChanges
from icosa.db.pool import Connection, Database, DatabaseUnavailable
from tests.integration.model_parts import Workspace, new_workspace
from tests.postgres import TestServer, run_apart

STATE: Final = """
select md5(string_agg(part, E'\\n' order by part)) as hash from (
    select concat_ws(' ', 'column', c.relname, a.attname, a.atttypid, a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid)) as part
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = $1::text::regnamespace
    union all select concat_ws(' ', 'index', pg_get_indexdef(c.oid)) from pg_class c
    where c.relnamespace = $1::text::regnamespace and c.relkind = 'i'
    union all select concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = $1::text::regnamespace
    union all select concat_ws(' ', 'trigger', pg_get_triggerdef(g.oid))
    from pg_trigger g join pg_class c on c.oid = g.tgrelid
    where c.relnamespace = $1::text::regnamespace and not g.tgisinternal
    union all select w::text from icosa.workspace w
    union all select o::text from icosa.object o
    union all select f::text from icosa.field f
    union all select i::text from icosa.index i
    union all select i::text from icosa.index_field i
    union all select s::text from icosa.search_field s
    union all select v::text from icosa.view v
    union all select v::text from icosa.view_field v
    union all select m::text from icosa.model_change m
) as parts"""

OPTIONS: Final = [
    {"id": f"00000000-0000-4000-8000-00000000000{n}", "value": v, "label": v, "position": n}
    for n, v in enumerate(("CAT", "DOG"))
]
OWNER: Final = {
    "type": "RELATION",
    "name": "owner",
    "label": "Owner",
    "relationCreationPayload": {
        "type": "MANY_TO_ONE",
        "targetObjectMetadataId": "workspaceMember",
        "targetFieldLabel": "Pets",
        "targetFieldIcon": "IconX",
    },
}
CHANGES: Final[dict[str, Callable[[Workspace], Awaitable[object]]]] = {
    "create_object": lambda w: w.create_object(nameSingular="toy", namePlural="toys"),
    "rename_object": lambda w: w.update_object("pet", nameSingular="cat", namePlural="cats"),
    "delete_object": lambda w: w.delete_object("pet"),
    "create_relation": lambda w: w.create_field(OWNER),
    "rename_unique": lambda w: w.update_field("pet.code", name="number"),
    "delete_unique": lambda w: w.delete_field("pet.code"),
    "change_options": lambda w: w.update_field(
        "pet.species", options=[{**OPTIONS[0], "value": "FELINE"}]
    ),
    "change_identifier": lambda w: w.update_object(
        "pet", labelIdentifierFieldMetadataId="pet.code"
    ),
}


class Broken(Exception):
    """What a statement raises that was chosen to fail."""


class Fuse:
    """Lets `count` statements of transactions pass, and breaks at the next."""

    def __init__(self, *, kills: bool) -> None:
        self.kills = kills
        self.left: int | None = None  # None: all pass

    async def burn(self, connection: Connection) -> None:
        if self.left is None:
            return
        if self.left > 0:
            self.left -= 1
            return
        if self.kills:
            await connection._connection.execute("select pg_terminate_backend(pg_backend_pid())")
        raise Broken


@pytest.fixture(params=["raises", "is_killed"])
def fuse(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Fuse:
    fuse = Fuse(kills=request.param == "is_killed")
    for name in ("row", "rows", "execute", "execute_script"):
        monkeypatch.setattr(Connection, name, _fused(fuse, getattr(Connection, name)))
    return fuse


def _fused(fuse: Fuse, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def run(self: Connection, *arguments: Any) -> Any:
        await fuse.burn(self)
        return await method(self, *arguments)

    return run


@pytest.fixture(scope="module")
def furnished(server: TestServer, template_database: str) -> Iterator[str]:
    name = server.create(template_database)
    run_apart(_furnish(server.url(name)))
    yield name
    server.drop(name)


async def _furnish(url: str) -> None:
    database = await Database.open(url, size=1, slow_size=1)
    workspace = await new_workspace(database, "main")
    await workspace.create_object()
    await workspace.create_field(
        {"type": "TEXT", "name": "code", "label": "Code", "isUnique": True}
    )
    await workspace.create_field(
        {"type": "SELECT", "name": "species", "label": "Species", "options": OPTIONS}
    )
    table = await workspace.table("pet")
    await workspace.run(f"insert into {table} (species) values ('CAT'), ('DOG')")
    await database.close()


@pytest.fixture
async def workspace(server: TestServer, furnished: str) -> AsyncIterator[Workspace]:
    with server.database(furnished) as url:
        database = await Database.open(url, size=1, slow_size=1)
        row = await database.row("select id from icosa.workspace")
        assert row is not None
        yield Workspace(database, ModelChanges(database), row["id"])
        await database.close()


async def state(workspace: Workspace, schema: str) -> str:
    (row,) = await workspace.run(STATE, schema)
    return str(row["hash"])


@pytest.mark.parametrize("name", CHANGES)
async def test_a_change_that_fails_half_way_changes_nothing(
    workspace: Workspace, fuse: Fuse, name: str
) -> None:
    schema = (await workspace.snapshot()).schema
    before = await state(workspace, schema)

    broken = 0
    while True:
        fuse.left = broken
        try:
            await CHANGES[name](workspace)
        except (Broken, DatabaseUnavailable, asyncpg.PostgresError):
            fuse.left = None
            assert await state(workspace, schema) == before, f"statement {broken + 1}"
            broken += 1
        else:
            break

    fuse.left = None
    assert broken > 8  # the lock, the snapshot, rows, tables, the version, the announcement
    assert await state(workspace, schema) != before
    assert await workspace.faults() == []
