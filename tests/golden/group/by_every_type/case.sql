select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t3"."dimension_1", ("t3"."dimension_2")::text, "t3"."dimension_3", "t3"."dimension_4", "t3"."dimension_5", to_char("t3"."dimension_6" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), "t3"."dimension_7", "t3"."dimension_8", "t3"."dimension_9", ("t3"."dimension_10")::text) as "groupByDimensionValues"
from (select * from (
select "t1"."textField" as "dimension_1",
  "t1"."numberField" as "dimension_2",
  "t1"."booleanField" as "dimension_3",
  "t1"."uuidField" as "dimension_4",
  "t1"."dateField" as "dimension_5",
  "t1"."dateTimeField" as "dimension_6",
  "t1"."selectField" as "dimension_7",
  "t1"."multiSelectField" as "dimension_8",
  "t1"."arrayField" as "dimension_9",
  "t1"."currencyFieldAmountMicros" as "dimension_10"
from "crm"."_sample" as "t1"
where "t1"."deletedAt" is null
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) as "t2"
order by "t2"."dimension_1" nulls first, "t2"."dimension_2" nulls first, "t2"."dimension_3" nulls first, "t2"."dimension_4" nulls first, "t2"."dimension_5" nulls first, "t2"."dimension_6" nulls first, "t2"."dimension_7" nulls first, "t2"."dimension_8" nulls first, "t2"."dimension_9" nulls first, "t2"."dimension_10" nulls first
limit 50) as "t3") as r;
