select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array() as "groupByDimensionValues"
from (select * from (
select 
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
group by ()) as "t2"
limit 50) as "t3") as r;
