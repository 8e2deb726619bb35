"""Search (A1): what is found, its ranks and order, pages, limits, errors; in both dialects."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest

from icosa.db.pool import Database
from icosa.engine import search as engine_search
from tests.acceptance.records.roles import restricted
from tests.build import Running

Json = Any

QUERY = """
query ($searchInput: String!, $limit: Int!, $after: String,
    $includedObjectNameSingulars: [String!], $excludedObjectNameSingulars: [String!],
    $filter: ObjectRecordFilterInput) {
  search(searchInput: $searchInput, limit: $limit, after: $after,
    includedObjectNameSingulars: $includedObjectNameSingulars,
    excludedObjectNameSingulars: $excludedObjectNameSingulars, filter: $filter) {
    edges {
      node { recordId objectNameSingular objectLabelSingular label imageUrl tsRankCD tsRank }
      cursor
    }
    pageInfo { endCursor hasNextPage }
  }
}"""


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    app.create(
        "people",
        {
            "id": "a0000000-0000-4000-8000-000000000001",
            "name": {"firstName": "Zdeněk", "lastName": "Novák"},
            "emails": {
                "primaryEmail": "znovak@brno.example",
                "additionalEmails": ["zdenek@home.example"],
            },
            "phones": {
                "primaryPhoneNumber": "+33612345678",
                "additionalPhones": [{"number": "4155552671", "countryCode": "US"}],
            },
            "jobTitle": "Cartographer",
        },
        {
            "id": "a0000000-0000-4000-8000-000000000002",
            "name": {"firstName": "Quorra", "lastName": "Flynn"},
        },
        {
            "id": "a0000000-0000-4000-8000-000000000003",
            "name": {"firstName": "Quorra", "lastName": "Quorrason"},
        },
    )
    app.create(
        "companies",
        {
            "id": "c0000000-0000-4000-8000-000000000001",
            "name": "Quorra",
            "domainName": {
                "primaryLinkUrl": "https://grid.example",
                "primaryLinkLabel": "Lattice",
                "secondaryLinks": [{"url": "https://outlands.example", "label": "Beyond"}],
            },
        },
    )
    app.create("opportunities", {"name": "Quorra"})
    app.create("notes", {"title": "Quorra", "bodyV2": {"markdown": "Some *recalcitrant* text"}})
    app.create("tasks", {"title": "Quorra"})
    app.create("samples", {"name": "Quorra"})
    gone = app.create("companies", {"name": "Vanished"})[0]
    app.rest("DELETE", f"companies/{gone['id']}", soft_delete="true")


def found(app: Running, text: str, limit: int = 20, **more: Json) -> Json:
    return app.data(QUERY, searchInput=text, limit=limit, **more)["search"]


def labels(app: Running, text: str, **more: Json) -> list[str]:
    return [edge["node"]["label"] for edge in found(app, text, **more)["edges"]]


def decoded(cursor: str) -> Json:
    return json.loads(base64.b64decode(cursor))


def encoded(content: Json) -> str:
    return base64.b64encode(json.dumps(content).encode()).decode()


# -- what is found ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "zdenek",
        "ZDENĚK",
        "nov",
        "novak zden",
        "  novak \t zdenek ",
        "znovak@brno.example",
        "brno.example",
        "zdenek@home.example",
        "home.example",
        "612345678",
        "+33612345678",
        "33612345678",
        "0612345678",
        "4155552671",
        "+14155552671",
        "carto",
    ],
)
def test_a_person_is_found_by_words_of_each_field_that_is_searched(app: Running, text: str) -> None:
    assert labels(app, text) == ["Zdeněk Novák"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("grid.example", "Quorra"),
        ("lattice", "Quorra"),
        ("outlands.example", "Quorra"),
        ("beyond", "Quorra"),
    ],
)
def test_a_company_is_found_by_its_links(app: Running, text: str, label: str) -> None:
    assert labels(app, text, includedObjectNameSingulars=["company"]) == [label]


def test_a_note_is_found_by_its_text(app: Running) -> None:
    assert labels(app, "recalcitrant") == ["Quorra"]


def test_deleted_records_are_not_found_unless_they_are_asked_for(app: Running) -> None:
    assert labels(app, "vanished") == []
    assert labels(app, "vanished", filter={"deletedAt": {"is": "NOT_NULL"}}) == ["Vanished"]


@pytest.mark.parametrize(
    "text",
    [
        "\\",
        "'",
        ":",
        "&",
        "|",
        "!",
        "(",
        ")",
        "@",
        "<",
        ">",
        "a:*",
        "a & b",
        "((",
        "<->",
        "«»",
    ],
)
def test_no_sign_is_an_operator(app: Running, text: str) -> None:
    assert "errors" not in app.graphql(QUERY, searchInput=text, limit=5)


@pytest.mark.parametrize("text", ["\u0301", "\u0301 \u0300", "\x00"])
def test_what_nothing_is_left_of_finds_nothing_or_all(app: Running, text: str) -> None:
    assert "errors" not in app.graphql(QUERY, searchInput=text, limit=5)


def test_a_hit_says_what_it_is(app: Running) -> None:
    (edge,) = found(app, "znovak@brno.example")["edges"]

    assert edge["node"] == {
        "recordId": "a0000000-0000-4000-8000-000000000001",
        "objectNameSingular": "person",
        "objectLabelSingular": "Person",
        "label": "Zdeněk Novák",
        "imageUrl": "",
        "tsRankCD": 0.1,
        "tsRank": 0.06079271,
    }


# -- ranks and order -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cover_rank", "rank"),
    [("flynn", 0.1, 0.06079271), ("quorr", 0.2, 0.12158542)],
)
def test_ranks_are_the_contracts_figures(
    app: Running, text: str, cover_rank: float, rank: float
) -> None:
    node = found(app, text)["edges"][0]["node"]

    assert (node["tsRankCD"], node["tsRank"]) == (cover_rank, rank)


def test_hits_come_by_rank_then_by_the_priority_of_their_kind(app: Running) -> None:
    kinds = [
        (edge["node"]["objectNameSingular"], edge["node"]["tsRankCD"])
        for edge in found(app, "quorra")["edges"]
    ]

    assert kinds == [
        ("person", 0.2),
        ("person", 0.1),
        ("company", 0.1),
        ("opportunity", 0.1),
        ("note", 0.1),
        ("task", 0.1),
        ("sample", 0.1),
    ]


def test_what_has_every_word_comes_before_what_has_some(app: Running) -> None:
    assert labels(app, "quorra flynn")[0] == "Quorra Flynn"
    assert len(labels(app, "quorra flynn")) == 7
    assert labels(app, "quorra flynn", limit=1) == ["Quorra Flynn"]


def test_what_has_some_word_has_next_to_no_rank(app: Running) -> None:
    edges = found(app, "flynn unheard-of")["edges"]

    assert [(e["node"]["tsRankCD"], e["node"]["tsRank"]) for e in edges] == [(0, 1e-20)]


def test_no_words_find_every_record_without_a_rank(app: Running) -> None:
    answer = found(app, "  ", limit=100)
    nodes = [edge["node"] for edge in answer["edges"]]

    assert {(node["tsRankCD"], node["tsRank"]) for node in nodes} == {(0, 0)}
    assert [node["recordId"][-1] for node in nodes[:4]] == ["1", "2", "3", "1"]
    assert nodes[-2]["objectNameSingular"] == "workspaceMember"
    assert nodes[-1]["objectNameSingular"] == "sample"


# -- which objects ---------------------------------------------------------------------


def test_objects_are_included_searchable_or_not_and_excluded(app: Running) -> None:
    (member,) = app.sql(f'select id from {app.schema()}."workspaceMember"')
    person = "a0000000-0000-4000-8000-000000000002"
    (target,) = app.create("noteTargets", {"targetPersonId": person})

    assert labels(app, "quorra", includedObjectNameSingulars=["task", "note"]) == ["Quorra"] * 2
    assert labels(app, str(target["id"])) == []
    (edge,) = found(app, target["id"], includedObjectNameSingulars=["noteTarget"])["edges"]
    assert edge["node"]["label"] == target["id"]
    assert edge["node"]["imageUrl"] is None
    left = found(app, "", limit=100, excludedObjectNameSingulars=["person", "company"])["edges"]
    assert left[0]["node"]["objectNameSingular"] == "opportunity"
    assert str(member["id"]) in [edge["node"]["recordId"] for edge in left]


def test_an_unknown_object_is_a_warning(app: Running) -> None:
    body = app.graphql(
        QUERY, searchInput="quorra", limit=3, includedObjectNameSingulars=["persona"]
    )

    assert body["data"]["search"]["edges"] == []
    assert body["extensions"]["warnings"] == [
        'There is no object "persona" to search. Did you mean "person"?'
    ]


def test_a_filter_holds_for_each_object(app: Running) -> None:
    first = "a0000000-0000-4000-8000-000000000002"
    second = "c0000000-0000-4000-8000-000000000001"

    assert labels(app, "quorra", filter={"id": {"in": [first, second]}}) == [
        "Quorra Flynn",
        "Quorra",
    ]
    both = {"and": [{"id": {"in": [first, second]}}, {"not": {"id": {"eq": first}}}]}
    assert labels(app, "quorra", filter=both) == ["Quorra"]
    later = {"createdAt": {"gt": "2999-01-01"}}
    assert labels(app, "quorra", filter=later) == []


# -- pages -----------------------------------------------------------------------------


def test_a_cursor_holds_the_last_ranks_and_the_last_record_of_each_kind(app: Running) -> None:
    edges = found(app, "quorra", limit=4)["edges"]

    assert decoded(edges[0]["cursor"]) == {
        "lastRanks": {"tsRankCD": 0.2, "tsRank": 0.12158542},
        "lastRecordIdsPerObject": {"person": edges[0]["node"]["recordId"]},
    }
    assert decoded(edges[3]["cursor"]) == {
        "lastRanks": {"tsRankCD": 0.1, "tsRank": 0.06079271},
        "lastRecordIdsPerObject": {
            "person": edges[1]["node"]["recordId"],
            "company": edges[2]["node"]["recordId"],
            "opportunity": edges[3]["node"]["recordId"],
        },
    }


@pytest.mark.parametrize("text", ["quorra", "quorra flynn", "", "zdenek quorra novak"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_walk_finds_each_hit_once(app: Running, text: str, size: int) -> None:
    whole = [edge["node"]["recordId"] for edge in found(app, text, limit=100)["edges"]]

    walked: list[str] = []
    after = None
    while True:
        page = found(app, text, limit=size, after=after)
        walked += [edge["node"]["recordId"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert walked == whole


def test_a_cursor_of_one_kind_by_hand_leaves_others_of_its_rank(app: Running) -> None:
    last = "a0000000-0000-4000-8000-000000000002"
    cursor = encoded(
        {
            "lastRanks": {"tsRankCD": 0.1, "tsRank": 0.06079271},
            "lastRecordIdsPerObject": {"person": last},
        }
    )

    edges = found(app, "quorra", after=cursor)["edges"]

    assert [edge["node"]["objectNameSingular"] for edge in edges] == [
        *("company", "opportunity", "note", "task", "sample")
    ]


def test_a_page_of_none_says_whether_there_is_any(app: Running) -> None:
    assert found(app, "quorra", limit=0) == {
        "edges": [],
        "pageInfo": {"endCursor": None, "hasNextPage": True},
    }
    assert found(app, "unheard-of", limit=0)["pageInfo"]["hasNextPage"] is False


# -- within words ----------------------------------------------------------------------


def test_what_no_word_begins_with_is_looked_for_within_words(app: Running) -> None:
    edges = found(app, "UORR lynn")["edges"]

    assert [edge["node"]["label"] for edge in edges] == ["Quorra Flynn"]
    assert (edges[0]["node"]["tsRankCD"], edges[0]["node"]["tsRank"]) == (0, 0)


@pytest.mark.parametrize("text", ["%", "_", "%uorr", "u_rr", "\\"])
def test_wildcards_are_signs_like_others(app: Running, text: str) -> None:
    assert labels(app, text) == []


def test_a_walk_within_words_goes_on(app: Running) -> None:
    whole = labels(app, "uorr")
    first = found(app, "uorr", limit=3)
    second = found(app, "uorr", limit=9, after=first["pageInfo"]["endCursor"])

    assert first["pageInfo"]["hasNextPage"] is True
    assert [e["node"]["label"] for e in first["edges"] + second["edges"]] == whole
    assert len(whole) == 7


def test_a_search_within_words_has_its_time(app: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_search, "WITHIN_TIMEOUT_S", 0.0)

    body = app.graphql(QUERY, searchInput="uorr", limit=3)

    assert body["data"]["search"]["edges"] == []
    assert body["extensions"]["warnings"] == [
        "The search within words took too long and was stopped."
    ]


# -- one statement ---------------------------------------------------------------------


def test_search_and_records_are_one_statement(
    app: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = watch(monkeypatch)
    query = """{
      search(searchInput: "flynn", limit: 3) { edges { node { label } } __typename }
      again: search(searchInput: "quorra", limit: 1) { pageInfo { hasNextPage __typename } }
      notes { edges { node { title } } }
      __typename
    }"""

    data = app.data(query)

    assert len(statements) == 1
    assert list(data) == ["search", "again", "notes", "__typename"]
    assert data["search"] == {
        "edges": [{"node": {"label": "Quorra Flynn"}}],
        "__typename": "SearchResultConnection",
    }
    assert data["again"] == {
        "pageInfo": {"hasNextPage": True, "__typename": "SearchResultPageInfo"}
    }
    assert data["notes"]["edges"] == [{"node": {"title": "Quorra"}}]


def test_the_index_of_words_is_used(app: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = app.schema()
    app.sql(
        f'insert into {schema}.person (id, "nameFirstName", "nameLastName")'
        " select gen_random_uuid(), 'Extra' || n, 'Filler' || n % 97 from generate_series(1, 5000)"
        " as n"
    )
    app.sql(f"vacuum analyze {schema}.person")
    statements = watch(monkeypatch)
    found(app, "extra77 filler", limit=3, includedObjectNameSingulars=["person"])

    ((text, params),) = statements
    literal = text.replace("$1", f"'{params[0]}'")
    plan = "\n".join(line for (line,) in app.sql(f"explain {literal}"))
    app.sql(f"delete from {schema}.person where \"nameFirstName\" like 'Extra%'")

    ((index,),) = app.sql(
        "select indexname from pg_indexes where schemaname = $1 and tablename = 'person'"
        " and indexdef like '%searchVector%'",
        schema,
    )
    assert plan.count(f'Bitmap Index Scan on "{index}"') == 2
    assert "One-Time Filter" in plan


def watch(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[object]]]:
    """The statements that are run from now on."""
    seen: list[tuple[str, Sequence[object]]] = []
    plain = Database.row

    async def row(
        this: Database, text: str, params: Sequence[object] = (), *, slow: bool = False
    ) -> object:
        seen.append((text, params))
        return await plain(this, text, params, slow=slow)

    monkeypatch.setattr(Database, "row", row)
    return seen


# -- rights ----------------------------------------------------------------------------


def test_objects_that_a_role_may_not_read_are_not_searched(app: Running) -> None:
    with restricted(app, ("can_read", "company")) as other:
        kinds = [e["node"]["objectNameSingular"] for e in found(other, "quorra")["edges"]]
        named = other.graphql(
            QUERY, searchInput="quorra", limit=3, includedObjectNameSingulars=["company"]
        )

    assert "company" not in kinds
    assert len(kinds) == 6
    assert named["data"]["search"]["edges"] == []
    assert named["extensions"]["warnings"] == ['There is no object "company" to search.']


def test_words_that_a_role_may_not_read_find_nothing(app: Running) -> None:
    with restricted(app, ("can_read", "person", "emails")) as other:
        assert labels(other, "znovak@brno.example") == []
        assert labels(other, "novak@brno") == []
        edge = found(other, "zdenek novak")["edges"][0]
        assert labels(other, "brno zdenek") == ["Zdeněk Novák"]

    assert edge["node"]["label"] == "Zdeněk Novák"
    assert edge["node"]["tsRankCD"] == 0.1


def test_a_label_that_a_role_may_not_read_is_empty(app: Running) -> None:
    with restricted(app, ("can_read", "person", "name")) as other:
        assert labels(other, "carto") == [""]
        assert labels(other, "flynn") == []


# -- errors ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"limit": 101}, "Limit cannot exceed 100 items"),
        ({"limit": -1}, "limit must not be less than 0"),
        ({"limit": "x"}, "Int cannot represent non-integer value: 'x'"),
        ({"searchInput": 1}, "String cannot represent a non string value: 1"),
        (
            {"includedObjectNameSingulars": [1]},
            "String cannot represent a non string value: 1",
        ),
        ({"after": "x"}, "Invalid cursor: x"),
        ({"after": encoded({"lastRanks": {"tsRankCD": 0, "tsRank": 0}})}, "Invalid cursor: "),
        ({"after": 5}, "String cannot represent a non string value: 5"),
        ({"filter": {"name": {"eq": "x"}}}, 'Field "name" is not defined by type'),
        ({"filter": {"or": [{"title": {}}]}}, 'Field "title" is not defined by type'),
        ({"filter": {"id": {"eq": "x"}}}, "Invalid UUID value 'x' for field \"id\""),
        ({"searchInput": "x" * 1001}, "searchInput must be shorter than or equal to 1000"),
    ],
)
def test_a_fault_in_a_value_is_an_error_of_the_field(
    app: Running, variables: Mapping[str, Json], message: str
) -> None:
    body = app.graphql(QUERY, **{"searchInput": "quorra", "limit": 1, **variables})

    assert body["data"] == {"search": None}
    assert body["errors"][0]["message"].startswith(message)
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (
            'search(searchInput: "x", limit: 1, limt: 2) { edges { cursor } }',
            'Unknown argument "limt" on field "Query.search". Did you mean "limit"?',
        ),
        (
            "search(limit: 1) { edges { cursor } }",
            (
                'Field "search" argument "searchInput" of type "String!" is required, but it was '
                "not provided."
            ),
        ),
        (
            'search(searchInput: "x") { edges { cursor } }',
            'Field "search" argument "limit" of type "Int!" is required, but it was not provided.',
        ),
        (
            'search(searchInput: "x", limit: 1) { edges { node { tsRnk } } }',
            'Cannot query field "tsRnk" on type "SearchRecord". Did you mean "tsRank"?',
        ),
        (
            'search(searchInput: "x", limit: 1) { edges { node } }',
            (
                'Field "node" of type "SearchRecord" must have a selection of subfields. '
                'Did you mean "node { ... }"?'
            ),
        ),
        (
            'search(searchInput: "x", limit: 1) { edges { cursor { x } } }',
            'Field "cursor" must not have a selection since it has no subfields.',
        ),
        (
            'search(searchInput: "x", limit: 1)',
            (
                'Field "search" of type "SearchResultConnection!" must have a selection of '
                'subfields. Did you mean "search { ... }"?'
            ),
        ),
    ],
)
def test_what_the_schema_does_not_know_refuses_the_document(
    app: Running, field: str, message: str
) -> None:
    body = app.graphql(f"{{ notes {{ totalCount }} {field} }}")

    assert "data" not in body
    assert body["errors"][0]["message"] == message
    assert body["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert body["errors"][0]["locations"]


# -- the schema ------------------------------------------------------------------------


def test_search_is_in_the_introspection(app: Running) -> None:
    fields = app.data('{ __type(name: "Query") { fields { name args { name } } } }')
    (search,) = (f for f in fields["__type"]["fields"] if f["name"] == "search")

    assert [argument["name"] for argument in search["args"]] == [
        "searchInput",
        "limit",
        "after",
        "includedObjectNameSingulars",
        "excludedObjectNameSingulars",
        "filter",
    ]


def test_strict_documents_may_search(app: Running) -> None:
    variables = {"searchInput": "flynn", "limit": 1, "filter": {"id": {"is": "NOT_NULL"}}}
    content = json.dumps({"query": QUERY, "variables": variables}).encode()

    response = app.send("POST", "/graphql", content=content, headers={"X-GraphQL-Strict": "1"})

    body = response.json()
    assert "errors" not in body, body
    assert body["data"]["search"]["edges"][0]["node"]["label"] == "Quorra Flynn"


def test_search_is_no_field_of_metadata(app: Running) -> None:
    query = '{ search(searchInput: "x", limit: 1) { edges { cursor } } }'
    response = app.send("POST", "/metadata", content=json.dumps({"query": query}).encode())

    message = response.json()["errors"][0]["message"]
    assert message.startswith('Cannot query field "search" on type "Query".')


# -- REST ------------------------------------------------------------------------------


def test_rest_finds_the_same(app: Running) -> None:
    response = app.rest("GET", "search", query="quorra", limit=2, objects="people,company")
    body = response.json()
    twin = found(app, "quorra", limit=2, includedObjectNameSingulars=["person", "company"])

    assert response.status_code == httpx.codes.OK
    assert body["data"]["search"] == [edge["node"] for edge in twin["edges"]]
    assert body["pageInfo"] == twin["pageInfo"]
    rest = app.rest(
        "GET",
        "search",
        query="quorra",
        objects="people,company",
        starting_after=body["pageInfo"]["endCursor"],
    )
    assert [hit["label"] for hit in rest.json()["data"]["search"]] == ["Quorra"]


def test_rest_finds_everything_and_filters(app: Running) -> None:
    every = app.rest("GET", "search").json()["data"]["search"]
    one = app.rest("GET", "search", filter="id[eq]:a0000000-0000-4000-8000-000000000002")

    assert len(every) > 7
    assert [hit["label"] for hit in one.json()["data"]["search"]] == ["Quorra Flynn"]


def test_rest_says_what_is_wrong(app: Running) -> None:
    unknown = app.rest("GET", "search", objects="peple")
    limit = app.rest("GET", "search", limit="x")
    cursor = app.rest("GET", "search", starting_after="x")
    method = app.rest("DELETE", "search")
    parameter = app.rest("GET", "search", q="quorra")

    assert unknown.status_code == httpx.codes.BAD_REQUEST
    assert unknown.json()["messages"] == ["object 'peple' not found. eg: companies"]
    assert unknown.json()["hint"] == 'Did you mean "people"?'
    assert limit.json()["messages"] == ["limit 'x' is invalid. Should be an integer"]
    assert cursor.json()["messages"] == ["Invalid cursor: x"]
    assert method.status_code == httpx.codes.METHOD_NOT_ALLOWED
    assert method.headers["allow"] == "GET"
    assert parameter.headers["warning"] == '299 icosa "Unknown parameter q; did you mean query?"'
