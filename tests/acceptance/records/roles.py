"""The application as a role sees it that may not do everything."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.build import Running

OBJECT = """
insert into icosa.object_permission (workspace_id, role_id, object_id, {column})
select o.workspace_id, $1, o.id, false from icosa.object o where o.name_singular = $2"""
FIELD = """
insert into icosa.field_permission (workspace_id, role_id, object_id, field_id, {column})
select o.workspace_id, $1, o.id, f.id, false
from icosa.object o join icosa.field f on f.object_id = o.id
where o.name_singular = $2 and f.name = $3"""


@contextmanager
def restricted(app: Running, *denied: Sequence[str]) -> Iterator[Running]:
    """`denied` holds `("can_read", "company")` and `("can_read", "person", "emails")`.

    The key's own role comes back at the end.
    """
    ((key_id, before),) = app.sql("select id, role_id from icosa.api_key")
    ((role_id,),) = app.sql(
        "insert into icosa.role (workspace_id, label, can_read_all_records, can_update_all_records,"
        " can_soft_delete_all_records, can_destroy_all_records) select workspace_id, 'Restricted',"
        " true, true, true, true from icosa.role limit 1 returning id"
    )
    for column, *names in denied:
        text = OBJECT if len(names) == 1 else FIELD
        app.sql(text.format(column=column), role_id, *names)
    app.sql("update icosa.api_key set role_id = $1 where id = $2", role_id, key_id)
    try:
        with Running(app.dsn, app.api_key) as other:
            yield other
    finally:
        app.sql("update icosa.api_key set role_id = $1 where id = $2", before, key_id)
        app.sql("delete from icosa.role where id = $1", role_id)
