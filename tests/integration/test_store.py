"""The snapshot: whole, of what changed, and the same either way."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from icosa.catalog.snapshot import Snapshot
from icosa.catalog.store import load_snapshot, load_version
from icosa.catalog.templates import TEMPLATES, standard_snapshot
from icosa.changes import model
from icosa.db.pool import Database
from tests.integration.model_parts import Workspace, new_workspace

NOBODY = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(database_url, size=2, slow_size=2)
    yield database
    await database.close()


@pytest.fixture
async def workspace(database: Database) -> Workspace:
    return await new_workspace(database, "main")


@pytest.mark.parametrize("template", TEMPLATES)
async def test_what_is_stored_is_what_the_template_says(
    database: Database, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Snapshot] = []

    def recorded(name: str, **arguments: Any) -> Snapshot:
        made.append(standard_snapshot(name, **arguments))
        return made[0]

    monkeypatch.setattr(model, "standard_snapshot", recorded)
    workspace = await new_workspace(database, "main", model=template)

    assert await workspace.snapshot() == made[0]


async def test_every_attribute_of_a_field_is_set(workspace: Workspace) -> None:
    snapshot = await workspace.snapshot()

    for item in snapshot.objects.values():
        for field in item.fields.values():
            assert repr(field)  # reads every attribute; a missing one raises


async def test_what_changed_is_loaded_and_the_rest_kept(workspace: Workspace) -> None:
    before = await workspace.snapshot()
    await workspace.create_object()

    after = await load_snapshot(workspace.database, workspace.id, since=before)

    assert after == await workspace.snapshot()
    kept = {key for key, item in after.objects.items() if before.objects.get(key) is item}
    assert {after.objects[key].name_singular for key in kept} == {"workspaceMember"}


async def test_a_deleted_object_is_gone_from_an_older_snapshot(workspace: Workspace) -> None:
    await workspace.create_object()
    before = await workspace.snapshot()
    await workspace.delete_object("pet")

    after = await load_snapshot(workspace.database, workspace.id, since=before)

    assert "pet" not in after.by_singular
    assert after == await workspace.snapshot()


async def test_nothing_is_loaded_when_nothing_changed(workspace: Workspace) -> None:
    before = await workspace.snapshot()

    after = await load_snapshot(workspace.database, workspace.id, since=before)

    assert all(after.objects[key] is item for key, item in before.objects.items())


async def test_every_change_makes_one_version(workspace: Workspace) -> None:
    first = await load_version(workspace.database, workspace.id)
    await workspace.create_object()
    await workspace.update_object("pet", labelSingular="Animal")

    assert await load_version(workspace.database, workspace.id) == first + 2
    assert (await workspace.snapshot()).version == first + 2


async def test_an_override_and_its_base_are_loaded(workspace: Workspace) -> None:
    returned = await workspace.update_object("workspaceMember", labelSingular="Colleague")

    loaded = (await workspace.snapshot()).by_singular["workspaceMember"]
    assert loaded == returned
    assert loaded.label_singular == "Colleague"
    assert loaded.base == {"labelSingular": "Workspace Member"}


async def test_an_unknown_workspace_has_no_snapshot(database: Database) -> None:
    with pytest.raises(LookupError):
        await load_snapshot(database, NOBODY)

    assert await load_version(database, NOBODY) == -1


async def test_an_index_under_construction_is_not_shown(workspace: Workspace) -> None:
    await workspace.create_object()
    await workspace.run("update icosa.index set state = 'building' where type = 'GIN'")

    pet = (await workspace.snapshot()).by_singular["pet"]

    assert pet.indexes == ()


async def test_types_are_bound_as_the_catalogue_says(workspace: Workspace) -> None:
    await workspace.create_object()
    await workspace.create_field(
        {
            "type": "SELECT",
            "name": "workPolicy",
            "label": "Policy",
            "options": [{"value": "A", "label": "A", "color": "red", "position": 0}],
            "defaultValue": "'A'",
        }
    )

    snapshot = await workspace.snapshot()
    field = snapshot.by_singular["pet"].fields["workPolicy"]
    assert field.type is not None
    assert field.type.default() == {"": "A"}
    assert field.enum_name == f'{snapshot.schema}."_pet_workPolicy_enum"'
