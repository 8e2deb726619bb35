select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  translate(encode(convert_to((select row_to_json(r.*) from (select "t2"."employees" as "employees",
  "t2"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor",
  (select row_to_json(r.*) from (select "t2"."id" as "id",
  coalesce("t2"."name", '') as "name",
  "t2"."employees" as "employees") as r) as "node"
from (select "t1"."employees", "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."employees" nulls last, "t1"."id" limit 200) as "t2") as r)::varchar as records;
-- $1: ,
