"""Random words over random records: what search finds, and walks through it."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.build import Running
from tests.property.test_records import examples

Json = Any

WORDS = ("ab", "abc", "abd", "b", "bcd", "xyz")
QUERY = """query ($text: String!, $limit: Int!, $after: String) {
  search(searchInput: $text, limit: $limit, after: $after,
    includedObjectNameSingulars: ["person", "company", "task"]) {
    edges { node { recordId objectNameSingular tsRankCD tsRank } cursor }
    pageInfo { hasNextPage endCursor }
  }
}"""
FIELDS = {"people": "jobTitle", "companies": "name", "tasks": "title"}
ORDER = ("person", "company", "task")

texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
queries = st.lists(st.sampled_from(("a", "ab", "abc", "b", "xy", "q")), max_size=3).map(" ".join)


def settle(app: Running, drawn: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Creates records of each plural; the words of each, by its id."""
    app.clear("person", "company", "task")
    found: dict[str, list[str]] = {}
    for plural, each in drawn.items():
        if each:
            records = app.create(plural, *({FIELDS[plural]: text} for text in each))
            found.update(
                (record["id"], text.split()) for record, text in zip(records, each, strict=True)
            )
    return found


def page(app: Running, text: str, limit: int, after: str | None = None) -> Json:
    return app.data(QUERY, text=text, limit=limit, after=after)["search"]


def has(words: Sequence[str], term: str) -> bool:
    return any(word.startswith(term) for word in words)


@examples
@given(
    people=st.lists(texts, max_size=8),
    companies=st.lists(texts, max_size=8),
    tasks=st.lists(texts, max_size=8),
    query=queries,
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=4),
)
def test_search_finds_what_has_the_words_once_and_in_order(
    app: Running,
    people: list[str],
    companies: list[str],
    tasks: list[str],
    query: str,
    sizes: list[int],
) -> None:
    words = settle(app, {"people": people, "companies": companies, "tasks": tasks})
    terms = query.split()

    nodes = [edge["node"] for edge in page(app, query, 100)["edges"]]

    hits = [node["recordId"] for node in nodes]
    if not terms:
        assert set(hits) == set(words)
    else:
        some = {key for key, of in words.items() if any(has(of, term) for term in terms)}
        every = {key for key, of in words.items() if all(has(of, term) for term in terms)}
        within = {key for key, of in words.items() if all(term in " ".join(of) for term in terms)}
        assert set(hits) == (some or within)
        assert not some or set(hits[: len(every)]) == every
    assert nodes == sorted(
        nodes,
        key=lambda n: (
            -n["tsRankCD"],
            -n["tsRank"],
            ORDER.index(n["objectNameSingular"]),
            n["recordId"],
        ),
    )
    assert walk(app, query, sizes) == hits


def walk(app: Running, query: str, sizes: Sequence[int]) -> list[str]:
    """The ids of pages of changing sizes."""
    found: list[str] = []
    after = None
    for turn in range(100):
        answer = page(app, query, sizes[turn % len(sizes)], after)
        found += [edge["node"]["recordId"] for edge in answer["edges"]]
        if not answer["pageInfo"]["hasNextPage"]:
            return found
        after = answer["pageInfo"]["endCursor"]
        assert after == answer["edges"][-1]["cursor"]
    raise AssertionError("the walk does not end")
