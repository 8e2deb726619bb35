with input as (select * from json_to_recordset($1::json) as x ("#" int, "id" uuid, "position" float8, "title" text, "#rank" float8), json_to_record($2::json) as s ("createdBySource" text, "createdByWorkspaceMemberId" uuid, "createdByName" text, "createdByContext" jsonb, "updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb)),
written as (insert into "crm"."note" ("id", "position", "title", "createdBySource", "createdByWorkspaceMemberId", "createdByName", "createdByContext", "updatedBySource", "updatedByWorkspaceMemberId", "updatedByName", "updatedByContext")
select "input"."id", case when "input"."#rank" is null then "input"."position" when "input"."#rank" < 0 then coalesce(least((select "position" from "crm"."note" where "deletedAt" is null order by "position" limit 1), (select min("position") from input)), 1) + "input"."#rank" else coalesce(greatest((select "position" from "crm"."note" where "deletedAt" is null order by "position" desc limit 1), (select max("position") from input)), 1) + "input"."#rank" end, "input"."title", "input"."createdBySource", "input"."createdByWorkspaceMemberId", "input"."createdByName", "input"."createdByContext", "input"."updatedBySource", "input"."updatedByWorkspaceMemberId", "input"."updatedByName", "input"."updatedByContext"
from input order by "input"."#"
returning "bodyV2Blocknote", "bodyV2Markdown", "createdAt", "createdByContext", "createdByName", "createdBySource", "createdByWorkspaceMemberId", "deletedAt", "id", "position", "searchVector", "title", "updatedAt", "updatedByContext", "updatedByName", "updatedBySource", "updatedByWorkspaceMemberId")
select string_agg(row_to_json(r.*)::text, $3::text)::varchar as records
from (select
  "t1"."id" as "id",
  to_char("t1"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t1"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t1"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t1"."position" as "position",
  coalesce("t1"."title", '') as "title",
  "t2#" as "bodyV2",
  "t3#" as "createdBy",
  "t4#" as "updatedBy",
  "t1"."searchVector" as "searchVector"
from written as "t1" join input on "input"."id" = "t1"."id"
cross join lateral (select "t1"."bodyV2Blocknote" as "blocknote",
  coalesce("t1"."bodyV2Markdown", '') as "markdown") as "t2#"
cross join lateral (select coalesce("t1"."createdBySource", 'MANUAL') as "source",
  "t1"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."createdByName", '') as "name",
  coalesce("t1"."createdByContext", case when "t1"."createdBySource" is null then '{}'::jsonb end) as "context") as "t3#"
cross join lateral (select coalesce("t1"."updatedBySource", 'MANUAL') as "source",
  "t1"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."updatedByName", '') as "name",
  coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t4#"
order by "input"."#") as r;
-- $1: [{"id":"d0000000-0000-4000-8000-00000000000a","title":"A","position":null,"#rank":-1,"#":0},{"id":"d0000000-0000-4000-8000-00000000000b","title":"B","position":null,"#rank":2,"#":1},{"id":"d0000000-0000-4000-8000-00000000000c","title":"C","position":7,"#":2}]
-- $2: {"updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{},"createdBySource":"API","createdByWorkspaceMemberId":null,"createdByName":"First key","createdByContext":{}}
-- $3: ,
