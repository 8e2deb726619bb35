select (select row_to_json(r.*) from (select "t1"."id" as "id",
  to_char("t1"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t1"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t1"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t1"."position" as "position",
  coalesce("t1"."title", '') as "title",
  "t2#" as "bodyV2",
  "t3#" as "createdBy",
  "t4#" as "updatedBy",
  "t1"."searchVector" as "searchVector"
from (select "t1"."bodyV2Blocknote", "t1"."bodyV2Markdown", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."id", "t1"."position", "t1"."searchVector", "t1"."title", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId" from "crm"."note" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = $1::uuid) as "t1"
cross join lateral (select "t1"."bodyV2Blocknote" as "blocknote",
  coalesce("t1"."bodyV2Markdown", '') as "markdown") as "t2#"
cross join lateral (select coalesce("t1"."createdBySource", 'MANUAL') as "source",
  "t1"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."createdByName", '') as "name",
  coalesce("t1"."createdByContext", case when "t1"."createdBySource" is null then '{}'::jsonb end) as "context") as "t3#"
cross join lateral (select coalesce("t1"."updatedBySource", 'MANUAL') as "source",
  "t1"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."updatedByName", '') as "name",
  coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t4#") as r)::text::varchar as record;
-- $1: d0000000-0000-4000-8000-000000000001
