"""Sign-in, renewal, the user and the workspace."""

import pytest

from tests.acceptance.metadata.client import EMAIL, PASSWORD, Json, Metadata

LOGIN = (
    "mutation($email:String!,$password:String!){getLoginTokenFromCredentials(email:$email,"
    'password:$password,origin:"http://icosa.test"){loginToken{token expiresAt}}}'
)
TOKENS = (
    "mutation($token:String!){getAuthTokensFromLoginToken(loginToken:$token,"
    'origin:"http://icosa.test"){tokens{accessOrWorkspaceAgnosticToken{token expiresAt}'
    "refreshToken{token expiresAt}}}}"
)
RENEW = (
    "mutation($token:String!){renewToken(appToken:$token)"
    "{tokens{accessOrWorkspaceAgnosticToken{token}refreshToken{token}}}}"
)


def sign_in(metadata: Metadata) -> Json:
    login = metadata.ask(LOGIN, {"email": EMAIL, "password": PASSWORD}, token=None)
    token = login["getLoginTokenFromCredentials"]["loginToken"]["token"]
    return metadata.ask(TOKENS, {"token": token}, token=None)["getAuthTokensFromLoginToken"][
        "tokens"
    ]


def test_a_password_buys_a_session(metadata: Metadata) -> None:
    pair = sign_in(metadata)

    token = pair["accessOrWorkspaceAgnosticToken"]["token"]
    user = metadata.ask("{currentUser{email}}", token=token)["currentUser"]
    assert user == {"email": EMAIL}
    assert pair["refreshToken"]["expiresAt"] > pair["accessOrWorkspaceAgnosticToken"]["expiresAt"]


def test_a_session_is_renewed_whatever_token_comes_along(metadata: Metadata) -> None:
    refresh = sign_in(metadata)["refreshToken"]["token"]

    renewed = metadata.ask(RENEW, {"token": refresh}, token="long expired")
    token = renewed["renewToken"]["tokens"]["accessOrWorkspaceAgnosticToken"]["token"]

    assert metadata.ask("{currentUser{email}}", token=token) == {"currentUser": {"email": EMAIL}}


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "wrong horse"), ("nobody@example.com", PASSWORD)]
)
def test_a_wrong_password_is_refused(metadata: Metadata, email: str, password: str) -> None:
    error = metadata.error(LOGIN, {"email": email, "password": password}, token=None)

    assert error == {
        "message": "Wrong password",
        "name": "ForbiddenError",
        "extensions": {
            "code": "FORBIDDEN",
            "subCode": "FORBIDDEN_EXCEPTION",
            "userFriendlyMessage": "An error occurred.",
        },
    }


def test_what_is_no_login_or_refresh_token_is_refused(metadata: Metadata) -> None:
    access = sign_in(metadata)["accessOrWorkspaceAgnosticToken"]["token"]

    def refusal(query: str, token: str) -> tuple[str, str, str]:
        error = metadata.error(query, {"token": token}, token=None)
        extensions = error["extensions"]
        return error["message"], extensions["code"], extensions["subCode"]

    invalid = ("Token invalid.", "UNAUTHENTICATED", "UNAUTHENTICATED")
    assert refusal(TOKENS, "x") == invalid
    assert refusal(TOKENS, access) == invalid
    assert refusal(RENEW, "x") == invalid
    assert refusal(RENEW, access) == (
        "Expected a refresh token",
        "FORBIDDEN",
        "INVALID_JWT_TOKEN_TYPE",
    )


def test_the_user_is_shown_with_his_rights(metadata: Metadata, admin: str, guest: str) -> None:
    query = (
        "{currentUser{id firstName lastName email isEmailVerified disabled canImpersonate"
        " canAccessFullAdminPanel locale hasPassword onboardingStatus userVars supportUserHash"
        " workspaceMember{id name{firstName lastName} userEmail colorScheme locale roles{label}"
        " userWorkspaceId} workspaceMembers{id} deletedWorkspaceMembers{id}"
        " currentWorkspace{id} currentUserWorkspace{id permissionFlags user{email}"
        " objectPermissions{objectMetadataId canReadObjectRecords canUpdateObjectRecords"
        " restrictedFields} objectsPermissions{canDestroyObjectRecords}"
        " twoFactorAuthenticationMethodSummary{status}} workspaces{id} userWorkspaces{id}"
        " availableWorkspaces{availableWorkspacesForSignIn{id displayName workspaceUrls"
        "{subdomainUrl} sso{id}} availableWorkspacesForSignUp{id}}}}"
    )

    user = metadata.ask(query, token=admin)["currentUser"]
    other = metadata.ask(query, token=guest)["currentUser"]

    assert user["email"] == EMAIL
    assert user["canAccessFullAdminPanel"] is True
    assert user["workspaceMember"]["roles"] == [{"label": "Admin"}]
    assert len(user["workspaceMembers"]) == 3
    assert "DATA_MODEL" in user["currentUserWorkspace"]["permissionFlags"]
    assert user["currentUserWorkspace"]["user"] == {"email": EMAIL}
    assert other["currentUserWorkspace"]["permissionFlags"] == []
    assert other["currentUserWorkspace"]["objectPermissions"][0]["canUpdateObjectRecords"] is False


def test_the_workspace_is_shown(metadata: Metadata, member: str) -> None:
    query = (
        "{currentWorkspace{id displayName subdomain activationStatus metadataVersion"
        " databaseSchema workspaceMembersCount workspaceCustomApplicationId featureFlags{key value}"
        " defaultRole{label} workspaceUrls{customUrl subdomainUrl} isPasswordAuthEnabled"
        " isGoogleAuthEnabled hasValidSignedEnterpriseKey createdAt updatedAt logo"
        " editableProfileFields trashRetentionDays workspaceDiscoverability}}"
    )

    by_member = metadata.ask(query, token=member)["currentWorkspace"]
    by_key = metadata.ask(query)["currentWorkspace"]

    assert by_member == by_key
    assert by_key["subdomain"] == "main"
    assert by_key["activationStatus"] == "ACTIVE"
    assert by_key["workspaceMembersCount"] == 3
    assert {"key": "IS_REST_METADATA_API_NEW_FORMAT_DIRECT", "value": True} in by_key[
        "featureFlags"
    ]
    made = metadata.create_object("own")
    assert made["applicationId"] == by_key["workspaceCustomApplicationId"]
