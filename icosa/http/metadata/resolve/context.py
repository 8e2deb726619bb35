"""What a resolver has: who asks, the model as of this request, the parts of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from icosa.access.passwords import Passwords
from icosa.access.role_list import get_roles
from icosa.access.roles import Roles
from icosa.access.rows import JsonObject
from icosa.access.tokens import Tokens
from icosa.catalog.snapshot import Snapshot
from icosa.core.caller import Caller
from icosa.core.errors import ResourceForbidden, TooComplex
from icosa.db.pool import Database
from icosa.files.upload import Files
from icosa.http.metadata.operations import ModelOperations

NODES_MAX: Final = 30_000  # objects, fields and the like in one answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What operations are made of; one a process."""

    database: Database
    roles: Roles
    tokens: Tokens
    passwords: Passwords
    model: ModelOperations
    files: Files
    server_url: str


@dataclass(slots=True)
class Context:
    """One GraphQL request."""

    parts: Parts
    caller: Caller | None
    _snapshot: Snapshot | None = None
    _nodes: int = 0
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _roles: dict[str, JsonObject] = field(default_factory=dict)

    def who(self) -> Caller:
        """Raises `ResourceForbidden` where nobody has said who he is."""
        if self.caller is None:
            raise ResourceForbidden
        return self.caller

    async def snapshot(self) -> Snapshot:
        """The model as of this request: the same for all its fields."""
        if self._snapshot is None:
            self._snapshot = await self.parts.model.snapshot(self.who().workspace_id)
        return self._snapshot

    def forget_snapshot(self) -> None:
        """The model has been changed by this request."""
        self._snapshot = None
        self._roles.clear()

    def has_room(self, nodes: int) -> bool:
        """Whether an answer may grow by so many nodes.

        Where it may not, resolvers give nothing from then on, so that it ends soon, and what
        there is of it is thrown away: `excess` says so.
        """
        self._nodes += nodes
        return self._nodes <= NODES_MAX

    def excess(self) -> TooComplex | None:
        if self._nodes <= NODES_MAX:
            return None
        return TooComplex(
            "Query complexity is too high. Please, reduce the amount of relation fields "
            f"requested. Query complexity: {self._nodes}. Maximum complexity: {NODES_MAX}."
        )

    async def breathe(self) -> None:
        """Lets others have the event loop: the parts of a large answer come one by one."""
        async with self._turn:
            await asyncio.sleep(0)

    async def role(self, role_id: str) -> JsonObject:
        """A role with all that hangs on it. Raises `SettingForbidden`."""
        if role_id not in self._roles:
            parts, snapshot = self.parts, await self.snapshot()
            for role in await get_roles(parts.database, parts.roles, self.who(), snapshot):
                self._roles[str(role["id"])] = role
        return self._roles[role_id]


Arguments: TypeAlias = Mapping[str, object]
Root: TypeAlias = Callable[[Context, Arguments], Awaitable[object]]


def part(arguments: Arguments, name: str) -> Arguments:
    """An argument that is an input object, as the schema says."""
    value = arguments[name]
    assert isinstance(value, Mapping), name
    return value


def text(arguments: Arguments, name: str) -> str:
    """An argument that is a text, as the schema says."""
    return str(arguments[name])


def optional_text(arguments: Arguments, name: str) -> str | None:
    value = arguments.get(name)
    return None if value is None else str(value)
