"""A small client of the REST and GraphQL APIs: one kept-alive connection."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

import msgspec

from icosa.commands.door import CommandFailed

TIMEOUT_S = 60


class Client:
    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        connect = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._connection = connect(parts.netloc, timeout=TIMEOUT_S)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def close(self) -> None:
        self._connection.close()

    def send(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        """The status and the body."""
        encoded = None if body is None else msgspec.json.encode(body)
        self._connection.request(method, path, encoded, self._headers)
        response = self._connection.getresponse()
        return response.status, response.read()

    def must(self, method: str, path: str, body: object = None) -> Any:
        """The decoded body. Raises `CommandFailed` for any refusal, with the API's own words."""
        status, answer = self.send(method, path, body)
        if status >= 400:
            raise CommandFailed(f"{method} {path} answered {status}: {answer.decode()[:500]}")
        return msgspec.json.decode(answer)
