select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."_sample" as "t1"
where "t1"."deletedAt" is null
  and "t1"."numberField" >= $2::float8
  and "t1"."numberField" < $3::float8
  and "t1"."dateField" = $4::date
  and "t1"."dateTimeField" = $5::timestamptz(3)
  and "t1"."currencyFieldAmountMicros" <= $6::numeric
order by "t1"."id" limit 200) as "t2") as r)::varchar as records,
(select count(*) from "crm"."_sample" as "t3"
where "t3"."deletedAt" is null
  and "t3"."numberField" >= $2::float8
  and "t3"."numberField" < $3::float8
  and "t3"."dateField" = $4::date
  and "t3"."dateTimeField" = $5::timestamptz(3)
  and "t3"."currencyFieldAmountMicros" <= $6::numeric) as "total";
-- $1: },{"node":
-- $2: 1.0
-- $3: 2.0
-- $4: 2024-02-29
-- $5: 2024-02-29T10:30:00.000Z
-- $6: 1
