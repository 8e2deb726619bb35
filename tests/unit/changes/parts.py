"""Models and drafts for tests, with ids that count up and so never change."""

from collections.abc import Callable, Mapping
from typing import Final

from icosa.catalog.snapshot import Snapshot
from icosa.catalog.templates import standard_snapshot
from icosa.changes import edits, fields, objects
from icosa.changes.commands import CreateField, CreateObject, UpdateField, UpdateObject, read
from icosa.changes.draft import Draft, View

NOW: Final = "2026-11-25T10:00:00.000Z"
SCHEMA: Final = "w_1"
PET: Final = {
    "nameSingular": "pet",
    "namePlural": "pets",
    "labelSingular": "Pet",
    "labelPlural": "Pets",
}
SPECIES: Final = [
    {"id": "00000000-0000-4000-8000-0000000000c1", "value": "CAT", "label": "Cat", "position": 0},
    {"id": "00000000-0000-4000-8000-0000000000c2", "value": "DOG", "label": "Dog", "position": 1},
    {"id": "00000000-0000-4000-8000-0000000000c3", "value": "FISH", "label": "Fish", "position": 2},
]


def counting(first: int = 1) -> Callable[[], str]:
    """Ids `00000000-0000-7000-8000-000000000001` and on."""
    number = first - 1

    def new_id() -> str:
        nonlocal number
        number += 1
        return f"00000000-0000-7000-8000-{number:012x}"

    return new_id


def model(template: str = "crm") -> Snapshot:
    return standard_snapshot(
        template,
        workspace_id="00000000-0000-7000-8000-0000000000ff",
        schema=SCHEMA,
        standard_application_id="00000000-0000-4000-8000-00000000aaaa",
        custom_application_id="00000000-0000-4000-8000-00000000bbbb",
        flags={},
        now=NOW,
        new_id=counting(),
    )


def draft_of(snapshot: Snapshot, *, first: int = 0x30_0000) -> Draft:
    """Every object of the snapshot has two views, as it has in a workspace."""
    new_id = counting(first)
    views = {
        key: tuple(View(new_id(), key, new_id()) for _ in range(2)) for key in snapshot.objects
    }
    return Draft(snapshot, NOW, new_id, views)


def with_pet(*more: Mapping[str, object], before: Snapshot | None = None) -> Snapshot:
    """The model `crm` and an object `pet`, with fields as the metadata API takes them."""
    draft = draft_of(before or model(), first=0x10_0000)
    objects.create_object(draft, read(CreateObject, PET))
    snapshot = draft.snapshot()
    for number, field in enumerate(more):
        draft = draft_of(snapshot, first=0x20_0000 + 0x1_0000 * number)
        fields.create_field(draft, read(CreateField, {"objectMetadataId": "pet", **field}))
        snapshot = draft.snapshot()
    return snapshot


def species(**more: object) -> Mapping[str, object]:
    return {"type": "SELECT", "name": "species", "label": "Species", "options": SPECIES, **more}


def owner(**more: object) -> Mapping[str, object]:
    payload = {
        "type": "MANY_TO_ONE",
        "targetObjectMetadataId": "person",
        "targetFieldLabel": "Pets",
        "targetFieldIcon": "IconPaw",
    }
    return {
        "type": "RELATION",
        "name": "owner",
        "label": "Owner",
        "relationCreationPayload": payload,
        **more,
    }


def keeper(*targets: str, kind: str = "MANY_TO_ONE") -> Mapping[str, object]:
    payloads = [
        {
            "type": kind,
            "targetObjectMetadataId": target,
            "targetFieldLabel": "Kept pets",
            "targetFieldIcon": "IconPaw",
        }
        for target in targets
    ]
    return {
        "type": "MORPH_RELATION",
        "name": "keeper",
        "label": "Keeper",
        "morphRelationsCreationPayload": payloads,
    }


def delete_field(draft: Draft, reference: str) -> str:
    return edits.delete_field(draft, reference)


def create_object(draft: Draft, **body: object) -> str:
    return objects.create_object(draft, read(CreateObject, {**PET, **body}))


def update_object(draft: Draft, reference: str, **body: object) -> str:
    return objects.update_object(draft, reference, read(UpdateObject, body))


def create_field(draft: Draft, **body: object) -> str:
    whole = {"objectMetadataId": "pet", "type": "TEXT", "name": "code", "label": "Code", **body}
    return fields.create_field(draft, read(CreateField, whole))


def update_field(draft: Draft, reference: str, **body: object) -> str:
    return edits.update_field(draft, reference, read(UpdateField, body))
