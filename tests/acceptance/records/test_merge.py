"""mergeMany (A6, B1): what one record of several holds, what follows it, faults and races."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from icosa.first_run import first_run
from tests.acceptance.records.roles import restricted
from tests.build import SETTINGS, Place, Running, running
from tests.postgres import TestServer, run_apart

Json = Any

COMPANY = """id name tagline employees visaSponsorship workPolicy domainName { primaryLinkUrl
primaryLinkLabel secondaryLinks } address { addressCity addressCountry }
annualRevenue { amountMicros currencyCode } createdAt position updatedBy { source name }"""
MERGE = """mutation ($ids: [UUID!]!, $priority: Int!, $dry: Boolean) {
  mergeCompanies(ids: $ids, conflictPriorityIndex: $priority, dryRun: $dry) { %s }
}"""
NOT_FOUND = "One or more records not found"


@pytest.fixture(scope="module")
def full_app(server: TestServer, template_database: str) -> Iterator[Running]:
    """A workspace with every standard object, and people with managers."""
    name = server.create(template_database)
    created = run_apart(
        first_run(
            server.url(name),
            SETTINGS,
            email="admin@example.com",
            password="Correct-horse-1",
            model="full",
        )
    )
    assert created is not None
    place = Place(name=name, workspace_id=created.workspace_id, api_key=created.api_key)
    with running(server, place) as app:
        response = app.rest(
            "POST",
            "metadata/fields",
            {
                "objectMetadataId": "person",
                "type": "RELATION",
                "name": "manager",
                "label": "Manager",
                "relationCreationPayload": {
                    "type": "MANY_TO_ONE",
                    "targetObjectMetadataId": "person",
                    "targetFieldLabel": "Reports",
                    "targetFieldIcon": "IconUsers",
                },
            },
        )
        assert response.status_code == httpx.codes.CREATED, response.text
        yield app


def companies(app: Running, *records: Json) -> list[str]:
    return [record["id"] for record in app.create("companies", *records)]


def merged(app: Running, ids: list[str], priority: int = 0, shown: str = COMPANY) -> Json:
    return app.data(MERGE % shown, ids=ids, priority=priority)["mergeCompanies"]


# -- fields ----------------------------------------------------------------------------


def test_the_survivors_values_count_and_others_fill_its_gaps(app: Running) -> None:
    ids = companies(
        app,
        {"name": "First", "tagline": "", "employees": 0, "visaSponsorship": False},
        {"name": "Second", "tagline": "Two", "employees": 9, "visaSponsorship": True},
        {"name": "Third", "tagline": "Three", "address": {"addressCity": "Rome"}},
    )

    record = merged(app, ids)

    assert record["id"] == ids[0]
    assert (record["name"], record["tagline"]) == ("First", "Two")
    assert (record["employees"], record["visaSponsorship"]) == (0, False)
    assert record["address"] == {"addressCity": "Rome", "addressCountry": ""}


def test_any_of_the_records_may_be_the_survivor(app: Running) -> None:
    ids = companies(app, {"name": "First", "tagline": "One"}, {"name": "Second"}, {"name": "Third"})

    record = merged(app, ids, priority=2)

    assert record["id"] == ids[2]
    assert (record["name"], record["tagline"]) == ("Third", "One")


def test_composites_are_kept_whole(app: Running) -> None:
    ids = companies(
        app,
        {"name": "A", "address": {"addressCity": "Oslo"}, "annualRevenue": {"currencyCode": "NOK"}},
        {
            "name": "B",
            "address": {"addressCity": "Rome", "addressCountry": "Italy"},
            "annualRevenue": {"amountMicros": 12345678901234567, "currencyCode": "EUR"},
        },
    )

    record = merged(app, ids)

    assert record["address"] == {"addressCity": "Oslo", "addressCountry": ""}
    assert record["annualRevenue"] == {"amountMicros": None, "currencyCode": "NOK"}


def test_a_large_number_loses_no_digit(app: Running) -> None:
    revenue = {"amountMicros": 12345678901234567, "currencyCode": "EUR"}
    ids = companies(app, {"name": "A"}, {"name": "B", "annualRevenue": revenue})

    assert merged(app, ids)["annualRevenue"] == revenue


def test_selections_are_joined_in_the_order_of_the_ids(app: Running) -> None:
    ids = companies(
        app,
        {"name": "A", "workPolicy": ["REMOTE_WORK"]},
        {"name": "B", "workPolicy": ["ON_SITE", "REMOTE_WORK"]},
        {"name": "C", "workPolicy": []},
    )

    assert merged(app, ids, priority=1)["workPolicy"] == ["REMOTE_WORK", "ON_SITE"]


def test_selections_of_none_stay_empty(app: Running) -> None:
    assert merged(app, companies(app, {"name": "A"}, {"name": "B"}))["workPolicy"] == []


def test_other_links_move_into_the_list_once_each(app: Running) -> None:
    ids = companies(
        app,
        {
            "name": "A",
            "domainName": {
                "primaryLinkUrl": "https://one.merge.example",
                "primaryLinkLabel": "One",
                "secondaryLinks": [{"url": "https://x.merge.example", "label": "X"}],
            },
        },
        {
            "name": "B",
            "domainName": {
                "primaryLinkUrl": "https://two.merge.example",
                "primaryLinkLabel": "Two",
                "secondaryLinks": [
                    {"url": "https://one.merge.example", "label": "Again"},
                    {"url": "https://x.merge.example", "label": "Other X"},
                    {"url": "https://y.merge.example", "label": "Y"},
                ],
            },
        },
    )

    assert merged(app, ids, priority=0)["domainName"] == {
        "primaryLinkUrl": "https://one.merge.example",
        "primaryLinkLabel": "One",
        "secondaryLinks": [
            {"url": "https://x.merge.example", "label": "X"},
            {"url": "https://two.merge.example", "label": "Two"},
            {"url": "https://y.merge.example", "label": "Y"},
        ],
    }


def test_other_addresses_and_numbers_move_into_the_lists(app: Running) -> None:
    people = app.create(
        "people",
        {"emails": {"additionalEmails": ["c@merge.example"]}, "phones": {}},
        {
            "emails": {"primaryEmail": "a@merge.example", "additionalEmails": ["b@merge.example"]},
            "phones": {
                "primaryPhoneNumber": "+33612345678",
                "additionalPhones": [{"number": "+14155552671"}],
            },
        },
        {
            "emails": {"primaryEmail": "b@merge.example"},
            "phones": {"primaryPhoneNumber": "+33699999999"},
        },
    )
    ids = [person["id"] for person in people]

    response = app.rest("PATCH", "people/merge", {"ids": ids, "conflictPriorityIndex": 0})

    record = response.json()["data"]["mergePerson"]
    assert record["emails"] == {
        "primaryEmail": "a@merge.example",
        "additionalEmails": ["c@merge.example", "b@merge.example"],
    }
    assert record["phones"] == {
        "primaryPhoneNumber": "612345678",
        "primaryPhoneCountryCode": "FR",
        "primaryPhoneCallingCode": "+33",
        "additionalPhones": [
            {"number": "4155552671", "countryCode": "US", "callingCode": "+1"},
            {"number": "699999999", "countryCode": "FR", "callingCode": "+33"},
        ],
    }


def test_a_relation_is_a_value_like_others(app: Running) -> None:
    (company,) = companies(app, {"name": "Employer"})
    people = app.create("people", {}, {"companyId": company})
    ids = [person["id"] for person in people]
    query = """mutation ($ids: [UUID!]!) {
      mergePeople(ids: $ids, conflictPriorityIndex: 0) { company { name } } }"""

    assert app.data(query, ids=ids)["mergePeople"] == {"company": {"name": "Employer"}}


def test_only_what_is_selected_is_merged(app: Running) -> None:
    ids = companies(app, {"name": "", "tagline": ""}, {"name": "Name", "tagline": "Tag"})

    assert merged(app, ids, shown="id name") == {"id": ids[0], "name": "Name"}
    stored = app.rest("GET", f"companies/{ids[0]}").json()["data"]["company"]
    assert (stored["name"], stored["tagline"]) == ("Name", "")


def test_system_fields_are_the_survivors(app: Running) -> None:
    first, second = app.create(
        "people", {"avatarUrl": "", "position": 7}, {"avatarUrl": "https://a.example/x.png"}
    )

    response = app.rest(
        "PATCH", "people/merge", {"ids": [first["id"], second["id"]], "conflictPriorityIndex": 0}
    )

    record = response.json()["data"]["mergePerson"]
    assert record["avatarUrl"] == ""
    assert record["createdAt"] == first["createdAt"]
    assert record["position"] == 7
    assert record["updatedAt"] > first["updatedAt"]
    assert record["updatedBy"]["source"] == "API"


# -- what points at the records --------------------------------------------------------


def test_what_points_at_the_losers_follows_the_survivor(app: Running) -> None:
    ids = companies(app, {"name": "Stays"}, {"name": "Goes"}, {"name": "Goes too"})
    people = app.create(
        "people", {"companyId": ids[1]}, {"companyId": ids[2]}, {"companyId": ids[0]}
    )
    app.rest("DELETE", f"people/{people[1]['id']}", soft_delete="true")
    (note,) = app.create("notes", {"title": "About them"})
    targets = app.create(
        "noteTargets",
        {"noteId": note["id"], "targetCompanyId": ids[1]},
        {"noteId": note["id"], "targetCompanyId": ids[2]},
    )
    app.create("attachments", {"name": "File", "targetCompanyId": ids[2]})
    app.create("timelineActivities", {"name": "Then", "targetCompanyId": ids[1]})

    record = merged(
        app,
        ids,
        shown="""people { totalCount } noteTargets { edges { node { id } } }
        attachments { totalCount } timelineActivities { totalCount }""",
    )

    assert record["people"]["totalCount"] == 2
    found = {edge["node"]["id"] for edge in record["noteTargets"]["edges"]}
    assert found == {target["id"] for target in targets}
    assert record["attachments"]["totalCount"] == 1
    assert record["timelineActivities"]["totalCount"] == 1
    deleted = app.data(
        'query ($id: UUID) { person(filter: { id: { eq: $id }, deletedAt: { is: "NOT_NULL" } })'
        " { companyId } }",
        id=people[1]["id"],
    )
    assert deleted["person"]["companyId"] == ids[0]


def test_the_losers_are_gone_for_good_and_not_counted(app: Running) -> None:
    before = app.data("{ companies { totalCount } }")["companies"]["totalCount"]
    ids = companies(app, {"name": "Stays"}, {"name": "Goes"})

    merged(app, ids)

    assert app.data("{ companies { totalCount } }")["companies"]["totalCount"] == before + 1
    gone = app.sql(f"select 1 from {app.schema()}.company where id = $1", ids[1])
    assert gone == []


def test_what_would_break_a_unique_rule_goes_with_the_loser(full_app: Running) -> None:
    app = full_app
    people = app.create("people", {"jobTitle": "a"}, {"jobTitle": "b"}, {"jobTitle": "c"})
    stays, goes, too = (person["id"] for person in people)
    first, second = app.create("messageLists", {"name": "First"}, {"name": "Second"})
    members = app.create(
        "messageListMembers",
        {"listId": first["id"], "personId": goes},
        {"listId": first["id"], "personId": stays},
        {"listId": second["id"], "personId": goes},
        {"listId": second["id"], "personId": too},
    )
    names = [member["id"] for member in members]

    response = app.rest(
        "PATCH", "people/merge", {"ids": [stays, goes, too], "conflictPriorityIndex": 0}
    )

    assert response.status_code == httpx.codes.OK, response.text
    left = app.rest("GET", "messageListMembers").json()["data"]["messageListMembers"]
    assert {member["id"] for member in left} == {names[1], names[2]}
    assert {member["personId"] for member in left} == {stays}


def test_no_record_points_at_itself_because_two_became_one(full_app: Running) -> None:
    app = full_app
    (boss,) = app.create("people", {"jobTitle": "boss"})
    twins = app.create("people", {"jobTitle": "x"}, {"jobTitle": "y", "managerId": boss["id"]})
    first, second = (person["id"] for person in twins)
    app.rest("PATCH", f"people/{first}", {"managerId": second})
    reports = app.create("people", {"managerId": second}, {"managerId": first})

    response = app.rest(
        "PATCH", "people/merge", {"ids": [first, second], "conflictPriorityIndex": 0}
    )

    assert response.json()["data"]["mergePerson"]["managerId"] == boss["id"]
    for report in reports:
        read = app.rest("GET", f"people/{report['id']}").json()["data"]["person"]
        assert read["managerId"] == first


def test_a_pointer_that_is_not_selected_is_cut_where_it_pointed_at_a_loser(
    full_app: Running,
) -> None:
    first, second = (person["id"] for person in full_app.create("people", {}, {}))
    full_app.rest("PATCH", f"people/{first}", {"managerId": second})
    query = """mutation ($ids: [UUID!]!) {
      mergePeople(ids: $ids, conflictPriorityIndex: 0) { id reports { totalCount } } }"""

    record = full_app.data(query, ids=[first, second])["mergePeople"]

    assert record == {"id": first, "reports": {"totalCount": 0}}
    read = full_app.rest("GET", f"people/{first}").json()["data"]["person"]
    assert read["managerId"] is None


# -- a dry run -------------------------------------------------------------------------


def test_a_dry_run_shows_what_would_be_and_stores_nothing(app: Running) -> None:
    ids = companies(app, {"name": "Stays"}, {"name": "Goes", "tagline": "Tag"})
    app.create("people", {"companyId": ids[0]}, {"companyId": ids[1]})
    shown = """id name tagline deletedAt
    people { totalCount edges { node { company { id } } } }"""
    before = app.rest("GET", "companies", filter=f'id[in]:["{ids[0]}","{ids[1]}"]').json()

    dry = app.data(MERGE % shown, ids=ids, priority=0, dry=True)["mergeCompanies"]

    assert dry["id"] not in ids
    assert dry["deletedAt"] is not None
    assert (dry["name"], dry["tagline"]) == ("Stays", "Tag")
    assert dry["people"]["totalCount"] == 2
    owners = [edge["node"]["company"]["id"] for edge in dry["people"]["edges"]]
    assert sorted(owners) == sorted(ids)
    assert app.rest("GET", "companies", filter=f'id[in]:["{ids[0]}","{ids[1]}"]').json() == before
    assert app.rest("GET", f"companies/{dry['id']}").status_code == httpx.codes.NOT_FOUND


def test_a_dry_run_by_rest_has_the_key_of_a_merge(app: Running) -> None:
    ids = companies(app, {"name": "Stays"}, {"name": "Goes", "tagline": "Tag"})
    body = {"ids": ids, "conflictPriorityIndex": 0, "dryRun": True}

    response = app.rest("PATCH", "companies/merge", body, depth=1)

    record = response.json()["data"]["mergeCompany"]
    assert record["tagline"] == "Tag"
    assert record["deletedAt"] is not None
    assert record["people"] == []
    again = app.rest("PATCH", "companies/merge", body)
    assert again.json()["data"]["mergeCompany"]["id"] != record["id"]


def test_a_dry_run_of_nothing_selected_shows_nothing(app: Running) -> None:
    ids = companies(app, {"name": "A"}, {"name": "B"})

    answer = app.data(MERGE % "__typename", ids=ids, priority=0, dry=True)

    assert answer["mergeCompanies"] == {"__typename": "Company"}


# -- faults ----------------------------------------------------------------------------

SOME = "d0000000-0000-4000-8000-00000000000"
FAULTS: list[tuple[Json, str]] = [
    ({"conflictPriorityIndex": 0}, 'Missing required argument: "ids" (array)'),
    ({"ids": [SOME + "1"]}, 'Missing required argument: "conflictPriorityIndex" (number)'),
    (
        {"ids": [SOME + "1"], "conflictPriorityIndex": 0},
        "At least 2 record IDs are required for merge",
    ),
    ({"ids": [], "conflictPriorityIndex": 0}, "At least 2 record IDs are required for merge"),
    (
        {"ids": [f"{SOME}{n}" for n in range(10)], "conflictPriorityIndex": 0},
        "Maximum 9 records can be merged at once",
    ),
    (
        {"ids": [SOME + "1", SOME + "2"], "conflictPriorityIndex": 2},
        "Invalid conflict priority '2'. Valid options for 2 records: 0-1",
    ),
    (
        {"ids": [SOME + "1", SOME + "2"], "conflictPriorityIndex": -1},
        "Invalid conflict priority '-1'. Valid options for 2 records: 0-1",
    ),
    (
        {"ids": [SOME + "1", SOME + "2"], "conflictPriorityIndex": 0.5},
        "Invalid conflict priority '0.5'. Valid options for 2 records: 0-1",
    ),
    ({"ids": "x", "conflictPriorityIndex": 0}, 'Invalid argument: "ids" must be an array'),
    (
        {"ids": [], "conflictPriorityIndex": "0"},
        'Invalid argument: "conflictPriorityIndex" must be a number',
    ),
    (
        {"ids": [], "conflictPriorityIndex": 0, "dryRun": "yes"},
        'Invalid argument: "dryRun" must be a boolean',
    ),
    (
        {"ids": ["x", SOME + "1"], "conflictPriorityIndex": 0},
        "Invalid UUID value 'x' for field \"id\"",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), FAULTS)
def test_arguments_are_refused_in_the_contracts_words(
    app: Running, arguments: Json, message: str
) -> None:
    given = ", ".join(f"{name}: ${name}" for name in arguments)
    declared = ", ".join(f"${name}: JSON" for name in arguments)
    query = f"mutation ({declared}) {{ mergeCompanies({given}) {{ id }} }}"

    body = app.graphql(query, **arguments)
    response = app.rest("PATCH", "companies/merge", arguments)

    assert body["data"] == {"mergeCompanies": None}
    assert body["errors"][0]["message"] == message
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert body["errors"][0]["extensions"]["subCode"] == "INVALID_QUERY_INPUT"
    assert response.status_code == httpx.codes.BAD_REQUEST
    assert response.json()["messages"] == [message]


@pytest.mark.parametrize(("singular", "plural"), [("note", "notes"), ("sample", "samples")])
def test_objects_without_criteria_are_not_merged(app: Running, singular: str, plural: str) -> None:
    body = {"ids": [], "conflictPriorityIndex": 0}
    root = f"merge{plural.capitalize()}"
    message = (
        "Merge is only available for objects with duplicate criteria. Object "
        f"'{singular}' does not have duplicate criteria defined."
    )

    response = app.rest("PATCH", f"{plural}/merge", body)
    answer = app.graphql(f"mutation {{ {root}(ids: [], conflictPriorityIndex: 0) {{ id }} }}")

    assert response.json()["messages"] == [message]
    assert answer["errors"][0]["message"] == message


@pytest.mark.parametrize("dry", [False, True])
def test_every_record_must_be_there_and_live(app: Running, *, dry: bool) -> None:
    first, deleted = companies(app, {"name": "A"}, {"name": "B"})
    app.rest("DELETE", f"companies/{deleted}", soft_delete="true")
    for ids in ([first, SOME + "9"], [first, deleted], [first, first], [first, first.upper()]):
        body = app.graphql(MERGE % "id", ids=ids, priority=0, dry=dry)
        response = app.rest(
            "PATCH", "companies/merge", {"ids": ids, "conflictPriorityIndex": 0, "dryRun": dry}
        )

        assert body["errors"][0]["message"] == NOT_FOUND
        assert body["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        assert body["errors"][0]["extensions"]["subCode"] == "RECORD_NOT_FOUND"
        assert response.status_code == httpx.codes.NOT_FOUND
        assert response.json()["messages"] == [NOT_FOUND]
    assert app.rest("GET", f"companies/{first}").status_code == httpx.codes.OK


def test_put_is_no_way_to_merge(app: Running) -> None:
    response = app.rest("PUT", "companies/merge", {"ids": [], "conflictPriorityIndex": 0})

    assert response.status_code == httpx.codes.METHOD_NOT_ALLOWED
    assert response.headers["allow"] == "PATCH"


# -- rights ----------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["can_read", "can_update", "can_destroy"])
def test_a_merge_needs_three_rights(app: Running, column: str) -> None:
    ids = companies(app, {"name": "A"}, {"name": "B"})
    with restricted(app, (column, "company")) as other:
        response = other.rest("PATCH", "companies/merge", {"ids": ids, "conflictPriorityIndex": 0})

    assert response.status_code == httpx.codes.BAD_REQUEST
    assert response.json()["code"] == "PERMISSION_DENIED"


def test_a_field_that_may_not_be_written_is_not_merged_in_silence(app: Running) -> None:
    ids = companies(app, {"name": "A"}, {"name": "B", "tagline": "Tag"})
    with restricted(app, ("can_update", "company", "tagline")) as other:
        refused = other.graphql(MERGE % "id tagline", ids=ids, priority=0)
        record = merged(other, ids, shown="id name")

    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert record == {"id": ids[0], "name": "A"}


def test_what_a_role_may_not_read_follows_the_survivor_all_the_same(app: Running) -> None:
    ids = companies(app, {"name": "A"}, {"name": "B"})
    (person,) = app.create("people", {"companyId": ids[1]})
    with restricted(app, ("can_read", "person")) as other:
        merged(other, ids, shown="id")

    read = app.rest("GET", f"people/{person['id']}").json()["data"]["person"]
    assert read["companyId"] == ids[0]


# -- races -----------------------------------------------------------------------------


def test_of_many_merges_of_the_same_records_one_wins(app: Running) -> None:
    ids = companies(app, {"name": "A"}, {"name": "B"}, {"name": "C"})
    people = app.create("people", *({"companyId": key} for key in ids))

    def merge(number: int) -> httpx.Response:
        body = {"ids": ids, "conflictPriorityIndex": number % 3}
        return app.rest("PATCH", "companies/merge", body)

    with ThreadPoolExecutor(8) as executor:
        responses = list(executor.map(merge, range(8)))

    statuses = sorted(response.status_code for response in responses)
    assert statuses == [httpx.codes.OK] + [httpx.codes.NOT_FOUND] * 7
    (winner,) = (r for r in responses if r.status_code == httpx.codes.OK)
    survivor = winner.json()["data"]["mergeCompany"]["id"]
    for person in people:
        read = app.rest("GET", f"people/{person['id']}").json()["data"]["person"]
        assert read["companyId"] == survivor


def test_merges_that_share_a_record_lose_nothing_that_points_at_it(app: Running) -> None:
    """What one merge has just moved the other must see: `notes` would go with the loser."""
    for _ in range(5):
        ids = companies(app, {"name": "A"}, {"name": "B"}, {"name": "C"})
        (note,) = app.create("notes", {"title": "N"})
        app.create("noteTargets", *({"noteId": note["id"], "targetCompanyId": k} for k in ids))

        with ThreadPoolExecutor(2) as executor:
            one = executor.submit(
                app.rest,
                "PATCH",
                "companies/merge",
                {"ids": [ids[0], ids[1]], "conflictPriorityIndex": 0},
            )
            two = executor.submit(
                app.rest,
                "PATCH",
                "companies/merge",
                {"ids": [ids[0], ids[2]], "conflictPriorityIndex": 1},
            )
        statuses = {one.result().status_code, two.result().status_code}

        assert statuses <= {httpx.codes.OK, httpx.codes.NOT_FOUND}
        query = """query ($id: UUID!) { note(filter: { id: { eq: $id } }) {
          noteTargets { edges { node { targetCompany { id } } } } } }"""
        targets = app.data(query, id=note["id"])["note"]["noteTargets"]["edges"]
        assert len(targets) == 3
        assert all(edge["node"]["targetCompany"] for edge in targets)


def test_what_is_created_meanwhile_points_at_a_record_that_is_there(app: Running) -> None:
    ids = companies(app, {"name": "A"}, {"name": "B"})

    def create(number: int) -> httpx.Response:
        return app.rest("POST", "people", {"jobTitle": f"new {number}", "companyId": ids[1]})

    with ThreadPoolExecutor(7) as executor:
        created = [executor.submit(create, number) for number in range(12)]
        response = executor.submit(
            app.rest, "PATCH", "companies/merge", {"ids": ids, "conflictPriorityIndex": 0}
        ).result()
        created += [executor.submit(create, number) for number in range(12, 18)]
    answers = [each.result() for each in created]

    assert response.status_code == httpx.codes.OK
    for answer in answers:
        if answer.status_code == httpx.codes.CREATED:
            person = answer.json()["data"]["createPerson"]
            read = app.rest("GET", f"people/{person['id']}").json()["data"]["person"]
            assert read["companyId"] == ids[0]
        else:
            assert answer.status_code == httpx.codes.BAD_REQUEST
