select string_agg(row_to_json(r.*)::text, ',')::varchar as groups
from (select
  json_build_array("t3"."dimension_1") as "groupByDimensionValues",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t6"."id" as "id",
  to_char("t6"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t6"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t6"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t6"."position" as "position",
  coalesce("t6"."title", '') as "title",
  "t7#" as "bodyV2",
  "t8#" as "createdBy",
  "t9#" as "updatedBy",
  "t6"."searchVector" as "searchVector"
from (select "t4"."bodyV2Blocknote", "t4"."bodyV2Markdown", "t4"."createdAt", "t4"."createdByContext", "t4"."createdByName", "t4"."createdBySource", "t4"."createdByWorkspaceMemberId", "t4"."deletedAt", "t4"."id", "t4"."position", "t4"."searchVector", "t4"."title", "t4"."updatedAt", "t4"."updatedByContext", "t4"."updatedByName", "t4"."updatedBySource", "t4"."updatedByWorkspaceMemberId"
from "crm"."note" as "t4"
join unnest("t3"."ids") with ordinality as "t5" (id, n) on "t4"."id" = "t5"."id"
order by "t5"."n") as "t6"
cross join lateral (select "t6"."bodyV2Blocknote" as "blocknote",
  coalesce("t6"."bodyV2Markdown", '') as "markdown") as "t7#"
cross join lateral (select coalesce("t6"."createdBySource", 'MANUAL') as "source",
  "t6"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t6"."createdByName", '') as "name",
  coalesce("t6"."createdByContext", case when "t6"."createdBySource" is null then '{}'::jsonb end) as "context") as "t8#"
cross join lateral (select coalesce("t6"."updatedBySource", 'MANUAL') as "source",
  "t6"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t6"."updatedByName", '') as "name",
  coalesce("t6"."updatedByContext", case when "t6"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t9#") as r) as "records"
from (select * from (
select "t1"."title" as "dimension_1",
  (array_agg("t1"."id" order by "t1"."createdAt" desc, "t1"."id"))[1:10] as "ids"
from "crm"."note" as "t1"
where "t1"."deletedAt" is null
group by 1) as "t2"
order by "t2"."dimension_1" nulls first
limit 50) as "t3") as r;
