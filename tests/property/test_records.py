"""Random filters, orders and pages over random records, against the oracle."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.build import Running
from tests.property.oracle import Key, Record, sorted_by, truth

Json = Any

examples = settings(
    max_examples=300 if os.environ.get("ICOSA_TEST_LONG") else 30,
    derandomize=True,  # the same in every run
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

DIRECTIONS = ("AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast")
LETTERS = "aAbBzZéÉ 0_%"
words = st.text(LETTERS, max_size=3)
numbers = st.sampled_from([-2, 0, 1, 1.5, 3])
ratings = st.sampled_from(["RATING_1", "RATING_2", "RATING_5"])


# -- records ---------------------------------------------------------------------------

companies = st.fixed_dictionaries(
    {"name": words}, optional={"employees": numbers, "tagline": words}
)
people = st.fixed_dictionaries(
    {
        "name": st.fixed_dictionaries({"firstName": words, "lastName": words}),
        "jobTitle": words,
        "at": st.one_of(st.none(), st.integers(0, 3)),  # the company, by its place
    },
    optional={"performanceRating": ratings, "position": numbers},
)
workspaces = st.tuples(
    st.lists(companies, min_size=1, max_size=4), st.lists(people, min_size=1, max_size=25)
)


def settle(app: Running, drawn: tuple[list[Json], list[Json]]) -> list[Record]:
    """Creates what was drawn; the people as they are read, each with its company."""
    app.clear("person", "company")
    drawn_companies, drawn_people = drawn
    stored = app.create("companies", *drawn_companies)
    rows = []
    for person in drawn_people:
        row = dict(person)
        place = row.pop("at")
        row["companyId"] = None if place is None else stored[place % len(stored)]["id"]
        rows.append(row)
    by_id = {company["id"]: company for company in stored}
    return [
        {**person, "company": by_id.get(person["companyId"])}
        for person in app.create("people", *rows)
    ]


# -- filters ---------------------------------------------------------------------------


def operators(values: st.SearchStrategy[Json], *, text: bool) -> st.SearchStrategy[Json]:
    found = [
        st.builds(
            lambda operator, value: {operator: value},
            st.sampled_from(["eq", "neq", "gt", "gte", "lt", "lte"]),
            values.filter(lambda value: value != ""),
        ),
        st.builds(lambda items: {"in": items}, st.lists(values, min_size=1, max_size=3)),
        st.sampled_from([{"is": "NULL"}, {"is": "NOT_NULL"}]),
    ]
    if text:
        found.append(
            st.builds(
                lambda operator, value: {operator: value},
                st.sampled_from(["like", "ilike", "startsWith", "endsWith"]),
                values.filter(lambda value: value != ""),
            )
        )
        found.append(st.sampled_from([{"eq": ""}, {"eq": None}, {"neq": ""}, {"ilike": ""}]))
    return st.one_of(found)


text_tests = operators(words, text=True)
company_leaves = st.one_of(
    st.builds(lambda test: {"name": test}, text_tests),
    st.builds(lambda test: {"employees": test}, operators(numbers, text=False)),
)
leaves = st.one_of(
    st.builds(lambda test: {"jobTitle": test}, text_tests),
    st.builds(lambda test: {"name": {"firstName": test}}, text_tests),
    st.builds(
        lambda first, last: {"name": {"firstName": first, "lastName": last}}, text_tests, text_tests
    ),
    st.builds(lambda test: {"position": test}, operators(numbers, text=False)),
    st.builds(
        lambda test: {"companyId": test}, st.sampled_from([{"is": "NULL"}, {"is": "NOT_NULL"}])
    ),
    st.builds(lambda leaf: {"company": leaf}, company_leaves),
)
filters = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda items: {"and": items}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda items: {"or": items}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda item: {"not": item}, inner),
    ),
    max_leaves=6,
)

# -- orders ----------------------------------------------------------------------------

PATHS: list[tuple[str, ...]] = [
    ("jobTitle",),
    ("name", "firstName"),
    ("name", "lastName"),
    ("performanceRating",),
    ("position",),
    ("companyId",),
    ("company", "name"),
    ("company", "employees"),
    ("createdAt",),
]
orders = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from(DIRECTIONS)),
    max_size=3,
    unique_by=lambda key: key[0],
)


def order_by(keys: list[Key]) -> Json:
    found = []
    for path, direction in keys:
        value: Json = direction
        for name in reversed(path):
            value = {name: value}
        found.append(value)
    return found


PAGE = """query ($filter: JSON, $orderBy: JSON, $first: Int, $last: Int, $after: S, $before: S) {
  people(filter: $filter, orderBy: $orderBy, first: $first, last: $last, after: $after,
         before: $before) {
    totalCount
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def page(app: Running, **variables: Json) -> tuple[list[str], Json]:
    found = app.data(PAGE, **variables)["people"]
    return [edge["node"]["id"] for edge in found["edges"]], found


# -- properties ------------------------------------------------------------------------


@examples
@given(drawn=workspaces, wheres=st.lists(filters, min_size=8, max_size=8))
def test_a_filter_finds_what_the_oracle_finds(
    app: Running, drawn: tuple[list[Json], list[Json]], wheres: list[Json]
) -> None:
    records = settle(app, drawn)

    for where in wheres:
        ids, found = page(app, filter=where)
        expected = sorted(record["id"] for record in records if truth(where, record))
        assert ids == expected, where
        assert found["totalCount"] == len(expected)


@examples
@given(drawn=workspaces, keys=st.lists(orders, min_size=5, max_size=5))
def test_an_order_is_the_oracles(
    app: Running, drawn: tuple[list[Json], list[Json]], keys: list[list[Key]]
) -> None:
    records = settle(app, drawn)

    for order in keys:
        ids, _ = page(app, orderBy=order_by(order))
        assert ids == [record["id"] for record in sorted_by(order, records)], order


@pytest.mark.parametrize("forward", [True, False])
@examples
@given(
    drawn=workspaces,
    order=orders,
    where=st.one_of(st.just({}), leaves),
    sizes=st.lists(st.integers(1, 7), min_size=1, max_size=4),
)
def test_a_walk_meets_each_record_once_and_in_order(
    app: Running,
    drawn: tuple[list[Json], list[Json]],
    order: list[Key],
    where: Json,
    sizes: list[int],
    *,
    forward: bool,
) -> None:
    records = [record for record in settle(app, drawn) if truth(where, record)]
    expected = [record["id"] for record in sorted_by(order, records)]

    walked = walk(app, order_by(order), where, sizes, forward=forward)

    assert walked == expected


def walk(app: Running, order: Json, where: Json, sizes: list[int], *, forward: bool) -> list[str]:
    """Every id that pages of changing size give, in the order of the whole list."""
    size, cursor = ("first", "after") if forward else ("last", "before")
    more, end = ("hasNextPage", "endCursor") if forward else ("hasPreviousPage", "startCursor")
    walked: list[str] = []
    at: Json = None
    for step in range(200):
        arguments = {size: sizes[step % len(sizes)], "filter": where, "orderBy": order}
        ids, found = page(app, **arguments, **({cursor: at} if at else {}))
        walked = walked + ids if forward else ids + walked
        info = found["pageInfo"]
        behind = info["hasPreviousPage" if forward else "hasNextPage"]
        assert behind is (at is not None), "whether there is something behind"
        if not info[more]:
            return walked
        at = info[end]
    raise AssertionError("the walk has no end")


@examples
@given(drawn=workspaces, sizes=st.lists(st.integers(1, 5), min_size=1, max_size=3), order=orders)
def test_rest_walks_as_graphql_does(
    app: Running, drawn: tuple[list[Json], list[Json]], sizes: list[int], order: list[Key]
) -> None:
    expected = [record["id"] for record in sorted_by(order, settle(app, drawn))]
    text = ",".join(f"{'.'.join(path)}[{direction}]" for path, direction in order)

    walked: list[str] = []
    params: dict[str, Json] = {"order_by": text}
    for step in range(200):
        body = app.rest("GET", "people", limit=sizes[step % len(sizes)], **params).json()
        walked += [record["id"] for record in body["data"]["people"]]
        assert body["totalCount"] == len(expected)
        if not body["pageInfo"]["hasNextPage"]:
            break
        params["starting_after"] = body["pageInfo"]["endCursor"]

    assert walked == expected
