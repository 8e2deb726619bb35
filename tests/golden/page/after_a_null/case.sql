with "page_t3" as (select * from ((select "t1"."employees", "t1"."id", "t1"."name", "t1"."employees" as "##1", "t1"."id" as "##2"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and "t1"."employees" is null
  and "t1"."id" > $1::uuid
order by "t1"."employees" nulls first, "t1"."id" limit 3)
union all
(select "t2"."employees", "t2"."id", "t2"."name", "t2"."employees" as "##1", "t2"."id" as "##2"
from "crm"."company" as "t2"
where "t2"."deletedAt" is null
  and "t2"."employees" is not null
order by "t2"."employees" nulls first, "t2"."id" limit 3)) as u
order by "##1" nulls first, "##2" limit 3)
select (select string_agg(row_to_json(r.*)::text, $2::text)
from (select
  translate(encode(convert_to((select row_to_json(r.*) from (select "t4"."employees" as "employees",
  "t4"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor",
  (select row_to_json(r.*) from (select coalesce("t4"."name", '') as "name",
  "t4"."employees" as "employees") as r) as "node"
from (select * from "page_t3" limit 2) as "t4") as r)::varchar as records,
"t5"."n" > 2 as "next",
(exists (select from "crm"."company" as "t6"
where "t6"."deletedAt" is null
  and "t6"."id" = $1::uuid) or exists (select from "crm"."company" as "t7"
where "t7"."deletedAt" is null
  and "t7"."employees" is null
  and "t7"."id" < $1::uuid)) as "previous"
from (select count(*) as "n" from "page_t3") as "t5";
-- $1: c0000000-0000-4000-8000-000000000000
-- $2: ,
