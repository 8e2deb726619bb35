select "root_1"."records" as "root_1_records", "root_2"."records" as "root_2_records", "root_3"."records" as "root_3_records", "root_4"."records" as "root_4_records", "root_5"."records" as "root_5_records"
from (select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
  and "t1"."name" like $2::text
order by "t1"."id" limit 200) as "t2") as r)::varchar as records) as "root_1",
(select (select string_agg(row_to_json(r.*)::text, $3::text)
from (select
  coalesce("t4"."name", '') as "name"
from (select "t3"."id", "t3"."name"
from "crm"."company" as "t3"
where "t3"."deletedAt" is null
  and starts_with("t3"."tagline", $4::text)
order by "t3"."id" limit 200) as "t4") as r)::varchar as records) as "root_2",
(select (select string_agg(row_to_json(r.*)::text, $5::text)
from (select
  coalesce("t6"."name", '') as "name"
from (select "t5"."id", "t5"."name"
from "crm"."company" as "t5"
where "t5"."deletedAt" is null
  and right("t5"."tagline", length($6::text)) = $6::text
order by "t5"."id" limit 200) as "t6") as r)::varchar as records) as "root_3",
(select (select string_agg(row_to_json(r.*)::text, $7::text)
from (select
  coalesce("t8"."name", '') as "name"
from (select "t7"."id", "t7"."name"
from "crm"."company" as "t7"
where "t7"."deletedAt" is null
  and "t7"."name" ~ $8::text
order by "t7"."id" limit 200) as "t8") as r)::varchar as records) as "root_4",
(select (select string_agg(row_to_json(r.*)::text, $9::text)
from (select
  coalesce("t10"."name", '') as "name"
from (select "t9"."id", "t9"."name"
from "crm"."_sample" as "t9"
where "t9"."deletedAt" is null
  and "t9"."rawJsonField"::text like $10::text
order by "t9"."id" limit 200) as "t10") as r)::varchar as records) as "root_5";
-- $1: },{"node":
-- $2: A%
-- $3: },{"node":
-- $4: 100%
-- $5: },{"node":
-- $6: wood
-- $7: },{"node":
-- $8: ^[A-C]
-- $9: },{"node":
-- $10: %null%
