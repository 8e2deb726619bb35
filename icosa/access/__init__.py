"""Who calls, and what he may do: users, sessions, API keys, roles.

Beside `icosa.changes` and `icosa.engine`; imports db, catalog, fields and core. Tokens and
passwords are made and checked here alone, and no module outside reads the tables of migration
0002. In the order in which a request meets them:

- `callers`    a bearer token -> `Caller`, with a cache that revocation empties
- `keys`       API keys: the format of their tokens, their rows
- `key_use`    when each was last used
- `rate`       how many requests a minute a key may make
- `tokens`     sessions' JWTs: made and read
- `signing`    the key pairs that sign them
- `refresh`    refresh tokens: rotation, and what a stolen one brings about
- `roles`      a role's rows -> what views and settings ask; the roles of a new workspace
- `users`      people who sign in
- `passwords`  argon2id
- `members`    a user in a workspace, and his record there
- `recent`     the cache that `callers` and `roles` share the rules of
- `rows`       the door to the tables, and times

- `workspace`  which workspace is meant

Callers, roles and signing keys each have `start`, after which they notice changes made elsewhere.

The contract's operations. All are coroutines whose first arguments are what they need of the
above; their answers are dicts with the contract's keys, times in ISO 8601, lists complete:

- `session`    (database, tokens[, passwords], *, …), public:
               get_login_token_from_credentials(server_url, email, password, origin) ->
               {loginToken: {token, expiresAt}};
               get_auth_tokens_from_login_token(server_url, login_token, origin) and
               renew_token(app_token) ->
               {tokens: {accessOrWorkspaceAgnosticToken, refreshToken: {token, expiresAt}}}
- `api_keys`   (database, roles, caller, *, …): api_keys() -> [ApiKey]; api_key(key_id),
               update_api_key(key_id, name, expires_at, revoked_at) and
               revoke_api_key(key_id) -> ApiKey | None;
               create_api_key(name, expires_at, role_id, revoked_at) -> ApiKey;
               assign_role_to_api_key(key_id, role_id) -> bool;
               generate_api_key_token(key_id, expires_at) -> {token}.
               An ApiKey also has roleId, lastUsedAt, lastUsedAddress and
               tokens: [{first12, last4, createdAt, expiresAt}]
- `role_list`  get_roles(database, roles, caller, snapshot) -> [Role]
- `profile`    current_user(database, roles, caller, snapshot, *, server_url) -> User;
               current_workspace(database, caller, snapshot, *, server_url) -> Workspace.
               What is nullable and not ours (views, billing) is left out
"""
