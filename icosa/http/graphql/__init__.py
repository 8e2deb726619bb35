"""Records by GraphQL (records contract, part A).

- `handler`   body -> document -> execution -> body
- `document`  text -> operations, kept by text; bounds
- `literal`   values in a document -> JSON, with variables
- `selection` selection sets -> picks
- `fields`    the root fields of a workspace
- `execute`   operation -> requests -> engine -> envelope
- `search`    the root field `search`, and `search_types` its types
- `envelope`  PostgreSQL's JSON -> `data`
- `group_types` the types of groupBy
- `schema`    the workspace's schema: introspection, SDL, strict validation
- `object_types` the types of one object
- `shared_types` the types that no object owns
- `introspect` `__schema` and `__type`
"""
