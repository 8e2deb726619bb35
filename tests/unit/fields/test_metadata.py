"""What types say to the metadata API: defaults, settings, what may be created."""

from __future__ import annotations

import pytest

from icosa.fields.base import Fresh
from icosa.fields.registry import ALL, BY_KIND, bind
from icosa.fields.select import Select

OPTIONS = Select.examples.options


@pytest.mark.parametrize(
    ("kind", "default", "columns"),
    [
        ("TEXT", "'x'", {"": "x"}),
        ("TEXT", "''", {}),
        ("UUID", "uuid", {"": Fresh.UUID}),
        ("DATE_TIME", "now", {"": Fresh.NOW}),
        ("DATE", "now", {"": Fresh.NOW}),
        ("DATE", "'May 4, 2025'", {"": "2025-05-04"}),
        ("NUMBER", 7, {"": 7}),
        ("BOOLEAN", False, {"": False}),
        ("POSITION", 0, {"": 0}),
        ("SELECT", "'OPTION_1'", {"": "OPTION_1"}),
        ("RATING", "'RATING_3'", {"": "RATING_3"}),
        ("MULTI_SELECT", ["'OPTION_1'"], {"": ["OPTION_1"]}),
        ("ARRAY", ["'a'"], {"": ["a"]}),
        ("RAW_JSON", {"a": "'b'"}, {"": {"a": "'b'"}}),
        (
            "CURRENCY",
            {"amountMicros": "'1000000'", "currencyCode": "'USD'"},
            {"AmountMicros": "1000000", "CurrencyCode": "USD"},
        ),
        (
            "ACTOR",
            {"source": "'MANUAL'", "name": "'System'", "workspaceMemberId": None},
            {"Source": "MANUAL", "Name": "System"},
        ),
        (
            "LINKS",
            {"primaryLinkUrl": "''", "primaryLinkLabel": "''", "secondaryLinks": None},
            {},
        ),
        ("FULL_NAME", {"firstName": "'Ada'"}, {"FirstName": "Ada"}),
    ],
)
def test_a_default_is_written_as_a_value_is(
    kind: str, default: object, columns: dict[str, object]
) -> None:
    options = OPTIONS if kind in ("SELECT", "MULTI_SELECT") else ()
    field = bind(kind, name="f", default_value=default, options=options)

    assert field.default_fault(default) is None
    assert field.default() == columns


@pytest.mark.parametrize("kind", [type_.kind for type_ in ALL])
def test_no_default_is_no_columns(kind: str) -> None:
    field = bind(kind, name="f")

    assert field.default_fault(None) is None
    assert field.default() == {}


@pytest.mark.parametrize(
    ("kind", "default", "fault"),
    [
        ("TEXT", "x", 'Invalid string default value "x" should be single quoted'),
        ("TEXT", "now", 'Invalid string default value "now" should be single quoted'),
        ("UUID", "now", 'Invalid string default value "now" should be single quoted'),
        ("UUID", "'x'", "Invalid UUID value 'x' for field \"f\""),
        ("NUMBER", "'7'", "Invalid number value '7' for field \"f\""),
        ("BOOLEAN", 1, 'Invalid boolean value 1 for field "f"'),
        (
            "ADDRESS",
            {"addressCity": "Paris"},
            'Invalid string default value "Paris" should be single quoted',
        ),
        ("ADDRESS", {"city": "'Paris'"}, 'Invalid subfield city for address field "f"'),
        ("SELECT", "OPTION_1", "Default value should be as quoted string"),
        ("MULTI_SELECT", [], "If defined default value must contain at least one value"),
    ],
)
def test_a_faulty_default_is_named(kind: str, default: object, fault: str) -> None:
    options = OPTIONS if kind in ("SELECT", "MULTI_SELECT") else ()

    assert bind(kind, name="f", options=options).default_fault(default) == fault


def test_a_default_without_any_value_is_none() -> None:
    field = bind("FULL_NAME", name="f")

    assert field.normal_default({"firstName": None, "lastName": None}) is None
    assert field.normal_default({"firstName": "'A'"}) == {"firstName": "'A'"}


@pytest.mark.parametrize(
    ("kind", "settings", "fault"),
    [
        ("NUMBER", None, None),
        ("NUMBER", {"dataType": "int", "decimals": 2, "type": "percentage"}, None),
        (
            "NUMBER",
            {"dataType": "decimal"},
            "dataType must be one of the following values: float, int, bigint",
        ),
        ("NUMBER", {"decimals": "2"}, "decimals must be an integer number"),
        ("NUMBER", {"decimals": -1}, "decimals must not be less than 0"),
        ("TEXT", {"displayedMaxRows": 5, "other": "is nobody's business"}, None),
        ("ADDRESS", {"subFields": ["addressCity", "addressLat"]}, None),
        ("LINKS", {"maxNumberOfValues": 0}, "maxNumberOfValues must not be less than 1"),
        ("LINKS", {"clickAction": 1}, "clickAction must be a string"),
        ("FILES", {"maxNumberOfValues": 60}, None),
    ],
)
def test_settings_are_checked(
    kind: str, settings: dict[str, object] | None, fault: str | None
) -> None:
    assert bind(kind, name="f").settings_fault(settings) == fault


@pytest.mark.parametrize(
    "settings", [None, {}, *({"maxNumberOfValues": n} for n in (0, 61, "5", True, None))]
)
def test_files_say_how_many_they_are(settings: dict[str, object] | None) -> None:
    assert bind("FILES", name="f").settings_fault(settings) == (
        "maxNumberOfValues must be defined in settings and be a number greater than 0 "
        "and less than or equal to 60"
    )


@pytest.mark.parametrize(
    ("kind", "name", "is_system", "is_unique", "faults"),
    [
        ("TEXT", "f", False, True, ()),
        (
            "NUMERIC",
            "f",
            False,
            False,
            ("Field type NUMERIC is not supported for field creation. Use NUMBER instead.",),
        ),
        ("TS_VECTOR", "f", False, False, ("TS Vector is not supported for field creation",)),
        ("POSITION", "position", True, False, ()),
        (
            "POSITION",
            "f",
            False,
            False,
            (
                'Field type POSITION must be named "position", got "f"',
                "Field type POSITION must be a system field",
            ),
        ),
        ("FILES", "f", False, False, ()),
        ("FILES", "f", False, True, ("Files field is not supported for unique fields",)),
    ],
)
def test_some_types_are_not_for_everyone_to_create(
    kind: str, name: str, is_system: bool, is_unique: bool, faults: tuple[str, ...]
) -> None:
    field = bind(kind, name=name)

    assert field.creation_faults(is_system=is_system, is_unique=is_unique) == faults


def test_unique_fields_are_of_types_that_can_be_compared() -> None:
    refused = {kind for kind, type_ in BY_KIND.items() if not type_.unique_allowed}

    assert refused == {
        *("FULL_NAME", "ADDRESS", "CURRENCY", "ACTOR", "RICH_TEXT", "FILES", "TS_VECTOR")
    }


def test_a_relation_s_join_column_prints_as_an_id() -> None:
    field = bind("RELATION", name="companyId")

    assert getattr(field.shape(), "name", None) == "ID"
    assert field.columns()[0].pg_type == "uuid"


def test_a_rating_has_its_options_even_when_the_catalogue_has_none() -> None:
    assert [option.label for option in bind("RATING", name="f").options] == list("12345")
