"""Request + view -> plan: every name resolved, every right checked.

- `tree`    the types of a plan
- `read`    selections and pages
- `filter`  conditions
- `order`   orders and cursors
- `write`   values to write -> columns and rows; changes of records

A plan holds no value of the request: values are parsed when a statement is bound.
"""
