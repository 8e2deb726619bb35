"""Request + view -> plan: every name resolved, every right checked.

- `tree`    the types of a plan
- `read`    selections and pages
- `filter`  conditions
- `order`   orders and cursors
- `aggregate`  the aggregates of an object's records
- `group`   the dimensions, aggregates and order of groupBy
- `duplicates`  which columns tell that two records are the same
- `merge`   which fields become one, and what points at the records that go
- `search`  which objects are searched, and by which words
- `encode`  what a caller sends to be written -> columns and one JSON value
- `connect` relations set by a unique key
- `upsert`  by which keys stored records are found
- `write`   changes of records

A plan holds no value of the request: values are parsed when a statement is bound.
"""
