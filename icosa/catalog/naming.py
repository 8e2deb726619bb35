"""Names and labels of objects and fields: the rules (metadata contract, C.1), and names made.

Pure. What is refused comes as texts in the contract's words; whoever checks a change wraps
them. Physical names are made here once, when a change makes a thing, and kept in the
catalogue from then on (amendments, 6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from icosa.core.identity import physical_name

NAME_LENGTH_MAX: Final = 63
LABEL_LENGTH_MAX: Final = 63

NAME_TOO_SHORT: Final = "Name is too short"
NAME_TOO_LONG: Final = "Name is too long"
NAME_INVALID: Final = (
    "Name is not valid: it must start with lowercase letter and contain only alphanumeric letters"
)
NAME_RESERVED: Final = (
    'This name is reserved. Use a different name or the system will add "Custom" suffix.'
)

_NAME: Final = re.compile(r"[a-z][a-zA-Z0-9]*", re.ASCII)
_PROPERTY_NAME: Final = re.compile(r"(?!(?:not|or|and|Int|Float|Boolean|String|ID)$)[^'\"\\;.=*/]+")
_SPACES: Final = re.compile(r"\s+")
_WORDS: Final = re.compile(r"[a-z0-9]+")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"

# Reserved as they stand and with an s, both for objects and for fields.
_RESERVED_WITH_PLURAL: Final = (
    "approvedAccessDomain appToken billingCustomer billingEntitlement billingMeter billingProduct "
    "billingSubscription billingSubscriptionItem featureFlag job keyValuePair pageLayout "
    "pageLayoutTab pageLayoutWidget twoFactorMethod user userWorkspace workspace role "
    "userWorkspaceRole plan event field link type object"
)
_RESERVED_ALONE: Final = (
    "currency currencies fullNames address addresses index relation relations aggregate search "
    "searches"
)
RESERVED: Final = frozenset(
    (
        *_RESERVED_WITH_PLURAL.split(),
        *(f"{word}s" for word in _RESERVED_WITH_PLURAL.split()),
        *_RESERVED_ALONE.split(),
    )
)


# -- rules -----------------------------------------------------------------------------


def tidy(text: str) -> str:
    """Trimmed, and runs of white space made one space: how all texts are taken."""
    return _SPACES.sub(" ", text.strip())


def name_faults(name: str) -> Iterator[str]:
    """What is wrong with the name of an object or a field."""
    if not name:
        yield NAME_TOO_SHORT
    if len(name) > NAME_LENGTH_MAX:
        yield NAME_TOO_LONG
    if name and not _NAME.fullmatch(name):
        yield NAME_INVALID
    if name in RESERVED:
        yield NAME_RESERVED


def label_faults(label: str) -> Iterator[str]:
    """What is wrong with the label of an object."""
    if not label:
        yield "Object label is too short"
    if len(label) > LABEL_LENGTH_MAX:
        yield "Object label is too long"


def input_fault(key: str, value: str) -> str | None:
    """What the first check of an input says of its property `key`, a name."""
    if not value:
        return f"{key} should not be empty"
    if not _PROPERTY_NAME.fullmatch(value):
        return f"{key} has failed the name validation check"
    return None


# -- names from labels -----------------------------------------------------------------


def name_from_label(label: str) -> str:
    """The name that a label stands for: `My CreatedAt Field` is `myCreatedatField`.

    Capitals inside a word are lost, as the contract has it. A reserved name gets `Custom`.
    """
    plain = unicodedata.normalize("NFKD", label)
    words = _WORDS.findall("".join(c for c in plain if not unicodedata.combining(c)).lower())
    if not words:
        return ""
    name = words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])
    if name[0].isdigit():
        name = f"n{name}"
    return f"{name}Custom" if name in RESERVED else name


def capital(name: str) -> str:
    """The first letter made a capital, the rest as it is."""
    return name[:1].upper() + name[1:]


# -- names in PostgreSQL ---------------------------------------------------------------


def schema_name(workspace_id: str) -> str:
    """`w_` and the id in base 36: at most 27 characters."""
    number, digits = UUID(workspace_id).int, ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return f"w_{digits or '0'}"


def table_name(name_singular: str, *, is_custom: bool) -> str:
    """Custom objects get an underscore, so that a later standard object can't collide."""
    return physical_name(f"_{name_singular}" if is_custom else name_singular)


def enum_name(schema: str, table: str, column: str) -> str:
    """The enum that the reference would have for a column, as PostgreSQL would print it.

    Names are letters, digits and underscores; of those only capitals need quotes.
    """
    name = f"{table}_{column}_enum"
    return f"{schema}.{name}" if name == name.lower() else f'{schema}."{name}"'
