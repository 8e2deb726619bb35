select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t3"."#1", 256), '') as "name") as k) as "company",
  (select row_to_json(k.*) from (select coalesce(left("t3"."nameFirstName", 256), '') as "firstName", coalesce(left("t3"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t3"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor",
  (select row_to_json(r.*) from (select "t4#" as "name",
  (select row_to_json(r.*) from (select coalesce("t5"."name", '') as "name"
from "crm"."company" as "t5"
  where "t5"."id" = "t3"."companyId" and "t5"."deletedAt" is null) as r) as "company"
from lateral (select coalesce("t3"."nameFirstName", '') as "firstName",
  coalesce("t3"."nameLastName", '') as "lastName") as "t4#") as r) as "node"
from (select "t1"."companyId", "t1"."id", "t1"."nameFirstName", "t1"."nameLastName", "t2"."name" as "#1"
from "crm"."person" as "t1"
left join "crm"."company" as "t2" on "t2"."id" = "t1"."companyId" and "t2"."deletedAt" is null
where "t1"."deletedAt" is null
order by lower(left("t2"."name", 256)) desc nulls last, lower(left("t1"."nameFirstName", 256)) nulls first, lower(left("t1"."nameLastName", 256)) desc nulls last, "t1"."id" limit 200) as "t3") as r)::varchar as records;
-- $1: ,
