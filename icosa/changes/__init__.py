"""How a workspace's data model changes: a validated command becomes rows and DDL.

- `commands`  what can be asked for: the metadata API's inputs
- `faults`    what is wrong with a command, in the shape that the contract reports it
- `draft`     a snapshot under change
- `validate`  the rules of names, labels, values and relations
- `objects`   create, update, delete an object: old snapshot -> new snapshot
- `fields`    the same for fields of one column or several
- `relations` the same for relations and morph relations
- `options`   what a changed list of options does to records
- `views`     the views that a new object and a new field appear in
- `rows`      the difference of two snapshots as catalogue rows
- `model`     the way in: one transaction a change, under a lock a workspace
- `check`     whether catalogue and tables agree

A change is a pure function of the snapshot; what is written to the catalogue and to the
tables is derived from the difference between the old one and the new one.
"""
