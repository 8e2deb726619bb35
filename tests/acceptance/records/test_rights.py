"""Who may do what with records: workspaces that never meet, and roles that may not do everything.

All keys are used in one process, in turns, so what is kept for one is offered to the others.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx
import pytest

from icosa.access import keys as api_keys
from icosa.access import roles
from icosa.db.pool import Database
from icosa.first_run import found_workspace
from tests.build import Place, Running

Json = Any

DENIED: Final = "Entity performing the request does not have permission"
ACME: Final = "c1000000-0000-4000-8000-000000000001"
ADA: Final = "a1000000-0000-4000-8000-000000000001"
BOB: Final = "a1000000-0000-4000-8000-000000000002"
GONE: Final = "a1000000-0000-4000-8000-000000000003"

_ROLE: Final = """
insert into icosa.role (workspace_id, label, can_read_all_records, can_update_all_records,
    can_soft_delete_all_records, can_destroy_all_records)
values ($1, $2, true, true, true, true) returning id"""
_OBJECT: Final = """
insert into icosa.object_permission (workspace_id, role_id, object_id, {column})
select o.workspace_id, $1, o.id, false from icosa.object o
where o.workspace_id = $2 and o.name_singular = $3"""
_FIELD: Final = """
insert into icosa.field_permission (workspace_id, role_id, object_id, field_id, {column})
select o.workspace_id, $1, o.id, f.id, false
from icosa.object o join icosa.field f on f.object_id = o.id
where o.workspace_id = $2 and o.name_singular = $3 and f.name = $4"""

# What each role may not do: with an object, or with one of its fields.
DENIALS: Final[Mapping[str, Sequence[tuple[str, ...]]]] = {
    "everything": (),
    "no company": (("can_read", "company"),),
    "no update": (("can_update", "person"),),
    "no delete": (("can_soft_delete", "person"),),
    "no destroy": (("can_destroy", "person"),),
    "hidden": (("can_read", "person", "jobTitle"), ("can_read", "company", "tagline")),
    "fixed": (("can_update", "person", "jobTitle"), ("can_update", "person", "company")),
    "no link": (("can_read", "person", "company"),),
    "no actors": (("can_read", "person", "createdBy"), ("can_read", "person", "updatedBy")),
}


@dataclass(frozen=True, slots=True)
class Key:
    """A token, used by both dialects of one running application."""

    app: Running
    token: str

    def rest(self, method: str, path: str, body: Json = None, **params: str) -> httpx.Response:
        content = None if body is None else json.dumps(body).encode()
        return self.app.send(
            method, f"/rest/{path}", params=params or None, content=content, token=self.token
        )

    def graphql(self, query: str) -> Json:
        content = json.dumps({"query": query}).encode()
        response = self.app.send("POST", "/graphql", content=content, token=self.token)
        assert response.status_code == httpx.codes.OK, response.text
        return response.json()

    def data(self, query: str) -> Json:
        body = self.graphql(query)
        assert "errors" not in body, body
        return body["data"]


async def _new_key(url: str, workspace_id: str, role_id: str) -> str:
    database = await Database.open(url, size=1, slow_size=1)
    try:
        key_id = await api_keys.create(database, workspace_id, name="rights", role_id=role_id)
        return await api_keys.add_token(database, key_id)
    finally:
        await database.close()


async def _new_workspace(url: str) -> tuple[str, str]:
    database = await Database.open(url, size=2, slow_size=1)
    try:
        workspace_id = await found_workspace(database, "other", model="crm")
        admin = await roles.found(database, workspace_id, roles.ADMIN)
        assert admin is not None
    finally:
        await database.close()
    return workspace_id, await _new_key(url, workspace_id, str(admin["id"]))


def key_of_role(app: Running, workspace_id: str, label: str) -> Key:
    """A key whose role may do all but what `DENIALS` says of it."""
    ((role_id,),) = app.sql(_ROLE, workspace_id, label)
    for column, *names in DENIALS.get(label, ()):
        text = _OBJECT if len(names) == 1 else _FIELD
        app.sql(text.format(column=column), role_id, workspace_id, *names)
    return Key(app, app.run(_new_key(app.dsn, workspace_id, str(role_id))))


@pytest.fixture(scope="module")
def keys(app: Running, place: Place) -> Mapping[str, Key]:
    """By what their roles may not do."""
    return {label: key_of_role(app, place.workspace_id, label) for label in DENIALS}


@pytest.fixture(scope="module")
def other(app: Running) -> Key:
    """An administrator of another workspace in the same database."""
    return Key(app, app.run(_new_workspace(app.dsn))[1])


@pytest.fixture(scope="module")
def filled() -> list[Json]:
    """What `records` has made last."""
    return []


@pytest.fixture(autouse=True)
def records(app: Running, place: Place, filled: list[Json]) -> None:
    """The records that each test begins with; made anew where the last one changed them."""
    if filled and everything(app, place) == filled[-1]:
        return
    schema = schema_of(app, place)
    app.sql(f'truncate "{schema}".company, "{schema}".person cascade')
    app.create(
        "companies",
        {
            "id": ACME,
            "name": "Acme",
            "tagline": "Sesame",
            "domainName": {"primaryLinkUrl": "https://acme.example"},
        },
    )
    app.create(
        "people",
        {
            "id": ADA,
            "name": {"firstName": "Ada", "lastName": "Byron"},
            "emails": {"primaryEmail": "ada@acme.example"},
            "jobTitle": "Sorceress",
            "companyId": ACME,
        },
        {"id": BOB, "name": {"firstName": "Ada", "lastName": "Byron"}, "jobTitle": "Baker"},
        {"id": GONE, "name": {"firstName": "Gil", "lastName": "Gone"}},
    )
    assert app.rest("DELETE", f"people/{GONE}", soft_delete="true").is_success
    filled.append(everything(app, place))


@pytest.fixture
def stored(app: Running, place: Place, filled: list[Json], records: None) -> Iterator[None]:
    """What the first workspace holds is the same afterwards."""
    yield

    assert everything(app, place) == filled[-1]


def schema_of(app: Running, place: Place) -> str:
    ((name,),) = app.sql(
        "select schema_name from icosa.workspace where id = $1", place.workspace_id
    )
    return str(name)


def everything(app: Running, place: Place) -> Json:
    """Every company and person of the first workspace, as PostgreSQL writes rows."""
    schema = schema_of(app, place)
    found = app.sql(
        f'select t::text as one from "{schema}".company t'
        f' union all select t::text from "{schema}".person t order by one'
    )
    return [one for (one,) in found]


def assert_denied(body: Json) -> None:
    """By GraphQL: the root is null, and the error the contract's."""
    (error,) = body["errors"]
    assert error["message"].startswith(DENIED), body
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert error["extensions"]["subCode"] == "PERMISSION_DENIED"
    assert not [value for value in (body.get("data") or {}).values() if value is not None]
    assert_tells_nothing(json.dumps(body))


def assert_refused(response: httpx.Response) -> None:
    """By REST."""
    assert response.status_code == httpx.codes.BAD_REQUEST, response.text
    body = response.json()
    assert body["code"] == "PERMISSION_DENIED"
    assert body["messages"][0].startswith(DENIED)
    assert_tells_nothing(response.text)


def assert_tells_nothing(text: str) -> None:
    assert not [word for word in ("Sesame", "Sorceress", "Acme", "acme") if word in text], text


# -- workspaces ------------------------------------------------------------------------


@pytest.mark.usefixtures("stored")
def test_a_workspace_lists_none_of_another_s_records(other: Key) -> None:
    people = other.rest("GET", "people").json()
    data = other.data(
        "{ people { totalCount edges { node { id } } }"
        ' search(searchInput: "Byron", limit: 9) { edges { node { recordId } } }'
        " peopleGroupBy(groupBy: [{jobTitle: true}]) { groupByDimensionValues } }"
    )

    assert (people["data"]["people"], people["totalCount"]) == ([], 0)
    assert data["people"] == {"totalCount": 0, "edges": []}
    assert data["search"]["edges"] == []
    assert data["peopleGroupBy"] == []
    assert other.rest("GET", "search", query="Byron").json()["data"] == {"search": []}


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"people/{ADA}", None),
        ("PATCH", f"people/{ADA}", {"jobTitle": "Thief"}),
        ("DELETE", f"people/{ADA}?soft_delete=true", None),
        ("DELETE", f"people/{ADA}", None),
        ("PATCH", f"restore/people/{GONE}", None),
    ],
)
def test_by_rest_a_workspace_finds_no_id_of_another(
    other: Key, method: str, path: str, body: Json
) -> None:
    response = other.rest(method, path, body)

    assert response.status_code in (400, 404), response.text
    assert "PERMISSION" not in response.text
    assert_tells_nothing(response.text)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "query",
    [
        f'{{ person(filter: {{id: {{eq: "{ADA}"}}}}) {{ id }} }}',
        f'mutation {{ updatePerson(id: "{ADA}", data: {{jobTitle: "Thief"}}) {{ id }} }}',
        f'mutation {{ deletePerson(id: "{ADA}") {{ id }} }}',
        f'mutation {{ destroyPerson(id: "{ADA}") {{ id }} }}',
        f'mutation {{ restorePerson(id: "{GONE}") {{ id }} }}',
        f'mutation {{ mergePeople(ids: ["{ADA}", "{BOB}"], conflictPriorityIndex: 0) {{ id }} }}',
    ],
)
def test_by_graphql_a_workspace_finds_no_id_of_another(other: Key, query: str) -> None:
    body = other.graphql(query)

    assert list(body["data"].values()) == [None]
    assert_tells_nothing(json.dumps(body))


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("verb", ["update", "delete", "destroy", "restore"])
def test_writes_of_many_touch_none_of_another_workspace(other: Key, verb: str) -> None:
    data = ', data: {jobTitle: "Thief"}' if verb == "update" else ""
    ids = f'["{ADA}", "{BOB}", "{GONE}"]'

    body = other.data(f"mutation {{ {verb}People(filter: {{id: {{in: {ids}}}}}{data}) {{ id }} }}")

    assert body == {f"{verb}People": []}


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "relation",
    [
        f'company: {{connect: {{where: {{id: "{ACME}"}}}}}}',
        'company: {connect: {where: {domainName: {primaryLinkUrl: "https://acme.example"}}}}',
        f'companyId: "{ACME}"',
    ],
)
def test_a_record_cannot_point_into_another_workspace(other: Key, relation: str) -> None:
    body = other.graphql(f"mutation {{ createPerson(data: {{{relation}}}) {{ id }} }}")

    assert body["data"] == {"createPerson": None}
    assert body["errors"][0]["extensions"]["code"] != "INTERNAL_SERVER_ERROR"
    assert other.data("{ people { totalCount } }") == {"people": {"totalCount": 0}}


@pytest.mark.usefixtures("stored")
def test_an_upsert_meets_its_own_workspace_only(other: Key) -> None:
    person = {"id": ADA, "emails": {"primaryEmail": "ada@acme.example"}, "jobTitle": "Namesake"}
    try:
        made = other.rest("POST", "people", person, upsert="true")
        again = other.rest("POST", "people", person | {"jobTitle": "Twin"}, upsert="true")
        shown = other.rest("GET", f"people/{ADA}").json()["data"]["person"]

        assert (made.status_code, again.status_code) == (201, 201)
        assert shown["jobTitle"] == "Twin"
        assert shown["company" + "Id"] is None
    finally:
        assert other.rest("DELETE", f"people/{ADA}").is_success


@pytest.mark.usefixtures("stored")
def test_duplicates_are_of_one_workspace(other: Key) -> None:
    twin = {"name": {"firstName": "Ada", "lastName": "Byron"}}

    body = other.rest("POST", "people/duplicates", {"data": [twin]}).json()

    assert body["data"][0]["totalCount"] == 0
    assert body["data"][0]["personDuplicates"] == []


def test_an_object_of_one_workspace_is_unknown_in_another(app: Running, other: Key) -> None:
    assert app.data("{ samples { totalCount } }") == {"samples": {"totalCount": 0}}

    body = other.graphql("{ samples { totalCount } }")
    listed = other.rest("GET", "samples")
    types = other.graphql("{ __schema { types { name } } }")
    document = app.send("GET", "/rest/open-api/core", token=other.token)

    assert 'Cannot query field "samples" on type "Query"' in body["errors"][0]["message"]
    assert listed.status_code == httpx.codes.BAD_REQUEST
    assert "object 'samples' not found" in listed.json()["messages"][0]
    assert "Sample" not in json.dumps(types)
    assert document.is_success
    assert "samples" not in document.text
    assert "employees" not in document.text


def test_an_object_s_id_is_unknown_in_another_workspace(
    app: Running, other: Key, place: Place
) -> None:
    ((object_id,),) = app.sql(
        "select id from icosa.object where name_singular = 'sample' and workspace_id = $1",
        place.workspace_id,
    )

    shown = other.rest("GET", f"metadata/objects/{object_id}")
    changed = other.rest("PATCH", f"metadata/objects/{object_id}", {"labelSingular": "Mine"})
    gone = other.rest("DELETE", f"metadata/objects/{object_id}")

    for response in (shown, changed, gone):
        assert response.status_code in (400, 404), response.text
        assert "Sample" not in response.text
    assert app.rest("GET", f"metadata/objects/{object_id}").is_success


# -- an object that may not be read ----------------------------------------------------


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "query",
    [
        "{ companies { totalCount } }",
        f'{{ company(filter: {{id: {{eq: "{ACME}"}}}}) {{ id }} }}',
        "{ companiesGroupBy(groupBy: [{name: true}]) { groupByDimensionValues } }",
        f'{{ companyDuplicates(ids: ["{ACME}"]) {{ totalCount }} }}',
        '{ companyDuplicates(data: [{name: "Acne"}]) { totalCount } }',
        "{ people { edges { node { company { id } } } } }",
        "{ people { edges { node { company { __typename } } } } }",
        '{ people(filter: {company: {name: {like: "A%"}}}) { totalCount } }',
        '{ people(filter: {or: [{not: {company: {name: {eq: "x"}}}}]}) { totalCount } }',
        "{ people(orderBy: [{company: {name: AscNullsFirst}}]) { edges { node { id } } } }",
        "{ peopleGroupBy(groupBy: [{company: {name: true}}]) { groupByDimensionValues } }",
        "{ opportunities { edges { node { pointOfContact { company { id } } } } } }",
        'mutation { createCompany(data: {name: "x"}) { id } }',
        'mutation { createCompany(data: {taglin: "a hint would name the field"}) { id } }',
        'mutation { createCompanies(data: [{name: "x"}]) { id } }',
        f'mutation {{ createCompany(data: {{id: "{ACME}"}}, upsert: true) {{ id name }} }}',
        f'mutation {{ updateCompany(id: "{ACME}", data: {{name: "x"}}) {{ id tagline }} }}',
        'mutation { updateCompanies(filter: {name: {like: "A%"}}, data: {name: "x"}) { id } }',
        f'mutation {{ deleteCompany(id: "{ACME}") {{ id }} }}',
        'mutation { deleteCompanies(filter: {name: {like: "A%"}}) { id } }',
        f'mutation {{ restoreCompany(id: "{ACME}") {{ id }} }}',
        f'mutation {{ destroyCompany(id: "{ACME}") {{ id }} }}',
        'mutation { destroyCompanies(filter: {name: {like: "A%"}}) { id } }',
        f'mutation {{ mergeCompanies(ids: ["{ACME}"], conflictPriorityIndex: 0) {{ id }} }}',
        f'mutation {{ updatePerson(id: "{ADA}", data: {{}}) {{ company {{ id }} }} }}',
        (
            f'mutation {{ updatePerson(id: "{BOB}", data: '
            f'{{company: {{connect: {{where: {{id: "{ACME}"}}}}}}}}) {{ id }} }}'
        ),
        (
            "mutation { createPerson(data: {company: {connect: {where: "
            '{domainName: {primaryLinkUrl: "https://acme.example"}}}}}) { id } }'
        ),
    ],
)
def test_by_graphql_an_object_that_may_not_be_read_is_denied(
    keys: Mapping[str, Key], query: str
) -> None:
    body = keys["no company"].graphql(query)

    assert_denied(body)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "companies", None),
        ("GET", f"companies/{ACME}", None),
        ("GET", 'companies/groupBy?group_by=[{"name":true}]', None),
        ("POST", "companies/duplicates", {"ids": [ACME]}),
        ("GET", "people?filter=company.name[like]:A%25", None),
        ("GET", "people?order_by=company.name", None),
        ("GET", 'people/groupBy?group_by=[{"company":{"name":true}}]', None),
        ("POST", "companies", {"name": "x"}),
        ("POST", "companies?upsert=true", {"id": ACME, "name": "x"}),
        ("POST", "companies", {"taglin": "a hint would name the field"}),
        ("POST", "batch/companies", [{"name": "x"}]),
        ("PATCH", f"companies/{ACME}", {"name": "x"}),
        ("PATCH", "companies?filter=name[like]:A%25", {"name": "x"}),
        ("DELETE", f"companies/{ACME}", None),
        ("DELETE", f"companies/{ACME}?soft_delete=true", None),
        ("DELETE", "companies?filter=name[like]:A%25", None),
        ("PATCH", "restore/companies?filter=name[like]:A%25", None),
        ("PATCH", f"people/{BOB}", {"company": {"connect": {"where": {"id": ACME}}}}),
    ],
)
def test_by_rest_an_object_that_may_not_be_read_is_refused(
    keys: Mapping[str, Key], method: str, path: str, body: Json
) -> None:
    response = keys["no company"].rest(method, path, body)

    assert_refused(response)


@pytest.mark.parametrize("depth", ["1", "2"])
def test_rest_leaves_out_relations_to_what_may_not_be_read(
    keys: Mapping[str, Key], depth: str
) -> None:
    person = keys["no company"].rest("GET", f"people/{ADA}", depth=depth).json()["data"]["person"]
    whole = keys["everything"].rest("GET", f"people/{ADA}", depth=depth).json()["data"]["person"]

    assert whole["company"]["name"] == "Acme"
    assert "company" not in person
    assert "Sesame" not in json.dumps(person)


def test_an_object_that_may_not_be_read_is_never_suggested(keys: Mapping[str, Key]) -> None:
    answers = {
        label: (
            json.dumps(keys[label].graphql("{ companeis { totalCount } }"))
            + keys[label].rest("GET", "companeis").text
            + keys[label].rest("GET", "search", query="x", objects="companeis").text
        )
        for label in ("everything", "no company")
    }

    assert answers["everything"].count("companies") >= 3
    assert "companies" not in answers["no company"]


# -- an object that may be read, and not be written ------------------------------------

WRITES: Final[Mapping[str, Sequence[tuple[str, str, str, Json]]]] = {
    "no update": (
        ('createPerson(data: {avatarUrl: "x"})', "POST", "people", {"avatarUrl": "x"}),
        (f'createPerson(data: {{id: "{ADA}"}}, upsert: true)', "POST", "people?upsert=true", {}),
        ('createPeople(data: [{avatarUrl: "x"}])', "POST", "batch/people", [{"avatarUrl": "x"}]),
        (f'updatePerson(id: "{ADA}", data: {{avatarUrl: "x"}})', "PATCH", f"people/{ADA}", {}),
        (
            'updatePeople(filter: {avatarUrl: {eq: ""}}, data: {avatarUrl: "x"})',
            "PATCH",
            "people?filter=avatarUrl[eq]:x",
            {"avatarUrl": "x"},
        ),
        (
            f'mergePeople(ids: ["{ADA}", "{BOB}"], conflictPriorityIndex: 0)',
            "PATCH",
            "people/merge",
            {"ids": [ADA, BOB], "conflictPriorityIndex": 0},
        ),
    ),
    "no delete": (
        (f'deletePerson(id: "{ADA}")', "DELETE", f"people/{ADA}?soft_delete=true", None),
        (
            "deletePeople(filter: {id: {is: NOT_NULL}})",
            "DELETE",
            "people?soft_delete=true&filter=avatarUrl[eq]:x",
            None,
        ),
        (f'restorePerson(id: "{GONE}")', "PATCH", f"restore/people/{GONE}", None),
        (
            "restorePeople(filter: {id: {is: NOT_NULL}})",
            "PATCH",
            "restore/people?filter=avatarUrl[eq]:x",
            None,
        ),
    ),
    "no destroy": (
        (f'destroyPerson(id: "{ADA}")', "DELETE", f"people/{ADA}", None),
        (
            "destroyPeople(filter: {id: {is: NOT_NULL}})",
            "DELETE",
            "people?filter=avatarUrl[eq]:x",
            None,
        ),
        (
            f'mergePeople(ids: ["{ADA}", "{BOB}"], conflictPriorityIndex: 0, dryRun: true)',
            "PATCH",
            "people/merge",
            {"ids": [ADA, BOB], "conflictPriorityIndex": 0, "dryRun": True},
        ),
    ),
}


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("label", "mutation", "method", "path", "body"),
    [(label, *write) for label, writes in WRITES.items() for write in writes],
)
def test_what_a_role_may_not_do_changes_nothing(
    keys: Mapping[str, Key], label: str, mutation: str, method: str, path: str, body: Json
) -> None:
    denied = keys[label].graphql(f"mutation {{ {mutation} {{ id }} }}")
    refused = keys[label].rest(method, path, body)
    shown = keys[label].data("{ people { totalCount edges { node { jobTitle } } } }")

    assert_denied(denied)
    assert_refused(refused)
    assert shown["people"]["totalCount"] == 2


def test_each_right_stands_alone(keys: Mapping[str, Key]) -> None:
    deleted = keys["no update"].rest("DELETE", f"people/{ADA}", soft_delete="true")
    restored = keys["no destroy"].rest("PATCH", f"restore/people/{ADA}")
    updated = keys["no delete"].rest("PATCH", f"people/{ADA}", {"avatarUrl": "Rome"})
    upserted = keys["no delete"].rest(
        "POST", "people", {"id": ADA, "avatarUrl": "Bari"}, upsert="true"
    )
    destroyed = keys["no delete"].rest("DELETE", f"people/{ADA}")

    for response in (deleted, restored, updated, upserted, destroyed):
        assert response.is_success, response.text


# -- a field that may not be read ------------------------------------------------------


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "query",
    [
        "{ people { edges { node { jobTitle } } } }",
        "{ people { edges { node { id other: jobTitle } } } }",
        f'{{ person(filter: {{id: {{eq: "{ADA}"}}}}) {{ jobTitle }} }}',
        "{ people { edges { node { company { tagline } } } } }",
        "{ companies { edges { node { people { edges { node { jobTitle } } } } } } }",
        '{ people(filter: {jobTitle: {like: "S%"}}) { totalCount } }',
        '{ person(filter: {jobTitle: {like: "S%"}}) { id } }',
        '{ people(filter: {or: [{not: {jobTitle: {eq: "x"}}}]}) { totalCount } }',
        '{ people(filter: {company: {tagline: {like: "S%"}}}) { totalCount } }',
        '{ companies(filter: {people: {some: {jobTitle: {eq: "x"}}}}) { totalCount } }',
        "{ people(orderBy: [{jobTitle: AscNullsFirst}]) { edges { node { id } } } }",
        "{ people(orderBy: [{company: {tagline: AscNullsFirst}}]) { edges { node { id } } } }",
        "{ people { countUniqueValuesJobTitle } }",
        "{ companies { edges { node { people { countEmptyJobTitle } } } } }",
        "{ peopleGroupBy(groupBy: [{jobTitle: true}]) { groupByDimensionValues } }",
        "{ peopleGroupBy(groupBy: [{company: {tagline: true}}]) { groupByDimensionValues } }",
        "{ peopleGroupBy(groupBy: [{name: {firstName: true}}]) { countEmptyJobTitle } }",
        (
            "{ peopleGroupBy(groupBy: [{name: {firstName: true}}], "
            "orderBy: [{aggregate: {countEmptyJobTitle: AscNullsFirst}}])"
            " { groupByDimensionValues } }"
        ),
        (
            '{ peopleGroupBy(groupBy: [{name: {firstName: true}}], filter: {jobTitle: {eq: "x"}}) '
            "{ groupByDimensionValues } }"
        ),
        f'{{ personDuplicates(ids: ["{ADA}"]) {{ edges {{ node {{ jobTitle }} }} }} }}',
        '{ personDuplicates(data: [{jobTitle: "x"}]) { totalCount } }',
        'mutation { createPerson(data: {jobTitle: "x"}) { id } }',
        'mutation { createPerson(data: {avatarUrl: "x"}) { jobTitle } }',
        'mutation { createPeople(data: [{avatarUrl: "x"}, {jobTitle: "x"}]) { id } }',
        f'mutation {{ createPerson(data: {{id: "{ADA}", jobTitle: "x"}}, upsert: true) {{ id }} }}',
        f'mutation {{ createPerson(data: {{id: "{ADA}"}}, upsert: true) {{ jobTitle }} }}',
        f'mutation {{ updatePerson(id: "{ADA}", data: {{jobTitle: "x"}}) {{ id }} }}',
        f'mutation {{ updatePerson(id: "{ADA}", data: {{avatarUrl: "x"}}) {{ jobTitle }} }}',
        'mutation { updatePeople(filter: {jobTitle: {like: "S%"}}, data: {}) { id } }',
        'mutation { deletePeople(filter: {jobTitle: {like: "S%"}}) { id } }',
        'mutation { destroyPeople(filter: {jobTitle: {like: "S%"}}) { id } }',
        f'mutation {{ deletePerson(id: "{ADA}") {{ jobTitle }} }}',
        f'mutation {{ destroyPerson(id: "{ADA}") {{ company {{ tagline }} }} }}',
        (
            f'mutation {{ mergePeople(ids: ["{ADA}", "{BOB}"], conflictPriorityIndex: 0) '
            "{ jobTitle } }"
        ),
    ],
)
def test_by_graphql_a_field_that_may_not_be_read_is_denied(
    keys: Mapping[str, Key], query: str
) -> None:
    body = keys["hidden"].graphql(query)

    assert_denied(body)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "people?filter=jobTitle[like]:S%25", None),
        ("GET", "people?filter=or(jobTitle[eq]:x,not(jobTitle[eq]:y))", None),
        ("GET", "people?filter=company.tagline[like]:S%25", None),
        ("GET", "people?order_by=jobTitle", None),
        ("GET", "people?order_by=company.tagline", None),
        ("GET", 'people/groupBy?group_by=[{"jobTitle":true}]', None),
        (
            "GET",
            'people/groupBy?group_by=[{"companyId":true}]&aggregate=["countEmptyJobTitle"]',
            None,
        ),
        ("POST", "people", {"jobTitle": "x"}),
        ("POST", "batch/people", [{"avatarUrl": "x"}, {"jobTitle": "x"}]),
        ("POST", "people?upsert=true", {"id": ADA, "jobTitle": "x"}),
        ("PATCH", f"people/{ADA}", {"jobTitle": "x"}),
        ("PATCH", "people?filter=jobTitle[like]:S%25", {"avatarUrl": "x"}),
        ("DELETE", "people?filter=jobTitle[like]:S%25", None),
        ("DELETE", "people?filter=jobTitle[like]:S%25&soft_delete=true", None),
        ("POST", "people/duplicates", {"data": [{"jobTitle": "x"}]}),
    ],
)
def test_by_rest_a_field_that_may_not_be_read_is_refused_where_it_is_named(
    keys: Mapping[str, Key], method: str, path: str, body: Json
) -> None:
    response = keys["hidden"].rest(method, path, body)

    assert_refused(response)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "people", None),
        ("GET", f"people/{ADA}", None),
        ("GET", "people?depth=1", None),
        ("GET", "companies?depth=2", None),
        (
            "GET",
            'people/groupBy?group_by=[{"name":{"firstName":true}}]&include_records_sample=true',
            None,
        ),
        ("POST", "people?depth=1", {"avatarUrl": "x", "companyId": ACME}),
        ("POST", "batch/people", [{"avatarUrl": "x"}]),
        ("POST", "people?upsert=true&depth=1", {"id": ADA, "avatarUrl": "x"}),
        ("PATCH", f"people/{ADA}?depth=1", {"avatarUrl": "x"}),
        ("PATCH", f"restore/people/{GONE}", None),
        ("DELETE", f"people/{ADA}?soft_delete=true", None),
        ("POST", "people/duplicates", {"ids": [ADA]}),
        ("PATCH", "people/merge", {"ids": [ADA, BOB], "conflictPriorityIndex": 0}),
    ],
)
def test_rest_leaves_out_a_field_that_may_not_be_read(
    keys: Mapping[str, Key], method: str, path: str, body: Json
) -> None:
    response = keys["hidden"].rest(method, path, body)

    assert response.is_success, response.text
    for word in ("jobTitle", "tagline", "Sorceress", "Sesame"):
        assert word not in response.text


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "query",
    [
        "{ people { edges { node { company { id } } } } }",
        "{ people { edges { node { companyId } } } }",
        f'{{ people(filter: {{companyId: {{eq: "{ACME}"}}}}) {{ totalCount }} }}',
        '{ people(filter: {company: {name: {eq: "x"}}}) { totalCount } }',
        "{ companies { edges { node { people { totalCount } } } } }",
        f'{{ companies(filter: {{people: {{some: {{id: {{eq: "{ADA}"}}}}}}}}) {{ totalCount }} }}',
        f'mutation {{ updatePerson(id: "{ADA}", data: {{companyId: null}}) {{ id }} }}',
        "mutation { createPerson(data: {company: {disconnect: true}}) { id } }",
    ],
)
def test_a_relation_that_may_not_be_read_is_denied_from_both_ends(
    keys: Mapping[str, Key], query: str
) -> None:
    body = keys["no link"].graphql(query)
    company = keys["no link"].rest("GET", f"companies/{ACME}", depth="1").json()["data"]["company"]
    person = keys["no link"].rest("GET", f"people/{ADA}", depth="1").json()["data"]["person"]

    assert_denied(body)
    assert "people" not in company
    assert not {"company", "companyId"} & person.keys()


def test_a_role_s_statement_is_never_another_s(keys: Mapping[str, Key]) -> None:
    query = "{ people { edges { node { jobTitle } } } }"

    for _ in range(2):
        assert "Sorceress" in keys["everything"].rest("GET", "people").text
        assert "Sorceress" not in keys["hidden"].rest("GET", "people").text
        assert "Sorceress" in json.dumps(keys["everything"].data(query))
        assert_denied(keys["hidden"].graphql(query))


def test_a_field_that_may_not_be_read_is_never_suggested(keys: Mapping[str, Key]) -> None:
    queries = (
        "{ people { edges { node { jobTitel } } } }",
        '{ people(filter: {jobTitel: {eq: "x"}}) { totalCount } }',
        "{ people(orderBy: [{jobTitel: AscNullsFirst}]) { totalCount } }",
        "{ people { countEmptyJobTitel } }",
        "{ peopleGroupBy(groupBy: [{jobTitel: true}]) { groupByDimensionValues } }",
        'mutation { createPerson(data: {jobTitel: "x"}) { id } }',
    )
    paths = ("people?filter=jobTitel[eq]:x", "people?order_by=jobTitel")

    for query in queries:
        assert "obTitle" in json.dumps(keys["everything"].graphql(query)), query
        assert "obTitle" not in json.dumps(keys["hidden"].graphql(query)), query
    for path in paths:
        assert "jobTitle" in keys["everything"].rest("GET", path).text, path
        assert "jobTitle" not in keys["hidden"].rest("GET", path).text, path


def test_documents_know_only_what_a_role_may_read(keys: Mapping[str, Key]) -> None:
    query = (
        "{ __schema { types { name description fields { name args { name } }"
        " inputFields { name } enumValues { name } } } }"
    )

    def documents(label: str) -> str:
        rest = keys[label].app.send("GET", "/rest/open-api/core", token=keys[label].token)
        assert rest.is_success
        return json.dumps(keys[label].data(query)) + rest.text

    assert "tagline" in documents("everything")
    assert "agline" not in documents("hidden")
    assert "ompanies" in documents("everything")
    assert "ompanies" not in documents("no company")


def test_who_wrote_is_kept_though_the_writer_may_not_read_it(
    app: Running, keys: Mapping[str, Key]
) -> None:
    made = (
        keys["no actors"].rest("POST", "people", {"avatarUrl": "x"}).json()["data"]["createPerson"]
    )
    assert keys["no actors"].rest("PATCH", f"people/{ADA}", {"avatarUrl": "x"}).is_success
    first = app.rest("GET", f"people/{made['id']}").json()["data"]["person"]
    second = app.rest("GET", f"people/{ADA}").json()["data"]["person"]

    assert "createdBy" not in made
    assert (first["createdBy"]["source"], first["createdBy"]["name"]) == ("API", "rights")
    assert second["updatedBy"]["name"] == "rights"


# -- a field that may not be written ---------------------------------------------------


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "query",
    [
        'createPerson(data: {jobTitle: "x"})',
        'createPeople(data: [{avatarUrl: "x"}, {jobTitle: null}])',
        f'createPerson(data: {{id: "{ADA}", jobTitle: "x"}}, upsert: true)',
        f'updatePerson(id: "{ADA}", data: {{jobTitle: null}})',
        'updatePeople(filter: {avatarUrl: {eq: ""}}, data: {jobTitle: "x"})',
        f'updatePerson(id: "{ADA}", data: {{companyId: null}})',
        f'updatePerson(id: "{ADA}", data: {{company: {{disconnect: true}}}})',
        f'updatePerson(id: "{BOB}", data: {{company: {{connect: {{where: {{id: "{ACME}"}}}}}}}})',
    ],
)
def test_by_graphql_a_field_that_may_not_be_written_is_denied(
    keys: Mapping[str, Key], query: str
) -> None:
    body = keys["fixed"].graphql(f"mutation {{ {query} {{ id }} }}")

    assert_denied(body)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "people", {"jobTitle": "x"}),
        ("POST", "batch/people", [{"avatarUrl": "x"}, {"jobTitle": "x"}]),
        ("POST", "people?upsert=true", {"id": ADA, "jobTitle": "x"}),
        ("PATCH", f"people/{ADA}", {"jobTitle": "x"}),
        ("PATCH", f"people/{ADA}", {"companyId": None}),
        ("PATCH", f"people/{ADA}", {"company": {"disconnect": True}}),
        ("PATCH", "people/merge", {"ids": [ADA, BOB], "conflictPriorityIndex": 1}),
    ],
)
def test_by_rest_a_field_that_may_not_be_written_is_refused(
    keys: Mapping[str, Key], method: str, path: str, body: Json
) -> None:
    response = keys["fixed"].rest(method, path, body)

    assert_refused(response)


def test_a_field_that_may_not_be_written_is_read_as_ever(keys: Mapping[str, Key]) -> None:
    data = keys["fixed"].data(
        '{ people(filter: {jobTitle: {eq: "Sorceress"}}, orderBy: [{jobTitle: AscNullsFirst}])'
        " { countUniqueValuesJobTitle edges { node { jobTitle company { name } } } } }"
    )
    written = keys["fixed"].rest("PATCH", f"people/{ADA}", {"avatarUrl": "Rome"})

    assert data["people"]["countUniqueValuesJobTitle"] == 1
    (edge,) = data["people"]["edges"]
    assert edge["node"] == {"jobTitle": "Sorceress", "company": {"name": "Acme"}}
    assert written.json()["data"]["updatePerson"]["jobTitle"] == "Sorceress"


# -- a role that changes ---------------------------------------------------------------


def test_a_right_that_is_taken_is_gone_from_statements_that_are_known(
    app: Running, place: Place
) -> None:
    key = key_of_role(app, place.workspace_id, "changing")
    assert "Acme" in key.rest("GET", "companies").text

    app.sql(
        "insert into icosa.object_permission (workspace_id, role_id, object_id, can_read)"
        " select o.workspace_id, r.id, o.id, false from icosa.object o join icosa.role r"
        " using (workspace_id) where o.name_singular = 'company' and r.label = 'changing'"
    )

    until = time.monotonic() + 3  # less than callers and roles are kept for
    response = key.rest("GET", "companies")
    while response.is_success and time.monotonic() < until:
        time.sleep(0.01)
        response = key.rest("GET", "companies")
    assert_refused(response)
