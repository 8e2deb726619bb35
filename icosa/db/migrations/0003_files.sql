-- Files of FILES fields. What they hold lies in a store of its own (icosa/files/store.py);
-- a record's field has their ids. A file that no record's field names is removed in time.

create table icosa.file (
    id uuid primary key,
    workspace_id uuid not null references icosa.workspace on delete cascade,
    field_id uuid not null,                      -- what it was uploaded for; that may be gone
    name text not null,
    content_type text not null,
    size bigint not null,                        -- bytes
    created_at timestamptz(3) not null default now()
);
create index file_field on icosa.file (field_id, created_at);

-- The link to a file, if it is one of the workspace: signed, and good for a day. It changes
-- once an hour, so that two answers within one agree. The address and the key are settings of
-- the session; without them there are no links.
create function icosa.file_url(workspace_schema text, file_id text) returns text
language sql stable as $$
    select current_setting('icosa.files_url', true) || f.id || '?expires=' || e.expires
        || '&signature=' || encode(sha256(convert_to(k.key || encode(sha256(convert_to(
            k.key || f.id || ':' || e.expires, 'UTF8')), 'hex'), 'UTF8')), 'hex')
    from icosa.file f join icosa.workspace w on w.id = f.workspace_id,
        (select current_setting('icosa.files_key', true) as key) k,
        (select (extract(epoch from now())::bigint / 3600 + 25) * 3600 as expires) e
    where f.id = file_id::uuid and w.schema_name = workspace_schema
$$;
