select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t3"."dimension_1") as "groupByDimensionValues",
  "t3"."totalCount" as "totalCount",
  "t3"."avgEmployees"::float8 as "avgEmployees",
  "t3"."percentageEmptyTagline" as "percentageEmptyTagline",
  "t3"."sumAnnualRevenueAmountMicros" as "sumAnnualRevenueAmountMicros"
from (select * from (
select "t1"."addressAddressCity" as "dimension_1",
  count(*) as "totalCount",
  avg("t1"."employees") as "avgEmployees",
  (count(*) - count(*) filter (where "t1"."tagline" <> ''))::float8 / nullif(count(*), 0) as "percentageEmptyTagline",
  sum("t1"."annualRevenueAmountMicros") as "sumAnnualRevenueAmountMicros",
  max("t1"."employees") as "maxEmployees"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and "t1"."name" <> $1::text
group by 1) as "t2"
order by "t2"."maxEmployees" desc nulls last, lower(left("t2"."dimension_1", 256)) desc nulls first, "t2"."dimension_1" nulls first
limit 3) as "t3") as r;
-- $1: Drowned
