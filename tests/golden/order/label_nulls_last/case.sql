with "page_t3" as (select * from ((select "t1"."id", "t1"."name", lower(left("t1"."name", 256)) as "##1", "t1"."id" as "##2"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and lower(left("t1"."name", 256)) is not null
order by lower(left("t1"."name", 256)) nulls first, "t1"."id" limit 4)
union all
(select "t2"."id", "t2"."name", lower(left("t2"."name", 256)) as "##1", "t2"."id" as "##2"
from "crm"."company" as "t2"
where "t2"."deletedAt" is null
  and lower(left("t2"."name", 256)) is null
order by lower(left("t2"."name", 256)) nulls first, "t2"."id" limit 4)) as u
order by "##1" nulls last, "##2" limit 4)
select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t4"."name", '') as "name"
from (select * from "page_t3" limit 3) as "t4") as r)::varchar as records,
"t5"."n" > 3 as "next",
case when "t5"."n" > 0 then (select row_to_json(r.*) from (select coalesce(left("t5"."k1"[least("t5"."n", 3)], 256), '') as "name",
  "t5"."k2"[least("t5"."n", 3)] as "id") as r) end as "end"
from (select count(*) as "n",
  array_agg("name") as "k1",
  array_agg("id") as "k2" from "page_t3") as "t5";
-- $1: },{"node":
