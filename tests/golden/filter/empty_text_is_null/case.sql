select "root_1"."records" as "root_1_records", "root_2"."records" as "root_2_records", "root_3"."records" as "root_3_records", "root_4"."records" as "root_4_records", "root_5"."records" as "root_5_records"
from (select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  "t2"."id" as "id",
  coalesce("t2"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and ("t1"."name" is null or "t1"."name" = '')
order by "t1"."id" limit 200) as "t2") as r)::varchar as records) as "root_1",
(select (select string_agg(row_to_json(r.*)::text, $2::text)
from (select
  "t4"."id" as "id",
  coalesce("t4"."name", '') as "name"
from (select "t3"."id", "t3"."name"
from "crm"."company" as "t3"
where "t3"."deletedAt" is null
  and ("t3"."name" is null or "t3"."name" = '')
order by "t3"."id" limit 200) as "t4") as r)::varchar as records) as "root_2",
(select (select string_agg(row_to_json(r.*)::text, $3::text)
from (select
  "t6"."id" as "id",
  coalesce("t6"."name", '') as "name"
from (select "t5"."id", "t5"."name"
from "crm"."company" as "t5"
where "t5"."deletedAt" is null
  and ("t5"."name" is null or "t5"."name" = '')
order by "t5"."id" limit 200) as "t6") as r)::varchar as records) as "root_3",
(select (select string_agg(row_to_json(r.*)::text, $4::text)
from (select
  "t8"."id" as "id",
  coalesce("t8"."name", '') as "name"
from (select "t7"."id", "t7"."name"
from "crm"."company" as "t7"
where "t7"."deletedAt" is null
  and ("t7"."name" is null or "t7"."name" = '')
order by "t7"."id" limit 200) as "t8") as r)::varchar as records) as "root_4",
(select (select string_agg(row_to_json(r.*)::text, $5::text)
from (select
  "t10"."id" as "id",
  coalesce("t10"."name", '') as "name"
from (select "t9"."id", "t9"."name"
from "crm"."company" as "t9"
where "t9"."deletedAt" is null
  and ("t9"."name" is not null and "t9"."name" <> '')
order by "t9"."id" limit 200) as "t10") as r)::varchar as records) as "root_5";
-- $1: },{"node":
-- $2: },{"node":
-- $3: },{"node":
-- $4: },{"node":
-- $5: },{"node":
