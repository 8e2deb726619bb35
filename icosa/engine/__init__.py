"""The life of a record request.

- `workspaces`  the current model of each workspace, kept fresh
- `statements`  compiled statements by the shape of a request
- `run`         request + view -> one statement -> bytes
- `search`      a search's page, and the second look within words
- `totals`      folds the deltas behind exact totals, in the background
- `explain`     what would be done for a request, without doing it
"""
