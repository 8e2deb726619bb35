"""Plan -> one statement. No I/O, no clock, no randomness: same plan, same text.

- `statement`  whole statements: several reads in one, writes
- `read`       the JSON of records, roots and related ones
- `page`       pages: which rows, in which order, what beside them
- `ranges`     orders, and the ranges that a cursor leaves
- `condition`  conditions
- `aggregate`  what is computed over rows, and how it is shown
- `group`      groupBy: one look at the rows
- `calendar`   dates as buckets of a calendar
- `duplicates` records that are the same as those asked about
- `merge`      one record of several
- `search`     hits of all objects, best first
- `scope`      aliases and joins of one FROM
- `json`       JSON objects as SQL expressions
- `write`      changes of records, and the answer from the rows they wrote
- `input`      what a write is given, as rows
- `upsert`     match, update the matches, insert the rest
- `conflict`   which record is in the way of another
- `files`      the files that no record names any more
- `layout`     the tables, columns and indexes of a workspace, as data
- `totals`     the table and triggers behind exact totals
- `ddl`        the difference of two layouts as DDL
"""
