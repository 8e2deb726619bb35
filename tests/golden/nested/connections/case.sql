select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name",
  (with "page_t4" as (select "t3"."id", "t3"."nameFirstName", "t3"."nameLastName"
from "crm"."person" as "t3"
where "t3"."deletedAt" is null
  and "t3"."companyId" = "t2"."id"
order by lower(left("t3"."nameLastName", 256)) nulls last, "t3"."id" limit 2)
select (select row_to_json(r.*) from (select (select count(*) from "crm"."person" as "t10"
where "t10"."deletedAt" is null
  and "t10"."companyId" = "t2"."id") as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t5"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t5"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor",
  (select row_to_json(r.*) from (select "t6#" as "name",
  (select row_to_json(r.*) from (select (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select coalesce("t8"."name", '') as "name") as r) as "node"
from (select "t7"."id", "t7"."name"
from "crm"."opportunity" as "t7"
where "t7"."deletedAt" is null
  and "t7"."pointOfContactId" = "t5"."id"
order by "t7"."id" limit 60) as "t8") as r) as "edges") as r) as "pointOfContactForOpportunities"
from lateral (select coalesce("t5"."nameLastName", '') as "lastName") as "t6#") as r) as "node"
from (select * from "page_t4" limit 1) as "t5") as r) as "edges",
  (select row_to_json(r.*) from (select "t9"."n" > 1 as "hasNextPage",
  translate(encode(convert_to(case when "t9"."n" > 0 then (select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t9"."k1"[least("t9"."n", 1)], 256), '') as "lastName") as k) as "name",
  "t9"."k2"[least("t9"."n", 1)] as "id") as r) end::text, 'UTF8'), 'base64'), E'\n', '') as "endCursor") as r) as "pageInfo"
from (select count(*) as "n",
  array_agg("nameLastName") as "k1",
  array_agg("id") as "k2" from "page_t4") as "t9") as r)) as "people",
  (select row_to_json(r.*) from (select (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select "t13#" as "name",
  "t12"."performanceRating" as "performanceRating"
from lateral (select coalesce("t12"."nameFirstName", '') as "firstName") as "t13#") as r) as "node"
from (select "t11"."id", "t11"."nameFirstName", "t11"."nameLastName", "t11"."performanceRating"
from "crm"."person" as "t11"
where "t11"."deletedAt" is null
  and "t11"."performanceRating" is not null
  and "t11"."companyId" = "t2"."id"
order by "t11"."id" limit 60) as "t12") as r) as "edges") as r) as "rated"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 2) as "t2") as r)::varchar as records;
-- $1: },{"node":
