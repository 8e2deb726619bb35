select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t4"."dimension_1") as "groupByDimensionValues",
  "t4"."totalCount" as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t8"."#1", 256), '') as "name") as k) as "company",
  (select row_to_json(k.*) from (select coalesce(left("t8"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t8"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor",
  (select row_to_json(r.*) from (select "t9#" as "name",
  (select row_to_json(r.*) from (select coalesce("t10"."name", '') as "name"
from "crm"."company" as "t10"
  where "t10"."id" = "t8"."companyId" and "t10"."deletedAt" is null) as r) as "company"
from lateral (select coalesce("t8"."nameLastName", '') as "lastName") as "t9#") as r) as "node"
from (select "t5"."companyId", "t5"."id", "t5"."nameFirstName", "t5"."nameLastName", "t7"."name" as "#1"
from "crm"."person" as "t5"
left join "crm"."company" as "t7" on "t7"."id" = "t5"."companyId" and "t7"."deletedAt" is null
join unnest("t4"."ids") with ordinality as "t6" (id, n) on "t5"."id" = "t6"."id"
order by "t6"."n") as "t8") as r) as "edges",
  (select row_to_json(r.*) from (select "t4"."size" > 11 as "hasNextPage",
  true as "hasPreviousPage",
  (select translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t11"."#1", 256), '') as "name") as k) as "company",
  (select row_to_json(k.*) from (select coalesce(left("t11"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t11"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') from (select "t12"."companyId", "t12"."id", "t12"."nameFirstName", "t12"."nameLastName", "t14"."name" as "#1"
from "crm"."person" as "t12"
left join "crm"."company" as "t14" on "t14"."id" = "t12"."companyId" and "t14"."deletedAt" is null
join unnest("t4"."ids"[1:1]) with ordinality as "t13" (id, n) on "t12"."id" = "t13"."id"
order by "t13"."n") as "t11") as "startCursor",
  (select translate(encode(convert_to((select row_to_json(r.*) from (select (select row_to_json(k.*) from (select coalesce(left("t15"."#1", 256), '') as "name") as k) as "company",
  (select row_to_json(k.*) from (select coalesce(left("t15"."nameLastName", 256), '') as "lastName") as k) as "name",
  "t15"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') from (select "t16"."companyId", "t16"."id", "t16"."nameFirstName", "t16"."nameLastName", "t18"."name" as "#1"
from "crm"."person" as "t16"
left join "crm"."company" as "t18" on "t18"."id" = "t16"."companyId" and "t18"."deletedAt" is null
join unnest("t4"."ids"[cardinality("t4"."ids"):]) with ordinality as "t17" (id, n) on "t16"."id" = "t17"."id"
order by "t17"."n") as "t15") as "endCursor") as r) as "pageInfo"
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
