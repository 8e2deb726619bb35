"""The type system: one file a field type, an operator one table entry.

- `base`       what a field type says of itself
- `operators`  the filter operators
- `composite`  types made of named members, each a simple type
- `registry`   `ALL`, the table of contents; `bind` makes a type for one field
- one module for each type, named as the type; `relation` for a join column

What several types share:

- `numeral`          numbers as JavaScript reads them: NUMBER, NUMERIC, POSITION
- `json_value`       JSON that `jsonb` can hold: RAW_JSON and every string that holds JSON
- `json_list`        the lists in EMAILS, LINKS, PHONES
- `link_safety`      URLs that run code: LINKS, RICH_TEXT
- `markdown_reader`  BlockNote's blocks from Markdown, and `markdown_writer` the other way
- `option`           the options of selects as the metadata API takes them
- `merge`            how values of several records become one
- `search`           what a field adds to the search document

All of it is pure: no I/O, no clock, no randomness.
"""
