"""What writes do: positions, actors, times, deletion and its cascades, what is shown (A6, B1)."""

from typing import Any

import pytest

from tests.build import Running

Json = Any


def position_of(app: Running, **data: Json) -> float:
    (record,) = app.create("tasks", data)
    return float(record["position"])


@pytest.fixture(autouse=True)
def nothing_else(app: Running) -> None:
    app.clear()


# -- creation --------------------------------------------------------------------------


def test_creation_answers_with_the_whole_record(app: Running) -> None:
    response = app.rest("POST", "companies", {"name": "One"})

    assert response.status_code == 201
    ((key, record),) = response.json()["data"].items()
    assert key == "createCompany"
    assert record["name"] == "One"
    assert record["createdAt"] == record["updatedAt"]
    assert record["deletedAt"] is None
    assert record["domainName"] == {
        "primaryLinkLabel": "",
        "primaryLinkUrl": "",
        "secondaryLinks": [],
    }
    assert record["annualRevenue"] == {"amountMicros": None, "currencyCode": None}
    assert "accountOwner" not in record
    assert record["accountOwnerId"] is None


def test_a_batch_answers_in_its_own_order(app: Running) -> None:
    names = ["c", "a", "b"]
    places: list[Json] = ["last", 5, "first"]

    response = app.rest(
        "POST",
        "batch/tasks",
        [{"title": name, "position": place} for name, place in zip(names, places, strict=True)],
    )

    created = response.json()["data"]["createTasks"]
    assert response.status_code == 201
    assert [record["title"] for record in created] == names
    assert len({record["createdAt"] for record in created}) == 1


def test_an_empty_batch_creates_nothing(app: Running) -> None:
    assert app.rest("POST", "batch/tasks", []).json() == {"data": {"createTasks": []}}
    assert app.data("mutation { createTasks(data: []) { id } }") == {"createTasks": []}


def test_a_single_object_stands_for_a_list(app: Running) -> None:
    data = app.data('mutation { createTasks(data: { title: "one" }) { title } }')

    assert data == {"createTasks": [{"title": "one"}]}


def test_a_client_may_give_id_and_times(app: Running) -> None:
    given = {
        "id": "aaaaaaaa-0000-4000-8000-000000000001",
        "createdAt": "2020-01-02T03:04:05.678Z",
        "updatedAt": "2021-01-01T00:00:00.000Z",
        "deletedAt": "2022-01-01T00:00:00.000Z",
    }

    (record,) = app.create("tasks", given)

    assert {key: record[key] for key in given} == given


def test_defaults_are_filled_in(app: Running) -> None:
    first, second = app.create("tasks", {}, {"status": "DONE"})

    assert (first["status"], second["status"]) == ("TODO", "DONE")


def test_records_of_one_batch_may_have_different_keys(app: Running) -> None:
    created = app.create(
        "companies", {"name": "a"}, {"employees": 3}, {"visaSponsorship": True}, {}
    )

    assert [record["name"] for record in created] == ["a", "", "", ""]
    assert [record["employees"] for record in created] == [None, 3, None, None]
    assert [record["visaSponsorship"] for record in created] == [False, False, True, False]


# -- positions -------------------------------------------------------------------------


def test_new_records_go_to_the_top(app: Running) -> None:
    assert position_of(app) == 0
    assert position_of(app) == -1
    assert position_of(app, position="first") == -2


def test_last_goes_to_the_end(app: Running) -> None:
    assert position_of(app, position=7) == 7
    assert position_of(app, position="last") == 8


def test_last_among_no_records(app: Running) -> None:
    assert position_of(app, position="last") == 2


def test_a_batch_is_placed_one_after_another(app: Running) -> None:
    records = app.create("tasks", {"position": 10}, {}, {}, {"position": "last"})

    assert [record["position"] for record in records] == [10, 8, 7, 14]


def test_an_update_resolves_first_and_last(app: Running) -> None:
    low, high = app.create("tasks", {"position": 1}, {"position": 5})

    response = app.rest("PATCH", f"tasks/{high['id']}", {"position": "first"})
    assert response.json()["data"]["updateTask"]["position"] == 0
    response = app.rest("PATCH", f"tasks/{low['id']}", {"position": "last"})
    assert response.json()["data"]["updateTask"]["position"] == 2
    response = app.rest("PATCH", f"tasks/{low['id']}", {"title": "x"})
    assert response.json()["data"]["updateTask"]["position"] == 2


def test_positions_may_be_fractions(app: Running) -> None:
    assert position_of(app, position=0.5) == 0.5


# -- actors ----------------------------------------------------------------------------

KEY: Json = {"source": "API", "workspaceMemberId": None, "name": "First key", "context": {}}


def test_a_key_is_the_actor(app: Running) -> None:
    (record,) = app.create("tasks", {})

    assert record["createdBy"] == KEY
    assert record["updatedBy"] == KEY


def test_an_actor_that_is_null_is_the_caller(app: Running) -> None:
    alone = app.rest("POST", "tasks", {"createdBy": None})
    named: dict[str, object] = {
        "source": "IMPORT",
        "name": "Tim",
        "workspaceMemberId": None,
        "context": {},
    }
    records = app.create("tasks", {"createdBy": None}, {}, {"createdBy": named})

    assert alone.status_code == 201, alone.text
    assert alone.json()["data"]["createTask"]["createdBy"] == KEY
    assert [record["createdBy"] for record in records] == [KEY, KEY, named]


def test_an_actor_without_a_name_keeps_source_and_context(app: Running) -> None:
    (record,) = app.create("tasks", {"createdBy": {"source": "IMPORT", "context": {"a": 1}}})

    assert record["createdBy"] == KEY | {"source": "IMPORT", "context": {"a": 1}}


def test_an_actor_with_a_name_is_kept_whole(app: Running) -> None:
    member = "aaaaaaaa-0000-4000-8000-000000000009"
    actor = {"source": "MANUAL", "name": "Tim", "workspaceMemberId": member, "context": {}}

    (record,) = app.create("tasks", {"createdBy": actor})

    assert record["createdBy"] == actor


def test_updated_by_is_always_the_caller(app: Running) -> None:
    actor = {"source": "IMPORT", "name": "Tim"}

    (record,) = app.create("tasks", {"updatedBy": actor})
    response = app.rest("PATCH", f"tasks/{record['id']}", {"updatedBy": actor})

    assert record["updatedBy"] == KEY
    assert response.json()["data"]["updateTask"]["updatedBy"] == KEY


# -- updates ---------------------------------------------------------------------------


def test_an_update_leaves_alone_what_it_does_not_name(app: Running) -> None:
    (record,) = app.create("companies", {"name": "a", "employees": 3})

    response = app.rest("PATCH", f"companies/{record['id']}", {"name": "b"})

    assert response.status_code == 200
    updated = response.json()["data"]["updateCompany"]
    assert (updated["name"], updated["employees"]) == ("b", 3)
    assert updated["updatedAt"] > record["updatedAt"]
    assert updated["createdAt"] == record["createdAt"]


def test_put_is_patch(app: Running) -> None:
    (record,) = app.create("companies", {"name": "a", "employees": 3})

    response = app.rest("PUT", f"companies/{record['id']}", {"name": "b"})

    assert response.json()["data"]["updateCompany"]["employees"] == 3


def test_parts_of_a_composite_merge(app: Running) -> None:
    (record,) = app.create("companies", {"address": {"addressCity": "Paris"}})

    response = app.rest(
        "PATCH", f"companies/{record['id']}", {"address": {"addressCountry": "France"}}
    )

    address = response.json()["data"]["updateCompany"]["address"]
    assert (address["addressCity"], address["addressCountry"]) == ("Paris", "France")


def test_some_composites_are_wiped_by_a_part(app: Running) -> None:
    (record,) = app.create(
        "samples",
        {
            "emailsField": {"primaryEmail": "A@B.example", "additionalEmails": ["c@d.example"]},
            "linksField": {"primaryLinkUrl": "a.example", "primaryLinkLabel": "A"},
        },
    )
    assert record["emailsField"]["primaryEmail"] == "a@b.example"

    response = app.rest(
        "PATCH",
        f"samples/{record['id']}",
        {
            "emailsField": {"additionalEmails": ["e@f.example"]},
            "linksField": {"primaryLinkLabel": "B"},
        },
    )

    updated = response.json()["data"]["updateSample"]
    assert updated["emailsField"] == {"primaryEmail": "", "additionalEmails": ["e@f.example"]}
    assert updated["linksField"]["primaryLinkUrl"] == ""


def test_updating_many_answers_with_those_updated(app: Running) -> None:
    app.create("tasks", {"title": "a"}, {"title": "a"}, {"title": "b"})

    response = app.rest("PATCH", "tasks", {"title": "c"}, filter="title[eq]:a")

    assert [record["title"] for record in response.json()["data"]["updateTasks"]] == ["c", "c"]


def test_updating_many_without_a_filter_updates_all_by_rest(app: Running) -> None:
    app.create("tasks", {}, {})

    response = app.rest("PATCH", "tasks", {"title": "all"})

    assert len(response.json()["data"]["updateTasks"]) == 2


def test_updates_touch_deleted_records_too(app: Running) -> None:
    (record,) = app.create("tasks", {"title": "a", "deletedAt": "2024-01-01"})

    response = app.rest("PATCH", f"tasks/{record['id']}", {"title": "b"})
    many = app.rest("PATCH", "tasks", {"title": "c"}, filter="title[eq]:b")

    assert response.json()["data"]["updateTask"]["title"] == "b"
    assert len(many.json()["data"]["updateTasks"]) == 1


def test_a_relation_filter_chooses_what_is_updated(app: Running) -> None:
    (acme,) = app.create("companies", {"name": "Acme"})
    app.create("people", {"companyId": acme["id"]}, {})

    data = app.data(
        'mutation { updatePeople(filter: {company: {name: {eq: "Acme"}}}, data: {jobTitle: "x"})'
        " { jobTitle companyId } }"
    )

    assert data == {"updatePeople": [{"jobTitle": "x", "companyId": acme["id"]}]}


def test_a_relation_is_cut_by_disconnect(app: Running) -> None:
    (acme,) = app.create("companies", {})
    (person,) = app.create("people", {"companyId": acme["id"]})
    query = "mutation ($i: ID, $d: JSON) { updatePerson(id: $i, data: $d) { companyId } }"

    kept = app.data(query, i=person["id"], d={"company": {"disconnect": False}})
    cut = app.data(query, i=person["id"], d={"company": {"disconnect": True}})

    assert kept == {"updatePerson": {"companyId": acme["id"]}}
    assert cut == {"updatePerson": {"companyId": None}}


def test_an_update_of_nothing_is_an_update(app: Running) -> None:
    (record,) = app.create("tasks", {})

    response = app.rest("PATCH", f"tasks/{record['id']}", {})

    assert response.status_code == 200
    assert response.json()["data"]["updateTask"]["updatedAt"] > record["updatedAt"]


def test_an_id_can_not_be_taken_by_an_update(app: Running) -> None:
    one, other = app.create("tasks", {}, {})

    response = app.rest("PATCH", f"tasks/{one['id']}", {"id": other["id"]})

    assert response.status_code in (200, 400)
    assert app.rest("GET", f"tasks/{one['id']}").status_code == 200


# -- deletion --------------------------------------------------------------------------


def test_rest_deletes_for_good_unless_told_otherwise(app: Running) -> None:
    one, other = app.create("tasks", {}, {"title": "soft"})

    hard = app.rest("DELETE", f"tasks/{one['id']}")
    soft = app.rest("DELETE", f"tasks/{other['id']}", soft_delete="true")

    assert hard.json() == {"data": {"deleteTask": {"id": one["id"]}}}
    record = soft.json()["data"]["deleteTask"]
    assert record["title"] == "soft"
    assert record["deletedAt"] is not None
    assert record["deletedAt"] == record["updatedAt"]
    assert app.rest("GET", f"tasks/{one['id']}").status_code == 404
    assert app.rest("GET", f"tasks/{other['id']}").status_code == 404
    trash = app.rest("GET", "tasks", filter="deletedAt[is]:NOT_NULL").json()
    assert [found["id"] for found in trash["data"]["tasks"]] == [other["id"]]


def test_rest_deletes_many_both_ways(app: Running) -> None:
    app.create("tasks", {"title": "a"}, {"title": "a"}, {"title": "b"}, {"title": "b"})

    soft = app.rest("DELETE", "tasks", soft_delete="true", filter="title[eq]:a").json()
    hard = app.rest("DELETE", "tasks", filter="title[eq]:b").json()

    assert [record["title"] for record in soft["data"]["deleteTasks"]] == ["a", "a"]
    assert [list(record) for record in hard["data"]["deleteTasks"]] == [["id"], ["id"]]


def test_graphql_deletes_softly_and_destroys_for_good(app: Running) -> None:
    (record,) = app.create("tasks", {"title": "x"})

    deleted = app.data(f'mutation {{ deleteTask(id: "{record["id"]}") {{ title deletedAt }} }}')
    destroyed = app.data(f'mutation {{ destroyTask(id: "{record["id"]}") {{ title deletedAt }} }}')

    assert deleted["deleteTask"]["title"] == "x"
    assert deleted["deleteTask"]["deletedAt"] is not None
    assert destroyed == deleted | {"destroyTask": deleted["deleteTask"]} or destroyed == {
        "destroyTask": deleted["deleteTask"]
    }


@pytest.mark.parametrize(
    ("parents", "children", "join"),
    [("notes", "noteTargets", "noteId"), ("tasks", "taskTargets", "taskId")],
)
def test_targets_go_and_come_with_their_note_or_task(
    app: Running, parents: str, children: str, join: str
) -> None:
    (parent,) = app.create(parents, {})
    app.create(children, {join: parent["id"]}, {join: parent["id"]}, {})

    counts = []
    for method, path, params in (
        ("DELETE", f"{parents}/{parent['id']}", {"soft_delete": "true"}),
        ("PATCH", f"restore/{parents}/{parent['id']}", {}),
        ("DELETE", parents, {"soft_delete": "true", "filter": f"id[eq]:{parent['id']}"}),
        ("PATCH", f"restore/{parents}", {"filter": f"id[eq]:{parent['id']}"}),
        ("DELETE", f"{parents}/{parent['id']}", {}),
    ):
        assert app.rest(method, path, **params).status_code == 200
        counts.append(app.rest("GET", children).json()["totalCount"])

    assert counts == [1, 3, 1, 3, 1]


def test_nothing_else_goes_along(app: Running) -> None:
    (company,) = app.create("companies", {})
    (person,) = app.create("people", {"companyId": company["id"]})

    app.rest("DELETE", f"companies/{company['id']}", soft_delete="true")

    assert app.rest("GET", f"people/{person['id']}").status_code == 200


def test_a_destroyed_parent_leaves_its_people(app: Running) -> None:
    (company,) = app.create("companies", {})
    (person,) = app.create("people", {"companyId": company["id"]})
    (target,) = app.create("noteTargets", {"targetCompanyId": company["id"]})

    app.rest("DELETE", f"companies/{company['id']}")

    found = app.rest("GET", f"people/{person['id']}").json()["data"]["person"]
    assert found["companyId"] is None
    assert app.rest("GET", f"noteTargets/{target['id']}").status_code == 404


def test_a_deleted_parent_hides_its_id_where_the_relation_is_shown(app: Running) -> None:
    (company,) = app.create("companies", {})
    (person,) = app.create("people", {"companyId": company["id"]})
    app.rest("DELETE", f"companies/{company['id']}", soft_delete="true")
    query = "query ($f: JSON) { person(filter: $f) { %s } }"
    where = {"id": {"eq": person["id"]}}

    alone = app.data(query % "companyId", f=where)
    beside = app.data(query % "companyId company { id }", f=where)
    app.rest("PATCH", f"restore/companies/{company['id']}")
    again = app.data(query % "companyId company { id }", f=where)

    assert alone == {"person": {"companyId": company["id"]}}
    assert beside == {"person": {"companyId": None, "company": None}}
    assert again == {"person": {"companyId": company["id"], "company": {"id": company["id"]}}}


def test_restoring_refreshes_and_may_be_repeated(app: Running) -> None:
    (record,) = app.create("tasks", {"deletedAt": "2024-01-01", "updatedAt": "2024-01-01"})

    response = app.rest("PATCH", f"restore/tasks/{record['id']}")
    again = app.rest("PATCH", f"restore/tasks/{record['id']}")

    restored = response.json()["data"]["restoreTask"]
    assert restored["deletedAt"] is None
    assert restored["updatedAt"] > record["updatedAt"]
    assert again.status_code == 200


def test_restoring_many_answers_with_those_restored(app: Running) -> None:
    app.create("tasks", {"deletedAt": "2024-01-01"}, {"deletedAt": "2024-01-01"}, {})

    response = app.rest("PATCH", "restore/tasks", filter="deletedAt[is]:NOT_NULL")
    data = app.data("mutation { restoreTasks(filter: {}) { deletedAt } }")

    assert len(response.json()["data"]["restoreTasks"]) == 2
    assert data == {"restoreTasks": [{"deletedAt": None}] * 3}


def test_deleting_again_keeps_nothing_but_the_newer_time(app: Running) -> None:
    (record,) = app.create("tasks", {"deletedAt": "2024-01-01"})

    response = app.rest("DELETE", f"tasks/{record['id']}", soft_delete="true")

    assert response.json()["data"]["deleteTask"]["deletedAt"] > record["deletedAt"]


# -- what a write shows of other records -----------------------------------------------


def test_an_update_shows_the_relation_as_it_is_afterwards(app: Running) -> None:
    old, new = app.create("companies", {"name": "old"}, {"name": "new"})
    (person,) = app.create("people", {"companyId": old["id"]})

    data = app.data(
        """mutation ($i: ID, $c: ID) {
          updatePerson(id: $i, data: { companyId: $c }) {
            company { name people { totalCount edges { node { id } } } }
          }
        }""",
        i=person["id"],
        c=new["id"],
    )

    assert data["updatePerson"]["company"] == {
        "name": "new",
        "people": {"totalCount": 1, "edges": [{"node": {"id": person["id"]}}]},
    }


def test_a_creation_shows_its_related_records(app: Running) -> None:
    (acme,) = app.create("companies", {"name": "Acme"})

    data = app.data(
        """mutation ($c: ID) {
          createPeople(data: [{ companyId: $c }, { companyId: $c }]) {
            company { people { totalCount } }
          }
        }""",
        c=acme["id"],
    )

    count = {"company": {"people": {"totalCount": 2}}}
    assert data == {"createPeople": [count, count]}


def test_rest_shows_relations_of_what_it_wrote(app: Running) -> None:
    (acme,) = app.create("companies", {"name": "Acme"})

    response = app.rest("POST", "people", {"companyId": acme["id"]}, depth=1)
    updated = app.rest("PATCH", f"companies/{acme['id']}", {"name": "New"}, depth=1)

    person = response.json()["data"]["createPerson"]
    assert person["company"]["name"] == "Acme"
    assert person["noteTargets"] == []
    company = updated.json()["data"]["updateCompany"]
    assert [found["id"] for found in company["people"]] == [person["id"]]


def test_a_deletion_shows_its_cascade(app: Running) -> None:
    (note,) = app.create("notes", {})
    app.create("noteTargets", {"noteId": note["id"]})
    query = "mutation ($i: ID) { %sNote(id: $i) { noteTargets { totalCount } } }"

    deleted = app.data(query % "delete", i=note["id"])
    restored = app.data(query % "restore", i=note["id"])
    destroyed = app.data(query % "destroy", i=note["id"])

    assert deleted == {"deleteNote": {"noteTargets": {"totalCount": 0}}}
    assert restored == {"restoreNote": {"noteTargets": {"totalCount": 1}}}
    assert destroyed["destroyNote"] is not None


def test_destruction_of_many_shows_what_was(app: Running) -> None:
    app.create("tasks", {"title": "a"}, {"title": "b"})

    data = app.data("mutation { destroyTasks(filter: {}) { title } }")

    assert sorted(record["title"] for record in data["destroyTasks"]) == ["a", "b"]
    assert app.data("{ tasks { totalCount } }") == {"tasks": {"totalCount": 0}}


# -- values that are made fit ----------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "given", "shown"),
    [
        ("textField", "", ""),
        ("textField", None, ""),
        ("arrayField", [], []),
        ("arrayField", "one", ["one"]),
        ("multiSelectField", "OPTION_1", ["OPTION_1"]),
        ("multiSelectField", None, []),
        ("rawJsonField", {}, None),
        ("rawJsonField", '{"a": 1}', {"a": 1}),
        ("rawJsonField", [1], [1]),
        ("dateField", "2024/02/29", "2024-02-29"),
        ("dateField", "February 29, 2024", "2024-02-29"),
        ("dateTimeField", "2024-02-29", "2024-02-29T00:00:00.000Z"),
        ("dateTimeField", "2024-02-29T10:00:00+02:00", "2024-02-29T08:00:00.000Z"),
        ("dateTimeField", "2024-02-29T10:00:00", "2024-02-29T10:00:00.000Z"),
        ("numberField", 0, 0),
        ("numberField", -1.25, -1.25),
        ("booleanField", None, None),
        (
            "currencyField",
            {"amountMicros": "12", "currencyCode": ""},
            {"amountMicros": 12, "currencyCode": None},
        ),
        (
            "emailsField",
            {"primaryEmail": "A@B.Example"},
            {"primaryEmail": "a@b.example", "additionalEmails": []},
        ),
        (
            "linksField",
            {
                "primaryLinkUrl": "",
                "secondaryLinks": [{"url": "https://EXAMPLE.com/", "label": "E"}],
            },
            {
                "primaryLinkUrl": "https://example.com",
                "primaryLinkLabel": "E",
                "secondaryLinks": [],
            },
        ),
        (
            "phonesField",
            {"primaryPhoneNumber": "+33612345678"},
            {
                "primaryPhoneNumber": "612345678",
                "primaryPhoneCountryCode": "FR",
                "primaryPhoneCallingCode": "+33",
                "additionalPhones": [],
            },
        ),
    ],
)
def test_values_are_normalised(app: Running, field: str, given: Json, shown: Json) -> None:
    (record,) = app.create("samples", {field: given})

    assert record[field] == shown


def test_a_rich_text_has_both_sides(app: Running) -> None:
    (record,) = app.create("notes", {"bodyV2": {"markdown": "# Title"}})

    assert record["bodyV2"]["markdown"].startswith("# Title")
    assert '"heading"' in record["bodyV2"]["blocknote"]
