select "root_1"."records" as "root_1_records", "root_2"."records" as "root_2_records", "root_3"."records" as "root_3_records", "root_4"."records" as "root_4_records"
from (select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name",
  coalesce("t2"."workPolicy", '{}'::text[]) as "workPolicy"
from (select "t1"."id", "t1"."name", "t1"."workPolicy"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and "t1"."workPolicy" && $2::text[]
order by "t1"."id" limit 200) as "t2") as r)::varchar as records) as "root_1",
(select (select string_agg(row_to_json(r.*)::text, $3::text)
from (select
  coalesce("t4"."name", '') as "name"
from (select "t3"."id", "t3"."name"
from "crm"."company" as "t3"
where "t3"."deletedAt" is null
  and coalesce(cardinality("t3"."workPolicy"), 0) = 0
order by "t3"."id" limit 200) as "t4") as r)::varchar as records) as "root_2",
(select (select string_agg(row_to_json(r.*)::text, $4::text)
from (select
  coalesce("t6"."name", '') as "name"
from (select "t5"."id", "t5"."name"
from "crm"."company" as "t5"
where "t5"."deletedAt" is null
  and cardinality("t5"."workPolicy") > 0
order by "t5"."id" limit 200) as "t6") as r)::varchar as records) as "root_3",
(select (select string_agg(row_to_json(r.*)::text, $5::text)
from (select
  coalesce("t8"."name", '') as "name"
from (select "t7"."id", "t7"."name"
from "crm"."_sample" as "t7"
where "t7"."deletedAt" is null
  and exists (select 1 from unnest("t7"."arrayField") as item where item ilike '%' || $6::text || '%')
order by "t7"."id" limit 200) as "t8") as r)::varchar as records) as "root_4";
-- $1: },{"node":
-- $2: ['HYBRID', 'ON_SITE']
-- $3: },{"node":
-- $4: },{"node":
-- $5: },{"node":
-- $6: ON
