with "page_t2" as (select "t1"."id", "t1"."nameFirstName", "t1"."nameLastName"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 3 offset 1)
select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  "t4#" as "name"
from (select * from "page_t2" limit 2) as "t3"
cross join lateral (select coalesce("t3"."nameFirstName", '') as "firstName") as "t4#") as r)::varchar as records,
"t5"."n" > 2 as "next",
exists (select from "crm"."person" as "t6"
where "t6"."deletedAt" is null) as "previous"
from (select count(*) as "n" from "page_t2") as "t5";
-- $1: },{"node":
