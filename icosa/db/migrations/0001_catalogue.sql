-- The catalogue: what each workspace's data model is.
--
-- One row an object, a field, an index. The tables of a workspace's records are derived from
-- these rows and change only in the transaction that changes them (icosa/changes). There is
-- no foreign key between schemas, so that a workspace can be moved.

create table icosa.workspace (
    id uuid primary key,
    name text not null unique,                   -- also its subdomain
    display_name text not null,
    schema_name text not null unique,            -- "w_" and the id in base 36
    version bigint not null default 1,           -- of the data model; moves with every change
    standard_application_id uuid not null,       -- owns what the standard model brought
    custom_application_id uuid not null,         -- owns what users made
    flags jsonb not null default '{}',           -- the contract's feature flags
    timeline boolean not null default true,      -- whether changes become timeline activities
    model text not null default 'crm',           -- the template it was made from
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);

create table icosa.object (
    id uuid primary key,
    workspace_id uuid not null references icosa.workspace on delete cascade,
    ordinal bigint generated always as identity, -- objects are shown in the order of creation
    universal_identifier uuid not null,
    application_id uuid not null,
    name_singular text not null,
    name_plural text not null,
    label_singular text not null,
    label_plural text not null,
    description text,
    icon text,
    shortcut text,
    color text,
    table_name text not null,                    -- physical
    is_active boolean not null default true,
    is_system boolean not null default false,
    is_remote boolean not null default false,
    is_searchable boolean not null default false,
    is_audit_logged boolean not null default true,
    is_ui_editable boolean not null default true,
    is_ui_creatable boolean not null default true,
    is_label_synced_with_name boolean not null default false,
    label_identifier_field_id uuid,
    image_identifier_field_id uuid,
    duplicate_criteria jsonb,                    -- [["name"], ["domainNamePrimaryLinkUrl"]]
    overrides jsonb,                             -- what a workspace changed of a standard object
    version bigint not null,                     -- the workspace's when this object last changed
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    unique (workspace_id, name_singular),
    unique (workspace_id, name_plural),
    unique (workspace_id, table_name)
);

create table icosa.field (
    id uuid primary key,
    workspace_id uuid not null references icosa.workspace on delete cascade,
    object_id uuid not null references icosa.object on delete cascade,
    ordinal bigint generated always as identity, -- fields are shown in the order of creation
    universal_identifier uuid not null,
    application_id uuid not null,
    type text not null,
    name text not null,
    label text not null,
    description text,
    icon text,
    is_active boolean not null default true,
    is_system boolean not null default false,
    is_ui_editable boolean not null default true,
    is_nullable boolean not null default true,
    is_label_synced_with_name boolean not null default false,
    default_value jsonb,
    options jsonb,
    settings jsonb,
    columns text[] not null default '{}',        -- physical, in the order of the field type
    relation_kind text check (relation_kind in ('MANY_TO_ONE', 'ONE_TO_MANY')),
    relation_target_object_id uuid,
    relation_target_field_id uuid,               -- the other end
    relation_on_delete text,                     -- many-to-one only
    morph_id uuid,                               -- shared by the fields of one morph relation
    overrides jsonb,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    unique (object_id, name) deferrable initially immediate
);
create index field_workspace on icosa.field (workspace_id);

create table icosa.index (
    id uuid primary key,
    workspace_id uuid not null references icosa.workspace on delete cascade,
    object_id uuid not null references icosa.object on delete cascade,
    universal_identifier uuid not null,
    name text not null,                          -- of the contract and in PostgreSQL
    type text not null check (type in ('BTREE', 'GIN')),
    is_unique boolean not null default false,
    is_custom boolean not null default false,    -- made by a user
    where_clause text,
    state text not null default 'valid' check (state in ('valid', 'building')),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
);
create index index_object on icosa.index (object_id);
create index index_workspace on icosa.index (workspace_id);

create table icosa.index_field (
    id uuid primary key,
    index_id uuid not null references icosa.index on delete cascade,
    field_id uuid not null references icosa.field on delete cascade,
    position integer not null,
    sub_field text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
);
create index index_field_index on icosa.index_field (index_id);
create index index_field_field on icosa.index_field (field_id);

-- The fields whose texts make an object's search document.
create table icosa.search_field (
    id uuid primary key,
    object_id uuid not null references icosa.object on delete cascade,
    field_id uuid not null references icosa.field on delete cascade,
    position integer not null,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    unique (object_id, field_id)
);
create index search_field_field on icosa.search_field (field_id);

-- Saved views: a list of records as people see it.
create table icosa.view (
    id uuid primary key,
    workspace_id uuid not null references icosa.workspace on delete cascade,
    universal_identifier uuid not null,
    application_id uuid not null,
    object_id uuid not null references icosa.object on delete cascade,
    name text not null,
    type text not null default 'TABLE',
    key text,
    icon text not null default '',
    position double precision not null default 0,
    is_compact boolean not null default false,
    is_active boolean not null default true,
    is_custom boolean not null default false,
    open_record_in text not null default 'SIDE_PANEL',
    kanban_aggregate_operation text,
    kanban_aggregate_operation_field_id uuid,
    kanban_column_width integer,
    main_group_by_field_id uuid,
    should_hide_empty_groups boolean not null default false,
    calendar_layout text,
    calendar_field_id uuid,
    any_field_filter_value text,
    visibility text not null default 'WORKSPACE',
    created_by_user_workspace_id uuid,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);
create index view_workspace on icosa.view (workspace_id);
create index view_object on icosa.view (object_id);

create table icosa.view_field_group (
    id uuid primary key,
    view_id uuid not null references icosa.view on delete cascade,
    name text not null,
    position double precision not null default 0,
    is_visible boolean not null default true,
    is_active boolean not null default true,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);

create table icosa.view_field (
    id uuid primary key,
    view_id uuid not null references icosa.view on delete cascade,
    field_id uuid not null references icosa.field on delete cascade,
    view_field_group_id uuid references icosa.view_field_group on delete set null,
    is_visible boolean not null default true,
    is_active boolean not null default true,
    size double precision not null default 180,
    position double precision not null default 0,
    aggregate_operation text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);
create index view_field_view on icosa.view_field (view_id);
create index view_field_field on icosa.view_field (field_id);

create table icosa.view_filter_group (
    id uuid primary key,
    view_id uuid not null references icosa.view on delete cascade,
    parent_id uuid references icosa.view_filter_group on delete cascade,
    logical_operator text not null default 'AND',
    position double precision,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);

create table icosa.view_filter (
    id uuid primary key,
    view_id uuid not null references icosa.view on delete cascade,
    field_id uuid not null references icosa.field on delete cascade,
    view_filter_group_id uuid references icosa.view_filter_group on delete cascade,
    operand text not null default 'CONTAINS',
    value jsonb not null,
    sub_field_name text,
    relation_target_field_id uuid,
    position double precision,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);
create index view_filter_field on icosa.view_filter (field_id);

create table icosa.view_sort (
    id uuid primary key,
    view_id uuid not null references icosa.view on delete cascade,
    field_id uuid not null references icosa.field on delete cascade,
    direction text not null default 'ASC',
    sub_field_name text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);
create index view_sort_field on icosa.view_sort (field_id);

create table icosa.view_group (
    id uuid primary key,
    view_id uuid not null references icosa.view on delete cascade,
    field_value text not null,
    is_visible boolean not null default true,
    position double precision not null default 0,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3)
);

-- Every change of a model: who, when, what, and its inverse as far as one exists.
create table icosa.model_change (
    id bigint generated always as identity primary key,
    workspace_id uuid not null references icosa.workspace on delete cascade,
    version bigint not null,                     -- the version that the change made
    operation text not null,                     -- "create_object"
    input jsonb not null,
    inverse jsonb,                               -- {"operation": …, "input": …}
    actor jsonb,                                 -- who: kind, id, name
    created_at timestamptz(3) not null default now()
);
create index model_change_workspace on icosa.model_change (workspace_id, version);

-- What only SQL can see is refused by raising IC001: the message is a code, the detail what
-- it is about (icosa/db/failures.py turns them into errors).
create function icosa.refuse(code text, detail text) returns boolean
language plpgsql as $$
begin
    raise exception using errcode = 'IC001', message = code, detail = detail;
end $$;

-- `unaccent` looks up its dictionary by name and so is only stable; with the dictionary named
-- outright the answer depends on nothing but its argument.
create function icosa.unaccented(value text) returns text
language sql immutable strict parallel safe as $$
    select {{unaccent}}.unaccent('{{unaccent}}.unaccent'::regdictionary, value)
$$;

-- The search documents of composite fields (records contract, A1).
create function icosa.search_emails(main text, more jsonb) returns text
language sql immutable parallel safe as $$
    select concat_ws(' ', main, split_part(main, '@', 2),
        (select string_agg(e || ' ' || replace(e, '@', ' '), ' ')
         from jsonb_array_elements_text(
             case when jsonb_typeof(more) = 'array' then more else '[]'::jsonb end) as e))
$$;

create function icosa.search_phones(number text, calling text, more jsonb) returns text
language sql immutable parallel safe as $$
    select concat_ws(' ', number, nullif(calling, '') || number,
        nullif(replace(calling, '+', ''), '') || number, '0' || number,
        (select string_agg(concat_ws(' ', p ->> 'number', p ->> 'callingCode',
                concat(p ->> 'callingCode', p ->> 'number')), ' ')
         from jsonb_array_elements(
             case when jsonb_typeof(more) = 'array' then more else '[]'::jsonb end) as p))
$$;

create function icosa.search_links(label text, url text, more jsonb) returns text
language sql immutable parallel safe as $$
    select concat_ws(' ', url, label,
        (select string_agg(concat_ws(' ', l ->> 'url', l ->> 'label'), ' ')
         from jsonb_array_elements(
             case when jsonb_typeof(more) = 'array' then more else '[]'::jsonb end) as l))
$$;

create function icosa.search_words(variadic texts text[]) returns text
language sql immutable parallel safe as $$
    select array_to_string(texts, ' ')
$$;

create function icosa.search_document(words text) returns tsvector
language sql immutable parallel safe as $$
    select to_tsvector('pg_catalog.simple'::regconfig, icosa.unaccented(coalesce(words, '')))
$$;

-- A time as the APIs show it.
create function icosa.iso(moment timestamptz) returns text
language sql immutable parallel safe as $$
    select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
