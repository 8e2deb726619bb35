"""How a data model changes: a pure function from snapshot to snapshot, then its difference.

- `model`  `ModelChanges`: each change as one transaction
- `rows`   the difference of two snapshots as catalogue rows

Validation and the new snapshot are pure; rows and DDL are derived from the difference, so
that no command can forget one of the two.
"""
