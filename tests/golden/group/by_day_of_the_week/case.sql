select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array(('{Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday}'::text[])["t3"."dimension_1"]) as "groupByDimensionValues",
  "t3"."totalCount" as "totalCount"
from (select * from (
select date_part('isodow', "t1"."createdAt" at time zone 'UTC')::int as "dimension_1",
  count(*) as "totalCount"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
group by 1) as "t2"
order by ("t2"."dimension_1" + 1) % 7 desc nulls last
limit 50) as "t3") as r;
