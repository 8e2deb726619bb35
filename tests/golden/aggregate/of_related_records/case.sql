select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name",
  (select row_to_json(r.*) from (select "t5"."total" as "totalCount",
  "t5"."countUniqueValuesJobTitle" as "countUniqueValuesJobTitle",
  "t5"."percentageEmptyPerformanceRating" as "percentageEmptyPerformanceRating"
from (select count(distinct "t4"."jobTitle") filter (where "t4"."jobTitle" <> '') as "countUniqueValuesJobTitle",
  (count(*) - count(*) filter (where "t4"."performanceRating"::text <> ''))::float8 / nullif(count(*), 0) as "percentageEmptyPerformanceRating",
  count(*) as "total"
from "crm"."person" as "t4"
where "t4"."deletedAt" is null
  and ("t4"."jobTitle" is not null and "t4"."jobTitle" <> '')
  and "t4"."companyId" = "t2"."id") as "t5") as r) as "people"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and "t1"."employees" is not null
order by "t1"."id" limit 200) as "t2") as r)::varchar as records;
-- $1: },{"node":
