"""What is REST's own: routes, depth, warnings, envelopes (records B1, B2, B4)."""

from typing import Any

import pytest

from tests.build import Running

Json = Any

ACME = "c4000000-0000-4000-8000-000000000001"
ADA = "a4000000-0000-4000-8000-000000000001"
OWN_FIELDS = {
    "id", "createdAt", "updatedAt", "deletedAt", "name", "emails", "linkedinLink", "jobTitle",
    "phones", "avatarUrl", "avatarFile", "position", "createdBy", "updatedBy", "searchVector",
    "companyId", "performanceRating",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    app.create("companies", {"id": ACME, "name": "Acme"})
    app.create("people", {"id": ADA, "companyId": ACME, "name": {"firstName": "Ada"}})
    (note,) = app.create("notes", {"title": "Note"})
    app.create("noteTargets", {"noteId": note["id"], "targetPersonId": ADA})


def person(app: Running, **params: Json) -> Json:
    return app.rest("GET", f"people/{ADA}", **params).json()["data"]["person"]


# -- depth -----------------------------------------------------------------------------


def test_depth_0_is_the_records_own_fields(app: Running) -> None:
    assert set(person(app)) == OWN_FIELDS
    assert person(app, depth=0) == person(app)
    assert person(app)["companyId"] == ACME


def test_depth_1_adds_each_relation(app: Running) -> None:
    found = person(app, depth=1)

    assert set(found) > OWN_FIELDS
    assert found["company"]["name"] == "Acme"
    assert "people" not in found["company"]
    assert "accountOwner" not in found["company"]
    assert found["company"]["accountOwnerId"] is None
    (target,) = found["noteTargets"]
    assert target["targetPersonId"] == ADA
    assert "note" not in target
    assert found["taskTargets"] == []


def test_depth_1_of_a_record_without_relations(app: Running) -> None:
    found = app.rest("GET", f"companies/{ACME}", depth=1).json()["data"]["company"]

    assert found["accountOwner"] is None
    assert [one["id"] for one in found["people"]] == [ADA]


def test_depth_2_adds_the_objects_of_related_records(app: Running) -> None:
    found = person(app, depth=2)

    assert found["noteTargets"][0]["note"]["title"] == "Note"
    assert found["noteTargets"][0]["targetPerson"]["id"] == ADA
    assert found["company"]["accountOwner"] is None
    assert "people" not in found["company"]


def test_lists_have_depth_too(app: Running) -> None:
    (found,) = app.rest("GET", "people", depth=1).json()["data"]["people"]

    assert found == person(app, depth=1)


# -- parameters ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "params", "warning"),
    [
        ("companies", {"after": "x"}, "Unknown parameter after; did you mean starting_after?"),
        ("companies", {"orderBy": "x"}, "Unknown parameter orderBy; did you mean order_by?"),
        ("companies", {"fliter": "x"}, "Unknown parameter fliter; did you mean filter?"),
        ("companies", {"zzz": "x"}, "Unknown parameter zzz"),
        (f"companies/{ACME}", {"limit": "1"}, "Unknown parameter limit"),
    ],
)
def test_an_unknown_parameter_is_named_in_a_warning(
    app: Running, path: str, params: dict[str, str], warning: str
) -> None:
    response = app.rest("GET", path, **params)

    assert response.status_code == 200
    assert response.headers["warning"] == f'299 icosa "{warning}"'


def test_at_most_five_warnings_are_given_and_in_ascii(app: Running) -> None:
    response = app.rest("GET", "companies", **{f'é"\n{n}': "x" for n in range(8)})

    given = response.headers.get_list("warning")
    assert len(given) == 5
    assert all(text.isascii() and text.count('"') == 2 for text in given)


def test_known_parameters_give_no_warning(app: Running) -> None:
    response = app.rest(
        "GET", "companies", filter="name[eq]:Acme", order_by="name", limit=1, depth=1, total="true"
    )

    assert "warning" not in response.headers


def test_empty_parameters_are_absent(app: Running) -> None:
    response = app.rest(
        "GET", "companies", filter="", order_by="", limit="", depth="", starting_after=""
    )

    assert response.json()["totalCount"] == 1


def test_the_last_of_a_repeated_parameter_counts(app: Running) -> None:
    response = app.send("GET", "/rest/companies?limit=x&limit=1")

    assert response.status_code == 200


# -- envelopes -------------------------------------------------------------------------


def test_a_list_has_total_and_page_info(app: Running) -> None:
    body = app.rest("GET", "companies").json()

    assert list(body) == ["data", "totalCount", "pageInfo"]
    assert set(body["pageInfo"]) == {"startCursor", "endCursor", "hasNextPage", "hasPreviousPage"}


def test_an_empty_page_has_no_cursors(app: Running) -> None:
    body = app.rest("GET", "companies", filter="name[eq]:nobody").json()

    assert body == {
        "data": {"companies": []},
        "totalCount": 0,
        "pageInfo": {
            "startCursor": None,
            "endCursor": None,
            "hasNextPage": False,
            "hasPreviousPage": False,
        },
    }


def test_a_trailing_slash_is_forgiven(app: Running) -> None:
    assert app.rest("GET", "companies/").json() == app.rest("GET", "companies").json()


def test_an_id_in_capitals_is_the_same_id(app: Running) -> None:
    assert app.rest("GET", f"companies/{ACME.upper()}").status_code == 200


@pytest.mark.parametrize("plural", ["noteTargets", "workspaceMembers", "attachments", "samples"])
def test_every_object_has_routes(app: Running, plural: str) -> None:
    assert app.rest("GET", plural, depth=1).status_code == 200
