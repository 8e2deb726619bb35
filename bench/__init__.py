"""`make bench`: what a request costs, beside the best that one could write by hand.

In order of control flow:

- `__main__`       reads the options, runs everything, prints the table
- `installation`   a PostgreSQL with a workspace that holds `dataset`'s records
- `dataset`        100,000 companies and 500,000 people
- `words`          what their names are made of
- `servers`        `icosa serve` and the yardstick as processes
- `yardstick`      hand-written SQL over the same tables, no model, no rights
- `yardstick_sql`  that SQL
- `workload`       the requests of each workload
- `agreement`      that both answer the same bytes, by one statement
- `drive`          wrk and pgbench, and the CPU they cost
- `process`        CPU time and memory of processes, from /proc
- `report`         the figures as a table or as JSON
"""
