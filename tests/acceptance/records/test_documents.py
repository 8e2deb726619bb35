"""GraphQL documents: what is accepted, what is refused, what is said beside it (A0, A8, rules)."""

from typing import Any

import pytest

from tests.build import Running

Json = Any

ACME = "c3000000-0000-4000-8000-000000000001"
BIRCH = "c3000000-0000-4000-8000-000000000002"


@pytest.fixture(scope="module", autouse=True)
def records(app: Running) -> None:
    app.create("companies", {"id": ACME, "name": "Acme"}, {"id": BIRCH, "name": "Birch"})
    app.create("people", {"companyId": ACME, "name": {"firstName": "A"}}, {"companyId": ACME})
    (note,) = app.create("notes", {"title": "Note"})
    app.create("noteTargets", {"noteId": note["id"], "targetCompanyId": ACME})


# -- the language ----------------------------------------------------------------------


def test_aliases_work_at_every_level(app: Running) -> None:
    data = app.data(
        """{
          found: companies(filter: { name: { eq: "Acme" } }) {
            count: totalCount
            list: edges {
              mark: cursor
              item: node { called: name name where: address { city: addressCity } }
            }
            info: pageInfo { more: hasNextPage }
          }
        }"""
    )

    found = data["found"]
    assert found["count"] == 1
    assert found["info"] == {"more": False}
    assert found["list"][0]["mark"]
    assert found["list"][0]["item"] == {"called": "Acme", "name": "Acme", "where": {"city": ""}}


def test_fragments_are_spread_everywhere(app: Running) -> None:
    data = app.data(
        """
        query { ...Roots ... on Query { people { ...Count } } }
        fragment Roots on Query { companies { ...Count edges { node { ...Name } } } }
        fragment Count on Anything { totalCount }
        fragment Name on Company { name ... on Company { ... { id } } }
        """
    )

    assert list(data) == ["companies", "people"]
    assert data["people"] == {"totalCount": 2}
    assert [set(edge["node"]) for edge in data["companies"]["edges"]] == [{"name", "id"}] * 2


@pytest.mark.parametrize("included", [True, False])
def test_directives_decide_by_variables(app: Running, included: bool) -> None:
    data = app.data(
        """query ($w: Boolean!) {
          companies @include(if: $w) { totalCount }
          people @skip(if: $w) { totalCount }
          notes { totalCount @include(if: $w) edges @skip(if: $w) { node { title } } }
        }""",
        w=included,
    )

    assert ("companies" in data, "people" in data) == (included, not included)
    assert data["notes"] == (
        {"totalCount": 1} if included else {"edges": [{"node": {"title": "Note"}}]}
    )


def test_variables_have_defaults(app: Running) -> None:
    query = "query ($n: Int = 1) { companies(first: $n) { edges { node { id } } } }"

    assert len(app.data(query)["companies"]["edges"]) == 1
    assert len(app.data(query, n=2)["companies"]["edges"]) == 2
    assert len(app.data(query, n=None)["companies"]["edges"]) == 2


def test_variables_may_stand_inside_values(app: Running) -> None:
    query = """query ($n: String, $d: OrderByDirection) {
      companies(filter: { or: [{ name: { eq: $n } }] }, orderBy: [{ name: $d }]) { totalCount }
    }"""

    assert app.data(query, n="Acme", d="AscNullsLast") == {"companies": {"totalCount": 1}}


def test_one_of_several_operations_is_named(app: Running) -> None:
    query = "query One { companies { totalCount } } query Two { people { totalCount } }"

    body = app.post_graphql(query, operationName="Two").json()
    refused = app.graphql(query)
    unknown = app.post_graphql(query, operationName="Three").json()

    assert body == {"data": {"people": {"totalCount": 2}}}
    assert refused["errors"][0]["message"] == (
        "Must provide operation name when document contains multiple operations."
    )
    assert unknown["errors"][0]["message"] == 'Unknown operation named "Three".'


def test_typenames_are_made_for_everything(app: Running) -> None:
    data = app.data(
        """{
          __typename
          companies(filter: { name: { eq: "Acme" } }) {
            __typename
            edges { __typename node { __typename domainName { __typename }
              people { __typename } accountOwner { __typename } createdBy { __typename } } }
            pageInfo { __typename }
          }
        }"""
    )

    assert data["__typename"] == "Query"
    found = data["companies"]
    assert found["__typename"] == "CompanyConnection"
    assert found["pageInfo"] == {"__typename": "PageInfo"}
    assert found["edges"][0] == {
        "__typename": "CompanyEdge",
        "node": {
            "__typename": "Company",
            "domainName": {"__typename": "Links"},
            "people": {"__typename": "PersonConnection"},
            "accountOwner": None,
            "createdBy": {"__typename": "Actor"},
        },
    }


def test_keys_come_in_the_documents_order(app: Running) -> None:
    data = app.data(
        "{ people { totalCount } __typename companies { pageInfo { hasNextPage } totalCount "
        "} notes { totalCount } }"
    )

    assert list(data) == ["people", "__typename", "companies", "notes"]
    assert list(data["companies"]) == ["pageInfo", "totalCount"]


def test_the_same_root_may_be_asked_twice_by_aliases(app: Running) -> None:
    data = app.data(
        """{ a: companies(filter: {name: {eq: "Acme"}}) { totalCount }
             b: companies(filter: {name: {eq: "Birch"}}) { edges { node { name } } } }"""
    )

    assert data == {
        "a": {"totalCount": 1},
        "b": {"edges": [{"node": {"name": "Birch"}}]},
    }


def test_equal_keys_merge(app: Running) -> None:
    data = app.data("{ companies { totalCount } companies { pageInfo { hasNextPage } } }")

    assert data == {"companies": {"totalCount": 2, "pageInfo": {"hasNextPage": False}}}


def test_equal_keys_with_other_arguments_conflict(app: Running) -> None:
    body = app.graphql("{ companies { totalCount } companies(first: 1) { totalCount } }")

    assert body["errors"][0]["message"].startswith('Fields "companies" conflict because')
    assert body["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_records_and_introspection_may_share_a_document(app: Running) -> None:
    data = app.data('{ companies { totalCount } __type(name: "Company") { name } }')

    assert data == {"companies": {"totalCount": 2}, "__type": {"name": "Company"}}


def test_the_schema_is_introspected(app: Running) -> None:
    data = app.data("{ __schema { queryType { name } mutationType { name } types { name } } }")

    names = {found["name"] for found in data["__schema"]["types"]}
    assert {"Company", "CompanyConnection", "CompanyFilterInput", "SampleSelectFieldEnum"} <= names


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ ...Missing }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("fragment A on Query { __typename }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ companies @foo { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ companies @include { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { companies { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_a_document_that_can_not_be_run_is_refused(app: Running, query: str, code: str) -> None:
    body = app.graphql(query)

    assert body["errors"][0]["extensions"]["code"] == code, body
    assert "data" not in body


def test_an_unknown_root_field_is_refused_with_its_place(app: Running) -> None:
    body = app.graphql("{\n  comapnies { totalCount }\n}")

    (error,) = body["errors"]
    assert error["message"] == 'Cannot query field "comapnies" on type "Query".'
    assert error["locations"] == [{"line": 2, "column": 3}]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    body = app.graphql("mutation { makeCompany { id } }")
    assert body["errors"][0]["message"] == 'Cannot query field "makeCompany" on type "Mutation".'


# -- leniency --------------------------------------------------------------------------


def test_an_unknown_field_is_null_with_a_warning(app: Running) -> None:
    body = app.graphql(
        "{ companies(first: 1) { foo edges { bar node { nmae name domainName { x } } } "
        "pageInfo { y } } }"
    )

    found = body["data"]["companies"]
    assert found["foo"] is None
    assert found["pageInfo"] == {"y": None}
    assert found["edges"][0]["bar"] is None
    assert found["edges"][0]["node"] == {"nmae": None, "name": "Acme", "domainName": {"x": None}}
    warnings = body["extensions"]["warnings"]
    assert 'Cannot query field "nmae" on type "Company". Did you mean "name"?' in warnings
    assert len(warnings) == 5


def test_warnings_are_repeated_from_the_cache(app: Running) -> None:
    query = "{ companies { edges { node { unknownOne } } } }"

    assert app.graphql(query) == app.graphql(query)
    assert "warnings" in app.graphql(query)["extensions"]


@pytest.mark.parametrize(
    "query",
    [
        "query ($f: companyFilterInput) { companies(filter: $f) { totalCount } }",
        "query ($f: Nonsense!) { companies(filter: $f) { totalCount } }",
        "query { companies(filter: $f) { totalCount } }",
    ],
)
def test_variables_of_any_type_are_accepted(app: Running, query: str) -> None:
    body = app.graphql(query, f={"id": {"eq": ACME}})

    assert body["data"] == {"companies": {"totalCount": 1}}


def test_enums_may_be_strings_and_a_list_may_be_one(app: Running) -> None:
    body = app.graphql(
        '{ companies(orderBy: { name: "DescNullsLast" }) { edges { node { name } } } }'
    )

    names = [edge["node"]["name"] for edge in body["data"]["companies"]["edges"]]
    assert names == ["Birch", "Acme"]


def test_null_arguments_are_absent(app: Running) -> None:
    data = app.data(
        "{ companies(first: null, after: null, filter: null, orderBy: null) { totalCount } }"
    )

    assert data == {"companies": {"totalCount": 2}}


def test_a_relation_without_a_selection_is_null_with_a_warning(app: Running) -> None:
    body = app.graphql("{ people { edges { node { company } } } }")

    assert body["data"]["people"]["edges"][0]["node"] == {"company": None}
    assert body["extensions"]["warnings"]


def test_a_composite_without_a_selection_is_whole(app: Running) -> None:
    data = app.data(
        '{ companies(filter: {name: {eq: "Acme"}}) { edges { node { annualRevenue } } } }'
    )

    assert data["companies"]["edges"][0]["node"]["annualRevenue"] == {
        "amountMicros": None,
        "currencyCode": None,
    }


# -- strictness on demand --------------------------------------------------------------


def test_strictness_can_be_asked_for(app: Running) -> None:
    response = app.send(
        "POST",
        "/graphql",
        content=b'{"query": "{ companies { edges { node { nmae } } } }"}',
        headers={"x-graphql-strict": "1"},
    )

    (error,) = response.json()["errors"]
    assert error["message"].startswith('Cannot query field "nmae" on type "Company".')
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


# -- relations -------------------------------------------------------------------------


def test_relations_nest_both_ways(app: Running) -> None:
    data = app.data(
        """query ($f: JSON) {
          companies(filter: $f) { edges { node {
            people { totalCount edges { node { company { name people { totalCount } } } } }
            noteTargets { edges { node {
              note { title } targetCompany { name } targetCompanyId targetPersonId
            } } }
          } } }
        }""",
        f={"id": {"eq": ACME}},
    )

    (edge,) = data["companies"]["edges"]
    inner = {"node": {"company": {"name": "Acme", "people": {"totalCount": 2}}}}
    assert edge["node"]["people"] == {"totalCount": 2, "edges": [inner, inner]}
    assert edge["node"]["noteTargets"]["edges"] == [
        {
            "node": {
                "note": {"title": "Note"},
                "targetCompany": {"name": "Acme"},
                "targetCompanyId": ACME,
                "targetPersonId": None,
            }
        }
    ]


def test_nested_connections_take_arguments(app: Running) -> None:
    query = """query ($f: JSON, $a: String) {
      companies(filter: $f) { edges { node {
        people(first: 1, after: $a, orderBy: {name: {firstName: DescNullsLast}}) {
          totalCount
          edges { cursor node { name { firstName } } }
          pageInfo { hasNextPage hasPreviousPage endCursor }
        }
        none: people(filter: {name: {firstName: {eq: "x"}}}) { totalCount edges { node { id } } }
      } } }
    }"""
    where = {"id": {"eq": ACME}}

    first = app.data(query, f=where)["companies"]["edges"][0]["node"]
    cursor = first["people"]["pageInfo"]["endCursor"]
    second = app.data(query, f=where, a=cursor)["companies"]["edges"][0]["node"]

    assert first["none"] == {"totalCount": 0, "edges": []}
    assert first["people"]["totalCount"] == 2
    assert [e["node"]["name"]["firstName"] for e in first["people"]["edges"]] == ["A"]
    assert first["people"]["pageInfo"]["hasNextPage"] is True
    assert [e["node"]["name"]["firstName"] for e in second["people"]["edges"]] == [""]
    assert second["people"]["pageInfo"]["hasNextPage"] is False
    assert second["people"]["pageInfo"]["hasPreviousPage"] is True


def test_a_nested_connection_refuses_arguments_that_it_does_not_have(app: Running) -> None:
    body = app.graphql("{ companies { edges { node { people(limit: 1) { totalCount } } } } }")

    (error,) = body["errors"]
    assert error["message"] == "Argument not allowed: limit"
    assert error["extensions"]["subCode"] == "INVALID_QUERY_INPUT"


def test_sixty_children_are_shown_and_the_rest_owned_up_to(app: Running) -> None:
    (crowded,) = app.create("companies", {"name": "Crowded"})
    app.create("people", *({"companyId": crowded["id"]} for _ in range(100)))
    query = """query ($f: JSON, $n: Int) { company(filter: $f) {
      people(first: $n) { totalCount edges { node { id } } pageInfo { hasNextPage } } } }"""
    where = {"id": {"eq": crowded["id"]}}

    usual = app.data(query, f=where)["company"]["people"]
    more = app.data(query, f=where, n=200)["company"]["people"]
    rest = app.rest("GET", f"companies/{crowded['id']}", depth=1).json()["data"]["company"]
    app.rest("DELETE", "people", filter=f"companyId[eq]:{crowded['id']}")
    app.rest("DELETE", f"companies/{crowded['id']}")

    assert (len(usual["edges"]), usual["totalCount"]) == (60, 100)
    assert usual["pageInfo"] == {"hasNextPage": True}
    assert (len(more["edges"]), more["pageInfo"]) == (100, {"hasNextPage": False})
    assert len(rest["people"]) == 60


# -- partial failure -------------------------------------------------------------------


def test_one_bad_root_is_one_null_and_one_error(app: Running) -> None:
    body = app.graphql(
        """{
          bad: companies(filter: { foo: { eq: 1 } }) { totalCount }
          good: companies { totalCount }
          worse: samples(filter: { textField: { regex: "(" } }) { totalCount }
          missing: company(filter: { id: { eq: "00000000-0000-4000-8000-000000000000" } }) { id }
          last: people { totalCount }
        }"""
    )

    assert body["data"] == {
        "bad": None,
        "good": {"totalCount": 2},
        "worse": None,
        "missing": None,
        "last": {"totalCount": 2},
    }
    assert list(body["data"]) == ["bad", "good", "worse", "missing", "last"]
    codes = sorted(error["extensions"]["code"] for error in body["errors"])
    assert codes == ["BAD_USER_INPUT", "BAD_USER_INPUT", "NOT_FOUND"]


def test_a_failing_mutation_does_not_undo_the_others(app: Running) -> None:
    body = app.graphql(
        """mutation {
          a: createTask(data: { title: "a" }) { title }
          b: createTask(data: { title: 1 }) { title }
          c: createTask(data: { title: "c" }) { title }
        }"""
    )

    assert body["data"] == {"a": {"title": "a"}, "b": None, "c": {"title": "c"}}
    assert len(body["errors"]) == 1
    assert app.data("{ tasks { totalCount } }") == {"tasks": {"totalCount": 2}}


def test_mutations_run_in_the_documents_order(app: Running) -> None:
    (task,) = app.create("notes", {"title": "0"})
    roots = " ".join(
        f'm{n}: updateNote(id: "{task["id"]}", data: {{ title: "{n}" }}) {{ title }}'
        for n in range(10)
    )

    data = app.data(f"mutation {{ {roots} }}")

    assert [data[f"m{n}"]["title"] for n in range(10)] == [str(n) for n in range(10)]
    found = app.rest("GET", f"notes/{task['id']}").json()["data"]["note"]
    app.rest("DELETE", f"notes/{task['id']}")
    assert found["title"] == "9"


# -- bounds ----------------------------------------------------------------------------


def test_twenty_roots_are_allowed_and_no_more(app: Running) -> None:
    def roots(count: int) -> str:
        return "{" + " ".join(f"r{n}: companies {{ totalCount }}" for n in range(count)) + "}"

    assert len(app.data(roots(20))) == 20
    body = app.graphql(roots(23))
    assert body["data"] == {}
    (error,) = body["errors"]
    assert error["message"] == (
        "Query too complex - Too many root resolvers requested: 23 - Maximum allowed root "
        "resolvers: 20"
    )
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_document_may_ask_for_only_so_many_fields(app: Running) -> None:
    fields = " ".join(f"f{n}: name" for n in range(2_001))

    body = app.graphql(f"{{ companies {{ edges {{ node {{ {fields} }} }} }} }}")

    assert body["data"] == {}
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_fragments_do_not_multiply_past_the_bound(app: Running) -> None:
    levels = 30
    parts = [f"fragment F{n} on X {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)]
    parts.append(f"fragment F{levels} on X {{ name }}")

    body = app.graphql("{ companies { edges { node { ...F0 } } } } " + " ".join(parts))

    assert body["errors"]
    assert body["data"] == {}


def test_a_selection_may_be_nested_only_so_deeply(app: Running) -> None:
    inner = "id"
    for _ in range(12):
        inner = f"company {{ people {{ edges {{ node {{ {inner} }} }} }} }}"

    body = app.graphql(f"{{ people(first: 1) {{ edges {{ node {{ {inner} }} }} }} }}")

    assert body["data"] == {}
    assert body["errors"][0]["message"].startswith("Maximum depth of ")
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_costly_selection_is_refused_in_the_contracts_words(app: Running) -> None:
    inner = "id"
    for _ in range(3):
        inner = f"people(first: 200) {{ edges {{ node {{ company {{ {inner} }} }} }} }}"

    body = app.graphql(f"{{ companies(first: 200) {{ edges {{ node {{ {inner} }} }} }} }}")

    (error,) = body["errors"]
    assert error["message"].startswith(
        "Query complexity is too high. Please, reduce the amount of relation fields requested. "
        "Query complexity: "
    )
    assert error["extensions"]["subCode"] == "TOO_COMPLEX_QUERY"
    assert body["data"] in ({}, {"companies": None})


def test_a_document_may_be_only_so_long(app: Running) -> None:
    body = app.graphql("{ companies { totalCount } } #" + "x" * 100_001)

    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("offset", [10**12, 2**63, 1e300])
def test_an_offset_past_everything_gives_nothing(app: Running, offset: float) -> None:
    body = app.graphql(
        "query ($o: Int) { companies(offset: $o) { edges { node { id } } } }", o=offset
    )

    assert body["data"] == {"companies": {"edges": []}}


@pytest.mark.parametrize("first", [2**63, 1e300, 1.9])
def test_a_first_of_any_size_is_understood(app: Running, first: float) -> None:
    body = app.graphql(
        "query ($n: Int) { companies(first: $n) { edges { node { id } } } }", n=first
    )

    assert len(body["data"]["companies"]["edges"]) == (1 if first < 2 else 2)
