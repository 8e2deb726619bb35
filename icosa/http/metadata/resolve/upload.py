"""Uploads for FILES fields (records contract, A6): first the file, then the record that has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from icosa.core.errors import ArgumentInvalid
from icosa.http.metadata.operations import field_of
from icosa.http.metadata.resolve.context import Arguments, Context, Root, text
from icosa.http.multipart import FileUpload


async def _upload(context: Context, arguments: Arguments) -> object:
    snapshot = await context.snapshot()
    return await _add(context, arguments, field_of(snapshot, text(arguments, "fieldMetadataId")).id)


async def _upload_by_identifier(context: Context, arguments: Arguments) -> object:
    snapshot = await context.snapshot()
    identifier = text(arguments, "fieldMetadataUniversalIdentifier")
    for source in snapshot.objects.values():
        for item in source.fields.values():
            if item.universal_identifier == identifier:
                return await _add(context, arguments, item.id)
    return await _add(context, arguments, field_of(snapshot, identifier).id)


async def _add(context: Context, arguments: Arguments, field_id: str) -> Mapping[str, object]:
    file = arguments.get("file")
    if not isinstance(file, FileUpload):
        raise ArgumentInvalid("Upload value invalid.", path=("file",))
    field = (await context.snapshot()).field(field_id)
    if field is None or field.kind != "FILES":
        raise ArgumentInvalid("Files go to fields of type FILES", path=("fieldMetadataId",))
    made = await context.parts.files.add(
        workspace_id=context.who().workspace_id,
        field_id=field_id,
        name=file.name,
        content_type=file.content_type,
        content=file.content,
    )
    return {
        "id": made.id,
        "path": made.path,
        "size": made.size,
        "createdAt": made.created_at,
        "url": made.url or "",
    }


MUTATIONS: Final[Mapping[str, Root]] = {
    "uploadFilesFieldFile": _upload,
    "uploadFilesFieldFileByUniversalIdentifier": _upload_by_identifier,
}
