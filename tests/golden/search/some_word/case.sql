with words as materialized (select icosa.search_query($1::text, ' & ') as every_word, icosa.search_query($1::text, ' | ') as some_word),
"with_every" as materialized (
(select 0 as place, "t1"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t1"."nameFirstName"::text, ''), nullif("t1"."nameLastName"::text, '')) as "label", coalesce("t1"."avatarUrl", '') as "imageUrl", ts_rank_cd("t1"."searchVector", words.every_word) as "tsRankCD", ts_rank("t1"."searchVector", words.every_word) as "tsRank"
from "crm"."person" as "t1", words
where "t1"."deletedAt" is null
  and "t1"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 1 as place, "t2"."id" as "recordId", 'opportunity'::text as "objectNameSingular", 'Opportunity'::text as "objectLabelSingular", concat_ws(' ', nullif("t2"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t2"."searchVector", words.every_word) as "tsRankCD", ts_rank("t2"."searchVector", words.every_word) as "tsRank"
from "crm"."opportunity" as "t2", words
where "t2"."deletedAt" is null
  and "t2"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 2 as place, "t3"."id" as "recordId", 'note'::text as "objectNameSingular", 'Note'::text as "objectLabelSingular", concat_ws(' ', nullif("t3"."title"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t3"."searchVector", words.every_word) as "tsRankCD", ts_rank("t3"."searchVector", words.every_word) as "tsRank"
from "crm"."note" as "t3", words
where "t3"."deletedAt" is null
  and "t3"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 3 as place, "t4"."id" as "recordId", 'task'::text as "objectNameSingular", 'Task'::text as "objectLabelSingular", concat_ws(' ', nullif("t4"."title"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t4"."searchVector", words.every_word) as "tsRankCD", ts_rank("t4"."searchVector", words.every_word) as "tsRank"
from "crm"."task" as "t4", words
where "t4"."deletedAt" is null
  and "t4"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 4 as place, "t5"."id" as "recordId", 'workspaceMember'::text as "objectNameSingular", 'Workspace Member'::text as "objectLabelSingular", concat_ws(' ', nullif("t5"."nameFirstName"::text, ''), nullif("t5"."nameLastName"::text, '')) as "label", coalesce("t5"."avatarUrl", '') as "imageUrl", ts_rank_cd("t5"."searchVector", words.every_word) as "tsRankCD", ts_rank("t5"."searchVector", words.every_word) as "tsRank"
from "crm"."workspaceMember" as "t5", words
where "t5"."deletedAt" is null
  and "t5"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)),
"with_some" as materialized (
(select 0 as place, "t6"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t6"."nameFirstName"::text, ''), nullif("t6"."nameLastName"::text, '')) as "label", coalesce("t6"."avatarUrl", '') as "imageUrl", ts_rank_cd("t6"."searchVector", words.every_word) as "tsRankCD", ts_rank("t6"."searchVector", words.every_word) as "tsRank"
from "crm"."person" as "t6", words
where "t6"."deletedAt" is null
  and "t6"."searchVector" @@ words.some_word
  and not "t6"."searchVector" @@ words.every_word
  and (select count(*) from "with_every") <= 5
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 1 as place, "t7"."id" as "recordId", 'opportunity'::text as "objectNameSingular", 'Opportunity'::text as "objectLabelSingular", concat_ws(' ', nullif("t7"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t7"."searchVector", words.every_word) as "tsRankCD", ts_rank("t7"."searchVector", words.every_word) as "tsRank"
from "crm"."opportunity" as "t7", words
where "t7"."deletedAt" is null
  and "t7"."searchVector" @@ words.some_word
  and not "t7"."searchVector" @@ words.every_word
  and (select count(*) from "with_every") <= 5
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 2 as place, "t8"."id" as "recordId", 'note'::text as "objectNameSingular", 'Note'::text as "objectLabelSingular", concat_ws(' ', nullif("t8"."title"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t8"."searchVector", words.every_word) as "tsRankCD", ts_rank("t8"."searchVector", words.every_word) as "tsRank"
from "crm"."note" as "t8", words
where "t8"."deletedAt" is null
  and "t8"."searchVector" @@ words.some_word
  and not "t8"."searchVector" @@ words.every_word
  and (select count(*) from "with_every") <= 5
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 3 as place, "t9"."id" as "recordId", 'task'::text as "objectNameSingular", 'Task'::text as "objectLabelSingular", concat_ws(' ', nullif("t9"."title"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t9"."searchVector", words.every_word) as "tsRankCD", ts_rank("t9"."searchVector", words.every_word) as "tsRank"
from "crm"."task" as "t9", words
where "t9"."deletedAt" is null
  and "t9"."searchVector" @@ words.some_word
  and not "t9"."searchVector" @@ words.every_word
  and (select count(*) from "with_every") <= 5
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6)
union all
(select 4 as place, "t10"."id" as "recordId", 'workspaceMember'::text as "objectNameSingular", 'Workspace Member'::text as "objectLabelSingular", concat_ws(' ', nullif("t10"."nameFirstName"::text, ''), nullif("t10"."nameLastName"::text, '')) as "label", coalesce("t10"."avatarUrl", '') as "imageUrl", ts_rank_cd("t10"."searchVector", words.every_word) as "tsRankCD", ts_rank("t10"."searchVector", words.every_word) as "tsRank"
from "crm"."workspaceMember" as "t10", words
where "t10"."deletedAt" is null
  and "t10"."searchVector" @@ words.some_word
  and not "t10"."searchVector" @@ words.every_word
  and (select count(*) from "with_every") <= 5
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 6))
select (select json_agg(row_to_json(h.*)) from (select "recordId", "objectNameSingular", "objectLabelSingular", "label", "imageUrl", "tsRankCD", "tsRank"
from (select * from "with_every"
union all
select * from "with_some") as m
order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 6) as h)::text::varchar as hits;
-- $1: Ádá cobol
