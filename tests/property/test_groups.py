"""Random groups and aggregates over random records, against the oracle."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import Running
from tests.property import group_oracle as oracle
from tests.property.oracle import truth
from tests.property.test_records import DIRECTIONS, examples, numbers, operators, words

Json = Any
Record = oracle.Record

policies = st.lists(st.sampled_from(["ON_SITE", "HYBRID", "REMOTE_WORK"]), unique=True, max_size=3)
moments = st.datetimes(min_value=datetime(2023, 12, 20), max_value=datetime(2024, 4, 10)).map(
    lambda moment: f"{moment.isoformat(timespec='milliseconds')}Z"
)
amounts = st.fixed_dictionaries(
    {},
    optional={
        "amountMicros": st.sampled_from([0, 1, 5, 2_500_000, 10**15]),
        "currencyCode": st.sampled_from(["EUR", "USD", ""]),
    },
)
companies = st.fixed_dictionaries(
    {"name": words}, optional={"employees": numbers, "workPolicy": policies}
)
opportunities = st.fixed_dictionaries(
    {
        "name": words,
        "at": st.one_of(st.none(), st.integers(0, 3)),
        "closeDate": st.one_of(moments, moments, st.none()),
    },
    optional={
        "amount": amounts,
        "stage": st.sampled_from(["NEW", "MEETING", "PROPOSAL"]),
    },
)
workspaces = st.tuples(
    st.lists(companies, min_size=1, max_size=4), st.lists(opportunities, min_size=1, max_size=25)
)
wheres = st.one_of(
    st.just({}),
    st.builds(lambda test: {"name": test}, operators(words, text=True)),
    st.builds(lambda test: {"company": {"employees": test}}, operators(numbers, text=False)),
)


def settle(app: Running, drawn: tuple[list[Json], list[Json]]) -> list[Record]:
    """Creates what was drawn; the opportunities as they are read, each with its company."""
    app.clear("opportunity", "company")
    drawn_companies, drawn_opportunities = drawn
    stored = app.create("companies", *drawn_companies)
    rows = []
    for opportunity in drawn_opportunities:
        row = dict(opportunity)
        place = row.pop("at")
        row["companyId"] = None if place is None else stored[place % len(stored)]["id"]
        rows.append(row)
    by_id = {company["id"]: company for company in stored}
    created = app.create("opportunities", *rows)
    return [{**each, "company": by_id.get(each["companyId"])} for each in created]


class Dimension(NamedTuple):
    definition: Json
    keys: Callable[[Record], list[oracle.Key]]
    order: Callable[[str], Json]  # a direction -> an item of orderBy
    fold: Callable[[Json], Json] = lambda value: value  # what an explicit order compares


def of_company(record: Record, name: str) -> Json:
    return None if record["company"] is None else record["company"][name]


PLAIN = [
    Dimension(
        {"stage": True},
        lambda r: [oracle.plain(r["stage"])],
        lambda direction: {"stage": direction},
        str.lower,
    ),
    Dimension(
        {"name": True},
        lambda r: [oracle.plain(r["name"])],
        lambda direction: {"name": direction},
        str.lower,
    ),
    Dimension(
        {"amount": {"amountMicros": True}},
        lambda r: [oracle.plain(r["amount"]["amountMicros"])],
        lambda direction: {"amount": {"amountMicros": direction}},
    ),
    Dimension(
        {"companyId": True},
        lambda r: [oracle.plain(r["companyId"])],
        lambda direction: {"companyId": direction},
    ),
    Dimension(
        {"company": {"employees": True}},
        lambda r: [oracle.plain(of_company(r, "employees"))],
        lambda direction: {"company": {"employees": direction}},
    ),
    Dimension(
        {"company": {"workPolicy": {"unnest": True}}},
        lambda r: [oracle.plain(item) for item in of_company(r, "workPolicy") or ()],
        lambda direction: {"company": {"workPolicy": direction}},
        str.lower,
    ),
]


def by_period(granularity: str, zone: str, start: str) -> Dimension:
    definition = {"granularity": granularity, "timeZone": zone, "weekStartDay": start}
    return Dimension(
        {"closeDate": definition},
        lambda r: [oracle.period(r["closeDate"], granularity, zone, start)],
        lambda direction: {"closeDate": {"granularity": granularity, "orderBy": direction}},
    )


periods = st.builds(
    by_period,
    st.sampled_from(
        [
            *("DAY", "WEEK", "MONTH", "QUARTER", "YEAR"),
            *("DAY_OF_THE_WEEK", "MONTH_OF_THE_YEAR", "QUARTER_OF_THE_YEAR"),
        ]
    ),
    st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu"]),
    st.sampled_from(["MONDAY", "SUNDAY", "SATURDAY"]),
)
dimensions = st.lists(
    st.one_of(st.sampled_from(PLAIN), periods),
    min_size=1,
    max_size=3,
    unique_by=lambda dimension: (
        str(dimension.order("")["closeDate"]["granularity"])
        if "closeDate" in dimension.definition
        else json.dumps(dimension.definition)
    ),
)
NAMES = list(oracle.aggregates([]))
keys = st.tuples(
    st.one_of(st.sampled_from(["totalCount", "maxCloseDate", "sumAmountAmountMicros"]), st.just(0)),
    st.sampled_from(DIRECTIONS),
)


def close(found: Json, expected: Json) -> bool:
    return bool(
        found == pytest.approx(expected) if isinstance(expected, float) else found == expected
    )


def assert_same(found: Json, expected: dict[str, Json]) -> None:
    different = {
        name: (found[name], value)
        for name, value in expected.items()
        if not close(found[name], value)
    }
    assert different == {}


# -- properties ------------------------------------------------------------------------


@examples
@given(drawn=workspaces, where=wheres)
def test_aggregates_of_a_list_are_the_oracles(
    app: Running, drawn: tuple[list[Json], list[Json]], where: Json
) -> None:
    records = [record for record in settle(app, drawn) if truth(where, record)]
    query = f"query ($w: J) {{ opportunities(filter: $w, first: 1) {{ {' '.join(NAMES)} }} }}"

    found = app.data(query, w=where)["opportunities"]

    assert_same(found, oracle.aggregates(records))


@examples
@given(drawn=workspaces)
def test_aggregates_of_related_records_are_the_oracles(
    app: Running, drawn: tuple[list[Json], list[Json]]
) -> None:
    records = settle(app, drawn)
    inner = f"opportunities(first: 1) {{ {' '.join(NAMES)} }}"

    edges = app.data(f"{{ companies {{ edges {{ node {{ id {inner} }} }} }} }}")["companies"][
        "edges"
    ]

    for edge in edges:
        node = edge["node"]
        own = [record for record in records if record["companyId"] == node["id"]]
        assert_same(node["opportunities"], oracle.aggregates(own))


@examples
@given(
    drawn=workspaces,
    where=wheres,
    asked=st.lists(
        st.tuples(dimensions, st.lists(keys, max_size=2)),
        min_size=6,
        max_size=6,
    ),
)
def test_groups_are_the_oracles(
    app: Running,
    drawn: tuple[list[Json], list[Json]],
    where: Json,
    asked: list[tuple[list[Dimension], list[tuple[Json, str]]]],
) -> None:
    records = [record for record in settle(app, drawn) if truth(where, record)]

    for by, order in asked:
        assert_groups(app, records, where, by, order)


def assert_groups(
    app: Running,
    records: list[Record],
    where: Json,
    by: list[Dimension],
    order: list[tuple[Json, str]],
) -> None:
    expected = oracle.groups(records, [dimension.keys for dimension in by])
    expected.sort(key=lambda group: [oracle.nulls(key, "First") for key, _ in group[0]])
    for key, direction in reversed(order):
        expected.sort(
            key=lambda group, key=key, direction=direction: oracle.nulls(  # type: ignore[misc]  # bound now
                sorted_value(group, key, by), direction
            ),
            reverse=direction.startswith("Desc"),
        )
    by_order = [
        by[key].order(direction) if isinstance(key, int) else {"aggregate": {key: direction}}
        for key, direction in order
    ]

    found = app.data(
        f"query ($b: J, $o: J, $w: J) {{ opportunitiesGroupBy(groupBy: $b, orderBy: $o, filter: $w,"
        " limit: 1000, orderByForRecords: [{name: AscNullsFirst}]) { groupByDimensionValues"
        f" {' '.join(NAMES)} edges {{ node {{ id }} }} }} }}",
        b=[dimension.definition for dimension in by],
        o=by_order,
        w=where,
    )["opportunitiesGroupBy"]

    shown = [[value for _, value in group_keys] for group_keys, _ in expected]
    assert [group["groupByDimensionValues"] for group in found] == shown
    for group, (_, members) in zip(found, expected, strict=True):
        assert_same(group, oracle.aggregates(members))
        ids = [edge["node"]["id"] for edge in group["edges"]]
        members.sort(key=lambda record: (record["name"].lower(), record["id"]))
        assert ids == [record["id"] for record in members][:10]


def sorted_value(
    group: tuple[tuple[oracle.Key, ...], list[Record]], key: Json, by: list[Dimension]
) -> Json:
    """What an explicit key of the order compares."""
    if isinstance(key, str):
        return oracle.aggregates(group[1])[key]
    value = group[0][key][0]
    return None if value is None else by[key].fold(value)


@examples
@given(drawn=workspaces, by=dimensions)
def test_rest_gives_the_groups_that_graphql_gives(
    app: Running, drawn: tuple[list[Json], list[Json]], by: list[Dimension]
) -> None:
    settle(app, drawn)
    definitions = [dimension.definition for dimension in by]
    names = ["totalCount", "sumAmountAmountMicros", "minCloseDate"]

    rest = app.rest(
        "GET",
        "opportunities/groupBy",
        group_by=json.dumps(definitions),
        aggregate=json.dumps(names),
        limit=200,
    ).json()
    graphql = app.data(
        "query ($b: J) { opportunitiesGroupBy(groupBy: $b, limit: 200)"
        f" {{ groupByDimensionValues {' '.join(names)} }} }}",
        b=definitions,
    )["opportunitiesGroupBy"]

    assert rest == [
        {name: str(value) if isinstance(value, int) else value for name, value in group.items()}
        for group in graphql
    ]
