"""`icosa demo`: a workspace with objects of its own and real data, made through the public APIs.

- `command`  the command
- `site`     the server that it talks to: the one that runs, or one of its own
- `client`   a small client of the REST API
- `model`    the objects, fields and relations
- `records`  the data sets as records
- `load`     makes the model and loads the records, with a progress bar
- `tour`     five requests, their answers and their SQL
"""
