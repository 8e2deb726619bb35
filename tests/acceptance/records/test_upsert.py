"""Upsert (A6): found by any complete unique key, revived, folded, never raced."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.build import Running

Json = Any

UPSERT = "mutation ($d: [CompanyCreateInput!]!) { createCompanies(data: $d, upsert: true) { id } }"


def domain(url: str) -> Json:
    return {"domainName": {"primaryLinkUrl": url}}


def upserted(app: Running, *records: Json) -> list[Json]:
    response = app.rest("POST", "batch/companies", list(records), upsert="true")
    assert response.status_code == httpx.codes.CREATED, response.text
    return list(response.json()["data"]["createCompanies"])


def test_a_record_is_found_by_its_unique_value_as_it_is_stored(app: Running) -> None:
    (made,) = app.create("companies", {"name": "One", **domain("https://One.example/")})

    (found,) = upserted(app, {"tagline": "two", **domain("HTTPS://one.example")})

    assert found["id"] == made["id"]
    assert (found["name"], found["tagline"]) == ("One", "two")


def test_only_what_a_record_gives_is_set_also_in_a_mixed_batch(app: Running) -> None:
    first, second = app.create(
        "companies",
        {"name": "A", "tagline": "a", **domain("mix-a.example")},
        {"name": "B", "tagline": "b", **domain("mix-b.example")},
    )

    found = upserted(
        app,
        {"id": first["id"], "name": "A2"},
        {"tagline": "b2", **domain("mix-b.example")},
        {"name": "C", **domain("mix-c.example")},
    )

    assert [r["id"] for r in found[:2]] == [first["id"], second["id"]]
    assert [(r["name"], r["tagline"]) for r in found] == [("A2", "a"), ("B", "b2"), ("C", "")]


def test_answers_are_in_input_order(app: Running) -> None:
    (old,) = app.create("companies", {"name": "old", **domain("order.example")})

    found = upserted(app, {"name": "new 1"}, {"id": old["id"], "name": "old"}, {"name": "new 2"})

    assert [r["name"] for r in found] == ["new 1", "old", "new 2"]


def test_position_and_creator_stay_and_the_updater_does_not(app: Running) -> None:
    (made,) = app.create(
        "companies",
        {"name": "P", "position": 7, "createdBy": {"source": "IMPORT"}, **domain("p.example")},
    )

    (found,) = upserted(app, {"createdBy": {"source": "MANUAL"}, **domain("p.example")})

    assert found["position"] == 7
    assert found["createdBy"] == made["createdBy"]
    assert found["updatedBy"]["source"] == "API"


def test_a_deleted_record_is_revived(app: Running) -> None:
    (made,) = app.create("companies", {"name": "Gone", **domain("gone.example")})
    app.rest("DELETE", f"companies/{made['id']}", soft_delete="true")

    (found,) = upserted(app, domain("gone.example"))

    assert (found["id"], found["deletedAt"]) == (made["id"], None)


def test_two_inputs_that_are_one_stored_record_are_folded_and_the_later_wins(app: Running) -> None:
    (made,) = app.create("companies", {"name": "F", **domain("fold.example")})

    found = upserted(
        app,
        {"name": "F1", "tagline": "kept", **domain("fold.example")},
        {"name": "other"},
        {"id": made["id"], "name": "F2"},
    )

    assert [(r["name"], r["tagline"]) for r in found] == [("F2", "kept"), ("other", "")]


def test_two_new_inputs_with_one_key_are_refused_and_nothing_is_written(app: Running) -> None:
    response = app.rest(
        "POST",
        "batch/companies",
        [{"name": "T1", **domain("twin.example")}, {"name": "T2", **domain("twin.example")}],
        upsert="true",
    )

    assert response.status_code == httpx.codes.BAD_REQUEST
    assert response.json()["messages"] == ["A duplicate entry was detected"]
    assert response.json()["hint"] == "The records at 0 and 1 have one key."
    listed = app.rest("GET", "companies", filter='domainName.primaryLinkUrl[eq]:"twin.example"')
    assert listed.json()["totalCount"] == 0


def test_an_input_that_finds_two_records_fails_the_whole_batch(app: Running) -> None:
    one, _ = app.create(
        "companies", {"name": "X", **domain("x.example")}, {"name": "Y", **domain("y.example")}
    )

    body = app.graphql(UPSERT, d=[{"name": "innocent"}, {"id": one["id"], **domain("y.example")}])

    (error,) = body["errors"]
    assert error["message"].startswith(
        "Multiple records found with the same unique field values for"
    )
    assert error["message"].endswith("Cannot determine which record to update.")
    assert error["extensions"]["subCode"] == "UPSERT_MULTIPLE_MATCHING_RECORDS_CONFLICT"
    listed = app.rest("GET", "companies", filter="name[eq]:innocent")
    assert listed.json()["totalCount"] == 0


def test_sixteen_writers_of_one_key_leave_one_record_and_no_error(app: Running) -> None:
    def write(number: int) -> httpx.Response:
        body = {"name": f"w{number}", **domain("race.example")}
        return app.rest("POST", "companies", body, upsert="true")

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(write, range(16)))

    assert {a.status_code for a in answers} == {httpx.codes.CREATED}
    assert len({a.json()["data"]["createCompany"]["id"] for a in answers}) == 1
    listed = app.rest("GET", "companies", filter='domainName.primaryLinkUrl[eq]:"race.example"')
    assert listed.json()["totalCount"] == 1


def test_an_upsert_shows_related_records_as_they_are_afterwards(app: Running) -> None:
    (company,) = app.create("companies", {"name": "Rel", **domain("rel.example")})
    app.create("people", {"name": {"firstName": "R"}, "companyId": company["id"]})

    response = app.rest("POST", "companies", domain("rel.example"), upsert="true", depth=1)

    people = response.json()["data"]["createCompany"]["people"]
    assert [p["name"]["firstName"] for p in people] == ["R"]
