"""The data model, API keys, roles and sessions: `POST /metadata` and `/rest/metadata/...`.

In the order in which a request meets them:

- `routes`      the routes of both dialects, and what they are made of
- `call`        one HTTP request: token, body, parameters; and the answer where it fails
- `operations`  what both dialects do to the data model: rights, change, announcement
- `command`     a JSON object -> a change that is asked for, or what is wrong with its types
- `catalogue`   what a snapshot does not hold: flags as of now, views, counts
- `shown`       what the contract shows of objects, fields and indexes
- `failure`     errors in the forms that these APIs have
- `page`        pages of both dialects
- `rest`        objects and fields by REST
- `rest_keys`   API keys by REST
- `endpoint`    `POST /metadata`: who asks what, and the answer
- `document`    GraphQL text -> a valid document within its bounds
- `variable`    what is wrong with a request's variables
- `schema`      `schema.graphql` with its resolvers
- `filter`      the filters of lists
- `resolve`     one module a part of the schema
"""
