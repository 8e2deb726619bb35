"""What the fields of the metadata schema give, one module a part of it.

- `context`  what a resolver has: who asks, the model, the parts of the server
- `model`    lists and changes of objects and fields
- `node`     objects, fields, relations, indexes: what hangs on each
- `keys`     API keys and roles
- `session`  sign-in, the user, the workspace
- `upload`   files for FILES fields
"""
