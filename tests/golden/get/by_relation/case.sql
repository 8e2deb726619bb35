select (select row_to_json(r.*) from (select "t3#" as "name",
  (select "t4"."id" from "crm"."company" as "t4" where "t4"."id" = "t1"."companyId" and "t4"."deletedAt" is null) as "companyId",
  (select row_to_json(r.*) from (select coalesce("t5"."name", '') as "name"
from "crm"."company" as "t5"
  where "t5"."id" = "t1"."companyId" and "t5"."deletedAt" is null) as r) as "company"
from (select "t1"."companyId", "t1"."id", "t1"."nameFirstName", "t1"."nameLastName" from "crm"."person" as "t1"
left join "crm"."company" as "t2" on "t2"."id" = "t1"."companyId" and "t2"."deletedAt" is null
where "t1"."deletedAt" is null
  and "t2"."addressAddressCity" = $1::text
order by "t1"."id" limit 1) as "t1"
cross join lateral (select coalesce("t1"."nameFirstName", '') as "firstName") as "t3#") as r)::text::varchar as record;
-- $1: Paris
