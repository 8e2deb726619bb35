"""The bounds on what may be asked. Every input has one (amendments, 16)."""

from __future__ import annotations

from typing import Final

PAGE_DEFAULT_REST: Final = 60
PAGE_MAX_REST: Final = 200
PAGE_DEFAULT_GRAPHQL: Final = 200
PAGE_MAX_GRAPHQL: Final = 10_000  # more is cut to it, with a warning
RELATED_DEFAULT: Final = 60  # children a parent
RELATED_MAX: Final = 200  # what `first` on a nested connection may raise it to
RELATED_RECORDS_MAX: Final = 20_000  # cost: product of the limits along a path, summed
GROUPS_DEFAULT: Final = 50  # groups of an answer
GROUPS_MAX_REST: Final = 200  # more become that many
GROUPS_MAX_GRAPHQL: Final = 10_000  # more is cut to it, with a warning
GROUP_RECORDS: Final = 10  # shown of a group
GROUP_RELATED_MAX: Final = 5  # children of each of them
DIMENSIONS_MAX: Final = 10  # of groupBy
ROOT_FIELDS_MAX: Final = 20
SELECTION_DEPTH_MAX: Final = 20
SELECTED_FIELDS_MAX: Final = 2_000
DOCUMENT_BYTES_MAX: Final = 100_000
FILTER_LEAVES_MAX: Final = 500
FILTER_DEPTH_MAX: Final = 20
RELATION_HOPS_MAX: Final = 5
ORDER_KEYS_MAX: Final = 20
CURSOR_BYTES_MAX: Final = 4_096
URL_BYTES_MAX: Final = 16_384
BATCH_MAX: Final = 200  # a setting raises it
UPDATE_MANY_MAX: Final = 200
OFFSET_MAX: Final = 1_000_000_000
