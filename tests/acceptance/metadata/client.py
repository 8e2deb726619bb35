"""A client of the metadata APIs: the whole application over ASGI, and who may call it."""

import asyncio
import json
from typing import Any

import httpx

from tests.build import SETTINGS, Running

EMAIL = "ada@example.com"
PASSWORD = "correct horse"
MISSING = "11111111-1111-4111-8111-111111111111"

Json = Any


class Metadata(Running):
    """`token` "" is the workspace's key (role Admin), None is none."""

    def __init__(self, dsn: str, api_key: str) -> None:
        super().__init__(dsn, api_key, SETTINGS)
        self._sessions: dict[str, str] = {}

    def __enter__(self) -> "Metadata":
        super().__enter__()
        return self

    # -- GraphQL -----------------------------------------------------------------------

    def post(
        self, query: str, variables: object = None, *, token: str | None = "", **more: object
    ) -> httpx.Response:
        body = {"query": query, "variables": variables, **more}
        return self.send("POST", "/metadata", content=json.dumps(body).encode(), token=token)

    def ask(self, query: str, variables: object = None, *, token: str | None = "") -> Json:
        """`data` of an operation without errors."""
        body = self.post(query, variables, token=token).json()
        assert "errors" not in body, body
        return body["data"]

    def error(self, query: str, variables: object = None, *, token: str | None = "") -> Json:
        """The one error of an operation."""
        response = self.post(query, variables, token=token)
        assert response.status_code == httpx.codes.OK, response.text
        (error,) = response.json()["errors"]
        return error

    # -- REST --------------------------------------------------------------------------

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = "",
        params: dict[str, str] | None = None,
    ) -> httpx.Response:
        """`call("GET", "objects")`."""
        content = None if body is None else json.dumps(body).encode()
        return self.send(
            method, f"/rest/metadata/{path}", content=content, token=token, params=params
        )

    def at_once(self, *requests: tuple[str, str, object]) -> list[httpx.Response]:
        """Requests with a body that are under way together."""

        async def all_of_them() -> list[httpx.Response]:
            headers = {
                "authorization": f"Bearer {self.api_key}",
                "content-type": "application/json",
            }
            return await asyncio.gather(
                *(
                    self._send(method, path, None, json.dumps(body).encode(), headers)
                    for method, path, body in requests
                )
            )

        return self.run(all_of_them())

    # -- what tests need ---------------------------------------------------------------

    def session(self, email: str = EMAIL, password: str = PASSWORD) -> str:
        """The access token of a user, who signs in once."""
        if email not in self._sessions:
            login = self.ask(
                "mutation($email:String!,$password:String!){getLoginTokenFromCredentials("
                'email:$email,password:$password,origin:"http://icosa.test"){loginToken{token}}}',
                {"email": email, "password": password},
                token=None,
            )["getLoginTokenFromCredentials"]["loginToken"]["token"]
            pair = self.ask(
                "mutation($token:String!){getAuthTokensFromLoginToken(loginToken:$token,"
                'origin:"http://icosa.test"){tokens{accessOrWorkspaceAgnosticToken{token}}}}',
                {"token": login},
                token=None,
            )["getAuthTokensFromLoginToken"]["tokens"]
            self._sessions[email] = pair["accessOrWorkspaceAgnosticToken"]["token"]
        return self._sessions[email]

    def create_object(self, name: str, **more: object) -> Json:
        """A custom object, as REST gives it."""
        body = {
            "nameSingular": name,
            "namePlural": f"{name}s",
            "labelSingular": name.title(),
            "labelPlural": f"{name.title()}s",
            **more,
        }
        response = self.call("POST", "objects", body)
        assert response.status_code == httpx.codes.CREATED, response.text
        return response.json()

    def create_field(self, source: str, kind: str, name: str, **more: object) -> Json:
        """A field, as REST gives it."""
        body = {
            "objectMetadataId": source,
            "type": kind,
            "name": name,
            "label": name.title(),
            **more,
        }
        response = self.call("POST", "fields", body)
        assert response.status_code == httpx.codes.CREATED, response.text
        return response.json()

    def set_flag(self, name: str, *, on: bool) -> None:
        """A feature flag of the workspace, behind the application's back."""
        self.sql(
            "update icosa.workspace set flags = flags || jsonb_build_object($1::text, $2::bool)",
            name,
            on,
        )
