select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t3"."dimension_1") as "groupByDimensionValues"
from (select * from (
select (date_trunc('week', "t1"."createdAt" at time zone $1::text + interval '1 days') - interval '1 days')::date as "dimension_1"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
group by 1) as "t2"
order by "t2"."dimension_1" nulls first
limit 50) as "t3") as r;
-- $1: UTC
