"""Who asks: made by `http/auth.py` from a token, passed down to what writes or decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    kind: Literal["key", "user"]
    workspace_id: str
    role_id: str
    name: str  # of the key, or "First Last" of the user
    key_id: str | None = None  # of the API key
    user_id: str | None = None
    member_id: str | None = None  # the user's workspaceMember record
    user_workspace_id: str | None = None  # the user's membership

    @property
    def source(self) -> str:
        """The actor's source that records carry (records contract, A6)."""
        return "API" if self.kind == "key" else "MANUAL"
