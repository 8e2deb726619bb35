"""The filter grammar of the query string -> the filter that GraphQL would send (B3).

    filter := item ("," item)*
    item   := ("and" | "or" | "not") "(" filter ")" | path "[" comparator "]" ":" value
    path   := name ("." name)*

Commas inside brackets, quotes or deeper parentheses don't split. Values stay strings; the
field types read them. What comes out is the same mapping that a GraphQL variable holds, so
every other fault of a filter is worded in one place, `plan/filter.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from icosa.core.errors import FilterInvalid, RequestInvalid
from icosa.request.limits import FILTER_DEPTH_MAX

_COMPARATORS: Final = (
    "eq",
    "neq",
    "in",
    "containsAny",
    "is",
    "gt",
    "gte",
    "lt",
    "lte",
    "startsWith",
    "endsWith",
    "like",
    "ilike",
)
_MORE_COMPARATORS: Final = ("regex", "iregex", "containsIlike", "isEmptyArray")  # ours
_LISTS: Final = ("in", "containsAny")
_CONJUNCTIONS: Final = ("and", "or", "not")
_QUOTES: Final = ('"', "'")


def parse_filter(text: str) -> dict[str, object] | None:
    """None for an empty filter. Raises `FilterInvalid`."""
    if not text.strip():
        return None
    _check_brackets(text)
    items = [_item(part, FILTER_DEPTH_MAX) for part in _split(text)]
    return items[0] if len(items) == 1 else {"and": items}


def _item(text: str, depth: int) -> dict[str, object]:
    if depth <= 0:
        raise FilterInvalid(f"Filter is nested too deeply. Maximum is {FILTER_DEPTH_MAX} levels")
    text = text.strip()
    for word in _CONJUNCTIONS:
        if text.startswith(f"{word}(") and _spans_all(text):
            return _conjunction(word, text[len(word) + 1 : -1], depth)
    return _base(text)


def _conjunction(word: str, inner: str, depth: int) -> dict[str, object]:
    parts = list(_split(inner))
    if word != "not":
        return {word: [_item(part, depth - 1) for part in parts]}
    if len(parts) > 1:
        raise RequestInvalid(
            "'filter' invalid. 'not' conjunction should contain only 1 condition."
            " eg: not(field[eq]:1)"
        )
    return {"not": _item(parts[0], depth - 1)}


def _base(text: str) -> dict[str, object]:
    """`name.firstName[ilike]:"%jo%"` is `{name: {firstName: {ilike: "%jo%"}}}`."""
    open_at = text.find("[")
    close_at = text.find("]:", open_at)
    path = text[:open_at]
    if open_at <= 0 or close_at < 0 or not path.replace(".", "a").isalnum():
        raise RequestInvalid(f"'filter' invalid for '{text}'. eg: price[gte]:10")
    comparator = text[open_at + 1 : close_at]
    value = text[close_at + 2 :]
    if comparator not in _COMPARATORS and comparator not in _MORE_COMPARATORS:
        raise RequestInvalid(
            f"'filter' invalid for '{text}', comparator {comparator} not in "
            + ", ".join(_COMPARATORS),
            hint=f"Allowed as well: {', '.join(_MORE_COMPARATORS)}.",
        )
    node: dict[str, object] = {comparator: _value(comparator, value)}
    for name in reversed(path.split(".")):
        node = {name: node}
    return node


def _value(comparator: str, text: str) -> object:
    if comparator in _LISTS:
        if not (text.startswith("[") and text.endswith("]")):
            raise RequestInvalid(
                f"'filter' invalid for '{comparator}' operator. Received '{text}' but array "
                f"value expected eg: 'field[{comparator}]:[value_1,value_2]'"
            )
        inner = text[1:-1].strip()
        return [_unquoted(part.strip()) for part in _split(inner)] if inner else []
    if comparator in ("is", "isEmptyArray"):
        return text
    return _unquoted(text)


def _unquoted(text: str) -> str:
    if len(text) >= 2 and text[0] in _QUOTES and text[-1] == text[0]:
        return text[1:-1]
    return text


def _split(text: str) -> Iterator[str]:
    """The parts between commas that stand in no brackets and no quotes."""
    depth = 0
    quote = ""
    start = 0
    before = ""
    for index, letter in enumerate(text):
        if quote:
            if letter == quote:
                quote = ""
        elif letter in _QUOTES and before in ("", ":", "[", ",", " "):
            quote = letter
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "," and depth == 0:
            yield text[start:index]
            start = index + 1
        before = letter
    yield text[start:]


def _check_brackets(text: str) -> None:
    opened = text.count("(")
    closed = text.count(")")
    if opened == closed:
        return
    # parentheses may stand in quoted values, where they count for nothing
    outside = _outside_quotes(text)
    missing = outside.count("(") - outside.count(")")
    if missing:
        kind = "close" if missing > 0 else "open"
        count = abs(missing)
        words = f"{count} {kind} bracket is" if count == 1 else f"{count} {kind} brackets are"
        raise RequestInvalid(f"'filter' invalid. {words} missing in the query")


def _spans_all(text: str) -> bool:
    """Whether the first bracket is closed by the last letter: `or(a)(b)` is no conjunction."""
    depth = 0
    outside = _outside_quotes(text)
    for index, letter in enumerate(outside):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == ")" and depth == 0:
            return index == len(outside) - 1
    return False


def _outside_quotes(text: str) -> str:
    kept: list[str] = []
    quote = ""
    before = ""
    for letter in text:
        if quote:
            if letter == quote:
                quote = ""
        elif letter in _QUOTES and before in ("", ":", "[", ",", " "):
            quote = letter
        else:
            kept.append(letter)
        before = letter
    return "".join(kept)
