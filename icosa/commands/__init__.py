"""The commands; `icosa.cli` puts them together.

- `serve`      serve: everything at once
- `migrate`    migrate: the catalogue's own schema
- `workspace`  workspace create | list | delete
- `user`       user create
- `key`        key create | list | revoke
- `demo`       demo: a workspace with real data
- `openapi`    openapi: the documents of a workspace
- `schema`     schema: its GraphQL schema
- `explain`    explain: what the server makes of a request
- `doctor`     doctor: whether catalogue, tables and settings agree

Each works on the same database as the server, whether that runs or not. What they share:

- `options`    options that several take
- `door`       the way to the database, and to what options name
- `output`     data on stdout, all else on stderr
- `seen`       a workspace as a role sees it
- `outline`    requests and plans, written out for people
"""
