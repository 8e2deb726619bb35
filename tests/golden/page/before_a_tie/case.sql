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
"t4"."n" > 2 as "previous",
case when "t4"."n" > 0 then (select row_to_json(r.*) from (select "t4"."k1"[1] as "employees",
  "t4"."k2"[1] as "id") as r) end as "end",
case when "t4"."n" > 0 then (select row_to_json(r.*) from (select "t4"."k1"[least("t4"."n", 2)] as "employees",
  "t4"."k2"[least("t4"."n", 2)] as "id") as r) end as "start",
(exists (select from "crm"."company" as "t5"
where "t5"."deletedAt" is null
  and "t5"."id" = $2::uuid) or exists (select from "crm"."company" as "t6"
where "t6"."deletedAt" is null
  and ("t6"."employees" <= $1::float8 and ("t6"."employees" < $1::float8 or "t6"."id" > $2::uuid))) or exists (select from "crm"."company" as "t7"
where "t7"."deletedAt" is null
  and "t7"."employees" is null)) as "next"
from (select count(*) as "n",
  array_agg("employees") as "k1",
  array_agg("id") as "k2" from "page_t2") as "t4";
-- $1: 7.0
-- $2: c0000000-0000-4000-8000-000000000003
-- $3: },{"node":
