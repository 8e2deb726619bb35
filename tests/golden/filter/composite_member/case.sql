select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  "t3#" as "name"
from (select "t1"."id", "t1"."nameFirstName", "t1"."nameLastName"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and "t1"."nameFirstName" = $2::text
order by "t1"."id" limit 200) as "t2"
cross join lateral (select coalesce("t2"."nameFirstName", '') as "firstName",
  coalesce("t2"."nameLastName", '') as "lastName") as "t3#") as r)::varchar as records,
(select count(*) from "crm"."person" as "t4"
where "t4"."deletedAt" is null
  and "t4"."nameFirstName" = $2::text) as "total";
-- $1: },{"node":
-- $2: Ada
