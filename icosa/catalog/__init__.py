"""What a workspace's data model is: objects, fields, relations, indexes, views, roles.

- `snapshot`   the model of one workspace at one version: immutable, resolved
- `view`       a snapshot as one role sees it, and what is made from it on demand
- `naming`     names and labels: rules, reserved words, names made from labels
- `binding`    what follows from a field's name and table
- `stored`     catalogue rows, as one statement reads them
- `store`      catalogue rows -> snapshot
- `templates`  the standard model, as data

How a model changes is `icosa.changes`' business.
"""
