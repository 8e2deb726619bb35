"""The statements of each change of a model, as files: read the difference before you renew them.

`ICOSA_GOLDEN=update` (that is `make golden`) writes them anew. Snapshots and ids are made here,
so nothing but the code changes a file.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from icosa.catalog.snapshot import Snapshot
from icosa.changes import objects
from icosa.changes.draft import Draft
from icosa.compile.ddl import create_schema, drop_schema, fold_totals, statements
from icosa.core.sql import render
from tests.unit.changes.parts import (
    SPECIES,
    create_field,
    create_object,
    delete_field,
    draft_of,
    keeper,
    model,
    owner,
    species,
    update_field,
    update_object,
    with_pet,
)

FOLDER: Final = Path(__file__).parent
CODE: Final = {"type": "TEXT", "name": "code", "label": "Code"}
SITE: Final = {"type": "LINKS", "name": "site", "label": "Site"}
KINDS: Final = species(type="MULTI_SELECT", name="kinds", defaultValue=["'CAT'"])


def _delete_object(draft: Draft) -> None:
    objects.delete_object(draft, "pet")


def _renamed_options(draft: Draft) -> None:
    changed = [{**SPECIES[0], "value": "FELINE"}, SPECIES[1]]
    update_field(draft, "pet.species", options=changed)
    update_field(draft, "pet.kinds", options=changed, defaultValue=["'DOG'"])


# Each: the model before, and what is done to it.
CHANGES: Final[Mapping[str, tuple[Callable[[], Snapshot], Callable[[Draft], object]]]] = {
    "create_object": (model, create_object),
    "create_object_without_name": (model, lambda d: create_object(d, skipNameField=True)),
    "rename_object": (
        lambda: with_pet(owner()),
        lambda d: update_object(d, "pet", nameSingular="animal", namePlural="animals"),
    ),
    "relabel_object": (with_pet, lambda d: update_object(d, "pet", labelSingular="Animal")),
    "change_label_identifier": (
        lambda: with_pet(CODE),
        lambda d: update_object(d, "pet", labelIdentifierFieldMetadataId="pet.code"),
    ),
    "delete_object": (lambda: with_pet(owner()), _delete_object),
    "create_text": (with_pet, lambda d: create_field(d, **CODE)),
    "create_unique_email": (
        with_pet,
        lambda d: create_field(d, type="EMAILS", name="email", label="Email", isUnique=True),
    ),
    "create_with_defaults": (
        with_pet,
        lambda d: create_field(
            d,
            type="CURRENCY",
            name="price",
            label="Price",
            defaultValue={"amountMicros": "'1000000'", "currencyCode": "'USD'"},
        ),
    ),
    "create_not_null_list": (with_pet, lambda d: create_field(d, isNullable=False, **KINDS)),
    "create_relation": (with_pet, lambda d: create_field(d, **owner())),
    "create_morph_relation": (with_pet, lambda d: create_field(d, **keeper("person", "company"))),
    "rename_field": (
        lambda: with_pet({**SITE, "isUnique": True}),
        lambda d: update_field(d, "pet.site", name="page"),
    ),
    "rename_relation": (
        lambda: with_pet(owner()),
        lambda d: update_field(d, "pet.owner", name="human"),
    ),
    "change_default": (
        lambda: with_pet({**CODE, "defaultValue": "'x'"}),
        lambda d: update_field(d, "pet.code", defaultValue="'it''s'"),
    ),
    "make_unique": (
        lambda: with_pet(CODE),
        lambda d: update_field(d, "pet.code", isUnique=True),
    ),
    "change_on_delete": (
        lambda: with_pet(owner()),
        lambda d: update_field(d, "pet.owner", settings={"onDelete": "CASCADE"}),
    ),
    "change_options": (lambda: with_pet(species(), KINDS), _renamed_options),
    "switch_off_field": (
        lambda: with_pet(CODE),
        lambda d: update_field(d, "pet.code", isActive=False),
    ),
    "delete_field": (lambda: with_pet(SITE), lambda d: delete_field(d, "pet.site")),
    "delete_relation": (lambda: with_pet(owner()), lambda d: delete_field(d, "person.pets")),
}


def compare(name: str, texts: list[str]) -> None:
    path = FOLDER / f"{name}.sql"
    text = "".join(f"{each};\n" for each in texts)
    if os.environ.get("ICOSA_GOLDEN") == "update":
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_runs_these_statements(name: str) -> None:
    before, change = CHANGES[name]
    draft = draft_of(before())
    change(draft)

    found = statements(draft.before, draft.snapshot(), trigrams="icosa")

    compare(name, [*found, *(render(part).text for part in draft.records)])


def test_a_workspace_s_schema() -> None:
    compare("schema", [*create_schema("w_1"), fold_totals("w_1"), drop_schema("w_1")])


def test_a_standard_object() -> None:
    found = [text for text in statements(None, model(), trigrams="icosa") if '"person"' in text]

    compare("person", found)


def test_the_same_change_gives_the_same_text() -> None:
    def again() -> list[str]:
        draft = draft_of(with_pet(owner()))
        update_object(draft, "pet", nameSingular="animal", namePlural="animals")
        return statements(draft.before, draft.snapshot(), trigrams="icosa")

    assert again() == again()
