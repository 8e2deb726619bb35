"""Plan -> one statement. No I/O, no clock, no randomness: same plan, same text.

- `scope`      aliases and joins of one FROM
- `condition`  conditions
- `record`     the JSON of a record
- `page`       pages: ranges, cursors, totals
- `statement`  whole statements: reads, several reads in one, writes
- `ddl`        tables, columns and indexes of a workspace
"""
