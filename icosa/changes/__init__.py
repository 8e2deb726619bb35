"""How a workspace's data model changes: a command becomes a new snapshot, then its difference.

- `commands`  what can be asked for: the metadata API's inputs
- `model`     the way in: one transaction a change, under a lock a workspace
- `draft`     a snapshot under change
- `objects`   create, update, delete an object: edits of a draft, with all their faults
- `fields`    create a field
- `edits`     update and delete a field
- `relations` relations and morph relations: two fields or more at once
- `options`   what a changed list of options does to records and views
- `views`     the views that show a new object or field
- `validate`  the rules of names, labels and values
- `faults`    what is wrong, in the shape that the contract reports it
- `reports`   what else fails with a thing that can't be made
- `make`      new fields, and what every custom object has
- `overrides` edits of standard objects and fields
- `rows`      the difference of two snapshots as catalogue rows
- `history`   what was changed, and what would undo it
- `check`     whether the tables are what the catalogue says

Validation and the new snapshot are pure; rows and DDL are derived from the difference, so
that no command can forget one of the two.
"""
