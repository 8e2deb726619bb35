"""Edits of standard objects and fields: kept as overrides over the base value (C.3).

Setting the base value again takes the override away. Things that callers made are simply
changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from icosa.catalog.snapshot import Field, Object

# The properties that can be overridden, and what the catalogue calls them.
OBJECT_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "label_singular": "labelSingular",
        "label_plural": "labelPlural",
        "description": "description",
        "icon": "icon",
        "color": "color",
    }
)
FIELD_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {"label": "label", "description": "description", "icon": "icon"}
)


def with_overrides(
    item: Object | Field, changes: Mapping[str, object], keys: Mapping[str, str]
) -> dict[str, object]:
    """`changes`, and beside them `overrides` and `base` where they touch a standard value."""
    overrides = dict(item.overrides or {})
    base = dict(item.base or {})
    for name, value in changes.items():
        key = keys.get(name)
        if key is None:
            continue
        stands = base.setdefault(key, getattr(item, name))
        if value == stands:
            overrides.pop(key, None)
            base.pop(key)
        else:
            overrides[key] = value
    return {**changes, "overrides": overrides or None, "base": base or None}
