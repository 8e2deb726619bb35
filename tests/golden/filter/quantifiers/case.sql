select "root_1"."records" as "root_1_records", "root_2"."records" as "root_2_records", "root_3"."records" as "root_3_records"
from (select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t3"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and exists (select from "crm"."person" as "t2" where "t2"."companyId" = "t1"."id" and "t2"."deletedAt" is null and "t2"."jobTitle" ilike $2::text)
order by "t1"."id" limit 200) as "t3") as r)::varchar as records) as "root_1",
(select (select string_agg(row_to_json(r.*)::text, $3::text)
from (select
  coalesce("t6"."name", '') as "name"
from (select "t4"."id", "t4"."name"
from "crm"."company" as "t4"
where "t4"."deletedAt" is null
  and not exists (select from "crm"."person" as "t5" where "t5"."companyId" = "t4"."id" and "t5"."deletedAt" is null and true)
order by "t4"."id" limit 200) as "t6") as r)::varchar as records) as "root_2",
(select (select string_agg(row_to_json(r.*)::text, $4::text)
from (select
  coalesce("t9"."name", '') as "name"
from (select "t7"."id", "t7"."name"
from "crm"."company" as "t7"
where "t7"."deletedAt" is null
  and not exists (select from "crm"."person" as "t8" where "t8"."companyId" = "t7"."id" and "t8"."deletedAt" is null and ("t8"."jobTitle" is not null) is not true)
order by "t7"."id" limit 200) as "t9") as r)::varchar as records) as "root_3";
-- $1: },{"node":
-- $2: analyst
-- $3: },{"node":
-- $4: },{"node":
