select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name",
  (with "page_t4" as (select "t3"."id", "t3"."nameFirstName", "t3"."nameLastName"
from "crm"."person" as "t3"
where "t3"."deletedAt" is null
  and "t3"."companyId" = "t2"."id"
order by lower(left("t3"."nameLastName", 256)) nulls last, "t3"."id" limit 2)
select (select row_to_json(r.*) from (select (select count(*) from "crm"."person" as "t9"
where "t9"."deletedAt" is null
  and "t9"."companyId" = "t2"."id") as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t5"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t5"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor",
  (select row_to_json(r.*) from (select (select row_to_json(o.*) from (select coalesce("t5"."nameLastName", '') as "lastName") as o) as "name",
  (select row_to_json(r.*) from (select (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select coalesce("t7"."name", '') as "name") as r) as "node"
from (select "t6"."id", "t6"."name"
from "crm"."opportunity" as "t6"
where "t6"."deletedAt" is null
  and "t6"."pointOfContactId" = "t5"."id"
order by "t6"."id" limit 60) as "t7") as r) as "edges") as r) as "pointOfContactForOpportunities") as r) as "node"
from (select * from "page_t4" limit 1) as "t5") as r) as "edges",
  (select row_to_json(r.*) from (select (select count(*) > 1 from "page_t4") as "hasNextPage",
  translate(encode(convert_to((select (select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t8"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t8"."id" as "id") as r) from (select * from "page_t4" offset (select greatest(least(count(*), 1) - 1, 0) from "page_t4") limit 1) as "t8")::text, 'UTF8'), 'base64'), E'\n', '') as "endCursor") as r) as "pageInfo") as r)) as "people",
  (select row_to_json(r.*) from (select (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select (select row_to_json(o.*) from (select coalesce("t11"."nameFirstName", '') as "firstName") as o) as "name",
  "t11"."performanceRating" as "performanceRating") as r) as "node"
from (select "t10"."id", "t10"."nameFirstName", "t10"."nameLastName", "t10"."performanceRating"
from "crm"."person" as "t10"
where "t10"."deletedAt" is null
  and "t10"."performanceRating" is not null
  and "t10"."companyId" = "t2"."id"
order by "t10"."id" limit 60) as "t11") as r) as "edges") as r) as "rated"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 2) as "t2") as r)::varchar as records;
-- $1: },{"node":
