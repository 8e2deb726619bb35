select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  (select row_to_json(r.*) from (select coalesce("t3"."title", '') as "title"
from "crm"."note" as "t3"
  where "t3"."id" = "t2"."noteId" and "t3"."deletedAt" is null) as r) as "note",
  (select "t4"."id" from "crm"."person" as "t4" where "t4"."id" = "t2"."targetPersonId" and "t4"."deletedAt" is null) as "targetPersonId",
  (select row_to_json(r.*) from (select "t6#" as "name",
  (select row_to_json(r.*) from (select coalesce("t7"."name", '') as "name",
  (select row_to_json(r.*) from (select (select count(*) from "crm"."person" as "t9"
where "t9"."deletedAt" is null
  and "t9"."companyId" = "t7"."id") as "totalCount") as r) as "people"
from "crm"."company" as "t7"
  where "t7"."id" = "t5"."companyId" and "t7"."deletedAt" is null) as r) as "company"
from "crm"."person" as "t5"
cross join lateral (select coalesce("t5"."nameFirstName", '') as "firstName") as "t6#"
  where "t5"."id" = "t2"."targetPersonId" and "t5"."deletedAt" is null) as r) as "targetPerson",
  (select row_to_json(r.*) from (select coalesce("t10"."name", '') as "name"
from "crm"."company" as "t10"
  where "t10"."id" = "t2"."targetCompanyId" and "t10"."deletedAt" is null) as r) as "targetCompany"
from (select "t1"."id", "t1"."noteId", "t1"."targetCompanyId", "t1"."targetPersonId"
from "crm"."noteTarget" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 200) as "t2") as r)::varchar as records;
-- $1: },{"node":
