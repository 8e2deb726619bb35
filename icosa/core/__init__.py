"""What every layer may use and what imports nothing of ours.

- `sql`      SQL text and its parameters, kept apart until rendered
- `shape`    the neutral type algebra behind GraphQL types and JSON Schemas
- `errors`   every error that a caller may see
- `inspect`  values as the contract's error texts print them
- `caller`   who asks
- `timing`   where the time of a request goes
- `identity` record ids (UUIDv7), deterministic ids (UUIDv5), names of indexes
"""
