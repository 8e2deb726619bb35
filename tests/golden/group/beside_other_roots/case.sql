select "root_1"."records" as "root_1_records", "root_1"."total" as "root_1_total", "root_2"."groups" as "root_2_groups", "root_3"."record" as "root_3_record"
from (select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 1) as "t2") as r)::varchar as records,
(select coalesce(sum(delta), 0)::bigint from "crm"."record_total" where object_id = '…'::uuid) as "total") as "root_1",
(select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array(("t5"."dimension_1")::text) as "groupByDimensionValues",
  "t5"."totalCount" as "totalCount"
from (select * from (
select "t3"."employees" as "dimension_1",
  count(*) as "totalCount"
from "crm"."company" as "t3"
where "t3"."deletedAt" is null
group by 1) as "t4"
order by "t4"."dimension_1" nulls first
limit 50) as "t5") as r) as "root_2",
(select (select row_to_json(r.*) from (select "t6"."id" as "id"
from (select "t6"."id" from "crm"."company" as "t6"
where "t6"."deletedAt" is null
  and "t6"."name" = $2::text
order by "t6"."id" limit 1) as "t6") as r)::text::varchar as record) as "root_3";
-- $1: },{"node":
-- $2: birch
