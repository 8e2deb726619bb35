select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t4"."dimension_1") as "groupByDimensionValues",
  "t4"."totalCount" as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t8"."#1", 256), '') as "name") as k) as "company",
  (select row_to_json(k.*) from (select coalesce(left("t8"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t8"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor",
  (select row_to_json(r.*) from (select (select row_to_json(o.*) from (select coalesce("t8"."nameLastName", '') as "lastName") as o) as "name",
  (select row_to_json(r.*) from (select coalesce("t9"."name", '') as "name"
  from "crm"."company" as "t9" where "t9"."id" = "t8"."companyId" and "t9"."deletedAt" is null) as r) as "company") as r) as "node"
from (select "t5"."companyId", "t5"."id", "t5"."nameFirstName", "t5"."nameLastName", "t7"."name" as "#1"
from "crm"."person" as "t5"
left join "crm"."company" as "t7" on "t7"."id" = "t5"."companyId" and "t7"."deletedAt" is null
join unnest("t4"."ids") with ordinality as "t6" (id, n) on "t5"."id" = "t6"."id"
order by "t6"."n") as "t8") as r) as "edges",
  (select row_to_json(r.*) from (select "t4"."size" > 11 as "hasNextPage",
  true as "hasPreviousPage",
  (select translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t10"."#1", 256), '') as "name") as k) as "company",
  (select row_to_json(k.*) from (select coalesce(left("t10"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t10"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') from (select "t11"."companyId", "t11"."id", "t11"."nameFirstName", "t11"."nameLastName", "t13"."name" as "#1"
from "crm"."person" as "t11"
left join "crm"."company" as "t13" on "t13"."id" = "t11"."companyId" and "t13"."deletedAt" is null
join unnest("t4"."ids"[1:1]) with ordinality as "t12" (id, n) on "t11"."id" = "t12"."id"
order by "t12"."n") as "t10") as "startCursor",
  (select translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t14"."#1", 256), '') as "name") as k) as "company",
  (select row_to_json(k.*) from (select coalesce(left("t14"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t14"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') from (select "t15"."companyId", "t15"."id", "t15"."nameFirstName", "t15"."nameLastName", "t17"."name" as "#1"
from "crm"."person" as "t15"
left join "crm"."company" as "t17" on "t17"."id" = "t15"."companyId" and "t17"."deletedAt" is null
join unnest("t4"."ids"[cardinality("t4"."ids"):]) with ordinality as "t16" (id, n) on "t15"."id" = "t16"."id"
order by "t16"."n") as "t14") as "endCursor") as r) as "pageInfo"
from (select * from (
select "t1"."companyId" as "dimension_1",
  count(*) as "totalCount",
  (array_agg("t1"."id" order by lower(left("t2"."name", 256)) nulls first, lower(left("t1"."nameLastName", 256)) desc nulls last, "t1"."id"))[2:11] as "ids",
  count(*) as "size"
from "crm"."person" as "t1"
left join "crm"."company" as "t2" on "t2"."id" = "t1"."companyId" and "t2"."deletedAt" is null
where "t1"."deletedAt" is null
group by 1) as "t3"
order by "t3"."totalCount" desc nulls last, "t3"."dimension_1" nulls first
limit 2) as "t4") as r;
