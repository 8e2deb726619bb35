"""FILES: a list of uploaded files. A caller names them; the server knows their rest.

The faults are worded as the reference's validator (zod) words them. A write replaces the
whole list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from icosa.core.identity import is_uuid
from icosa.core.inspect import inspect
from icosa.core.shape import Many, Record, Scalar, Shape
from icosa.core.sql import Sql, literal, sql
from icosa.fields.base import Column, ColumnValue, Examples, FieldType, refused, storable
from icosa.fields.json_value import NotStorable, decoded
from icosa.fields.numeral import finite
from icosa.fields.operators import IS, LIKE, Operand, Operator, Takes

_FILES_MAX: Final = 60
_KEYS: Final = ("fileId", "label")
_FILE: Final = "0c2f2b8e-3f3c-4f7c-9c66-2d3b7a9f5b10"
_SHAPE_HINT: Final = 'It should be an array of objects with "fileId" and "label" properties.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Files(FieldType):
    """Stored as `[{fileId, label, extension}]`; `url` is made when it is read."""

    kind = "FILES"
    label = "files"
    summary = "Uploaded files, each by its `fileId` and a label; a write replaces them all."
    operators = (IS, LIKE)
    filter_name = "RawJsonFilter"
    unique_allowed = False
    groupable = False
    orderable = False
    examples = Examples(
        valid=(
            (
                [{"fileId": _FILE, "label": "Contract.pdf"}],
                [
                    {
                        "fileId": _FILE,
                        "label": "Contract.pdf",
                        "extension": ".pdf",
                        "url": None,
                    }
                ],
            ),
            ([], None),
            ("[]", None),
            (None, None),
        ),
        invalid=(
            ("x", f'Invalid value "\'x\'" for FILES field "f" - {_SHAPE_HINT}'),
            (
                {},
                (
                    'Invalid value "{}" for FILES field "f" - '
                    ": Invalid input: expected array, received object"
                ),
            ),
            (
                1,
                (
                    'Invalid value "1" for FILES field "f" - '
                    ": Invalid input: expected array, received number"
                ),
            ),
            (
                [{"addFiles": []}],
                (
                    'Invalid value "[ { addFiles: [] } ]" for FILES field "f" - '
                    "0.fileId: Invalid input: expected string, received undefined, "
                    "0.label: Invalid input: expected string, received undefined, "
                    '0: Unrecognized key: "addFiles"'
                ),
            ),
            (
                ["x"],
                (
                    'Invalid value "[ \'x\' ]" for FILES field "f" - '
                    "0: Invalid input: expected object, received string"
                ),
            ),
            (
                [{"fileId": "x", "label": "a"}],
                (
                    "Invalid value \"[ { fileId: 'x', label: 'a' } ]\" for FILES field \"f\" - "
                    "0.fileId: Invalid UUID"
                ),
            ),
            (
                [{"fileId": _FILE, "label": str(n)} for n in range(3)],
                'Max number of files is 2 for field "f"',
            ),
        ),
        settings={"maxNumberOfValues": 2},
    )

    schema: str = ""  # of the workspace: only its own files have links

    def columns(self) -> tuple[Column, ...]:
        return (Column("", "jsonb"),)

    def parse(self, value: object) -> Mapping[str, ColumnValue]:
        files = self._listed(value)
        if files is None:
            return {"": None}
        if faults := list(_faults(files)):
            raise self._refusal(value, ", ".join(faults))
        maximum = self.settings.get("maxNumberOfValues")
        if isinstance(maximum, int | float) and len(files) > maximum:
            raise refused(
                f'Max number of files is {inspect(maximum)} for field "{self.name}"', self.name
            )
        return {"": [_stored(file) for file in files] or None}

    def output(self, columns: Sequence[Sql]) -> Sql:
        return sql(
            "case when {c} is not null then array_to_json(array("
            """select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", """
            "i ->> 'label' as label, i ->> 'extension' as extension, "
            "icosa.file_url({schema}, i ->> 'fileId') as url "
            "from jsonb_array_elements({c}) as i) as f)) end",
            c=columns[0],
            schema=literal(self.schema),
        )

    def shape(self) -> Shape:
        return Many(
            Record(
                "FileObject",
                {
                    "fileId": Scalar("UUID", "string", "uuid"),
                    "label": Scalar("String", "string"),
                    "extension": Scalar("String", "string"),
                    "url": Scalar("String", "string"),
                },
                frozenset(_KEYS),
            )
        )

    def input_shape(self) -> Shape:
        return Many(
            Record(
                "FileItemInput",
                {
                    "fileId": Scalar("UUID", "string", "uuid"),
                    "label": Scalar("String", "string"),
                },
                frozenset(_KEYS),
            )
        )

    def settings_fault(self, settings: Mapping[str, object] | None) -> str | None:
        maximum = (settings or {}).get("maxNumberOfValues")
        number = finite(maximum)
        if number is not None and 0 < number <= _FILES_MAX:
            return None
        return (
            "maxNumberOfValues must be defined in settings and be a number greater than 0 "
            f"and less than or equal to {_FILES_MAX}"
        )

    def creation_faults(self, *, is_system: bool, is_unique: bool) -> tuple[str, ...]:
        del is_system
        return ("Files field is not supported for unique fields",) if is_unique else ()

    def compare(self, operator: Operator, columns: Sequence[Sql], operand: Operand) -> Sql:
        if operator.takes is Takes.PATTERN:
            text = sql("{c}::text", c=columns[0])
            return operator.sql(text, self._parameter(operator, operand))
        return FieldType.compare(self, operator, columns, operand)

    def _listed(self, value: object) -> list[object] | None:
        if isinstance(value, str):
            try:
                return self._listed(decoded(value))
            except NotStorable:
                raise self._refusal(value, _SHAPE_HINT) from None
        if value is None or isinstance(value, list):
            return value
        raise self._refusal(value, f": Invalid input: expected array, received {_type_name(value)}")

    def _refusal(self, value: object, fault: str) -> Exception:
        return refused(
            f'Invalid value "{inspect(value)}" for FILES field "{self.name}" - {fault}', self.name
        )


def _faults(files: Sequence[object]) -> Iterator[str]:
    for index, file in enumerate(files):
        if not isinstance(file, Mapping):
            yield f"{index}: Invalid input: expected object, received {_type_name(file)}"
            continue
        for key in _KEYS:
            part = file.get(key)
            if not isinstance(part, str):
                received = _type_name(part) if key in file else "undefined"
                yield f"{index}.{key}: Invalid input: expected string, received {received}"
            elif key == "fileId" and not is_uuid(part):
                yield f"{index}.{key}: Invalid UUID"
        if unknown := [f'"{key}"' for key in file if key not in _KEYS]:
            yield f"{index}: Unrecognized key{'s' * (len(unknown) > 1)}: {', '.join(unknown)}"


def _type_name(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case int() | float():
            return "number"
        case list():
            return "array"
        case _:
            return "object"


def _stored(file: object) -> Mapping[str, str]:
    assert isinstance(file, Mapping)
    label = storable(str(file["label"]))
    return {
        "fileId": str(file["fileId"]).lower(),
        "label": label,
        "extension": PurePosixPath(label).suffix,
    }
