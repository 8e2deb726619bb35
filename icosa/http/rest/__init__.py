"""Records by REST (records contract, part B).

- `path`      path and method -> which operation on which object
- `filter`    the filter grammar of the query string
- `query`     the other parameters
- `group`     the parameters of groupBy
- `selection` depth -> what is shown of a record
- `handler`   request -> engine -> envelope
- `search`    what search is asked for in a query string
- `envelope`  PostgreSQL's JSON -> the body
"""
