"""The current model of each workspace in this process, kept fresh.

A process learns of a new version by NOTIFY, and asks the version row itself when a request
names what it does not know, before an error is answered. The snapshot of a new version is
loaded by the next request that needs it, once, with the objects that changed; requests in
flight keep the view they began with. Least recently used workspaces are forgotten.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

from icosa.catalog.snapshot import Snapshot
from icosa.catalog.store import load_snapshot, load_version
from icosa.catalog.view import Role, View
from icosa.db.pool import Database

CHANNEL: Final = "icosa_model"
ROLES_CHANNEL: Final = "icosa_access"
WORKSPACES_MAX: Final = 200
VIEWS_MAX: Final = 20  # roles with a view of their own, a workspace

LoadRole = Callable[[str], Awaitable[Role]]


class Workspace:
    """What this process knows of one workspace."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.newest = snapshot.version  # known to exist; may be newer than the snapshot
        self.views: OrderedDict[str, View] = OrderedDict()
        self.roles_version = 0  # moves when roles change
        self.lock = asyncio.Lock()


class Workspaces:
    """`view` is the way in: what a role sees of a workspace, as of now."""

    def __init__(self, database: Database, load_role: LoadRole) -> None:
        self._database = database
        self._load_role = load_role
        self._known: OrderedDict[str, Workspace] = OrderedDict()

    async def start(self) -> None:
        await self._database.listen(CHANNEL, self._notified)
        await self._database.listen(ROLES_CHANNEL, self._roles_changed)

    async def view(self, workspace_id: str, role_id: str) -> View:
        """Raises `LookupError` when there is no such workspace."""
        known = self._known.get(workspace_id)
        if known is not None and known.newest == known.snapshot.version:
            view = known.views.get(role_id)
            if view is not None:
                return view
        return await self._load(workspace_id, role_id)

    async def snapshot(self, workspace_id: str) -> Snapshot:
        """Raises `LookupError` when there is no such workspace."""
        known = self._known.get(workspace_id)
        if known is None or known.newest != known.snapshot.version:
            known = await self._fresh(workspace_id)
        return known.snapshot

    async def changed_since(self, view: View) -> bool:
        """Whether the model is newer than `view`: asks the database."""
        version = await load_version(self._database, view.snapshot.workspace_id)
        self.announce(view.snapshot.workspace_id, version)
        return version != view.snapshot.version

    def announce(self, workspace_id: str, version: int) -> None:
        """A version is known to exist; this process made it, or was told."""
        known = self._known.get(workspace_id)
        if known is not None:
            known.newest = max(known.newest, version)

    def _roles_changed(self, payload: str | None) -> None:
        """Roles have changed, of one workspace or of any: their views are made anew."""
        for workspace_id, known in self._known.items():
            if not payload or payload == workspace_id:
                known.roles_version += 1
                known.views.clear()

    def known(self) -> list[Snapshot]:
        return [workspace.snapshot for workspace in self._known.values()]

    async def _load(self, workspace_id: str, role_id: str) -> View:
        workspace = await self._fresh(workspace_id)
        view = workspace.views.get(role_id)
        if view is not None:
            workspace.views.move_to_end(role_id)
            return view
        snapshot, roles_version = workspace.snapshot, workspace.roles_version
        view = View(snapshot, await self._load_role(role_id))
        # kept only if neither the model nor a role has changed while the role was read
        if snapshot is workspace.snapshot and roles_version == workspace.roles_version:
            view = workspace.views.setdefault(role_id, view)
            while len(workspace.views) > VIEWS_MAX:
                workspace.views.popitem(last=False)
        return view

    async def _fresh(self, workspace_id: str) -> Workspace:
        known = self._known.get(workspace_id)
        if known is None:
            snapshot = await load_snapshot(self._database, workspace_id)
            known = self._known.setdefault(workspace_id, Workspace(snapshot))
            while len(self._known) > WORKSPACES_MAX:
                self._known.popitem(last=False)
        self._known.move_to_end(workspace_id)
        if known.newest != known.snapshot.version:
            async with known.lock:
                if known.newest != known.snapshot.version:
                    await self._renew(workspace_id, known)
        return known

    async def _renew(self, workspace_id: str, known: Workspace) -> None:
        try:
            snapshot = await load_snapshot(self._database, workspace_id, since=known.snapshot)
        except LookupError:
            self._known.pop(workspace_id, None)
            raise
        known.snapshot = snapshot
        known.newest = snapshot.version
        known.views.clear()

    def _notified(self, payload: str | None) -> None:
        if payload is None:  # notifications may have been missed: all must look again
            for workspace in self._known.values():
                workspace.newest = -1
            return
        workspace_id, _, version = payload.partition(":")
        if version.isdecimal():
            self.announce(workspace_id, int(version))
        else:
            self._known.pop(workspace_id, None)
