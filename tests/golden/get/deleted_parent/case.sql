select "root_1"."record" as "root_1_record", "root_2"."record" as "root_2_record"
from (select (select row_to_json(r.*) from (select (select "t2"."id" from "crm"."company" as "t2" where "t2"."id" = "t1"."companyId" and "t2"."deletedAt" is null) as "companyId",
  (select row_to_json(r.*) from (select coalesce("t3"."name", '') as "name"
from "crm"."company" as "t3"
  where "t3"."id" = "t1"."companyId" and "t3"."deletedAt" is null) as r) as "company"
from (select "t1"."companyId", "t1"."id" from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and "t1"."nameFirstName" = $1::text
order by "t1"."id" limit 1) as "t1") as r)::text::varchar as record) as "root_1",
(select (select row_to_json(r.*) from (select "t4"."companyId" as "companyId"
from (select "t4"."companyId", "t4"."id" from "crm"."person" as "t4"
where "t4"."deletedAt" is null
  and "t4"."nameFirstName" = $2::text
order by "t4"."id" limit 1) as "t4") as r)::text::varchar as record) as "root_2";
-- $1: Mary
-- $2: Mary
