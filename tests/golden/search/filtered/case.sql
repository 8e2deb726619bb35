select "root_1"."hits" as "root_1_hits", "root_2"."record" as "root_2_record"
from (with words as materialized (select icosa.search_query($1::text, ' & ') as every_word),
"with_every" as materialized (
(select 0 as place, "t1"."id" as "recordId", 'company'::text as "objectNameSingular", 'Company'::text as "objectLabelSingular", concat_ws(' ', nullif("t1"."name"::text, '')) as "label", null::text as "imageUrl", ts_rank_cd("t1"."searchVector", words.every_word) as "tsRankCD", ts_rank("t1"."searchVector", words.every_word) as "tsRank"
from "crm"."company" as "t1", words
where "t1"."deletedAt" is null
  and ("t1"."createdAt" < $2::timestamptz(3) or "t1"."id" = any($3::uuid[]))
  and "t1"."searchVector" @@ words.every_word
order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 11))
select (select json_agg(row_to_json(h.*)) from (select "recordId", "objectNameSingular", "objectLabelSingular", "label", "imageUrl", "tsRankCD", "tsRank"
from (select * from "with_every") as m
order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 11) as h)::text::varchar as hits) as "root_1",
(select (select row_to_json(r.*) from (select coalesce("t2"."title", '') as "title"
from (select "t2"."id", "t2"."title" from "crm"."note" as "t2"
where "t2"."deletedAt" is null
  and "t2"."title" = $4::text
order by "t2"."id" limit 1) as "t2") as r)::text::varchar as record) as "root_2";
-- $1: acme
-- $2: 2024-01-02T00:00:00.000Z
-- $3: ['c0000000-0000-4000-8000-000000000002']
-- $4: Engine
