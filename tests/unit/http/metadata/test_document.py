"""Documents of the metadata API: what is kept, what they begin with, how they are spelled."""

import pytest

from icosa.core.errors import DocumentInvalid, TooComplex
from icosa.http.metadata import document
from icosa.http.metadata.document import FIELDS_MAX, Documents, parse_document, spelled
from icosa.http.metadata.failure import Refused
from icosa.http.metadata.schema import build_metadata_schema

SCHEMA = build_metadata_schema()
QUERY = "{currentWorkspace{id}}"


def test_a_valid_document_is_kept() -> None:
    documents = Documents(SCHEMA)
    first = documents.read(QUERY)
    documents.check(QUERY, first, fields_max=FIELDS_MAX)

    assert documents.read(QUERY) is first


def test_a_document_that_was_refused_is_not_kept() -> None:
    documents = Documents(SCHEMA)
    first = documents.read("{nothing}")
    with pytest.raises(Refused):
        documents.check("{nothing}", first, fields_max=FIELDS_MAX)

    assert documents.read("{nothing}") is not first


def test_the_one_used_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "DOCUMENTS_MAX", 2)
    documents = Documents(SCHEMA)
    texts = [f"{{{name}:currentWorkspace{{id}}}}" for name in "abc"]
    kept = []
    for text in texts[:2]:
        kept.append(documents.read(text))
        documents.check(text, kept[-1], fields_max=FIELDS_MAX)

    documents.read(texts[0])
    documents.check(texts[2], documents.read(texts[2]), fields_max=FIELDS_MAX)

    assert documents.read(texts[0]) is kept[0]
    assert documents.read(texts[1]) is not kept[1]


def test_the_fields_that_an_operation_begins_with_are_found_in_fragments() -> None:
    text = (
        "query A{a:x ...F ... on Query{y}} fragment F on Query{z ...G ...H} "
        "fragment G on Query{...F w}"
    )
    found = parse_document(text)

    assert found.root_fields(found.operation(None)) == {"x", "y", "z", "w"}


def test_an_operation_is_named_where_there_are_several() -> None:
    found = parse_document("query A{a} query B{b}")

    assert found.root_fields(found.operation("B")) == {"b"}
    with pytest.raises(DocumentInvalid, match="Must provide operation name"):
        found.operation(None)
    with pytest.raises(DocumentInvalid, match='Unknown operation named "C"'):
        found.operation("C")


def test_fragments_that_spread_each_other_are_refused_and_not_followed() -> None:
    text = "{...F} fragment F on Query{currentWorkspace{id} ...G} fragment G on Query{...F}"
    documents = Documents(SCHEMA)

    with pytest.raises(Refused) as refusal:
        documents.check(text, documents.read(text), fields_max=FIELDS_MAX)

    assert "within itself" in str(refusal.value.errors[0]["message"])


def test_introspection_may_be_deeper_than_other_fields() -> None:
    deep = "{__schema{types{" + "ofType{" * 12 + "name" + "}" * 15
    documents = Documents(SCHEMA)

    documents.check(deep, documents.read(deep), fields_max=FIELDS_MAX)
    with pytest.raises(TooComplex, match="nested fields"):
        documents.check("", parse_document("{a" * 11 + "}" * 11), fields_max=FIELDS_MAX)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Cannot query field 'a' on type 'B'.", 'Cannot query field "a" on type "B".'),
        ("Unexpected single quote character ('),", "Unexpected single quote character ('),"),
        ("Expected Name, found <EOF>.", "Expected Name, found <EOF>."),
    ],
)
def test_quotation_marks_are_the_references(message: str, expected: str) -> None:
    assert spelled(message) == expected
