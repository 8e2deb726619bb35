with "page_t2" as (select "t1"."bodyV2Blocknote", "t1"."bodyV2Markdown", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."id", "t1"."position", "t1"."searchVector", "t1"."title", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId", "t1"."id" as "##1"
from "crm"."note" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" < $1::uuid
order by "t1"."id" desc limit 3)
select (select string_agg(row_to_json(r.*)::text, $2::text)
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
from (select * from (select * from "page_t2" limit 2) as b order by "##1") as "t3"
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
"t7"."n" > 2 as "previous",
case when "t7"."n" > 0 then (select row_to_json(r.*) from (select "t7"."k1"[1] as "id") as r) end as "end",
case when "t7"."n" > 0 then (select row_to_json(r.*) from (select "t7"."k1"[least("t7"."n", 2)] as "id") as r) end as "start",
(exists (select from "crm"."note" as "t8"
where "t8"."deletedAt" is null
  and "t8"."id" = $1::uuid) or exists (select from "crm"."note" as "t9"
where "t9"."deletedAt" is null
  and "t9"."id" > $1::uuid)) as "next",
(select coalesce(sum(delta), 0)::bigint from "crm"."record_total" where object_id = '…'::uuid) as "total"
from (select count(*) as "n",
  array_agg("id") as "k1" from "page_t2") as "t7";
-- $1: ff000000-0000-4000-8000-000000000000
-- $2: ,
