"""The type system: one file a field type, an operator one table entry.

- `base`       what a field type says of itself
- `operators`  the filter operators
- `composite`  types made of named members, each a simple type
- `registry`   `ALL`, the table of contents; `bind` makes a type for one field
- one module for each type, named as the type

All of it is pure: no I/O, no clock, no randomness.
"""
