"""PostgreSQL's JSON -> `data` (A2). Bytes are put around bytes; keys in document order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from icosa.engine.run import Found
from icosa.plan.tree import LayoutItem
from icosa.request.cursor import encode_cursor
from icosa.request.ir import Pick


def separator(picks: Sequence[Pick]) -> str:
    """What stands between two records of a root connection.

    An edge that is nothing but its node is written here, around the records; any other comes
    whole from PostgreSQL.
    """
    key = bare_key(picks)
    return "," if key is None else f'}},{{"{key}":'


def bare_key(picks: Sequence[Pick]) -> str | None:
    """The key of `node`, if the edges of a connection hold nothing else."""
    for pick in picks:
        if pick.name == "edges":
            of = pick.of or ()
            return of[0].key if len(of) == 1 and of[0].name == "node" else None
    return None


def connection(found: Found) -> bytes:
    assert found.root.layout is not None
    return _layout(found.root.layout, found)


def records(joined: bytes | None) -> bytes:
    """A list of records or groups."""
    return b"[%b]" % (joined or b"")


def answer(
    data: Mapping[str, bytes] | None,
    errors: Sequence[Mapping[str, object]],
    warnings: Sequence[str],
) -> bytes:
    """The body. `data` is left out where the document could not be run at all."""
    parts: list[bytes] = []
    if data is not None:
        members = b",".join(b'"%b":%b' % (key.encode(), value) for key, value in data.items())
        parts.append(b'"data":{%b}' % members)
    if errors:
        parts.append(b'"errors":%b' % msgspec.json.encode(errors))
    if warnings:
        distinct = list(dict.fromkeys(warnings))
        parts.append(b'"extensions":{"warnings":%b}' % msgspec.json.encode(distinct))
    return b"{%b}" % b",".join(parts)


def _layout(layout: Sequence[LayoutItem], found: Found) -> bytes:
    members = (b'"%b":%b' % (item.key.encode(), _part(item, found)) for item in layout)
    return b"{%b}" % b",".join(members)


def _part(item: LayoutItem, found: Found) -> bytes:
    match item.part:
        case "edges":
            return _edges(found)
        case "total":
            return b"%d" % found.total()
        case "next" | "previous" as part:
            return b"true" if found.flag(part) else b"false"
        case "start" | "end" as part:
            keys = found.json(part)
            return b"null" if keys is None else b'"%b"' % encode_cursor(keys)
        case "aggregate":
            assert item.aggregate is not None
            return found.json(item.aggregate.column) or b"null"
        case "pageInfo":
            return _layout(item.of, found)
        case "typename":
            return b'"%b"' % item.text.encode()
        case "null":
            return b"null"
        case "dimensions":
            raise AssertionError(item)  # groups come whole from PostgreSQL


def _edges(found: Found) -> bytes:
    joined = found.json("records") if found.holds("records") else None
    if joined is None:
        return b"[]"
    if found.root.bare:
        return b'[{"%b":%b}]' % (found.root.node_key.encode(), joined)
    return b"[%b]" % joined
