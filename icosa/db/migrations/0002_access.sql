-- Who may do what: users and their memberships, roles and what they grant, API keys, and the
-- tokens that stand for them. No secret is stored in clear: passwords as argon2id, tokens of API
-- keys as SHA-256, private signing keys encrypted with ICOSA_SECRET.
--
-- Everything but "user" and signing_key belongs to one workspace and goes with it. A change that
-- alters what a caller may do announces the workspace's id on the channel `icosa_access`, by
-- trigger, so that a change made by hand in SQL is noticed as well.


-- A person who signs in. One user may be a member of several workspaces.
create table icosa."user" (
    id                          uuid primary key default gen_random_uuid(),
    email                       text not null check (email <> ''),
    password_hash               text,           -- argon2id, PHC form; null: no sign-in by password
    first_name                  text not null default '',
    last_name                   text not null default '',
    locale                      text not null default 'en',
    is_email_verified           boolean not null default true,
    is_disabled                 boolean not null default false,
    can_impersonate             boolean not null default false,     -- these two: the first user
    can_access_full_admin_panel boolean not null default false,
    created_at                  timestamptz(3) not null default now(),
    updated_at                  timestamptz(3) not null default now(),
    deleted_at                  timestamptz(3)
);

create unique index user_email_key on icosa."user" (lower(email)) where deleted_at is null;


-- What a member or a key may do. The flags apply to all objects; the tables below refine them.
create table icosa.role (
    id                           uuid primary key default gen_random_uuid(),
    workspace_id                 uuid not null references icosa.workspace (id) on delete cascade,
    universal_identifier         uuid not null default gen_random_uuid(),
    label                        text not null,
    description                  text,
    icon                         text,
    is_editable                  boolean not null default true,   -- false: Admin
    is_default                   boolean not null default false,  -- that of new members
    can_update_all_settings      boolean not null default false,
    can_access_all_tools         boolean not null default false,
    can_read_all_records         boolean not null default false,
    can_update_all_records       boolean not null default false,
    can_soft_delete_all_records  boolean not null default false,
    can_destroy_all_records      boolean not null default false,
    can_be_assigned_to_users     boolean not null default true,
    can_be_assigned_to_agents    boolean not null default true,
    can_be_assigned_to_api_keys  boolean not null default true,
    created_at                   timestamptz(3) not null default now(),
    updated_at                   timestamptz(3) not null default now(),
    unique (workspace_id, id),   -- what the tables below refer to: no role of another workspace
    unique (workspace_id, label),
    unique (workspace_id, universal_identifier)
);

create unique index role_default_key on icosa.role (workspace_id) where is_default;


-- A user in a workspace: the contract's userWorkspace.
create table icosa.member (
    id           uuid primary key default gen_random_uuid(),
    workspace_id uuid not null references icosa.workspace (id) on delete cascade,
    user_id      uuid not null references icosa."user" (id) on delete cascade,
    role_id      uuid not null,
    record_id    uuid not null,  -- of the member's record in the object workspaceMember
    locale       text not null default 'en',
    created_at   timestamptz(3) not null default now(),
    updated_at   timestamptz(3) not null default now(),
    deleted_at   timestamptz(3),
    unique (workspace_id, user_id),
    foreign key (workspace_id, role_id) references icosa.role (workspace_id, id)
);

create index member_user on icosa.member (user_id);
create index member_role on icosa.member (workspace_id, role_id);


-- What a role may do with one object; null inherits the role's flag.
create table icosa.object_permission (
    id              uuid primary key default gen_random_uuid(),
    workspace_id    uuid not null,
    role_id         uuid not null,
    object_id       uuid not null references icosa.object (id) on delete cascade,
    can_read        boolean,
    can_update      boolean,
    can_soft_delete boolean,
    can_destroy     boolean,
    created_at      timestamptz(3) not null default now(),
    updated_at      timestamptz(3) not null default now(),
    unique (role_id, object_id),
    foreign key (workspace_id, role_id) references icosa.role (workspace_id, id) on delete cascade
);

create index object_permission_object on icosa.object_permission (object_id);


-- What a role may not do with one field: only false or null.
create table icosa.field_permission (
    id           uuid primary key default gen_random_uuid(),
    workspace_id uuid not null,
    role_id      uuid not null,
    object_id    uuid not null references icosa.object (id) on delete cascade,
    field_id     uuid not null references icosa.field (id) on delete cascade,
    can_read     boolean check (not can_read),
    can_update   boolean check (not can_update),
    created_at   timestamptz(3) not null default now(),
    updated_at   timestamptz(3) not null default now(),
    unique (role_id, field_id),
    foreign key (workspace_id, role_id) references icosa.role (workspace_id, id) on delete cascade
);

create index field_permission_field on icosa.field_permission (field_id);
create index field_permission_object on icosa.field_permission (object_id);


-- Settings and tools that a role may use although it may not use all of them.
create table icosa.role_permission_flag (
    id           uuid primary key default gen_random_uuid(),
    workspace_id uuid not null,
    role_id      uuid not null,
    flag         text not null,  -- API_KEYS_AND_WEBHOOKS, DATA_MODEL, …
    created_at   timestamptz(3) not null default now(),
    unique (role_id, flag),
    foreign key (workspace_id, role_id) references icosa.role (workspace_id, id) on delete cascade
);


-- Which records of an object a role may see: conditions, held together by and/or groups.
create table icosa.row_predicate_group (
    id               uuid primary key default gen_random_uuid(),
    workspace_id     uuid not null,
    role_id          uuid not null,
    object_id        uuid not null references icosa.object (id) on delete cascade,
    parent_id        uuid references icosa.row_predicate_group (id) on delete cascade,
    logical_operator text not null check (logical_operator in ('AND', 'OR')),
    position         double precision,  -- among the children of its parent
    created_at       timestamptz(3) not null default now(),
    foreign key (workspace_id, role_id) references icosa.role (workspace_id, id) on delete cascade
);

create index row_predicate_group_role on icosa.row_predicate_group (role_id, object_id);
create index row_predicate_group_object on icosa.row_predicate_group (object_id);
create index row_predicate_group_parent on icosa.row_predicate_group (parent_id);

create table icosa.row_predicate (
    id               uuid primary key default gen_random_uuid(),
    workspace_id     uuid not null,
    role_id          uuid not null,
    object_id        uuid not null references icosa.object (id) on delete cascade,
    field_id         uuid not null references icosa.field (id) on delete cascade,
    group_id         uuid references icosa.row_predicate_group (id) on delete cascade,
    position         double precision,  -- in its group
    operand          text not null,     -- a view filter's
    sub_field        text,
    value            jsonb,             -- what the field is compared with, unless it is:
    member_field_id  uuid references icosa.field (id) on delete cascade,  -- one of the member's
    member_sub_field text,
    created_at       timestamptz(3) not null default now(),
    foreign key (workspace_id, role_id) references icosa.role (workspace_id, id) on delete cascade
);

create index row_predicate_role on icosa.row_predicate (role_id, object_id);
create index row_predicate_object on icosa.row_predicate (object_id);
create index row_predicate_field on icosa.row_predicate (field_id);
create index row_predicate_group_id on icosa.row_predicate (group_id);
create index row_predicate_member_field on icosa.row_predicate (member_field_id);


-- A program that calls the APIs. It is revoked, never deleted, so that it can still be named.
create table icosa.api_key (
    id                   uuid primary key default gen_random_uuid(),
    workspace_id         uuid not null references icosa.workspace (id) on delete cascade,
    name                 text not null,
    role_id              uuid not null,
    expires_at           timestamptz(3) not null,
    revoked_at           timestamptz(3),
    created_by_member_id uuid references icosa.member (id) on delete set null,  -- null: by command
    last_used_at         timestamptz(3),  -- to the minute; written in batches
    last_used_address    inet,
    created_at           timestamptz(3) not null default now(),
    updated_at           timestamptz(3) not null default now(),
    foreign key (workspace_id, role_id) references icosa.role (workspace_id, id)
);

create index api_key_workspace on icosa.api_key (workspace_id, created_at);
create index api_key_role on icosa.api_key (workspace_id, role_id);
create index api_key_created_by on icosa.api_key (created_by_member_id);


-- The tokens of a key. Several may live at once, so that a key can be renewed without a gap.
create table icosa.api_key_token (
    sha256     bytea primary key check (length(sha256) = 32),  -- of the whole token
    key_id     uuid not null references icosa.api_key (id) on delete cascade,
    first12    text not null,  -- for display, as is last4
    last4      text not null,
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3)
);

create index api_key_token_key on icosa.api_key_token (key_id);


-- What a session is renewed with. Each use rotates it: the row is marked, and another row of the
-- same family takes its place. A marked one that is used again has been stolen, from its owner or
-- from the thief, so its whole family is revoked.
create table icosa.refresh_token (
    jti        uuid primary key,
    family     uuid not null,  -- all that descends from one sign-in
    member_id  uuid not null references icosa.member (id) on delete cascade,
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    rotated_at timestamptz(3),
    revoked_at timestamptz(3)
);

create index refresh_token_family on icosa.refresh_token (family);
create index refresh_token_member on icosa.refresh_token (member_id);
create index refresh_token_expiry on icosa.refresh_token (expires_at);


-- The key pairs that sign sessions. The newest one that is not revoked signs; all that are not
-- revoked verify.
create table icosa.signing_key (
    kid         text primary key,
    algorithm   text not null check (algorithm = 'ES256'),
    public_key  text not null,   -- PEM, SubjectPublicKeyInfo
    private_key bytea not null,  -- PKCS #8, AES-256-GCM under a key derived from ICOSA_SECRET
    created_at  timestamptz(3) not null default now(),
    revoked_at  timestamptz(3)
);


-- How answers write a point in time: ISO 8601, UTC, milliseconds.
create function icosa.moment(timestamptz) returns text language sql stable
    return to_char($1 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- The contract's Role without what hangs on it (members, keys, permissions).
create function icosa.role_json(r icosa.role) returns json language sql stable
    return json_build_object(
        'id', r.id,
        'universalIdentifier', r.universal_identifier,
        'label', r.label,
        'description', r.description,
        'icon', r.icon,
        'isEditable', r.is_editable,
        'canUpdateAllSettings', r.can_update_all_settings,
        'canAccessAllTools', r.can_access_all_tools,
        'canReadAllObjectRecords', r.can_read_all_records,
        'canUpdateAllObjectRecords', r.can_update_all_records,
        'canSoftDeleteAllObjectRecords', r.can_soft_delete_all_records,
        'canDestroyAllObjectRecords', r.can_destroy_all_records,
        'canBeAssignedToUsers', r.can_be_assigned_to_users,
        'canBeAssignedToAgents', r.can_be_assigned_to_agents,
        'canBeAssignedToApiKeys', r.can_be_assigned_to_api_keys
    );


-- Announcements. Equal ones of one transaction are sent once.

create function icosa.announce_access() returns trigger language plpgsql as $$
begin
    perform pg_notify('icosa_access', coalesce(new.workspace_id, old.workspace_id)::text);
    return null;
end
$$;

create function icosa.announce_access_of_user() returns trigger language plpgsql as $$
begin
    perform pg_notify('icosa_access', workspace_id::text)
        from icosa.member where user_id = coalesce(new.id, old.id);
    return null;
end
$$;

create function icosa.announce_access_of_key() returns trigger language plpgsql as $$
begin
    perform pg_notify('icosa_access', workspace_id::text)
        from icosa.api_key where id = coalesce(new.key_id, old.key_id);
    return null;
end
$$;

create function icosa.announce_access_of_workspace() returns trigger language plpgsql as $$
begin
    perform pg_notify('icosa_access', old.id::text);
    return null;
end
$$;

-- An empty payload concerns every workspace.
create function icosa.announce_access_of_all() returns trigger language plpgsql as $$
begin
    perform pg_notify('icosa_access', '');
    return null;
end
$$;

create trigger announce_access after delete or update of deleted_at on icosa.workspace
    for each row execute function icosa.announce_access_of_workspace();
create trigger announce_access after insert or update or delete on icosa.role
    for each row execute function icosa.announce_access();
create trigger announce_access after update or delete on icosa.member
    for each row execute function icosa.announce_access();
create trigger announce_access after insert or update or delete on icosa.object_permission
    for each row execute function icosa.announce_access();
create trigger announce_access after insert or update or delete on icosa.field_permission
    for each row execute function icosa.announce_access();
create trigger announce_access after insert or update or delete on icosa.role_permission_flag
    for each row execute function icosa.announce_access();
create trigger announce_access after insert or update or delete on icosa.row_predicate_group
    for each row execute function icosa.announce_access();
create trigger announce_access after insert or update or delete on icosa.row_predicate
    for each row execute function icosa.announce_access();
-- Not when a key's last use is written down.
create trigger announce_access
    after delete or update of workspace_id, name, role_id, expires_at, revoked_at on icosa.api_key
    for each row execute function icosa.announce_access();
create trigger announce_access after update or delete on icosa.api_key_token
    for each row execute function icosa.announce_access_of_key();
create trigger announce_access after update on icosa."user"
    for each row execute function icosa.announce_access_of_user();
create trigger announce_access after update or delete on icosa.signing_key
    for each row execute function icosa.announce_access_of_all();
