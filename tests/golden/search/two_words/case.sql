with words as materialized (select icosa.search_query($1::text, ' & ') as every_word, icosa.search_query($1::text, ' | ') as some_word),
"with_every" as materialized (
(select 0 as place, "t1"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t1"."nameFirstName"::text, ''), nullif("t1"."nameLastName"::text, '')) as "label", coalesce("t1"."avatarUrl", '') as "imageUrl", ts_rank_cd("t1"."searchVector", words.every_word) as "tsRankCD", ts_rank("t1"."searchVector", words.every_word) as "tsRank"
from "crm"."person" as "t1", words
where "t1"."deletedAt" is null
  and "t1"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 3)
union all
(select 1 as place, "t2"."id" as "recordId", 'company'::text as "objectNameSingular", 'Company'::text as "objectLabelSingular", concat_ws(' ', nullif("t2"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t2"."searchVector", words.every_word) as "tsRankCD", ts_rank("t2"."searchVector", words.every_word) as "tsRank"
from "crm"."company" as "t2", words
where "t2"."deletedAt" is null
  and "t2"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 3)),
"with_some" as materialized (
(select 0 as place, "t3"."id" as "recordId", 'person'::text as "objectNameSingular", 'Person'::text as "objectLabelSingular", concat_ws(' ', nullif("t3"."nameFirstName"::text, ''), nullif("t3"."nameLastName"::text, '')) as "label", coalesce("t3"."avatarUrl", '') as "imageUrl", ts_rank_cd("t3"."searchVector", words.every_word) as "tsRankCD", ts_rank("t3"."searchVector", words.every_word) as "tsRank"
from "crm"."person" as "t3", words
where "t3"."deletedAt" is null
  and "t3"."searchVector" @@ words.some_word
  and not "t3"."searchVector" @@ words.every_word
  and (select count(*) from "with_every") <= 2
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 3)
union all
(select 1 as place, "t4"."id" as "recordId", 'company'::text as "objectNameSingular", 'Company'::text as "objectLabelSingular", concat_ws(' ', nullif("t4"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t4"."searchVector", words.every_word) as "tsRankCD", ts_rank("t4"."searchVector", words.every_word) as "tsRank"
from "crm"."company" as "t4", words
where "t4"."deletedAt" is null
  and "t4"."searchVector" @@ words.some_word
  and not "t4"."searchVector" @@ words.every_word
  and (select count(*) from "with_every") <= 2
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 3))
select (select json_agg(row_to_json(h.*)) from (select "recordId", "objectNameSingular", "objectLabelSingular", "label", "imageUrl", "tsRankCD", "tsRank"
from (select * from "with_every"
union all
select * from "with_some") as m
order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 3) as h)::text::varchar as hits;
-- $1: ada lovelace
