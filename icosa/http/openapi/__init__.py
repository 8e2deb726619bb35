"""OpenAPI 3.1 documents, made from the routes and from what a role sees of a workspace.

- `core`        the records document: paths and schemas of every object
- `search`      the one route that belongs to no object
- `metadata`    the data model document: objects, fields, API keys
- `shared`      parameters, and schemas that are no object's
- `json_schema` shapes -> JSON Schema, with nulls and examples
- `errors`      what every operation may answer instead
- `document`    the frame of a document, its bytes and its ETag; the stub without a token
"""
