"""What else fails with a thing that can't be made, and how reports name things (A.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from icosa.catalog.snapshot import Field, Object
from icosa.changes import faults
from icosa.changes.draft import Draft, View
from icosa.changes.faults import Failures, Fault
from icosa.core.identity import derived_uuid


def object_information(source: Object) -> Mapping[str, object]:
    return {
        "universalIdentifier": source.universal_identifier,
        "namePlural": source.name_plural,
        "nameSingular": source.name_singular,
    }


def field_information(item: Field, source: Object) -> Mapping[str, object]:
    return {
        "universalIdentifier": item.universal_identifier,
        "name": item.name,
        "objectMetadataUniversalIdentifier": source.universal_identifier,
    }


def add_new_object_failures(
    failures: Failures,
    draft: Draft,
    source: Object,
    *,
    ends: Sequence[Field],
    shown: Sequence[tuple[View, Sequence[Field]]],
) -> None:
    """All that would have come with an object. `ends` are those of its relations elsewhere."""
    for item in source.fields.values():
        information = field_information(item, source)
        failures.add(faults.FIELD, "create", information, (faults.FIELD_WITHOUT_OBJECT,))
    for one in ends:
        information = field_information(one, draft.object(one.object_id))
        failures.add(faults.FIELD, "create", information, (faults.FIELD_WITHOUT_INVERSE,))
        add_index_failure(failures, draft, one, draft.object(one.object_id))
    for index in source.indexes:
        information = {"universalIdentifier": index.universal_identifier, "name": index.name}
        failures.add(faults.INDEX, "create", information, (faults.INDEX_WITHOUT_FIELD,))
    for view, _ in shown:
        information = {"universalIdentifier": view.universal_identifier}
        failures.add(faults.VIEW, "create", information, (faults.VIEW_WITHOUT_OBJECT,))
    for view, items in shown:
        for item in items:
            add_view_field_failure(failures, draft, view, item, faults.VIEW_FIELD_WITHOUT_VIEW)
    for entry in source.search_fields:
        information = {
            "universalIdentifier": derived_uuid(source.universal_identifier, entry.field_id),
            "objectMetadataUniversalIdentifier": source.universal_identifier,
        }
        failures.add(faults.SEARCH_FIELD, "create", information, faults.SEARCH_FIELD_FAULTS)


def add_index_failure(failures: Failures, draft: Draft, item: Field, source: Object) -> None:
    index = draft.new_index(source.table, item, is_unique=item.is_unique, is_custom=True)
    information = {"universalIdentifier": index.universal_identifier, "name": index.name}
    exists = any(other.name == index.name for other in source.indexes)
    fault = faults.INDEX_EXISTS if exists else faults.INDEX_WITHOUT_FIELD
    failures.add(faults.INDEX, "create", information, (fault,))


def add_view_field_failure(
    failures: Failures, draft: Draft, view: View, item: Field, *more: Fault
) -> None:
    information = {
        "universalIdentifier": draft.new_id(),
        "viewUniversalIdentifier": view.universal_identifier,
        "fieldMetadataUniversalIdentifier": item.universal_identifier,
    }
    found = (faults.VIEW_FIELD_WITHOUT_FIELD, *more)
    failures.add(faults.VIEW_FIELD, "create", information, found)


def add_new_field_failures(
    failures: Failures, draft: Draft, item: Field, found: Iterable[Fault]
) -> bool:
    """A field that can't be made, and its places in views. Whether there were faults."""
    source = draft.object(item.object_id)
    failed = failures.add(faults.FIELD, "create", field_information(item, source), found)
    if failed:
        for view in draft.views.get(item.object_id, ()):
            add_view_field_failure(failures, draft, view, item)
    return failed
