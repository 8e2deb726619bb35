"""Data models for tests of what is derived from them, made without a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import count
from typing import Final

from icosa.catalog.snapshot import Snapshot
from icosa.catalog.templates import standard_snapshot
from icosa.catalog.view import Grant, Role, View
from icosa.changes.commands import CreateField, CreateObject, read
from icosa.changes.draft import Draft
from icosa.changes.fields import create_field
from icosa.changes.model import DEFAULT_FLAGS
from icosa.changes.objects import create_object

NOW: Final = "2026-01-02T03:04:05.678Z"
EVERYTHING: Final = Role(id="everything", grants={})

_OBJECTS: Final = (
    ("rocket", "rockets"),
    ("surveyResult", "surveyResults"),
    ("pet", "pets"),
    ("petCareAgreement", "petCareAgreements"),
    ("employmentHistory", "employmentHistories"),
    ("zzqf1A56Fc3", "zzqf1A56Fc3s"),
)


def _options(*values: str) -> list[Mapping[str, object]]:
    return [
        {"value": value, "label": value.title(), "color": "blue", "position": position}
        for position, value in enumerate(values)
    ]


def _relation(kind: str, target: str, label: str) -> Mapping[str, object]:
    return {
        "type": kind,
        "targetObjectMetadataId": target,
        "targetFieldLabel": label,
        "targetFieldIcon": "IconX",
    }


# (object, type, name, more), as the reference's demonstration has them
_FIELDS: Final[tuple[tuple[str, str, str, Mapping[str, object]], ...]] = (
    ("company", "NUMBER", "employees", {}),
    ("company", "TEXT", "tagline", {"isNullable": False, "defaultValue": "''"}),
    ("company", "LINKS", "introVideo", {}),
    (
        "company",
        "MULTI_SELECT",
        "workPolicy",
        {"options": _options("ON_SITE", "HYBRID", "REMOTE_WORK")},
    ),
    ("company", "BOOLEAN", "visaSponsorship", {}),
    (
        "company",
        "RELATION",
        "caredForPets",
        {"relationCreationPayload": _relation("ONE_TO_MANY", "petCareAgreement", "caretaker")},
    ),
    (
        "company",
        "RELATION",
        "previousEmployees",
        {"relationCreationPayload": _relation("ONE_TO_MANY", "employmentHistory", "company")},
    ),
    (
        "pet",
        "SELECT",
        "species",
        {"options": _options("DOG", "CAT", "BIRD", "FISH", "RABBIT", "HAMSTER")},
    ),
    (
        "pet",
        "MULTI_SELECT",
        "traits",
        {"options": _options("PLAYFUL", "FRIENDLY", "PROTECTIVE", "SHY", "BRAVE", "CURIOUS")},
    ),
    ("pet", "TEXT", "comments", {}),
    ("pet", "NUMBER", "age", {}),
    ("pet", "ADDRESS", "location", {}),
    ("pet", "PHONES", "vetPhone", {}),
    ("pet", "EMAILS", "vetEmail", {}),
    ("pet", "DATE", "birthday", {}),
    ("pet", "BOOLEAN", "isGoodWithKids", {}),
    ("pet", "LINKS", "pictures", {}),
    ("pet", "CURRENCY", "averageCostOfKibblePerMonth", {}),
    ("pet", "FULL_NAME", "makesOwnerThinkOf", {}),
    ("pet", "RATING", "soundSwag", {}),
    ("pet", "TEXT", "bio", {}),
    ("pet", "ARRAY", "interestingFacts", {}),
    ("pet", "RAW_JSON", "extraData", {}),
    (
        "pet",
        "MORPH_RELATION",
        "polymorphicOwner",
        {
            "morphRelationsCreationPayload": [
                _relation("MANY_TO_ONE", "surveyResult", "owned pets"),
                _relation("MANY_TO_ONE", "rocket", "owned pets"),
            ]
        },
    ),
    (
        "pet",
        "MORPH_RELATION",
        "polymorphicHelper",
        {
            "morphRelationsCreationPayload": [
                _relation("ONE_TO_MANY", "surveyResult", "helper"),
                _relation("ONE_TO_MANY", "rocket", "helper"),
            ]
        },
    ),
    (
        "pet",
        "RELATION",
        "caretakers",
        {"relationCreationPayload": _relation("ONE_TO_MANY", "petCareAgreement", "pet")},
    ),
)


@cache
def standard(template: str = "crm") -> Snapshot:
    """A workspace as it begins; its ids are the same in every run."""
    ids = _ids()
    return standard_snapshot(
        template,
        workspace_id=ids(),
        schema="w_1",
        standard_application_id=ids(),
        custom_application_id=ids(),
        flags=DEFAULT_FLAGS,
        now=NOW,
        new_id=ids,
    )


@cache
def demonstration() -> Snapshot:
    """The reference's demonstration, as far as reference.graphql shows it."""
    draft = Draft(standard(), NOW, _ids(1_000_000))
    for singular, plural in _OBJECTS:
        add_object(draft, singular, plural)
    for source, kind, name, more in _FIELDS:
        add_field(draft, source, kind, name, **more)
    return draft.snapshot()


def add_object(draft: Draft, singular: str, plural: str) -> None:
    names = {"nameSingular": singular, "namePlural": plural}
    labels = {"labelSingular": singular.title(), "labelPlural": plural.title()}
    create_object(draft, read(CreateObject, {**names, **labels}))


def add_field(draft: Draft, source: str, kind: str, name: str, **more: object) -> None:
    field = {"objectMetadataId": source, "type": kind, "name": name, "label": name, **more}
    create_field(draft, read(CreateField, field))


def draft_of(snapshot: Snapshot) -> Draft:
    return Draft(snapshot, NOW, _ids(2_000_000))


def seen_by(snapshot: Snapshot, **grants: Grant) -> View:
    """The view of a role that may do all but what `grants` says, by nameSingular."""
    by_id = {snapshot.by_singular[name].id: grant for name, grant in grants.items()}
    return View(snapshot, Role(id="some", grants=by_id))


def field_id(snapshot: Snapshot, object_name: str, name: str) -> str:
    return snapshot.by_singular[object_name].fields[name].id


def _ids(start: int = 1) -> Callable[[], str]:
    numbers: Iterator[int] = count(start)
    return lambda: f"00000000-0000-7000-8000-{next(numbers):012d}"
