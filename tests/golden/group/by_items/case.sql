select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t4"."dimension_1") as "groupByDimensionValues",
  "t4"."totalCount" as "totalCount"
from (select * from (
select "t2"."item" as "dimension_1",
  count(*) as "totalCount"
from "crm"."company" as "t1"
cross join unnest("t1"."workPolicy") as "t2" (item)
where "t1"."deletedAt" is null
group by 1) as "t3"
order by "t3"."totalCount" desc nulls last, lower("t3"."dimension_1"::text) desc nulls last, "t3"."dimension_1" nulls first
limit 50) as "t4") as r;
