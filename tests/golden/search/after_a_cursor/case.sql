with "all_records" as materialized (
(select 0 as place, "t1"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t1"."nameFirstName"::text, ''), nullif("t1"."nameLastName"::text, '')) as "label", coalesce("t1"."avatarUrl", '') as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and "t1"."searchVector" is not null
  and (0::float4 < $1::float4 or (0::float4 = $1::float4 and 0::float4 < $2::float4))
order by "recordId" limit 4)
union all
(select 1 as place, "t2"."id" as "recordId", 'company'::text as "objectNameSingular", 'Company'::text as "objectLabelSingular", concat_ws(' ', nullif("t2"."name"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."company" as "t2"
where "t2"."deletedAt" is null
  and "t2"."searchVector" is not null
  and (0::float4 < $1::float4 or (0::float4 = $1::float4 and (0::float4 < $2::float4 or (0::float4 = $2::float4 and "t2"."id" > $3::uuid))))
order by "recordId" limit 4)
union all
(select 2 as place, "t3"."id" as "recordId", 'note'::text as "objectNameSingular", 'Note'::text as "objectLabelSingular", concat_ws(' ', nullif("t3"."title"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."note" as "t3"
where "t3"."deletedAt" is null
  and "t3"."searchVector" is not null
  and (0::float4 < $1::float4 or (0::float4 = $1::float4 and (0::float4 < $2::float4 or 0::float4 = $2::float4)))
order by "recordId" limit 4))
select (select json_agg(row_to_json(h.*)) from (select "recordId", "objectNameSingular", "objectLabelSingular", "label", "imageUrl", "tsRankCD", "tsRank"
from (select * from "all_records") as m
order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 4) as h)::text::varchar as hits;
-- $1: 0
-- $2: 0
-- $3: c0000000-0000-4000-8000-000000000003
