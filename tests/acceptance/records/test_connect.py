"""`connect` and `disconnect` of many-to-one relations by any unique key (A6)."""

from typing import Any

import httpx
import pytest

from tests.build import Running

Json = Any


def connect(**where: Json) -> Json:
    return {"company": {"connect": {"where": where}}}


@pytest.fixture(scope="module", autouse=True)
def company(app: Running) -> Json:
    (made,) = app.create(
        "companies", {"name": "Hub", "domainName": {"primaryLinkUrl": "hub.example"}}
    )
    return made


def refusal(app: Running, data: Json) -> str:
    query = "mutation ($d: PersonCreateInput!) { createPerson(data: $d) { id } }"
    (error,) = app.graphql(query, d=data)["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    rest = app.rest("POST", "people", data)
    assert rest.status_code == httpx.codes.BAD_REQUEST
    assert rest.json()["messages"] == [error["message"]]
    return str(error["message"])


def test_a_relation_is_set_by_id_and_by_a_unique_value(app: Running, company: Json) -> None:
    by_id, by_value = app.create(
        "people",
        connect(id=company["id"]) | {"jobTitle": "id"},
        connect(id=company["id"]),
    )
    (normalised,) = app.create("people", connect(domainName={"primaryLinkUrl": "hub.example"}))

    assert by_id["companyId"] == by_value["companyId"] == company["id"]
    assert normalised["companyId"] == company["id"]


def test_an_update_connects_and_disconnects(app: Running, company: Json) -> None:
    (person,) = app.create("people", {"jobTitle": "moved"})
    query = """mutation ($id: UUID!, $d: PersonUpdateInput!) {
      updatePerson(id: $id, data: $d) { companyId company { name } }
    }"""

    joined = app.data(query, id=person["id"], d=connect(id=company["id"]))["updatePerson"]
    kept = app.data(query, id=person["id"], d={"company": {"disconnect": False}})["updatePerson"]
    left = app.data(query, id=person["id"], d={"company": {"disconnect": True}})["updatePerson"]

    assert joined == kept == {"companyId": company["id"], "company": {"name": "Hub"}}
    assert left == {"companyId": None, "company": None}


def test_a_batch_may_mix_connected_and_unconnected_records(app: Running, company: Json) -> None:
    found = app.create(
        "people", connect(id=company["id"]), {"jobTitle": "alone"}, connect(id=company["id"])
    )

    assert [r["companyId"] for r in found] == [company["id"], None, company["id"]]


def test_what_is_not_there_is_named(app: Running) -> None:
    assert refusal(app, connect(domainName={"primaryLinkUrl": "not-existing-company"})) == (
        "Expected 1 record to connect to company, but found 0 for "
        "domainNamePrimaryLinkUrl = not-existing-company"
    )


def test_a_key_must_be_unique_and_filled(app: Running, company: Json) -> None:
    assert refusal(app, connect(name="Hub")) == (
        "Field name is not a unique constraint field for 'company'."
    )
    assert refusal(app, connect()) == (
        "Missing required fields: at least one unique constraint have to be fully populated "
        "for 'company'."
    )
    assert refusal(app, connect(id=company["id"]) | {"companyId": company["id"]}) == (
        "company and companyId cannot be both provided."
    )
    assert refusal(app, {"company": {"name": "Hub"}}) == (
        'Relation "company" requires connect or disconnect operation'
    )
    both = {"company": {"connect": {"where": {"id": company["id"]}}, "disconnect": True}}
    assert refusal(app, both) == (
        "Cannot have both connect and disconnect for the same field on undefined."
    )


def test_a_batch_uses_one_key_throughout(app: Running, company: Json) -> None:
    response = app.rest(
        "POST",
        "batch/people",
        [connect(id=company["id"]), connect(domainName={"primaryLinkUrl": "hub.example"})],
    )

    assert response.status_code == httpx.codes.BAD_REQUEST
    (message,) = response.json()["messages"]
    assert message == (
        "Expected the same constraint fields to be used consistently across all operations "
        "for company."
    )


def test_a_duplicate_names_the_record_in_the_way(app: Running, company: Json) -> None:
    query = "mutation ($d: CompanyCreateInput!) { createCompany(data: $d) { id } }"

    body = app.graphql(query, d={"domainName": {"primaryLinkUrl": "hub.example"}})

    extensions = body["errors"][0]["extensions"]
    assert extensions["conflictingRecordId"] == company["id"]
    assert extensions["conflictingObjectNameSingular"] == "company"
    assert extensions["userFriendlyMessage"] == (
        "This Domain Name value is already in use. Please check your data and try again."
    )
