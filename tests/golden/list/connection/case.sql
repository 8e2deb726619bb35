select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  "t2"."id" as "id",
  coalesce("t2"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 2) as "t2") as r)::varchar as records;
-- $1: },{"node":
