"""The only place that speaks to PostgreSQL.

binaries    where PostgreSQL's programs are, and the user that may run them
cluster     our own database cluster on disk: how it is made, what options it runs with
postmaster  the processes of a server, found by what it leaves in its folder
embedded    a PostgreSQL of our own: made, adopted, started, stopped
connection  one connection as every part of Icosa gets it: codecs, time limits
listener    the one connection that waits for notifications
pool        the narrow door: statements, transactions, notifications
migrate     the catalogue's own schema, brought up to date
failures    what PostgreSQL refused, as the caller's error
migrations  numbered SQL files
"""
