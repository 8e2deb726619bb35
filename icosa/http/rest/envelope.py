"""PostgreSQL's JSON -> the body of an answer (B1). Bytes are put around bytes."""

from __future__ import annotations

from typing import Final

import msgspec

from icosa.catalog.snapshot import Object
from icosa.engine.run import Answer
from icosa.engine.search import SearchPage
from icosa.request.cursor import encode_cursor

SEPARATOR: Final = ","  # between two records


def one(source: Object, record: bytes) -> bytes:
    return b'{"data":{"%b":%b}}' % (source.name_singular.encode(), record)


def many(source: Object, answer: Answer) -> bytes:
    """`{"data":{"people":[…]},"totalCount":5,"pageInfo":{…}}`."""
    (found,) = answer.found
    total = b'"totalCount":%d,' % found.total() if found.holds("total") else b""
    return (
        b'{"data":{"%b":[%b]},%b"pageInfo":{"startCursor":%b,"endCursor":%b,'
        b'"hasNextPage":%b,"hasPreviousPage":%b}}'
    ) % (
        source.name_plural.encode(),
        found.json("records") or b"",
        total,
        cursor(found.json("start")),
        cursor(found.json("end")),
        flag(value=found.flag("next")),
        flag(value=found.flag("previous")),
    )


def listed(answers: bytes | None) -> bytes:
    """`{"data":[{"personDuplicates":[…],"totalCount":2,"pageInfo":{…}}]}`: one for each input."""
    return b'{"data":[%b]}' % (answers or b"")


def found(page: SearchPage) -> bytes:
    """`{"data":{"search":[…]},"pageInfo":{"endCursor":"…","hasNextPage":false}}`."""
    end = page.cursors[-1] if page.cursors else None
    body = {
        "data": {"search": page.hits},
        "pageInfo": {"endCursor": end, "hasNextPage": page.has_next},
    }
    return msgspec.json.encode(body)


def bare(groups: bytes | None) -> bytes:
    """`[{"groupByDimensionValues":[…]}]`"""
    return b"[%b]" % (groups or b"")


def written(source: Object, verb: str, records: bytes | None, *, is_one: bool) -> bytes:
    """`{"data":{"createPerson":{…}}}` or `{"data":{"createPeople":[…]}}`."""
    name = f"{verb}{pascal(source.name_singular if is_one else source.name_plural)}".encode()
    if is_one:
        return b'{"data":{"%b":%b}}' % (name, records or b"null")
    return b'{"data":{"%b":[%b]}}' % (name, records or b"")


def cursor(keys: bytes | None) -> bytes:
    """A JSON string, or null for an empty page."""
    return b"null" if keys is None else b'"%b"' % encode_cursor(keys)


def flag(*, value: bool) -> bytes:
    return b"true" if value else b"false"


def pascal(name: str) -> str:
    return name[:1].upper() + name[1:]
