"""Who may do what with the model and with keys; and what is said to one who is not known."""

import pytest

from tests.acceptance.metadata.client import Json, Metadata

DENIED = "Entity performing the request does not have permission"
FRIENDLY = (
    "You do not have permission to access this feature. "
    "Please contact your workspace administrator for access."
)
OBJECT = {"nameSingular": "zed", "namePlural": "zeds", "labelSingular": "Z", "labelPlural": "Zs"}
LATER = "2100-01-01T00:00:00.000Z"
CHANGES = [
    (
        'createOneObject(input:{object:{nameSingular:"a",namePlural:"b",labelSingular:"c",'
        'labelPlural:"d"}}){id}'
    ),
    'updateOneObject(input:{id:"company",update:{icon:"x"}}){id}',
    'deleteOneObject(input:{id:"company"}){id}',
    'createOneField(input:{field:{objectMetadataId:"company",type:TEXT,name:"x",label:"X"}}){id}',
    'updateOneField(input:{id:"company.name",update:{icon:"x"}}){id}',
    'deleteOneField(input:{id:"company.name"}){id}',
]
KEY_CHANGES = [
    f'createApiKey(input:{{name:"k",expiresAt:"{LATER}",roleId:"x"}}){{id}}',
    'updateApiKey(input:{id:"x",name:"k"}){id}',
    'revokeApiKey(input:{id:"x"}){id}',
    'assignRoleToApiKey(apiKeyId:"x",roleId:"x")',
    f'generateApiKeyToken(apiKeyId:"x",expiresAt:"{LATER}"){{token}}',
]
ROUTES = [
    ("GET", "objects"),
    ("POST", "objects"),
    ("GET", "objects/company"),
    ("PATCH", "objects/company"),
    ("DELETE", "objects/company"),
    ("GET", "fields"),
    ("POST", "fields"),
    ("GET", "fields/company.name"),
    ("PUT", "fields/company.name"),
    ("DELETE", "fields/company.name"),
    ("GET", "apiKeys"),
    ("GET", "apiKeys/x"),
]


def denied() -> Json:
    return {
        "message": DENIED,
        "name": "ForbiddenError",
        "extensions": {
            "code": "FORBIDDEN",
            "subCode": "PERMISSION_DENIED",
            "userFriendlyMessage": FRIENDLY,
        },
    }


# -- nobody ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "{objects(paging:{first:1}){edges{node{id}}}}",
        '{object(id:"company"){id}}',
        "{minimalMetadata{objectMetadataItems{id}}}",
        "{currentWorkspace{id}}",
        "{currentUser{id}}",
        "{getRoles{id}}",
        *(f"mutation{{{change}}}" for change in (*CHANGES, *KEY_CHANGES)),
    ],
)
def test_without_a_token_every_guarded_field_is_forbidden(metadata: Metadata, query: str) -> None:
    """The contract's sample `no-auth-metadata`."""
    body = metadata.post(query, token=None).json()

    assert not any((body["data"] or {}).values())
    assert body["errors"] == [
        {
            "message": "Forbidden resource",
            "name": "ForbiddenError",
            "extensions": {"code": "FORBIDDEN", "userFriendlyMessage": "An error occurred."},
        }
    ]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_a_token_every_route_is_forbidden(
    metadata: Metadata, method: str, path: str
) -> None:
    response = metadata.call(method, path, token=None)

    assert response.status_code == 403
    assert response.json() == {
        "statusCode": 403,
        "messages": ["Missing authentication token"],
        "error": "FORBIDDEN_EXCEPTION",
    }


@pytest.mark.parametrize("token", ["x", "icosa_123", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_a_bad_token_is_invalid(metadata: Metadata, token: str) -> None:
    response = metadata.post("{objects{edges{node{id}}}}", token=token)
    rest = metadata.call("GET", "objects", token=token)

    assert response.status_code == 200
    assert response.json() == {
        "errors": [
            {
                "message": "Token invalid.",
                "extensions": {
                    "code": "UNAUTHENTICATED",
                    "subCode": "UNAUTHENTICATED",
                    "userFriendlyMessage": {
                        "id": "auth.token_invalid",
                        "message": "An error occurred.",
                    },
                },
            }
        ]
    }
    assert rest.status_code == 401
    assert rest.json() == {
        "statusCode": 401,
        "messages": ["Token invalid."],
        "error": "UNAUTHENTICATED",
    }


# -- members and guests ----------------------------------------------------------------


@pytest.mark.parametrize("change", CHANGES)
def test_a_member_may_not_change_the_model(metadata: Metadata, member: str, change: str) -> None:
    body = metadata.post(f"mutation{{{change}}}", token=member).json()

    assert body == {"errors": [denied()], "data": None}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_member_may_not_use_the_routes(
    metadata: Metadata, member: str, method: str, path: str
) -> None:
    body = {"POST": OBJECT, "PATCH": {"icon": "x"}}.get(method)
    if path == "fields" and body is not None:
        body = {"objectMetadataId": "company", "type": "TEXT", "name": "x", "label": "X"}

    response = metadata.call(method, path, body, token=member)

    assert response.status_code == 403
    assert response.json() == {
        "statusCode": 403,
        "error": "Error",
        "messages": [DENIED],
        "code": "PERMISSION_DENIED",
    }


@pytest.mark.parametrize(
    "query",
    ["{apiKeys{id}}", "{getRoles{id}}", "{objectRecordCounts{totalCount}}"],
)
def test_a_member_may_not_see_keys_roles_and_counts(
    metadata: Metadata, member: str, query: str
) -> None:
    assert metadata.error(query, token=member) == denied()


@pytest.mark.parametrize("change", KEY_CHANGES)
def test_a_member_may_not_change_keys(metadata: Metadata, member: str, change: str) -> None:
    assert metadata.error(f"mutation{{{change}}}", token=member) == denied()


def test_everybody_in_the_workspace_reads_the_model_by_graphql(
    metadata: Metadata, member: str, guest: str
) -> None:
    query = (
        '{object(id:"company"){icon fieldsList{icon}} minimalMetadata{views{id}'
        " objectMetadataItems{icon}} currentWorkspace{id}}"
    )

    assert metadata.ask(query, token=member) == metadata.ask(query, token=guest)
    assert metadata.ask(query, token=member) == metadata.ask(query)


def test_a_role_with_the_flag_alone_may_change_the_model(metadata: Metadata, guest: str) -> None:
    def permit() -> None:
        metadata.sql(
            "insert into icosa.role_permission_flag (workspace_id, role_id, flag)"
            " select workspace_id, id, 'DATA_MODEL' from icosa.role where label = 'Guest'"
        )

    permit()
    made = metadata.call("POST", "objects", OBJECT, token=guest)
    keys = metadata.call("GET", "apiKeys", token=guest)
    metadata.sql("delete from icosa.role_permission_flag")
    refused = metadata.call("DELETE", "objects/zed", token=guest)
    metadata.call("DELETE", "objects/zed")

    assert made.status_code == 201, made.text
    assert keys.status_code == 403
    assert refused.status_code == 403


# -- keys among keys -------------------------------------------------------------------


@pytest.mark.parametrize("change", KEY_CHANGES)
def test_a_key_may_not_change_keys(metadata: Metadata, change: str) -> None:
    error = metadata.error(f"mutation{{{change}}}")

    assert error["message"] == "This endpoint requires a session access token"
    assert error["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "apiKeys", {"name": "k", "expiresAt": LATER, "roleId": "x"}),
        ("PATCH", "apiKeys/x", {"name": "k"}),
        ("DELETE", "apiKeys/x", None),
    ],
)
def test_a_key_may_not_change_keys_by_rest(
    metadata: Metadata, method: str, path: str, body: Json
) -> None:
    response = metadata.call(method, path, body)

    found = response.json()
    assert response.status_code == 403
    assert found["message"] == "This endpoint requires a session access token"
    assert (found["error"], found["statusCode"]) == ("Forbidden", 403)


def test_a_key_is_no_user(metadata: Metadata) -> None:
    assert metadata.error("{currentUser{id}}")["message"] == "Forbidden resource"
