"""Who calls, and what he may do: users, sessions, API keys, roles.

Beside `icosa.changes` and `icosa.engine`; imports db, catalog, fields and core. Tokens and
passwords are made and checked here alone, and no module outside reads the tables of migration
0002. In the order in which a request meets them:

- `callers`    a bearer token -> `Caller`, with a cache that revocation empties
- `keys`       API keys: the format of their tokens, their rows
- `key_use`    when each was last used
- `tokens`     sessions' JWTs: made and read
- `signing`    the key pairs that sign them
- `refresh`    refresh tokens: rotation, and what a stolen one brings about
- `roles`      a role's rows -> what views and settings ask; the roles of a new workspace
- `users`      people who sign in
- `passwords`  argon2id
- `members`    a user in a workspace, and his record there
- `recent`     the cache that `callers` and `roles` share the rules of
- `rows`       the door to the tables, and times

The contract's operations, as functions whose answers are dicts with the contract's keys:

- `session`    getLoginTokenFromCredentials, getAuthTokensFromLoginToken, renewToken
- `api_keys`   apiKeys, apiKey, createApiKey, updateApiKey, revokeApiKey, assignRoleToApiKey,
               generateApiKeyToken
"""
