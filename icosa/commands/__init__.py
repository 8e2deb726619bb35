"""The commands; `icosa.cli` puts them together.

- `serve`      serve: everything at once
- `migrate`    migrate: the catalogue's own schema
- `workspace`  workspace create | list | delete
- `user`       user create
- `key`        key create | list | revoke

Each works on the same database as the server, whether that runs or not. What they share:

- `options`    options that several take
- `door`       the way to the database, and to what options name
- `output`     data on stdout, all else on stderr
"""
