create schema "w_1";
create table "w_1"."record_total" (object_id uuid not null, delta bigint not null)
    with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index "record_total_object" on "w_1"."record_total" (object_id) include (delta);
create function "w_1"."count_inserted"() returns trigger language plpgsql as $$
begin
    insert into "w_1"."record_total" select tg_argv[0]::uuid, count(*) from inserted
    where "deletedAt" is null having count(*) > 0;
    return null;
end
$$;
create function "w_1"."count_removed"() returns trigger language plpgsql as $$
begin
    insert into "w_1"."record_total" select tg_argv[0]::uuid, -count(*) from removed
    where "deletedAt" is null having count(*) > 0;
    return null;
end
$$;
create function "w_1"."count_truncated"() returns trigger language plpgsql as $$
begin
    insert into "w_1"."record_total" select tg_argv[0]::uuid, -sum(delta) from "w_1"."record_total"
    where object_id = tg_argv[0]::uuid having sum(delta) <> 0;
    return null;
end
$$;
create function "w_1"."count_hidden"() returns trigger language plpgsql as $$
begin
    insert into "w_1"."record_total" values
        (tg_argv[0]::uuid, case when new."deletedAt" is null then 1 else -1 end);
    return null;
end
$$;
with folded as (
    delete from "w_1"."record_total" where ctid = any(array(
        select ctid from "w_1"."record_total" where object_id in (
            select object_id from "w_1"."record_total" group by object_id having count(*) > 50)
        for update skip locked))
    returning object_id, delta)
insert into "w_1"."record_total" select object_id, sum(delta) from folded
group by object_id having sum(delta) <> 0;
drop schema "w_1" cascade;
