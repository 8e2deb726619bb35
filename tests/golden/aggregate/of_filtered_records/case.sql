with "page_t3" as (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and exists (select from "crm"."person" as "t2" where "t2"."companyId" = "t1"."id" and "t2"."deletedAt" is null and "t2"."jobTitle" ilike $1::text)
order by "t1"."id" limit 2 offset 1)
select (select string_agg(row_to_json(r.*)::text, $2::text)
from (select
  coalesce("t4"."name", '') as "name"
from (select * from "page_t3" limit 1) as "t4") as r)::varchar as records,
"t5"."n" > 1 as "next",
"t7"."total" as "total",
to_json("t7"."maxEmployees") as "maxEmployees",
to_json("t7"."countUniqueValuesName") as "countUniqueValuesName"
from (select count(*) as "n" from "page_t3") as "t5",
(select max("t6"."employees") as "maxEmployees",
  count(distinct "t6"."name") filter (where "t6"."name" <> '') as "countUniqueValuesName",
  count(*) as "total"
from "crm"."company" as "t6"
where "t6"."deletedAt" is null
  and exists (select from "crm"."person" as "t8" where "t8"."companyId" = "t6"."id" and "t8"."deletedAt" is null and "t8"."jobTitle" ilike $1::text)) as "t7";
-- $1: a%
-- $2: },{"node":
