with "all_records" as materialized (
(select 0 as place, "t1"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t1"."nameFirstName"::text, ''), nullif("t1"."nameLastName"::text, '')) as "label", coalesce("t1"."avatarUrl", '') as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and "t1"."searchVector" is not null
order by "recordId" limit 101)
union all
(select 1 as place, "t2"."id" as "recordId", 'company'::text as "objectNameSingular", 'Company'::text as "objectLabelSingular", concat_ws(' ', nullif("t2"."name"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."company" as "t2"
where "t2"."deletedAt" is null
  and "t2"."searchVector" is not null
order by "recordId" limit 101)
union all
(select 2 as place, "t3"."id" as "recordId", 'opportunity'::text as "objectNameSingular", 'Opportunity'::text as "objectLabelSingular", concat_ws(' ', nullif("t3"."name"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."opportunity" as "t3"
where "t3"."deletedAt" is null
  and "t3"."searchVector" is not null
order by "recordId" limit 101)
union all
(select 3 as place, "t4"."id" as "recordId", 'note'::text as "objectNameSingular", 'Note'::text as "objectLabelSingular", concat_ws(' ', nullif("t4"."title"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."note" as "t4"
where "t4"."deletedAt" is null
  and "t4"."searchVector" is not null
order by "recordId" limit 101)
union all
(select 4 as place, "t5"."id" as "recordId", 'task'::text as "objectNameSingular", 'Task'::text as "objectLabelSingular", concat_ws(' ', nullif("t5"."title"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."task" as "t5"
where "t5"."deletedAt" is null
  and "t5"."searchVector" is not null
order by "recordId" limit 101)
union all
(select 5 as place, "t6"."id" as "recordId", 'sample'::text as "objectNameSingular", 'Sample'::text as "objectLabelSingular", concat_ws(' ', nullif("t6"."name"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."_sample" as "t6"
where "t6"."deletedAt" is null
  and "t6"."searchVector" is not null
order by "recordId" limit 101))
select (select json_agg(row_to_json(h.*)) from (select "recordId", "objectNameSingular", "objectLabelSingular", "label", "imageUrl", "tsRankCD", "tsRank"
from (select * from "all_records") as m
order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 101) as h)::text::varchar as hits;
