"""Search: which objects are searched, in which order among equal ranks, and by which words.

A role finds records only by what it may read: where a field that is searched is hidden from
it, the words are those of the others. The index over all words still leads there, because
what the fewer words match the more words match as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from icosa.catalog.view import ObjectView, Own, View
from icosa.core.errors import CursorInvalid, FilterInvalid
from icosa.plan.filter import live_unless_asked, plan_filter, suggestion
from icosa.plan.tree import Place, Searched, SearchPlan
from icosa.request.ir import Search, SearchAfter
from icosa.request.search import SearchArguments
from icosa.request.shaping import shape_filter

VECTOR: Final = "searchVector"
_PRIORITY: Final[Mapping[str, int]] = MappingProxyType(
    {"person": 5, "company": 4, "opportunity": 3, "note": 2, "task": 1}
)
# Standard objects whose records not every member may see: by channels, which a role knows not.
_BY_CHANNEL: Final = frozenset(
    (
        "message",
        "messageThread",
        "messageParticipant",
        "messageChannelMessageAssociation",
        "messageChannelMessageAssociationMessageFolder",
        "calendarEvent",
        "calendarEventParticipant",
        "calendarChannelEventAssociation",
    )
)
_FILTERED: Final = ("and", "or", "not", "id", "createdAt", "updatedAt", "deletedAt")


def make_search(arguments: SearchArguments, view: View, values: list[object]) -> Search:
    """Raises `FilterInvalid`."""
    _check_filter(arguments.filter)
    words = arguments.text.count(" ") + 1 if arguments.text else 0
    values.append(arguments.text)
    text = len(values) - 1
    return Search(
        objects=_searched(arguments, view),
        words="many" if words > 1 else "one" if words else "none",
        text=text,
        limit=arguments.limit,
        filter=shape_filter(arguments.filter, values) if arguments.filter else None,
        after=_after(arguments, values),
        within=bool(words) and _went_within(arguments),
    )


def unknown_objects(arguments: SearchArguments, view: View) -> list[str]:
    """Warnings of names that are no object's, or of none that may be read."""
    names = view.names()
    return [
        f'There is no object "{name[:60]}" to search. {suggestion(name, names) or ""}'.rstrip()
        for name in (*arguments.included, *arguments.excluded)
        if name not in names
    ]


def plan_search(request: Search, view: View) -> SearchPlan:
    """Raises `Forbidden`, `FilterInvalid`, `CursorInvalid`."""
    after = request.after
    if after is not None and after.object not in view.snapshot.by_singular:
        raise CursorInvalid("Invalid cursor: it was made under another model")
    of: list[Searched] = []
    for name in request.objects:
        source = view.object(name)
        assert source is not None, "`make_search` has found it"
        condition = plan_filter(request.filter, source, view)
        of.append(
            Searched(
                source=source,
                where=live_unless_asked(request.filter, condition),
                fields=_readable_fields(source),
                label=_label(source),
                image=_image(source),
                place=Place.ALONE if after is None else _place(name, after.object, view),
            )
        )
    return SearchPlan(
        of=tuple(of),
        words=request.words,
        text=request.text,
        limit=request.limit,
        after=after,
        within=request.within,
    )


# -- objects ---------------------------------------------------------------------------


def _searched(arguments: SearchArguments, view: View) -> tuple[str, ...]:
    """Those that were named, or all that are searchable; in the order of equal ranks."""
    names = [
        name
        for name in arguments.included or view.names()
        if name not in arguments.excluded and _may_be_searched(name, view, arguments.included)
    ]
    return tuple(sorted(names, key=view.make(_orders).__getitem__))


def _may_be_searched(name: str, view: View, included: tuple[str, ...]) -> bool:
    source = view.object(name)
    if source is None or not source.grant.read or not isinstance(source.members.get(VECTOR), Own):
        return False
    if name in _BY_CHANNEL and not source.object.is_custom:
        return False
    return (bool(included) or source.object.is_searchable) and _readable_fields(source) != ()


def _orders(view: View) -> dict[str, tuple[int, int]]:
    """Among equal ranks: the contract's five, then the order in which objects were made."""
    names = view.snapshot.by_singular
    return {name: (-_PRIORITY.get(name, 0), number) for number, name in enumerate(names)}


def _place(name: str, last: str, view: View) -> Place:
    orders = view.make(_orders)
    if name == last:
        return Place.LAST
    return Place.BEFORE if orders[name] < orders[last] else Place.AFTER


def _readable_fields(source: ObjectView) -> tuple[str, ...] | None:
    """The ids of the fields whose words may be searched; None for all."""
    ids = [item.field_id for item in source.object.search_fields]
    readable = tuple(each for each in ids if each not in source.grant.unreadable)
    return None if len(readable) == len(ids) else readable


def _label(source: ObjectView) -> tuple[str, ...]:
    """The columns of the label, where the role may read it."""
    label = source.object.label_identifier
    member = None if label is None else source.members.get(label.name)
    return member.field.columns if isinstance(member, Own) else ()


def _image(source: ObjectView) -> str | None:
    """The column with the address of a picture."""
    field = source.object.fields_by_id.get(source.object.image_identifier_field_id or "")
    member = None if field is None else source.members.get(field.name)
    if not isinstance(member, Own) or member.type.columns()[0].pg_type != "text":
        return None
    return member.field.columns[0] if len(member.field.columns) == 1 else None


# -- the rest --------------------------------------------------------------------------


def _check_filter(of: object) -> None:
    """Only what every object has may be filtered by (`ObjectRecordFilterInput`)."""
    if not isinstance(of, Mapping):
        return
    for name, value in of.items():
        if name not in _FILTERED:
            raise FilterInvalid(
                f'Field "{name}" is not defined by type "ObjectRecordFilterInput".',
                path=("filter", str(name)),
                hint=suggestion(str(name), _FILTERED),
            )
        if name in ("and", "or", "not"):
            for item in value if isinstance(value, list) else [value]:
                _check_filter(item)


def _after(arguments: SearchArguments, values: list[object]) -> SearchAfter | None:
    cursor = arguments.after
    if cursor is None:
        return None
    values += (repr(cursor.cover_rank), repr(cursor.rank), cursor.ids[cursor.last_object])
    return SearchAfter(cursor.last_object, len(values) - 3)


def _went_within(arguments: SearchArguments) -> bool:
    """Whether a cursor is of hits within words: all others have a rank."""
    cursor = arguments.after
    return cursor is not None and not cursor.cover_rank and not cursor.rank
