"""What a caller asks for, in our own terms. REST and GraphQL both end here.

- `ir`         the request's types: selections, arguments, operations
- `shaping`    JSON -> shape and values, kept apart
- `arguments`  the arguments of a list: filter, order, paging, with the contract's errors
- `group`      the arguments of groupBy
- `time_zone`  names of time zones
- `duplicates` what duplicates are asked for: ids or data
- `merge`      what a merge is asked for
- `search`     what search is asked for, and its cursors
- `cursor`     cursors in and out of base64
- `limits`     the bounds on what may be asked
"""
