with written as (update "crm"."note" as "t1" set "title" = "input"."title", "updatedBySource" = "input"."updatedBySource", "updatedByWorkspaceMemberId" = "input"."updatedByWorkspaceMemberId", "updatedByName" = "input"."updatedByName", "updatedByContext" = "input"."updatedByContext", "updatedAt" = now()
from json_to_record($1::json) as input ("title" text, "updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb)
where "t1"."id" = $2::uuid
returning "t1"."id", "t1"."title")
select string_agg(row_to_json(r.*)::text, $3::text)::varchar as records
from (select
  coalesce("t2"."title", '') as "title"
from written as "t2") as r;
-- $1: {"title":"1","updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{}}
-- $2: d0000000-0000-4000-8000-000000000001
-- $3: ,

with written as (update "crm"."note" as "t1" set "title" = "input"."title", "updatedBySource" = "input"."updatedBySource", "updatedByWorkspaceMemberId" = "input"."updatedByWorkspaceMemberId", "updatedByName" = "input"."updatedByName", "updatedByContext" = "input"."updatedByContext", "updatedAt" = now()
from json_to_record($1::json) as input ("title" text, "updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb)
where "t1"."id" = $2::uuid
returning "t1"."id", "t1"."title")
select string_agg(row_to_json(r.*)::text, $3::text)::varchar as records
from (select
  coalesce("t2"."title", '') as "title"
from written as "t2") as r;
-- $1: {"title":"3","updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{}}
-- $2: d0000000-0000-4000-8000-000000000001
-- $3: ,
