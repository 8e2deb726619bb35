with input as (select * from json_to_recordset($1::json) as x ("#" int, "id" uuid)),
found as (select null::int as n, null::uuid as id where false)
select (select string_agg((select row_to_json(r.*) from (select (select count(*) from "crm"."_sample" as "t3"
where "t3"."deletedAt" is null
  and "t3"."id" = any(array(select f.id from found as f where f.n = "input"."#"))) as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select "t2"."id" as "id") as r) as "node"
from (select "t1"."id"
from "crm"."_sample" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = any(array(select f.id from found as f where f.n = "input"."#"))
order by "t1"."id" limit 200) as "t2") as r) as "edges") as r)::text, ',' order by "input"."#")
from "input")::varchar as records;
-- $1: [{"#":0,"id":null},{"#":1,"id":null}]
