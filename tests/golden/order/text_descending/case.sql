with "page_t2" as (select "t1"."bodyV2Blocknote", "t1"."bodyV2Markdown", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."id", "t1"."position", "t1"."searchVector", "t1"."title", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId"
from "crm"."note" as "t1"
where "t1"."deletedAt" is null
order by lower(left("t1"."title", 256)) desc nulls last, "t1"."id" limit 6)
select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  "t3"."id" as "id",
  to_char("t3"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t3"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t3"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t3"."position" as "position",
  coalesce("t3"."title", '') as "title",
  "t4#" as "bodyV2",
  "t5#" as "createdBy",
  "t6#" as "updatedBy",
  "t3"."searchVector" as "searchVector"
from (select * from "page_t2" limit 5) as "t3"
cross join lateral (select "t3"."bodyV2Blocknote" as "blocknote",
  coalesce("t3"."bodyV2Markdown", '') as "markdown") as "t4#"
cross join lateral (select coalesce("t3"."createdBySource", 'MANUAL') as "source",
  "t3"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t3"."createdByName", '') as "name",
  coalesce("t3"."createdByContext", case when "t3"."createdBySource" is null then '{}'::jsonb end) as "context") as "t5#"
cross join lateral (select coalesce("t3"."updatedBySource", 'MANUAL') as "source",
  "t3"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t3"."updatedByName", '') as "name",
  coalesce("t3"."updatedByContext", case when "t3"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t6#") as r)::varchar as records,
"t7"."n" > 5 as "next",
case when "t7"."n" > 0 then (select row_to_json(r.*) from (select coalesce(left("t7"."k1"[1], 256), '') as "title",
  "t7"."k2"[1] as "id") as r) end as "start",
case when "t7"."n" > 0 then (select row_to_json(r.*) from (select coalesce(left("t7"."k1"[least("t7"."n", 5)], 256), '') as "title",
  "t7"."k2"[least("t7"."n", 5)] as "id") as r) end as "end",
false as "previous",
(select coalesce(sum(delta), 0)::bigint from "crm"."record_total" where object_id = '…'::uuid) as "total"
from (select count(*) as "n",
  array_agg("title") as "k1",
  array_agg("id") as "k2" from "page_t2") as "t7";
-- $1: ,
