with written as (delete from "crm"."note" as "t1"
where "t1"."id" = $1::uuid
returning "t1"."id")
select string_agg(row_to_json(r.*)::text, $2::text)::varchar as records
from (select
  "t2"."id" as "id"
from written as "t2") as r;
-- $1: d0000000-0000-4000-8000-000000000001
-- $2: ,
