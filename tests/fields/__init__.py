"""Every check that a field type must pass, run on each from its own examples.

- `table`            a table of one field, on a real PostgreSQL
- `oracle`           what filters and orders should find, worked out in Python
- `strategy`         operands for hypothesis
- `conftest`         the server, and one table for each type
- `test_conformance` the checks
"""
