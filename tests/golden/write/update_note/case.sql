with written as (update "crm"."note" as "t1" set "title" = "input"."title", "updatedBySource" = "input"."updatedBySource", "updatedByWorkspaceMemberId" = "input"."updatedByWorkspaceMemberId", "updatedByName" = "input"."updatedByName", "updatedByContext" = "input"."updatedByContext", "updatedAt" = now()
from json_to_record($1::json) as input ("title" text, "updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb)
where "t1"."id" = $2::uuid
returning "t1"."bodyV2Blocknote", "t1"."bodyV2Markdown", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."id", "t1"."position", "t1"."searchVector", "t1"."title", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId")
select string_agg(row_to_json(r.*)::text, $3::text)::varchar as records
from (select
  "t2"."id" as "id",
  to_char("t2"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t2"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t2"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t2"."position" as "position",
  coalesce("t2"."title", '') as "title",
  "t3#" as "bodyV2",
  "t4#" as "createdBy",
  "t5#" as "updatedBy",
  "t2"."searchVector" as "searchVector"
from written as "t2"
cross join lateral (select "t2"."bodyV2Blocknote" as "blocknote",
  coalesce("t2"."bodyV2Markdown", '') as "markdown") as "t3#"
cross join lateral (select coalesce("t2"."createdBySource", 'MANUAL') as "source",
  "t2"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t2"."createdByName", '') as "name",
  coalesce("t2"."createdByContext", case when "t2"."createdBySource" is null then '{}'::jsonb end) as "context") as "t4#"
cross join lateral (select coalesce("t2"."updatedBySource", 'MANUAL') as "source",
  "t2"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t2"."updatedByName", '') as "name",
  coalesce("t2"."updatedByContext", case when "t2"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t5#") as r;
-- $1: {"title":"Loom","updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{}}
-- $2: d0000000-0000-4000-8000-000000000001
-- $3: ,
