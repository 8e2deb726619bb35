"""Request + view -> plan: every name resolved, every right checked.

- `tree`    the types of a plan
- `read`    selections and pages
- `filter`  conditions
- `order`   orders and cursors
- `encode`  what a caller sends to be written -> columns and one JSON value
- `connect` relations set by a unique key
- `upsert`  by which keys stored records are found
- `write`   changes of records

A plan holds no value of the request: values are parsed when a statement is bound.
"""
