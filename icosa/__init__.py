"""Icosa: a CRM data platform whose data model is data, over PostgreSQL, as REST and GraphQL.

The packages, in the order in which a request (and the import arrows) pass through them:

cli       the one executable
commands  what it can do, one module each
serve     the parent process: embedded PostgreSQL, migrations, workers
app       the composition root: the only one that knows everyone
http      routes, authentication, the two dialects, their envelopes
access    who asks: users, roles, keys, tokens
engine    the life of a request on one screen
files     files of FILES fields: stored, linked, removed
changes   validated changes of the data model, carried out
compile   a plan becomes one SQL statement
plan      a request and a view become a plan: names resolved, rights checked
request   what was asked, the same for both dialects
catalog   the data model: snapshot, view, names
fields    one module a field type
db        the only place that speaks to PostgreSQL
core      SQL values, shapes, errors; imports nothing of ours
settings  the environment, read once
log       where log lines go
"""

__version__ = "0.1.0"
