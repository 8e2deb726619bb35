with "page_t3" as (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and exists (select from "crm"."person" as "t2" where "t2"."companyId" = "t1"."id" and "t2"."deletedAt" is null and "t2"."jobTitle" ilike $1::text)
order by "t1"."id" limit 2 offset 1)
select (select string_agg(row_to_json(r.*)::text, $2::text)
from (select
  coalesce("t4"."name", '') as "name"
from (select * from "page_t3" limit 1) as "t4") as r)::varchar as records,
(select count(*) > 1 from "page_t3") as "next",
"t6"."total" as "total",
to_json("t6"."maxEmployees") as "maxEmployees",
to_json("t6"."countUniqueValuesName") as "countUniqueValuesName"
from (select max("t5"."employees") as "maxEmployees",
  count(distinct "t5"."name") filter (where "t5"."name" <> '') as "countUniqueValuesName",
  count(*) as "total"
from "crm"."company" as "t5"
where "t5"."deletedAt" is null
  and exists (select from "crm"."person" as "t7" where "t7"."companyId" = "t5"."id" and "t7"."deletedAt" is null and "t7"."jobTitle" ilike $1::text)) as "t6";
-- $1: a%
-- $2: },{"node":
