"""What a role's rows grant."""

import msgspec
import pytest

from icosa.access import roles
from icosa.access.roles import SETTINGS, TOOLS, Rights
from icosa.catalog.view import Grant, Role

OBJECT = "0197a3b2-0000-7000-8000-00000000000a"
OTHER = "0197a3b2-0000-7000-8000-00000000000b"
FIELD = "0197a3b2-0000-7000-8000-00000000000f"


def rights(*, all_settings: bool = False, all_tools: bool = False, flags: str = "") -> Rights:
    return Rights(
        role=Role(id="r", grants={}),
        all_settings=all_settings,
        all_tools=all_tools,
        flags=frozenset(flags.split()),
    )


def grants(objects: list[object], fields: list[object], *, read: bool = True) -> Role:
    """A role that may read everything, or nothing, and write nothing; and its other rows."""
    row = {
        "workspace_id": "w",
        "role": {
            "id": "r",
            "label": "R",
            "canUpdateAllSettings": False,
            "canAccessAllTools": False,
            "canReadAllObjectRecords": read,
            "canUpdateAllObjectRecords": False,
            "canSoftDeleteAllObjectRecords": False,
            "canDestroyAllObjectRecords": False,
        },
        "flags": [],
        "objects": objects,
        "fields": fields,
    }
    return roles._rights(msgspec.convert(row, roles._RightsRow)).role


def test_there_are_the_contract_s_26_flags() -> None:
    assert len({*SETTINGS, *TOOLS}) == len(SETTINGS) + len(TOOLS) == 26


@pytest.mark.parametrize(
    ("granted", "data_model", "views"),
    [
        (rights(), False, False),
        (rights(all_settings=True), True, False),
        (rights(all_tools=True), False, True),
        (rights(flags="DATA_MODEL"), True, False),
        (rights(flags="VIEWS"), False, True),
    ],
)
def test_a_flag_comes_from_all_of_its_kind_or_alone(
    granted: Rights, *, data_model: bool, views: bool
) -> None:
    assert granted.may("DATA_MODEL") is data_model
    assert granted.may("VIEWS") is views
    assert ("DATA_MODEL" in granted.granted()) is data_model


def test_what_an_object_s_row_leaves_open_is_the_role_s() -> None:
    role = grants([{"object_id": OBJECT, "can_read": None, "can_update": True}], [])

    assert role.default == Grant(read=True, update=False, soft_delete=False, destroy=False)
    assert role.grants == {OBJECT: Grant(read=True, update=True, soft_delete=False, destroy=False)}


def test_a_row_may_open_an_object_of_a_closed_role() -> None:
    role = grants([{"object_id": OBJECT, "can_read": True}], [], read=False)

    assert role.default.read is False
    assert role.grants[OBJECT].read is True


def test_a_restricted_field_restricts_nothing_else() -> None:
    role = grants(
        [],
        [
            {"object_id": OBJECT, "field_id": FIELD, "can_read": False, "can_update": None},
            {
                "object_id": OTHER,
                "field_id": FIELD[:-1] + "e",
                "can_read": None,
                "can_update": False,
            },
        ],
    )

    assert role.grants[OBJECT].unreadable == {FIELD}
    assert role.grants[OBJECT].unwritable == frozenset()
    assert role.grants[OTHER].unwritable == {FIELD[:-1] + "e"}
    assert role.grants[OTHER].read is True
