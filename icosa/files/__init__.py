"""Files of FILES fields: uploaded, linked for a while, removed when nothing points at them.

- `store`   where their bytes lie: a small door, and local disk behind it
- `links`   the key and the check of signed links; PostgreSQL makes them (migration 0003)
- `upload`  a file comes in
- `sweep`   what no record's field names any more goes
"""
