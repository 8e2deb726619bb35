with "page_t2" as (select "t1"."employees", "t1"."id", "t1"."name", "t1"."employees" as "##1", "t1"."id" as "##2"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and ("t1"."employees" >= $1::float8 and ("t1"."employees" > $1::float8 or "t1"."id" < $2::uuid))
order by "t1"."employees" nulls first, "t1"."id" desc limit 3)
select (select string_agg(row_to_json(r.*)::text, $3::text)
from (select
  coalesce("t3"."name", '') as "name",
  "t3"."employees" as "employees"
from (select * from (select * from "page_t2" limit 2) as b order by "##1" desc nulls last, "##2") as "t3") as r)::varchar as records,
(select count(*) > 2 from "page_t2") as "previous",
(select (select row_to_json(r.*) from (select "t4"."employees" as "employees",
  "t4"."id" as "id") as r) from (select * from "page_t2" offset 0 limit 1) as "t4") as "end",
(select (select row_to_json(r.*) from (select "t5"."employees" as "employees",
  "t5"."id" as "id") as r) from (select * from "page_t2" offset (select greatest(least(count(*), 2) - 1, 0) from "page_t2") limit 1) as "t5") as "start",
(exists (select from "crm"."company" as "t6"
where "t6"."deletedAt" is null
  and "t6"."id" = $2::uuid) or exists (select from "crm"."company" as "t7"
where "t7"."deletedAt" is null
  and ("t7"."employees" <= $1::float8 and ("t7"."employees" < $1::float8 or "t7"."id" > $2::uuid))) or exists (select from "crm"."company" as "t8"
where "t8"."deletedAt" is null
  and "t8"."employees" is null)) as "next";
-- $1: 7.0
-- $2: c0000000-0000-4000-8000-000000000003
-- $3: },{"node":
