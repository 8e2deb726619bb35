"""The catalogue's own schema as numbered SQL files, run in order by `icosa.db.migrate`.

`NNNN_name.sql`; a file that has run anywhere is never edited again, as its checksum is recorded.
`{{pg_trgm}}`, `{{unaccent}}` and `{{btree_gin}}` stand for the schema which holds that extension.
"""
