"""Users: people who sign in, whatever workspaces they are members of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from email_validator import EmailNotValidError, validate_email

from icosa.access.rows import Door
from icosa.core.errors import ArgumentInvalid
from icosa.core.identity import RecordIds
from icosa.fields.base import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who signs in."""

    id: str
    email: str
    first_name: str
    last_name: str
    locale: str
    password_hash: str | None
    is_disabled: bool = False

    @classmethod
    def new(
        cls, *, email: str, password_hash: str | None, first_name: str = "", last_name: str = ""
    ) -> User:
        """Raises `ArgumentInvalid` for what is no e-mail address."""
        return cls(
            id=RecordIds().next(),
            email=checked_email(email),
            first_name=storable(first_name),
            last_name=storable(last_name),
            locale="en",
            password_hash=password_hash,
        )


_BY_EMAIL: Final = """
select id, email, first_name, last_name, locale, password_hash, is_disabled
from icosa."user" where lower(email) = lower($1) and deleted_at is null"""

# The first user of an installation administers it (contract, E.3).
_INSERT: Final = """
insert into icosa."user"
    (id, email, first_name, last_name, locale, password_hash,
     can_impersonate, can_access_full_admin_panel)
select $1, $2, $3, $4, $5, $6, is_first, is_first
from (select not exists (select from icosa."user") as is_first) asked"""


_SET_HASH: Final = """
update icosa."user" set password_hash = $2, updated_at = now() where id = $1"""


async def by_email(door: Door, email: str) -> User | None:
    row = await door.row(_BY_EMAIL, (storable(email),))
    return None if row is None else User(**row)


async def add(door: Door, user: User) -> None:
    """A taken e-mail address is the database's to refuse."""
    names = (user.first_name, user.last_name, user.locale)
    await door.execute(_INSERT, (user.id, user.email, *names, user.password_hash))


async def set_password(door: Door, user_id: str, password_hash: str) -> None:
    await door.execute(_SET_HASH, (user_id, password_hash))


def checked_email(email: str) -> str:
    """Nobody is asked whether the address exists, and those of test networks are welcome."""
    try:
        checked = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ArgumentInvalid("email must be an email", path=("email",)) from None
    return checked.normalized
