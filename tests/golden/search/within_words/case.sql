with words as materialized (select icosa.search_query($1::text, ' & ') as every_word),
"with_every" as materialized (
(select 0 as place, "t1"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t1"."nameFirstName"::text, ''), nullif("t1"."nameLastName"::text, '')) as "label", coalesce("t1"."avatarUrl", '') as "imageUrl", ts_rank_cd("t1"."searchVector", words.every_word) as "tsRankCD", ts_rank("t1"."searchVector", words.every_word) as "tsRank"
from "crm"."person" as "t1", words
where "t1"."deletedAt" is null
  and "t1"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 2)
union all
(select 1 as place, "t2"."id" as "recordId", 'company'::text as "objectNameSingular", 'Company'::text as "objectLabelSingular", concat_ws(' ', nullif("t2"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t2"."searchVector", words.every_word) as "tsRankCD", ts_rank("t2"."searchVector", words.every_word) as "tsRank"
from "crm"."company" as "t2", words
where "t2"."deletedAt" is null
  and "t2"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 2)
union all
(select 2 as place, "t3"."id" as "recordId", 'opportunity'::text as "objectNameSingular", 'Opportunity'::text as "objectLabelSingular", concat_ws(' ', nullif("t3"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t3"."searchVector", words.every_word) as "tsRankCD", ts_rank("t3"."searchVector", words.every_word) as "tsRank"
from "crm"."opportunity" as "t3", words
where "t3"."deletedAt" is null
  and "t3"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 2)
union all
(select 3 as place, "t4"."id" as "recordId", 'note'::text as "objectNameSingular", 'Note'::text as "objectLabelSingular", concat_ws(' ', nullif("t4"."title"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t4"."searchVector", words.every_word) as "tsRankCD", ts_rank("t4"."searchVector", words.every_word) as "tsRank"
from "crm"."note" as "t4", words
where "t4"."deletedAt" is null
  and "t4"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 2)
union all
(select 4 as place, "t5"."id" as "recordId", 'task'::text as "objectNameSingular", 'Task'::text as "objectLabelSingular", concat_ws(' ', nullif("t5"."title"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t5"."searchVector", words.every_word) as "tsRankCD", ts_rank("t5"."searchVector", words.every_word) as "tsRank"
from "crm"."task" as "t5", words
where "t5"."deletedAt" is null
  and "t5"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 2)
union all
(select 5 as place, "t6"."id" as "recordId", 'workspaceMember'::text as "objectNameSingular", 'Workspace Member'::text as "objectLabelSingular", concat_ws(' ', nullif("t6"."nameFirstName"::text, ''), nullif("t6"."nameLastName"::text, '')) as "label", coalesce("t6"."avatarUrl", '') as "imageUrl", ts_rank_cd("t6"."searchVector", words.every_word) as "tsRankCD", ts_rank("t6"."searchVector", words.every_word) as "tsRank"
from "crm"."workspaceMember" as "t6", words
where "t6"."deletedAt" is null
  and "t6"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 2)
union all
(select 6 as place, "t7"."id" as "recordId", 'sample'::text as "objectNameSingular", 'Sample'::text as "objectLabelSingular", concat_ws(' ', nullif("t7"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t7"."searchVector", words.every_word) as "tsRankCD", ts_rank("t7"."searchVector", words.every_word) as "tsRank"
from "crm"."_sample" as "t7", words
where "t7"."deletedAt" is null
  and "t7"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 2))
select (select json_agg(row_to_json(h.*)) from (select "recordId", "objectNameSingular", "objectLabelSingular", "label", "imageUrl", "tsRankCD", "tsRank"
from (select * from "with_every") as m
order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 2) as h)::text::varchar as hits;
-- $1: OVELAC

with words as materialized (select icosa.search_patterns($1::text) as patterns),
"within_words" as materialized (
(select 0 as place, "t1"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t1"."nameFirstName"::text, ''), nullif("t1"."nameLastName"::text, '')) as "label", coalesce("t1"."avatarUrl", '') as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."person" as "t1", words
where "t1"."deletedAt" is null
  and "t1"."searchVector"::text ilike all (words.patterns)
order by "recordId" limit 2)
union all
(select 1 as place, "t2"."id" as "recordId", 'company'::text as "objectNameSingular", 'Company'::text as "objectLabelSingular", concat_ws(' ', nullif("t2"."name"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."company" as "t2", words
where "t2"."deletedAt" is null
  and "t2"."searchVector"::text ilike all (words.patterns)
order by "recordId" limit 2)
union all
(select 2 as place, "t3"."id" as "recordId", 'opportunity'::text as "objectNameSingular", 'Opportunity'::text as "objectLabelSingular", concat_ws(' ', nullif("t3"."name"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."opportunity" as "t3", words
where "t3"."deletedAt" is null
  and "t3"."searchVector"::text ilike all (words.patterns)
order by "recordId" limit 2)
union all
(select 3 as place, "t4"."id" as "recordId", 'note'::text as "objectNameSingular", 'Note'::text as "objectLabelSingular", concat_ws(' ', nullif("t4"."title"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."note" as "t4", words
where "t4"."deletedAt" is null
  and "t4"."searchVector"::text ilike all (words.patterns)
order by "recordId" limit 2)
union all
(select 4 as place, "t5"."id" as "recordId", 'task'::text as "objectNameSingular", 'Task'::text as "objectLabelSingular", concat_ws(' ', nullif("t5"."title"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."task" as "t5", words
where "t5"."deletedAt" is null
  and "t5"."searchVector"::text ilike all (words.patterns)
order by "recordId" limit 2)
union all
(select 5 as place, "t6"."id" as "recordId", 'workspaceMember'::text as "objectNameSingular", 'Workspace Member'::text as "objectLabelSingular", concat_ws(' ', nullif("t6"."nameFirstName"::text, ''), nullif("t6"."nameLastName"::text, '')) as "label", coalesce("t6"."avatarUrl", '') as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."workspaceMember" as "t6", words
where "t6"."deletedAt" is null
  and "t6"."searchVector"::text ilike all (words.patterns)
order by "recordId" limit 2)
union all
(select 6 as place, "t7"."id" as "recordId", 'sample'::text as "objectNameSingular", 'Sample'::text as "objectLabelSingular", concat_ws(' ', nullif("t7"."name"::text, '')) as "label", null::text as "imageUrl", 0::float4 as "tsRankCD", 0::float4 as "tsRank"
from "crm"."_sample" as "t7", words
where "t7"."deletedAt" is null
  and "t7"."searchVector"::text ilike all (words.patterns)
order by "recordId" limit 2))
select (select json_agg(row_to_json(h.*)) from (select "recordId", "objectNameSingular", "objectLabelSingular", "label", "imageUrl", "tsRankCD", "tsRank"
from (select * from "within_words") as m
order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 2) as h)::text::varchar as hits;
-- $1: OVELAC
