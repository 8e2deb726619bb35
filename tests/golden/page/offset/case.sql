with "page_t2" as (select "t1"."id", "t1"."nameFirstName", "t1"."nameLastName"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 3 offset 1)
select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  (select row_to_json(o.*) from (select coalesce("t3"."nameFirstName", '') as "firstName") as o) as "name"
from (select * from "page_t2" limit 2) as "t3") as r)::varchar as records,
(select count(*) > 2 from "page_t2") as "next",
exists (select from "crm"."person" as "t4"
where "t4"."deletedAt" is null) as "previous";
-- $1: },{"node":
