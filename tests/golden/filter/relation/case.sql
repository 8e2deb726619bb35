select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t5"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."opportunity" as "t1"
left join "crm"."person" as "t2" on "t2"."id" = "t1"."pointOfContactId" and "t2"."deletedAt" is null
left join "crm"."company" as "t3" on "t3"."id" = "t2"."companyId" and "t3"."deletedAt" is null
left join "crm"."company" as "t4" on "t4"."id" = "t1"."companyId" and "t4"."deletedAt" is null
where "t1"."deletedAt" is null
  and "t3"."name" ilike $2::text
  and "t4"."addressAddressCity" = $3::text
order by "t1"."id" limit 200) as "t5") as r)::varchar as records;
-- $1: },{"node":
-- $2: ac%
-- $3: Paris
