select "root_1"."records" as "root_1_records", "root_1"."total" as "root_1_total", "root_2"."record" as "root_2_record", "root_3"."total" as "root_3_total"
from (select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 1) as "t2") as r)::varchar as records,
(select coalesce(sum(delta), 0)::bigint from "crm"."record_total" where object_id = '…'::uuid) as "total") as "root_1",
(select (select row_to_json(r.*) from (select coalesce("t3"."title", '') as "title"
from (select "t3"."id", "t3"."title" from "crm"."note" as "t3"
where "t3"."deletedAt" is null
  and "t3"."title" = $2::text
order by "t3"."id" limit 1) as "t3") as r)::text::varchar as record) as "root_2",
(select (select count(*) from "crm"."person" as "t5"
where "t5"."deletedAt" is null
  and "t5"."jobTitle" = $3::text) as "total") as "root_3";
-- $1: },{"node":
-- $2: Engine
-- $3: Admiral
