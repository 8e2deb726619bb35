"""Where the bytes of files lie: a small door, and local disk behind it.

Another store needs these three methods. Keys are ids of ours, so no path can be made of what
a caller sends.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    async def put(self, key: str, content: bytes) -> None: ...

    async def get(self, key: str) -> bytes | None: ...

    async def delete(self, key: str) -> None: ...


class Disk:
    """A folder; each file under the last two digits of its id, so that no folder is large."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, content: bytes) -> None:
        await asyncio.to_thread(self._write, self._path(key), content)

    async def get(self, key: str) -> bytes | None:
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except FileNotFoundError:
            return None

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[-2:] / key

    def _write(self, path: Path, content: bytes) -> None:
        """Under another name first: a file is there whole, or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
