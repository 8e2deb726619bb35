"""The routes of the metadata APIs, for the composition root to mount.

Which there are, `http/routes.py` says; here each path of it becomes one ASGI application that
knows its methods. Unknown paths and slashes at the end of one are `http/plain.py`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.routing import BaseRoute, Route

from icosa.access.callers import Callers
from icosa.access.passwords import Passwords
from icosa.access.roles import Roles
from icosa.access.tokens import Tokens
from icosa.changes.model import ModelChanges
from icosa.db.pool import Database
from icosa.engine.workspaces import Workspaces
from icosa.files.upload import Files
from icosa.http.metadata.call import RestRoute
from icosa.http.metadata.endpoint import MetadataEndpoint
from icosa.http.metadata.operations import ModelOperations
from icosa.http.metadata.resolve.context import Parts
from icosa.http.metadata.rest import ModelRoutes
from icosa.http.metadata.rest_keys import KeyRoutes
from icosa.http.routes import KEY_ROUTES, MODEL_ROUTES
from icosa.settings import Settings


def metadata_routes(
    *,
    database: Database,
    callers: Callers,
    roles: Roles,
    tokens: Tokens,
    passwords: Passwords,
    workspaces: Workspaces,
    changes: ModelChanges,
    files: Files,
    settings: Settings,
) -> list[BaseRoute]:
    """`POST /metadata`, `/rest/metadata/objects|fields|apiKeys` and `/rest/apiKeys`."""
    model = ModelOperations(database, workspaces, changes, roles)
    operations = {
        **ModelRoutes(model).operations,
        **KeyRoutes(database, roles).operations,
    }
    parts = Parts(
        database=database,
        roles=roles,
        tokens=tokens,
        passwords=passwords,
        model=model,
        files=files,
        server_url=settings.url,
    )
    limit = settings.body_bytes_max
    found: list[BaseRoute] = [
        Route("/metadata", MetadataEndpoint(parts, callers, body_bytes_max=limit))
    ]
    for path, methods in _by_path().items():
        known = {method: operations[name] for method, name in methods.items()}
        found.append(Route(path, RestRoute(known, callers, body_bytes_max=limit)))
    return found


def _by_path() -> Mapping[str, Mapping[str, str]]:
    """Path -> method -> operation."""
    found: dict[str, dict[str, str]] = {}
    for route in (*MODEL_ROUTES, *KEY_ROUTES):
        found.setdefault(route.path, {})[route.method] = route.operation
    return found
