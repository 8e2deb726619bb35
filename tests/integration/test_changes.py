"""Changes of a model against the real tables: catalogue, columns, indexes, records."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import asyncpg
import pytest

from icosa.changes import model
from icosa.changes.commands import UpdateObject
from icosa.changes.model import ModelChanges, WorkspaceExists
from icosa.compile.ddl import fold_totals
from icosa.core.caller import Caller
from icosa.core.errors import ModelInvalid
from icosa.db.pool import Database
from icosa.fields.registry import BY_KIND
from tests.integration.model_parts import Workspace, new_workspace
from tests.postgres import TestServer, run_apart

OPTIONS = [
    {"id": f"00000000-0000-4000-8000-00000000000{n}", "value": v, "label": v.title(), "position": n}
    for n, v in enumerate(("CAT", "DOG", "FISH"))
]
SPECIES = {"type": "SELECT", "name": "species", "label": "Species", "options": OPTIONS}
KINDS = {**SPECIES, "type": "MULTI_SELECT", "name": "kinds"}
CODE = {"type": "TEXT", "name": "code", "label": "Code"}
CREATABLE = sorted(set(BY_KIND) - {"NUMERIC", "TS_VECTOR", "POSITION"})
MORE: Mapping[str, dict[str, object]] = {
    "SELECT": {"options": OPTIONS},
    "MULTI_SELECT": {"options": OPTIONS},
    "FILES": {"settings": {"maxNumberOfValues": 2}},
}


def relation(name: str, target: str, inverse: str, **more: object) -> dict[str, object]:
    payload = {
        "type": "MANY_TO_ONE",
        "targetObjectMetadataId": target,
        "targetFieldLabel": inverse,
        "targetFieldIcon": "IconX",
        **more,
    }
    return {"type": "RELATION", "name": name, "label": name, "relationCreationPayload": payload}


@pytest.fixture(scope="module")
def with_pet(server: TestServer, template_database: str) -> Iterator[str]:
    """The name of a database with a workspace: an empty model with the object `pet`."""
    name = server.create(template_database)
    run_apart(_make_pet(server.url(name)))
    yield name
    server.drop(name)


async def _make_pet(url: str) -> None:
    database = await Database.open(url, size=1, slow_size=1)
    await (await new_workspace(database, "main")).create_object()
    await database.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Without any workspace."""
    database = await Database.open(database_url, size=2, slow_size=3)
    yield database
    await database.close()


@pytest.fixture
async def workspace(server: TestServer, with_pet: str) -> AsyncIterator[Workspace]:
    with server.database(with_pet) as url:
        database = await Database.open(url, size=2, slow_size=3)
        row = await database.row("select id from icosa.workspace")
        assert row is not None
        yield Workspace(database, ModelChanges(database), row["id"])
        await database.close()


# -- workspaces --------------------------------------------------------------------------


@pytest.mark.parametrize("template", ["empty", "crm", "full"])
async def test_a_new_workspace_is_whole(database: Database, template: str) -> None:
    workspace = await new_workspace(database, "main", model=template)

    assert await workspace.faults() == []


async def test_a_workspace_s_name_is_taken_once(database: Database) -> None:
    await new_workspace(database, "main")

    with pytest.raises(WorkspaceExists):
        await new_workspace(database, "main")


async def test_an_unknown_template_is_none(database: Database) -> None:
    with pytest.raises(LookupError):
        await new_workspace(database, "main", model="nothing")


async def test_a_deleted_workspace_leaves_nothing(database: Database) -> None:
    workspace = await new_workspace(database, "main", model="crm")
    kept = await new_workspace(database, "other")

    await workspace.changes.delete_workspace(workspace.id)

    for table in ("workspace", "object", "field", "index", "view"):
        rows = await database.rows(f"select * from icosa.{table}")
        assert {row["id" if table == "workspace" else "workspace_id"] for row in rows} == {kept.id}
    assert await kept.faults() == []


# -- fields of every type ------------------------------------------------------------------


@pytest.mark.parametrize("kind", CREATABLE)
async def test_a_field_of_each_type_is_made_renamed_and_deleted(
    workspace: Workspace, kind: str
) -> None:
    before = await workspace.snapshot()
    made = await workspace.create_field(
        {"type": kind, "name": "thing", "label": "Thing", **MORE.get(kind, {})}
    )
    assert made == (await workspace.snapshot()).by_singular["pet"].fields["thing"]
    assert await workspace.faults() == []

    renamed = await workspace.update_field("pet.thing", name="other")
    assert renamed == (await workspace.snapshot()).by_singular["pet"].fields["other"]
    assert await workspace.faults() == []

    deleted = await workspace.delete_field("pet.other")
    assert deleted == renamed
    assert await workspace.faults() == []
    after = await workspace.snapshot()
    assert after.by_singular["pet"].fields == before.by_singular["pet"].fields


@pytest.mark.parametrize("kind", ["TEXT", "EMAILS", "LINKS", "PHONES", "UUID", "NUMBER"])
async def test_a_unique_field_of_each_type_refuses_a_second_record(
    workspace: Workspace, kind: str
) -> None:
    field = await workspace.create_field(
        {"type": kind, "name": "thing", "label": "Thing", "isUnique": True}
    )
    assert await workspace.faults() == []
    assert field.type is not None
    columns = [
        f'"{name}"'
        for name, column in zip(field.columns, field.type.columns(), strict=True)
        if column.in_unique
    ]
    value = "gen_random_uuid()" if kind == "UUID" else "'1'"
    values = ", ".join([value] * len(columns))
    table = await workspace.table("pet")
    insert = f"insert into {table} ({', '.join(columns)}) values ({values})"

    await workspace.run(insert)
    if kind != "UUID":
        with pytest.raises(asyncpg.UniqueViolationError):
            await workspace.run(insert)


@pytest.mark.parametrize(
    ("field", "stored"),
    [
        ({"type": "TEXT", "defaultValue": "'it's'"}, "it's"),
        ({"type": "NUMBER", "defaultValue": 1.5}, "1.5"),
        ({"type": "BOOLEAN", "defaultValue": True}, "true"),
        ({"type": "SELECT", "options": OPTIONS, "defaultValue": "'DOG'"}, "DOG"),
        ({"type": "MULTI_SELECT", "options": OPTIONS, "defaultValue": ["'DOG'"]}, '["DOG"]'),
        ({"type": "RATING", "defaultValue": "'RATING_3'"}, "RATING_3"),
        ({"type": "ARRAY", "defaultValue": ["'a'", "'b'"]}, '["a", "b"]'),
        ({"type": "RAW_JSON", "defaultValue": {"a": 1}}, '{"a": 1}'),
    ],
)
async def test_a_default_is_the_database_s_as_well(
    workspace: Workspace, field: dict[str, object], stored: str
) -> None:
    await workspace.create_field({"name": "thing", "label": "Thing", **field})
    table = await workspace.table("pet")

    await workspace.run(f"insert into {table} default values")

    (row,) = await workspace.run(f"select to_jsonb(p.thing) #>> '{{}}' as v from {table} p")
    assert row["v"] == stored
    assert await workspace.faults() == []


async def test_names_of_sixty_characters_have_columns_of_their_own(workspace: Workspace) -> None:
    name = "p" * 60

    for kind in ("PHONES", "ADDRESS"):
        await workspace.create_field({"type": kind, "name": kind[0].lower() + name, "label": "P"})

    assert await workspace.faults() == []


# -- relations -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        relation("owner", "workspaceMember", "Pets"),
        relation("toys", "workspaceMember", "Toy of", type="ONE_TO_MANY"),
        relation("mother", "pet", "Children"),
        {**relation("owner", "workspaceMember", "Pets"), "settings": {"onDelete": "CASCADE"}},
        {**relation("owner", "workspaceMember", "Pets"), "settings": {"onDelete": "RESTRICT"}},
    ],
)
async def test_a_relation_is_made_renamed_and_deleted(
    workspace: Workspace, field: dict[str, object]
) -> None:
    made = await workspace.create_field(field)
    assert made == (await workspace.snapshot()).by_singular["pet"].fields[made.name]
    assert await workspace.faults() == []

    await workspace.update_field(made.id, name="other")
    assert await workspace.faults() == []

    await workspace.delete_field("pet.other")
    assert await workspace.faults() == []


@pytest.mark.parametrize("kind", ["MANY_TO_ONE", "ONE_TO_MANY"])
async def test_a_morph_relation_is_made_renamed_extended_and_deleted(
    workspace: Workspace, kind: str
) -> None:
    def payload(target: str) -> object:
        return relation("x", target, "Kept pets", type=kind)["relationCreationPayload"]

    made = await workspace.create_field(
        {
            "type": "MORPH_RELATION",
            "name": "keeper",
            "label": "Keeper",
            "morphRelationsCreationPayload": [payload("workspaceMember"), payload("attachment")],
        }
    )
    assert await workspace.faults() == []

    await workspace.update_field(
        made.id, morphRelationsUpdatePayload=[{"targetObjectMetadataId": "noteTarget"}]
    )
    assert await workspace.faults() == []

    await workspace.update_field(made.id, name="carer")
    assert await workspace.faults() == []

    await workspace.delete_field(made.id)
    assert await workspace.faults() == []
    fields = (await workspace.snapshot()).by_singular["noteTarget"].fields
    assert "keptPets" not in fields


async def test_what_happens_on_delete_follows_the_relation(workspace: Workspace) -> None:
    await workspace.create_field(relation("mother", "pet", "Children"))
    table = await workspace.table("pet")
    (mother,) = await workspace.run(f"insert into {table} (name) values ('M') returning id")
    await workspace.run(f'insert into {table} ("motherId") values ($1::uuid)', mother["id"])

    await workspace.update_field("pet.mother", settings={"onDelete": "CASCADE"})
    await workspace.run(f"delete from {table} where name = 'M'")

    assert await workspace.run(f"select id from {table}") == []
    assert await workspace.faults() == []


# -- objects -------------------------------------------------------------------------------


async def test_a_renamed_object_keeps_its_records(workspace: Workspace) -> None:
    await workspace.create_field(relation("owner", "workspaceMember", "Pets"))
    await workspace.create_field({**CODE, "isUnique": True})
    table = await workspace.table("pet")
    (pet,) = await workspace.run(f"insert into {table} (name) values ('Rex') returning id")
    notes = await workspace.table("noteTarget")
    await workspace.run(f'insert into {notes} ("targetPetId") values ($1::uuid)', pet["id"])

    returned = await workspace.update_object("pet", nameSingular="animal", namePlural="animals")

    snapshot = await workspace.snapshot()
    assert returned == snapshot.by_singular["animal"]
    assert await workspace.faults() == []
    (row,) = await workspace.run(f"select name from {await workspace.table('animal')}")
    assert row["name"] == "Rex"
    (note,) = await workspace.run(f'select "targetAnimalId" as id from {notes}')
    assert note["id"] == pet["id"]


async def test_an_object_may_take_the_name_that_another_had(workspace: Workspace) -> None:
    await workspace.update_object("pet", nameSingular="animal", namePlural="animals")
    await workspace.create_object()

    assert await workspace.faults() == []


async def test_a_deleted_object_leaves_nothing(workspace: Workspace) -> None:
    await workspace.create_field(relation("owner", "workspaceMember", "Pets"))
    table = await workspace.table("pet")
    await workspace.run(f"insert into {table} (name) values ('Rex')")

    deleted = await workspace.delete_object("pet")

    assert deleted.name_singular == "pet"
    assert await workspace.faults() == []
    snapshot = await workspace.snapshot()
    assert "pets" not in snapshot.by_singular["workspaceMember"].fields
    rows = await workspace.run("select name from icosa.view where name ilike '%pet%'")
    assert rows == []


async def test_a_new_label_identifier_is_searched_and_sorted_by(workspace: Workspace) -> None:
    await workspace.create_field(CODE)
    table = await workspace.table("pet")
    await workspace.run(f"insert into {table} (name, code) values ('Rex', 'Élan 7')")

    returned = await workspace.update_object("pet", labelIdentifierFieldMetadataId="pet.code")

    assert returned == (await workspace.snapshot()).by_singular["pet"]
    assert await workspace.faults() == []
    (row,) = await workspace.run(f'select "searchVector"::text as v from {table}')
    assert row["v"] == "'7':3 'elan':2 'rex':1"


async def test_an_object_is_switched_off_and_on(workspace: Workspace) -> None:
    await workspace.update_object("pet", isActive=False)
    assert not (await workspace.snapshot()).by_singular["pet"].is_active

    await workspace.update_object("pet", isActive=True)
    assert await workspace.faults() == []


# -- records in the way ----------------------------------------------------------------------


async def test_equal_records_are_in_the_way_of_a_unique_index(workspace: Workspace) -> None:
    await workspace.create_field(CODE)
    table = await workspace.table("pet")
    await workspace.run(f"insert into {table} (code) values ('a'), ('a')")
    before = await workspace.snapshot()

    with pytest.raises(ModelInvalid) as refused:
        await workspace.update_field("pet.code", isUnique=True)

    assert refused.value.summary == {"totalErrors": 1, "index": 1}
    assert await workspace.snapshot() == before
    assert await workspace.faults() == []


async def test_records_are_in_the_way_of_a_field_that_may_not_be_null(
    workspace: Workspace,
) -> None:
    table = await workspace.table("pet")
    await workspace.run(f"insert into {table} (name) values ('Rex')")

    with pytest.raises(ModelInvalid) as refused:
        await workspace.create_field({**CODE, "isNullable": False})

    assert refused.value.friendly == "Default value cannot be null for non-nullable fields"
    assert await workspace.faults() == []
    await workspace.create_field({**CODE, "isNullable": False, "defaultValue": "'x'"})
    assert await workspace.faults() == []


async def test_a_text_too_long_to_search_is_still_written(workspace: Workspace) -> None:
    table = await workspace.table("pet")

    await workspace.run(
        f"""insert into {table} (name)
        select string_agg(md5(n::text), ' ') from generate_series(1, 60000) n"""
    )

    (row,) = await workspace.run(f"select length(name) as n from {table}")
    assert row["n"] > 1_900_000


# -- options -------------------------------------------------------------------------------


async def test_records_follow_their_options(workspace: Workspace) -> None:
    await workspace.create_field({**SPECIES, "defaultValue": "'DOG'"})
    await workspace.create_field(KINDS)
    table = await workspace.table("pet")
    await workspace.run(
        f"""insert into {table} (name, species, kinds) values
        ('a', 'CAT', array['CAT', 'DOG']), ('b', 'FISH', array['FISH']), ('c', null, null)"""
    )
    changed = [{**OPTIONS[0], "value": "DOG"}, {**OPTIONS[1], "value": "CAT"}]

    await workspace.update_field("pet.species", options=changed)
    await workspace.update_field("pet.kinds", options=changed)

    rows = await workspace.run(f"select name, species, kinds from {table} order by name")
    assert [(row["species"], row["kinds"]) for row in rows] == [
        ("DOG", ["DOG", "CAT"]),
        ("CAT", None),  # the default was DOG and followed its option
        (None, None),
    ]
    assert await workspace.faults() == []


async def test_views_follow_their_options(workspace: Workspace) -> None:
    field = await workspace.create_field(SPECIES)
    (view,) = await workspace.run(
        """update icosa.view set type = 'KANBAN', main_group_by_field_id = $1::uuid
        where key = 'INDEX' and object_id = $2::uuid returning id""",
        field.id,
        field.object_id,
    )
    for value in ("CAT", "DOG", "FISH"):
        await workspace.run(
            "insert into icosa.view_group (id, view_id, field_value)"
            " values (gen_random_uuid(), $1::uuid, $2::text)",
            view["id"],
            value,
        )
    for value in ('["CAT", "FISH"]', '["FISH"]'):
        await workspace.run(
            "insert into icosa.view_filter (id, view_id, field_id, operand, value)"
            " values (gen_random_uuid(), $1::uuid, $2::uuid, 'IS', $3::text::jsonb)",
            view["id"],
            field.id,
            value,
        )

    new = {"value": "BIRD", "label": "Bird", "position": 9}
    await workspace.update_field(
        "pet.species", options=[{**OPTIONS[0], "value": "FELINE"}, OPTIONS[1], new]
    )

    groups = await workspace.run("select field_value as v from icosa.view_group order by 1")
    assert [row["v"] for row in groups] == ["BIRD", "DOG", "FELINE"]
    filters = await workspace.run("select value::text as v from icosa.view_filter")
    assert [row["v"] for row in filters] == ['["FELINE"]']


# -- views -----------------------------------------------------------------------------------


async def shown(workspace: Workspace, kind: str) -> list[str]:
    """The fields of the view of `pet` that is of this kind, in order."""
    rows = await workspace.run(
        """select f.name from icosa.view v
        join icosa.object o on o.id = v.object_id and o.name_singular = 'pet'
        join icosa.view_field p on p.view_id = v.id join icosa.field f on f.id = p.field_id
        where v.type = $1::text order by p.position""",
        kind,
    )
    return [row["name"] for row in rows]


async def test_a_new_object_has_two_views_and_new_fields_join_them(workspace: Workspace) -> None:
    system = ["createdAt", "createdBy", "updatedAt", "updatedBy"]
    assert await shown(workspace, "TABLE") == ["name", *system]
    assert await shown(workspace, "FIELDS_WIDGET") == system

    await workspace.create_field(CODE)
    await workspace.create_field({**CODE, "name": "size"})

    assert await shown(workspace, "TABLE") == ["name", *system, "code", "size"]
    assert await shown(workspace, "FIELDS_WIDGET") == [*system, "code", "size"]


async def test_a_field_that_is_switched_off_leaves_the_views(workspace: Workspace) -> None:
    field = await workspace.create_field(SPECIES)
    await workspace.run(
        """insert into icosa.view (id, workspace_id, universal_identifier, application_id,
            object_id, name, type, main_group_by_field_id)
        select gen_random_uuid(), workspace_id, gen_random_uuid(), application_id, object_id,
            'By species', 'KANBAN', $1::uuid from icosa.view where key = 'INDEX' limit 1""",
        field.id,
    )
    await workspace.run(
        """update icosa.view set kanban_aggregate_operation = 'COUNT',
            kanban_aggregate_operation_field_id = $1::uuid where key = 'INDEX'""",
        field.id,
    )

    await workspace.update_field("pet.species", isActive=False)

    assert "species" not in await shown(workspace, "TABLE")
    assert await workspace.run("select id from icosa.view where type = 'KANBAN'") == []
    rows = await workspace.run(
        "select id from icosa.view where kanban_aggregate_operation is not null"
    )
    assert rows == []


async def test_the_field_that_names_records_leads_the_views(workspace: Workspace) -> None:
    await workspace.create_field(CODE)

    await workspace.update_object("pet", labelIdentifierFieldMetadataId="pet.code")

    assert (await shown(workspace, "TABLE"))[:2] == ["code", "name"]
    assert (await shown(workspace, "FIELDS_WIDGET"))[0] == "code"


# -- totals ----------------------------------------------------------------------------------


async def test_totals_are_right_at_once(workspace: Workspace) -> None:
    table = await workspace.table("pet")
    alive = f'update {table} set "deletedAt" = null'

    await workspace.run(f"insert into {table} (name) select n::text from generate_series(1, 5) n")
    assert await workspace.total("pet") == 5
    await workspace.run(f"insert into {table} (name, \"deletedAt\") values ('gone', now())")
    assert await workspace.total("pet") == 5
    await workspace.run(f"""update {table} set "deletedAt" = now() where name in ('1', '2')""")
    assert await workspace.total("pet") == 3
    await workspace.run(f"""update {table} set "deletedAt" = now() where name = '1'""")
    assert await workspace.total("pet") == 3
    await workspace.run(f"{alive} where name in ('1', '3')")
    assert await workspace.total("pet") == 4
    await workspace.run(f"delete from {table} where name in ('1', '2', 'gone')")
    assert await workspace.total("pet") == 3
    await workspace.run(f"truncate {table} cascade")
    assert await workspace.total("pet") == 0
    assert await workspace.faults() == []


async def test_plain_updates_pay_nothing_for_totals(workspace: Workspace) -> None:
    table = await workspace.table("pet")
    await workspace.run(f"insert into {table} (name) values ('Rex')")
    totals = f'"{(await workspace.snapshot()).schema}".record_total'
    before = await workspace.run(f"select count(*) as n from {totals}")

    await workspace.run(f"update {table} set name = 'Max', \"deletedAt\" = null")
    await workspace.run(f"delete from {table} where name = 'nobody'")
    await workspace.run(f"insert into {table} (name) select 'x' where false")

    assert await workspace.run(f"select count(*) as n from {totals}") == before


async def test_a_write_that_is_rolled_back_is_not_counted(workspace: Workspace) -> None:
    table = await workspace.table("pet")

    async def fail() -> None:
        async with workspace.database.transaction() as connection:
            await connection.execute(f"insert into {table} (name) values ('Rex')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    assert await workspace.total("pet") == 0
    assert await workspace.faults() == []


async def test_records_that_go_by_cascade_are_counted(workspace: Workspace) -> None:
    await workspace.create_field(
        {**relation("mother", "pet", "Children"), "settings": {"onDelete": "CASCADE"}}
    )
    table = await workspace.table("pet")
    (mother,) = await workspace.run(f"insert into {table} (name) values ('M') returning id")
    await workspace.run(
        f"""insert into {table} ("motherId") select $1::uuid from generate_series(1, 3)""",
        mother["id"],
    )
    assert await workspace.total("pet") == 4

    await workspace.run(f"delete from {table} where name = 'M'")

    assert await workspace.total("pet") == 0


async def test_totals_stay_the_same_when_they_are_folded(workspace: Workspace) -> None:
    table = await workspace.table("pet")
    schema = (await workspace.snapshot()).schema
    for _ in range(80):
        await workspace.run(f"insert into {table} (name) values ('Rex')")

    await asyncio.gather(
        *(workspace.database.execute(fold_totals(schema), slow=True) for _ in range(3)),
        *(workspace.run(f"insert into {table} (name) values ('Rex')") for _ in range(20)),
    )

    assert await workspace.total("pet") == 100
    (row,) = await workspace.run(f'select count(*) as n from "{schema}".record_total')
    assert row["n"] < 80
    assert await workspace.faults() == []


async def test_the_totals_of_a_deleted_object_are_forgotten(workspace: Workspace) -> None:
    table = await workspace.table("pet")
    await workspace.run(f"insert into {table} (name) values ('Rex')")
    schema = (await workspace.snapshot()).schema

    await workspace.delete_object("pet")

    assert await workspace.run(f'select * from "{schema}".record_total') == []


# -- at the same time --------------------------------------------------------------------------


async def test_one_of_two_objects_of_one_name_wins(workspace: Workspace) -> None:
    toy: dict[str, Any] = {"nameSingular": "toy", "namePlural": "toys"}

    outcomes = await asyncio.gather(
        *(workspace.create_object(**toy) for _ in range(3)), return_exceptions=True
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, ModelInvalid)]
    assert len(refused) == 2
    assert all("Object already exists" in str(error.failures) for error in refused)
    assert await workspace.faults() == []


async def test_one_of_two_fields_of_one_name_wins(workspace: Workspace) -> None:
    outcomes = await asyncio.gather(
        *(workspace.create_field(CODE) for _ in range(2)), return_exceptions=True
    )

    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, ModelInvalid)]
    assert "NOT_AVAILABLE" in str(refused.failures)


async def test_two_processes_change_one_model_in_turns(workspace: Workspace) -> None:
    other = Workspace(workspace.database, ModelChanges(workspace.database), workspace.id)

    await asyncio.gather(
        workspace.create_field(CODE),
        other.create_field({**CODE, "name": "size"}),
        workspace.create_object(nameSingular="toy", namePlural="toys"),
        other.create_object(nameSingular="bed", namePlural="beds"),
    )

    snapshot = await workspace.snapshot()
    assert {"code", "size"} <= snapshot.by_singular["pet"].fields.keys()
    assert {"toy", "bed"} <= snapshot.by_singular.keys()
    assert await workspace.faults() == []


async def test_a_change_waits_for_locks_by_trying_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "_LIMITS", "set local lock_timeout = '50ms'")
    table = await workspace.table("noteTarget")

    async with workspace.database.transaction() as connection:
        await connection.execute(f"insert into {table} (id) values (gen_random_uuid())")
        change = asyncio.create_task(workspace.create_object(nameSingular="toy", namePlural="toys"))
        await asyncio.sleep(0.2)
        assert not change.done()
    await change

    assert await workspace.faults() == []


async def test_a_change_that_never_gets_its_locks_gives_up(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "_LIMITS", "set local lock_timeout = '20ms'")
    monkeypatch.setattr(model, "BACK_OFF_S", 0.001)
    table = await workspace.table("noteTarget")
    before = await workspace.snapshot()

    async with workspace.database.transaction() as connection:
        await connection.execute(f"insert into {table} (id) values (gen_random_uuid())")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await workspace.create_object(nameSingular="toy", namePlural="toys")

    assert await workspace.snapshot() == before


# -- what others learn -------------------------------------------------------------------------


async def test_a_change_is_announced_and_remembered(workspace: Workspace) -> None:
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    await workspace.database.listen("icosa_model", heard.put_nowait)
    caller = Caller(
        kind="key",
        workspace_id=workspace.id,
        role_id=workspace.id,
        name="My key",
        key_id="11111111-1111-4111-8111-111111111111",
    )

    command = UpdateObject(label_singular="Animal")
    await workspace.changes.update_object(workspace.id, "pet", command, by=caller)

    version = (await workspace.snapshot()).version
    async with asyncio.timeout(5):
        assert await heard.get() == f"{workspace.id}:{version}"
    (row,) = await workspace.run(
        """select operation, input->>'labelSingular' as becomes, inverse, actor->>'name' as who
        from icosa.model_change where version = $1::bigint""",
        version,
    )
    assert (row["operation"], row["becomes"], row["who"]) == ("update_object", "Animal", "My key")
    assert b'"labelSingular": "Pet"' in row["inverse"]


async def test_a_refused_change_leaves_no_trace(workspace: Workspace) -> None:
    before = await workspace.snapshot()
    (count,) = await workspace.run("select count(*) as n from icosa.model_change")

    with pytest.raises(ModelInvalid):
        await workspace.create_object()

    assert await workspace.snapshot() == before
    assert await workspace.run("select count(*) as n from icosa.model_change") == [count]


async def test_an_unknown_workspace_cannot_be_changed(database: Database) -> None:
    nobody = Workspace(database, ModelChanges(database), "11111111-1111-4111-8111-111111111111")

    with pytest.raises(LookupError):
        await nobody.create_object()
