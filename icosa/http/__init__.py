"""From the socket and back.

- `hot`       the raw ASGI front; picks the way by path
- `exchange`  one HTTP request and its answer: body, headers, limits
- `departure` clients that hang up
- `multipart` GraphQL requests with files
- `auth`      the bearer token of a request
- `problems`  the only table of statuses and codes
- `routes`    one table of routes
- `rest`      records by REST
- `graphql`   records by GraphQL
- `metadata`  the data model by REST and GraphQL
- `openapi`   OpenAPI documents
- `plain`     health, documents, and what else is not hot
"""
