select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t4"."dimension_1", ('{Q1,Q2,Q3,Q4}'::text[])["t4"."dimension_2"]) as "groupByDimensionValues",
  "t4"."totalCount" as "totalCount"
from (select * from (
select "t2"."name" as "dimension_1",
  date_part('quarter', "t2"."createdAt" at time zone 'UTC')::int as "dimension_2",
  count(*) as "totalCount"
from "crm"."person" as "t1"
left join "crm"."company" as "t2" on "t2"."id" = "t1"."companyId" and "t2"."deletedAt" is null
where "t1"."deletedAt" is null
group by 1, 2) as "t3"
order by lower(left("t3"."dimension_1", 256)) desc nulls last, "t3"."dimension_1" nulls first, "t3"."dimension_2" nulls first
limit 50) as "t4") as r;
