"""The records schema: against the reference's, by role, and as a judge of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    get_introspection_query,
    graphql_sync,
    parse,
    print_schema,
    validate_schema,
)
from graphql.type import GraphQLNamedType

from icosa.catalog.view import Grant, View
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.fields.registry import ALL
from icosa.http.graphql import schema as records
from icosa.http.graphql.fields import ARGUMENTS, RootFields
from icosa.http.graphql.object_types import WORKS, Part
from icosa.http.graphql.shared_types import OWN_NAMES, SharedTypes
from tests.unit.http import model

REFERENCES: Final = ("reference.graphql", "reference_group.graphql")
# Types of objects that the cut of the reference mentions and does not define.
_MENTIONED: Final = (
    *("Person", "Opportunity", "WorkspaceMember", "Attachment", "TaskTarget", "NoteTarget"),
    *("TimelineActivity", "PetCareAgreement", "EmploymentHistory", "SurveyResult", "Rocket"),
)
# What ours has beside the reference's, by the end of a type's name.
_FREEDOMS: Final[Mapping[str, frozenset[str]]] = {
    "FilterInput": frozenset(),
    "EnumFilter": frozenset({"gt", "gte", "lt", "lte"}),
    "TSVectorFilter": frozenset({"eq", "neq", "is"}),
}


@pytest.fixture(scope="module")
def everything() -> View:
    return View(model.demonstration(), model.EVERYTHING)


@pytest.fixture(scope="module")
def ours(everything: View) -> GraphQLSchema:
    """With all parts of the contract's schema, whatever the executor answers today."""
    return records.make_schema(everything, frozenset(Part))


@pytest.fixture(scope="module")
def shown(everything: View) -> GraphQLSchema:
    return everything.make(records.build_schema)


@pytest.fixture(scope="module")
def reference() -> GraphQLSchema:
    """The cut, with an empty type for each that it only mentions."""
    text = "\n".join((Path(__file__).parent / name).read_text() for name in REFERENCES)
    stand_ins = "\n".join(
        f"type {name} {{ _: Int }} type {name}Connection {{ _: Int }}"
        f" input {name}FilterInput {{ _: Int }} input {name}OrderByInput {{ _: Int }}"
        f" input {name}RelationInput {{ _: Int }} input {name}GroupByInput {{ _: Int }}"
        f" input {name}OrderByWithGroupByInput {{ _: Int }}"
        for name in _MENTIONED
    )
    return build_schema(f"{text}\n{stand_ins}")


# -- against the reference ---------------------------------------------------------------


def _defined(schema: GraphQLSchema) -> Iterable[GraphQLNamedType]:
    suffixes = (
        *("", "Connection", "FilterInput", "OrderByInput", "RelationInput"),
        *("GroupByInput", "OrderByWithGroupByInput"),
    )
    mentioned = {f"{name}{suffix}" for name in _MENTIONED for suffix in suffixes}
    return (t for t in schema.type_map.values() if t.name not in mentioned)


def test_every_type_of_the_reference_is_there(
    ours: GraphQLSchema, reference: GraphQLSchema
) -> None:
    missing = {t.name for t in _defined(reference)} - ours.type_map.keys()

    # no field of the demonstration has them, or may be grouped by
    assert missing == {"BigInt", "BigIntFilter", "ActorGroupByInput"}


def test_fields_arguments_and_nullability_are_the_references(
    ours: GraphQLSchema, reference: GraphQLSchema
) -> None:
    different = []
    for theirs in _defined(reference):
        mine = ours.type_map.get(theirs.name)
        if mine is not None and isinstance(theirs, GraphQLObjectType | GraphQLInputObjectType):
            for name, field in theirs.fields.items():
                printed = _printed(mine.fields.get(name))  # type: ignore[attr-defined]  # by kind
                if printed != _printed(field):
                    different.append(f"{theirs.name}.{name}: {printed}, not {_printed(field)}")

    assert different == []


def _printed(field: object) -> str:
    if field is None:
        return "missing"
    arguments = getattr(field, "args", {})
    inner = ", ".join(f"{name}: {argument.type}" for name, argument in arguments.items())
    return f"({inner}): {field.type}"  # type: ignore[attr-defined]  # of a field


def test_nothing_else_is_there_but_our_freedoms(
    ours: GraphQLSchema, reference: GraphQLSchema
) -> None:
    more = []
    for theirs in _defined(reference):
        mine = ours.type_map.get(theirs.name)
        if mine is not None and isinstance(theirs, GraphQLObjectType | GraphQLInputObjectType):
            assert isinstance(mine, GraphQLObjectType | GraphQLInputObjectType)
            allowed: frozenset[str] = next(
                (names for end, names in _FREEDOMS.items() if theirs.name.endswith(end)),
                frozenset(),
            )
            more += [
                f"{theirs.name}.{name}"
                for name, field in mine.fields.items()
                if name not in theirs.fields
                and name not in allowed
                and not str(field.type).endswith("ToManyFilter")
                and not (theirs.name.endswith("GroupByInput") and name.endswith("Id"))
                and not theirs.name.endswith("AggregateInput")  # ours has those of morphs
                and theirs.name not in ("Query", "Mutation")
            ]

    assert more == []


@pytest.mark.parametrize(
    "name",
    ["Links", "Address", "Actor", "StringFilter", "UUIDFilter", "LinksFilterInput", "PageInfo"],
)
def test_shared_types_have_the_references_order(
    ours: GraphQLSchema, reference: GraphQLSchema, name: str
) -> None:
    assert _names(ours, name) == _names(reference, name)


def test_a_record_shows_its_own_fields_and_then_its_relations(
    ours: GraphQLSchema, reference: GraphQLSchema
) -> None:
    relations = ["timelineActivities", "attachments", "noteTargets", "taskTargets"]

    assert _names(ours, "Zzqf1A56Fc3")[-4:] == relations
    assert _names(reference, "Zzqf1A56Fc3")[-4:] == relations
    assert _names(ours, "Zzqf1A56Fc3Edge") == _names(reference, "Zzqf1A56Fc3Edge")


@pytest.mark.parametrize("suffix", ["CreateInput", "OrderByInput"])
def test_a_standard_object_has_the_references_order(
    ours: GraphQLSchema, reference: GraphQLSchema, suffix: str
) -> None:
    name = f"Company{suffix}"

    assert _names(ours, name) == _names(reference, name)


def _names(schema: GraphQLSchema, name: str) -> list[str]:
    found = schema.type_map[name]
    assert isinstance(found, GraphQLObjectType | GraphQLInputObjectType)
    return list(found.fields)


def test_enums_have_the_references_values(ours: GraphQLSchema, reference: GraphQLSchema) -> None:
    for theirs in _defined(reference):
        if isinstance(theirs, GraphQLEnumType) and not theirs.name.startswith("__"):
            mine = ours.type_map[theirs.name]
            assert isinstance(mine, GraphQLEnumType)
            assert list(mine.values) == list(theirs.values), theirs.name


# -- what is shown -----------------------------------------------------------------------


def test_only_the_parts_that_work_are_shown(everything: View) -> None:
    nothing = print_schema(records.make_schema(everything, frozenset()))
    shown = print_schema(everything.make(records.build_schema))

    marks = {
        Part.AGGREGATES: "countEmptyName",
        Part.CONNECT: "CompanyWhereUniqueInput",
        Part.DUPLICATES: "companyDuplicates",
        Part.MERGE: "mergeCompanies",
        Part.SEARCH: "SearchResultConnection",
        Part.UPSERT: "upsert: Boolean",
    }
    assert marks.keys() == set(Part)
    assert {part for part, mark in marks.items() if mark in nothing} == set()
    assert {part for part, mark in marks.items() if mark in shown} == WORKS


def test_root_fields_and_their_arguments_are_those_that_the_executor_knows(
    everything: View, shown: GraphQLSchema
) -> None:
    """Without criteria there are no duplicates to show, though they are answered (A1)."""
    known = everything.make(RootFields)
    assert shown.query_type is not None
    assert shown.mutation_type is not None
    for fields, kinds in (
        (shown.query_type.fields, known.query),
        (shown.mutation_type.fields, known.mutation),
    ):
        assert fields.keys() <= kinds.keys()
        hidden = {kinds[name].kind for name in kinds.keys() - fields.keys()}
        assert hidden <= {"find_duplicates", "merge_many"}
        for name, field in fields.items():
            allowed = {argument.name for argument in ARGUMENTS[kinds[name].kind]}
            assert set(field.args) <= allowed, name
            required = {a.name for a in ARGUMENTS[kinds[name].kind] if a.required}
            assert {n for n, a in field.args.items() if str(a.type).endswith("!")} == required


def test_schemas_are_valid(ours: GraphQLSchema, shown: GraphQLSchema) -> None:
    assert validate_schema(ours) == []
    assert validate_schema(shown) == []


def test_sdl_is_the_same_text_for_the_same_model() -> None:
    first, second = (
        records.print_sdl(View(replace(model.standard()), model.EVERYTHING)) for _ in range(2)
    )

    assert first == second
    assert build_schema(first).query_type is not None


def test_introspection_is_answered(shown: GraphQLSchema) -> None:
    result = graphql_sync(shown, get_introspection_query())

    assert result.errors is None


def test_descriptions_are_the_models(shown: GraphQLSchema) -> None:
    company = shown.type_map["Company"]
    assert isinstance(company, GraphQLObjectType)
    opportunity = shown.type_map["Opportunity"]
    assert isinstance(opportunity, GraphQLObjectType)

    assert company.description == "A company"
    assert company.fields["name"].description == "Name"  # its label: it has no description
    assert opportunity.fields["stage"].description == "Opportunity stage"


def test_an_option_that_begins_with_a_digit_gets_an_underscore() -> None:
    draft = model.draft_of(model.standard())
    option = {"value": "1ST", "label": "First", "color": "red", "position": 0}
    model.add_field(draft, "company", "SELECT", "rank", options=[option])

    schema = records.build_schema(View(draft.snapshot(), model.EVERYTHING))

    enum = schema.type_map["CompanyRankEnum"]
    assert isinstance(enum, GraphQLEnumType)
    assert {name: value.value for name, value in enum.values.items()} == {"_1ST": "1ST"}


@pytest.mark.parametrize("singular", ["actor", "position", "query", "pageInfo", "filterIs"])
def test_an_object_named_like_a_type_of_ours_leaves_the_schema_valid(singular: str) -> None:
    draft = model.draft_of(model.standard())
    model.add_object(draft, singular, f"{singular}s")

    schema = records.build_schema(View(draft.snapshot(), model.EVERYTHING))

    assert validate_schema(schema) == []
    assert f"{singular[:1].upper()}{singular[1:]}_" in schema.type_map


def test_filters_list_every_operator_that_works() -> None:
    for kind in ALL:
        if not issubclass(kind, Composite):
            of = _example(kind)
            fields = SharedTypes().filter(of, "Owner").fields
            working = {operator.name for operator in (*of.operators, *of.more_operators)}
            live = {name for name, field in fields.items() if field.deprecation_reason is None}
            assert live == working, kind.kind


def test_types_that_share_a_filter_have_the_same_operators() -> None:
    by_filter: dict[str, set[tuple[str, ...]]] = {}
    for kind in ALL:
        if not issubclass(kind, Composite) and not _example(kind).options:
            names = tuple(o.name for o in (*kind.operators, *kind.more_operators))
            by_filter.setdefault(_example(kind).filter_input(), set()).add(names)

    assert {name: found for name, found in by_filter.items() if len(found) > 1} == {}


def _example(kind: type[FieldType]) -> FieldType:
    return kind(name="f", options=kind.examples.options, settings=kind.examples.settings)


def test_the_names_of_ours_cover_what_is_made(ours: GraphQLSchema) -> None:
    owners = tuple(o.type_name for o in model.demonstration().objects.values())
    shared = {n for n in ours.type_map if not n.startswith((*owners, "__"))}

    assert shared - {"JSON"} <= OWN_NAMES | {"FileObject"}


# -- roles -------------------------------------------------------------------------------


def test_what_a_role_may_not_read_is_not_in_its_schema() -> None:
    snapshot = model.standard()
    hidden = frozenset({model.field_id(snapshot, "person", "jobTitle")})
    view = model.seen_by(snapshot, opportunity=Grant(read=False), person=Grant(unreadable=hidden))

    sdl = records.print_sdl(view)

    assert "type Opportunity" not in sdl
    assert "jobTitle" not in build_schema(sdl).type_map["Person"].fields  # type: ignore[attr-defined]  # an object type
    assert "pointOfContactForOpportunities" not in sdl


def test_what_a_role_may_not_write_is_in_no_input() -> None:
    snapshot = model.standard()
    locked = frozenset({model.field_id(snapshot, "person", "jobTitle")})
    view = model.seen_by(snapshot, person=Grant(unwritable=locked), company=Grant(update=False))

    schema = records.build_schema(view)

    assert schema.mutation_type is not None
    assert "jobTitle" not in _names(schema, "PersonCreateInput")
    assert "jobTitle" in _names(schema, "Person")
    assert "createCompany" not in schema.mutation_type.fields
    assert "deleteCompany" in schema.mutation_type.fields


def test_a_role_that_may_read_nothing_still_has_a_schema() -> None:
    snapshot = model.standard()
    view = model.seen_by(snapshot, **{name: Grant(read=False) for name in snapshot.by_singular})

    assert validate_schema(records.build_schema(view)) == []


# -- strict validation -------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        '{ companies(first: 2, filter: {name: {ilike: "%a%"}}) { edges { node { id } } } }',
        "{ people { edges { node { company { name } emails { primaryEmail } } } totalCount } }",
        '{ companies(filter: {people: {some: {jobTitle: {eq: "x"}}}}) { totalCount } }',
        "{ companies { avgEmployees edges { node { people { countEmptyJobTitle } } } } }",
        "{ peopleGroupBy(groupBy: [{companyId: true}, {name: {lastName: true}}]) { totalCount } }",
        """{ opportunitiesGroupBy(
          groupBy: {closeDate: {granularity: MONTH, timeZone: "UTC"}}
          orderBy: {closeDate: {granularity: MONTH, orderBy: AscNullsLast}}
          limit: 3
        ) { groupByDimensionValues sumAmountAmountMicros edges { node { name } } } }""",
        'mutation { createCompany(data: {name: "x", employees: 3}) { id } }',
        "query ($id: UUID!) { company(filter: {id: {eq: $id}}) { name } }",
    ],
)
def test_what_is_right_passes(everything: View, document: str) -> None:
    assert records.validation_errors(everything, parse(document)) == []


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            "{ companies { edges { node { nam } } } }",
            'Cannot query field "nam" on type "Company". Did you mean "name"?',
        ),
        (
            "{ companys { totalCount } }",
            'Cannot query field "companys" on type "Query". Did you mean "company" or "companies"?',
        ),
        (
            "query ($id: ID!) { company(filter: {id: {eq: $id}}) { name } }",
            'Variable "$id" of type "ID!" used in position expecting type "UUID".',
        ),
        (
            '{ company(filter: {id: {eq: "x"}}) { name } }',
            'Expected value of type "UUID", but encountered error "it is no UUID"; found: "x".',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    everything: View, document: str, message: str
) -> None:
    (error, *_) = records.validation_errors(everything, parse(document))

    assert error.message == message
    assert error.locations
    assert error.details == {"code": "GRAPHQL_VALIDATION_FAILED"}


def test_variables_are_judged_as_well(everything: View) -> None:
    document = parse("query ($id: UUID!) { company(filter: {id: {eq: $id}}) { name } }")
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)

    assert (
        records.variable_errors(
            everything, operation, {"id": "0f5a4f1e-94b1-4c0e-9f5e-2b8f6f1f7a01"}
        )
        == []
    )
    (error,) = records.variable_errors(everything, operation, {"id": "x"})
    assert error.message == (
        'Variable "$id" has invalid value: '
        'Expected value of type "UUID", but encountered error "it is no UUID"; found: "x".'
    )
