select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t3"."dimension_1") as "groupByDimensionValues",
  "t3"."totalCount" as "totalCount"
from (select * from (
select date_trunc('month', "t1"."createdAt" at time zone $1::text)::date as "dimension_1",
  count(*) as "totalCount"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
group by 1) as "t2"
order by "t2"."dimension_1" desc nulls last
limit 50) as "t3") as r;
-- $1: America/New_York
