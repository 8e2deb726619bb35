"""What aggregates an object has for a role, and what groups it may make."""

import pytest

from icosa.catalog.view import Grant, Hidden, View
from icosa.core.errors import ArgumentInvalid, Forbidden
from icosa.plan.aggregate import Aggregates, find_aggregate, readable_aggregates
from icosa.plan.group import plan_group
from icosa.request.group import read_group
from icosa.request.ir import GroupBy, Pick
from tests.unit.http import model

NO_PERMISSION = (
    "Entity performing the request does not have permission: no permission to read field "
    '"jobTitle" on "person"'
)


@pytest.fixture(scope="module")
def everything() -> View:
    return View(model.demonstration(), model.EVERYTHING)


@pytest.fixture(scope="module")
def restricted() -> View:
    """Neither job titles nor any opportunity may be read."""
    snapshot = model.standard()
    hidden = frozenset({model.field_id(snapshot, "person", "jobTitle")})
    return model.seen_by(snapshot, person=Grant(unreadable=hidden), opportunity=Grant(read=False))


def names(view: View, singular: str) -> list[str]:
    source = view.object(singular)
    assert source is not None
    return list(readable_aggregates(source, view))


def asked(singular: str, by: object, **more: object) -> GroupBy:
    return read_group(
        {"groupBy": by, **more},
        [],
        source=singular,
        picks=(Pick("totalCount", "totalCount"),),
        limit_max=50,
    )


def plan(view: View, singular: str, by: object, **more: object) -> None:
    plan_group(asked(singular, by, **more), view, [])


def test_each_field_but_relations_has_five_aggregates_and_its_types_own(everything: View) -> None:
    found = names(everything, "company")

    assert found[0] == "totalCount"
    assert [name for name in found if name.endswith("Employees")] == [
        "countUniqueValuesEmployees",
        "countEmptyEmployees",
        "countNotEmptyEmployees",
        "percentageEmptyEmployees",
        "percentageNotEmptyEmployees",
        "minEmployees",
        "maxEmployees",
        "avgEmployees",
        "sumEmployees",
    ]
    assert {"minCreatedAt", "sumAnnualRevenueAmountMicros", "countTrueVisaSponsorship"} <= {*found}
    assert not any(name.endswith(("People", "AccountOwner", "AccountOwnerId")) for name in found)


def test_morph_relations_have_the_common_aggregates(everything: View) -> None:
    found = names(everything, "pet")

    assert "countUniqueValuesPolymorphicOwnerRocket" in found
    assert "percentageEmptyPolymorphicHelperRockets" in found
    assert "countEmptyPolymorphicOwnerRocketId" not in found


def test_long_names_have_short_columns(everything: View) -> None:
    draft = model.draft_of(model.standard())
    name = "a" * 63
    model.add_field(draft, "company", "TEXT", name)
    view = View(draft.snapshot(), model.EVERYTHING)
    source = view.object("company")
    assert source is not None

    columns = [each.column for each in readable_aggregates(source, view).values()]

    assert f"percentageNotEmptyA{name[1:]}" in names(view, "company")
    assert len({*columns}) == len(columns)
    assert max(map(len, columns)) <= 50


def test_what_may_not_be_read_is_forbidden_and_not_unknown(restricted: View) -> None:
    person = restricted.object("person")
    assert person is not None

    with pytest.raises(Forbidden) as refused:
        find_aggregate("countEmptyJobTitle", person, restricted)

    assert refused.value.message == NO_PERMISSION
    assert isinstance(restricted.make(Aggregates).of(person)["countEmptyJobTitle"], Hidden)
    assert "countEmptyJobTitle" not in names(restricted, "person")
    assert find_aggregate("countEmptyNothing", person, restricted) is None


def test_counting_related_records_is_reading_them() -> None:
    view = model.seen_by(model.demonstration(), rocket=Grant(read=False))
    pet = view.object("pet")
    assert pet is not None

    with pytest.raises(Forbidden):
        find_aggregate("countEmptyPolymorphicHelperRockets", pet, view)

    assert "countEmptyPolymorphicHelperRockets" not in names(view, "pet")
    assert "countEmptyPolymorphicHelperSurveyResults" in names(view, "pet")


@pytest.mark.parametrize(
    ("by", "more"),
    [
        ([{"jobTitle": True}], {}),
        ([{"name": {"firstName": True}}], {"orderBy": [{"jobTitle": "AscNullsFirst"}]}),
        (
            [{"name": {"firstName": True}}],
            {"orderBy": [{"aggregate": {"countEmptyJobTitle": "AscNullsFirst"}}]},
        ),
    ],
)
def test_groups_of_what_may_not_be_read_are_forbidden(
    restricted: View, by: object, more: dict[str, object]
) -> None:
    with pytest.raises(Forbidden) as refused:
        plan(restricted, "person", by, **more)

    assert refused.value.message == NO_PERMISSION


def test_groups_of_an_object_that_may_not_be_read_are_forbidden(restricted: View) -> None:
    with pytest.raises(Forbidden):
        plan(restricted, "opportunity", [{"name": True}])


@pytest.mark.parametrize(
    ("by", "more"),
    [
        ([{"company": {"name": True}}], {}),
        ([{"companyId": True}], {"orderBy": [{"company": {"name": "AscNullsFirst"}}]}),
        ([{"companyId": True}], {"orderByForRecords": [{"company": {"name": "AscNullsFirst"}}]}),
        ([{"companyId": True}], {"filter": {"company": {"name": {"eq": "x"}}}}),
    ],
)
def test_related_records_that_may_not_be_read_are_forbidden(
    by: object, more: dict[str, object]
) -> None:
    view = model.seen_by(model.standard(), company=Grant(read=False))

    with pytest.raises(Forbidden):
        plan(view, "person", by, **more)


def test_a_related_field_that_may_not_be_read_is_forbidden() -> None:
    snapshot = model.standard()
    hidden = frozenset({model.field_id(snapshot, "company", "name")})
    view = model.seen_by(snapshot, company=Grant(unreadable=hidden))

    with pytest.raises(Forbidden) as refused:
        plan(view, "person", [{"company": {"name": True}}])

    assert refused.value.message.endswith('no permission to read field "name" on "company"')


def test_requests_of_one_shape_are_equal_whatever_their_time_zone() -> None:
    def of(zone: str) -> GroupBy:
        return asked("company", [{"createdAt": {"granularity": "DAY", "timeZone": zone}}])

    assert of("Europe/Paris") == of("UTC")
    assert hash(of("Europe/Paris")) == hash(of("UTC"))
    assert of("UTC") != asked("company", [{"createdAt": {"granularity": "DAY"}}])


@pytest.mark.parametrize("count", [11, 100])
def test_there_is_a_bound_on_dimensions(count: int) -> None:
    with pytest.raises(ArgumentInvalid, match=r"Too many fields to group by\. Maximum is 10"):
        asked("company", [{"name": True}] * count)


def test_definitions_nested_beyond_reason_are_refused(everything: View) -> None:
    by: object = True
    for _ in range(500):
        by = {"company": by}

    with pytest.raises(ArgumentInvalid):
        plan(everything, "person", [by])
