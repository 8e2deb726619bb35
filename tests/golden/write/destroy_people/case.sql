with targets as (select "t1"."id" as id from "crm"."person" as "t1"
left join "crm"."company" as "t2" on "t2"."id" = "t1"."companyId" and "t2"."deletedAt" is null
where "t2"."name" = $1::text
for update of "t1"),
written as (delete from "crm"."person" as "t1"
where "t1"."id" in (select id from targets)
returning "t1"."companyId", "t1"."id", "t1"."nameFirstName", "t1"."nameLastName")
select string_agg(row_to_json(r.*)::text, $2::text)::varchar as records
from (select
  "t3"."id" as "id",
  "t4#" as "name",
  (select row_to_json(r.*) from (select coalesce("t5"."name", '') as "name"
from "crm"."company" as "t5"
  where "t5"."id" = "t3"."companyId" and "t5"."deletedAt" is null) as r) as "company"
from written as "t3"
cross join lateral (select coalesce("t3"."nameFirstName", '') as "firstName",
  coalesce("t3"."nameLastName", '') as "lastName") as "t4#"
order by "t3"."id") as r;
-- $1: Acme
-- $2: ,
