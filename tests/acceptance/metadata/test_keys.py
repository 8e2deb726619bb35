"""API keys by both APIs, and the roles that they have."""

import pytest

from tests.acceptance.metadata.client import MISSING, Json, Metadata

LATER = "2100-01-01T00:00:00.000Z"
KEY = "id name expiresAt revokedAt createdAt updatedAt role{id label}"
CREATE = f"mutation($input:CreateApiKeyInput!){{createApiKey(input:$input){{{KEY}}}}}"
TOKEN = "mutation($id:UUID!,$at:String!){generateApiKeyToken(apiKeyId:$id,expiresAt:$at){token}}"


def role_id(metadata: Metadata, label: str) -> str:
    ((found,),) = metadata.sql("select id from icosa.role where label = $1", label)
    return str(found)


def create(metadata: Metadata, admin: str, name: str, **more: object) -> Json:
    asked = {"name": name, "expiresAt": LATER, "roleId": role_id(metadata, "Admin"), **more}
    return metadata.ask(CREATE, {"input": asked}, token=admin)["createApiKey"]


# -- by GraphQL ------------------------------------------------------------------------


def test_a_key_is_made_and_its_token_lets_one_in(metadata: Metadata, admin: str) -> None:
    made = create(metadata, admin, "import")

    token = metadata.ask(TOKEN, {"id": made["id"], "at": LATER}, token=admin)
    key = token["generateApiKeyToken"]["token"]
    seen = metadata.ask("{currentWorkspace{id} apiKeys{id}}", token=key)

    assert made["name"] == "import"
    assert made["expiresAt"] == LATER
    assert made["revokedAt"] is None
    assert made["role"]["label"] == "Admin"
    assert key.startswith("icosa_")
    assert made["id"] in {each["id"] for each in seen["apiKeys"]}


def test_a_key_is_changed_given_another_role_and_revoked(metadata: Metadata, admin: str) -> None:
    made = create(metadata, admin, "sync")
    token = metadata.ask(TOKEN, {"id": made["id"], "at": LATER}, token=admin)
    key = token["generateApiKeyToken"]["token"]

    changed = metadata.ask(
        f"mutation($i:UpdateApiKeyInput!){{updateApiKey(input:$i){{{KEY}}}}}",
        {"i": {"id": made["id"], "name": "synchronise"}},
        token=admin,
    )["updateApiKey"]
    assigned = metadata.ask(
        "mutation($k:UUID!,$r:UUID!){assignRoleToApiKey(apiKeyId:$k,roleId:$r)}",
        {"k": made["id"], "r": role_id(metadata, "Admin")},
        token=admin,
    )
    revoked = metadata.ask(
        f"mutation($i:RevokeApiKeyInput!){{revokeApiKey(input:$i){{{KEY}}}}}",
        {"i": {"id": made["id"]}},
        token=admin,
    )["revokeApiKey"]
    listed = metadata.ask("{apiKeys{id}}", token=admin)["apiKeys"]
    one = metadata.ask(f'{{apiKey(input:{{id:"{made["id"]}"}}){{revokedAt}}}}', token=admin)
    refused = metadata.error("{objects{edges{cursor}}}", token=key)

    assert changed["name"] == "synchronise"
    assert assigned == {"assignRoleToApiKey": True}
    assert revoked["revokedAt"] is not None
    assert made["id"] not in {each["id"] for each in listed}
    assert one["apiKey"]["revokedAt"] == revoked["revokedAt"]
    assert refused["message"] == "This API Key is revoked"
    assert refused["extensions"]["code"] == "FORBIDDEN"
    assert refused["extensions"]["subCode"] == "FORBIDDEN_EXCEPTION"
    assert isinstance(refused["extensions"]["userFriendlyMessage"], dict)
    rest = metadata.call("GET", "objects", token=key)
    assert (rest.status_code, rest.json()["messages"]) == (403, ["This API Key is revoked"])


def test_an_expired_key_is_listed_and_refused(metadata: Metadata, admin: str) -> None:
    made = create(metadata, admin, "old")
    token = metadata.ask(TOKEN, {"id": made["id"], "at": LATER}, token=admin)
    metadata.ask(
        "mutation($i:UpdateApiKeyInput!){updateApiKey(input:$i){id}}",
        {"i": {"id": made["id"], "expiresAt": "2020-01-01T00:00:00.000Z"}},
        token=admin,
    )

    listed = metadata.ask("{apiKeys{id}}", token=admin)["apiKeys"]
    refused = metadata.error("{currentWorkspace{id}}", token=token["generateApiKeyToken"]["token"])

    assert made["id"] in {each["id"] for each in listed}
    assert refused["message"] == "This API Key is expired"


@pytest.mark.parametrize("mutation", ["updateApiKey", "revokeApiKey"])
def test_an_unknown_key_is_null(metadata: Metadata, admin: str, mutation: str) -> None:
    changed = metadata.ask(f'mutation{{{mutation}(input:{{id:"{MISSING}"}}){{id}}}}', token=admin)
    found = metadata.ask(f'{{apiKey(input:{{id:"{MISSING}"}}){{id}}}}', token=admin)

    assert changed == {mutation: None}
    assert found == {"apiKey": None}


def test_what_is_wrong_with_a_key_is_said(metadata: Metadata, admin: str) -> None:
    def refusal(mutation: str) -> tuple[str, str, str | None]:
        error = metadata.error(f"mutation{{{mutation}}}", token=admin)
        extensions = error["extensions"]
        return error["message"], extensions["code"], extensions.get("subCode")

    member = role_id(metadata, "Member")
    body = 'createApiKey(input:{name:"%s",expiresAt:"%s",roleId:"%s"}){id}'

    assert refusal(body % ("k", LATER, MISSING)) == (
        f"Role with id {MISSING} not found in workspace",
        "NOT_FOUND",
        "ROLE_NOT_FOUND",
    )
    assert refusal(body % ("k", LATER, member)) == (
        'Role "Member" cannot be assigned to API keys',
        "BAD_USER_INPUT",
        "ROLE_CANNOT_BE_ASSIGNED_TO_API_KEYS",
    )
    assert refusal(body % (" ", LATER, member)) == (
        "name should not be empty",
        "BAD_USER_INPUT",
        None,
    )
    assert refusal(body % ("k", "soon", member)) == (
        "expiresAt must be a valid ISO 8601 date string",
        "BAD_USER_INPUT",
        None,
    )
    assert refusal(f'assignRoleToApiKey(apiKeyId:"{MISSING}",roleId:"{member}")') == (
        f"API Key with id {MISSING} not found in workspace",
        "NOT_FOUND",
        None,
    )
    message, code, _ = refusal(
        f'generateApiKeyToken(apiKeyId:"{MISSING}",expiresAt:"{LATER}"){{token}}'
    )
    assert code == "INTERNAL_SERVER_ERROR"
    assert message == f"API Key with id {MISSING} not found in workspace"


# -- by REST ---------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["/rest/metadata", "/rest"])
def test_keys_by_rest_are_bare(metadata: Metadata, admin: str, prefix: str) -> None:
    path = f"{prefix}/apiKeys"
    body = f'{{"name":"rest","expiresAt":"{LATER}","roleId":"{role_id(metadata, "Admin")}"}}'

    made = metadata.send("POST", path, content=body.encode(), token=admin)
    key = made.json()
    listed = metadata.send("GET", path)
    one = metadata.send("GET", f"{path}/{key['id']}")
    patched = metadata.send("PATCH", f"{path}/{key['id']}", content=b'{"name":"b"}', token=admin)
    revoked = metadata.send("DELETE", f"{path}/{key['id']}", token=admin)
    after = metadata.send("GET", path)

    assert made.status_code == 201
    assert key.keys() >= {"id", "name", "expiresAt", "revokedAt", "createdAt", "updatedAt", "role"}
    assert isinstance(listed.json(), list)
    assert key["id"] in {each["id"] for each in listed.json()}
    assert one.json() == key
    assert patched.json()["name"] == "b"
    assert revoked.status_code == 200
    assert revoked.json()["revokedAt"] is not None
    assert key["id"] not in {each["id"] for each in after.json()}


def test_an_unknown_key_by_rest_is_null(metadata: Metadata, admin: str) -> None:
    for method, body in (("GET", None), ("PATCH", {"name": "b"}), ("DELETE", None)):
        for key_id in (MISSING, "not-a-uuid"):
            response = metadata.call(method, f"apiKeys/{key_id}", body, token=admin)

            assert (response.status_code, response.json()) == (200, None), (method, key_id)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "name should not be empty, expiresAt should not be empty, roleId should not be empty"),
        ({"name": 1, "expiresAt": LATER, "roleId": "x"}, "name must be a string"),
        ({"name": "k", "expiresAt": "x", "roleId": "x"}, "expiresAt must be a valid ISO 8601"),
    ],
)
def test_a_key_that_cannot_be_made_by_rest(
    metadata: Metadata, admin: str, body: Json, message: str
) -> None:
    response = metadata.call("POST", "apiKeys", body, token=admin)

    assert response.status_code == 400
    assert response.json()["message"].startswith(message)
    assert response.json()["error"] == "Bad Request"


def test_a_role_that_is_not_there_by_rest(metadata: Metadata, admin: str) -> None:
    body = {"name": "k", "expiresAt": LATER, "roleId": MISSING}

    response = metadata.call("POST", "apiKeys", body, token=admin)

    assert response.status_code == 404
    assert response.json()["messages"] == [f"Role with id {MISSING} not found in workspace"]


# -- roles -----------------------------------------------------------------------------


def test_roles_hold_all_that_hangs_on_them(metadata: Metadata, admin: str) -> None:
    query = (
        "{getRoles{id universalIdentifier label description icon isEditable canBeAssignedToUsers"
        " canBeAssignedToAgents canBeAssignedToApiKeys canUpdateAllSettings canAccessAllTools"
        " canReadAllObjectRecords canUpdateAllObjectRecords canSoftDeleteAllObjectRecords"
        " canDestroyAllObjectRecords workspaceMembers{id name{firstName lastName} userEmail}"
        " agents{id} apiKeys{id name expiresAt revokedAt} permissionFlags{id roleId flag}"
        " objectPermissions{objectMetadataId} fieldPermissions{id}"
        " rowLevelPermissionPredicates{id} rowLevelPermissionPredicateGroups{id}}}"
    )

    found = {each["label"]: each for each in metadata.ask(query, token=admin)["getRoles"]}

    assert found.keys() == {"Admin", "Member", "Guest"}
    assert found["Admin"]["universalIdentifier"] == "20202020-02c2-43f2-b94d-cab1f2b532eb"
    assert found["Admin"]["isEditable"] is False
    assert "First key" in {each["name"] for each in found["Admin"]["apiKeys"]}
    assert [m["userEmail"] for m in found["Member"]["workspaceMembers"]] == ["grace@example.com"]
    assert found["Guest"]["canUpdateAllObjectRecords"] is False


def test_a_role_shown_in_passing_has_all_of_it_too(metadata: Metadata, admin: str) -> None:
    found = metadata.ask(
        "{apiKeys{role{label apiKeys{name} workspaceMembers{userEmail} agents{id}"
        " permissionFlags{flag}}} currentWorkspace{defaultRole{label"
        " workspaceMembers{userEmail}}}}",
        token=admin,
    )

    assert found["apiKeys"][0]["role"]["workspaceMembers"] == [{"userEmail": "ada@example.com"}]
    assert found["currentWorkspace"]["defaultRole"] == {
        "label": "Member",
        "workspaceMembers": [{"userEmail": "grace@example.com"}],
    }
