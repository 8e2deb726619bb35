select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t3"."dimension_1") as "groupByDimensionValues"
from (select * from (
select "t1"."jobTitle" as "dimension_1"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
group by 1) as "t2"
order by "t2"."dimension_1" nulls first
limit 50) as "t3") as r;
