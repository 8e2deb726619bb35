with written as (update "crm"."person" as "t1" set "updatedBySource" = "input"."updatedBySource", "updatedByWorkspaceMemberId" = "input"."updatedByWorkspaceMemberId", "updatedByName" = "input"."updatedByName", "updatedByContext" = "input"."updatedByContext", "companyId" = "input"."companyId", "updatedAt" = now()
from json_to_record($1::json) as input ("updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb, "companyId" uuid)
where "t1"."id" = $2::uuid
returning "t1"."id")
select array_agg("written"."id" order by "written"."id") as ids from written;
-- $1: {"companyId":"c0000000-0000-4000-8000-000000000001","updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{}}
-- $2: a0000000-0000-4000-8000-000000000003

select string_agg(row_to_json(r.*)::text, $1::text)::varchar as records
from (select
  (select row_to_json(r.*) from (select coalesce("t2"."name", '') as "name",
  (select row_to_json(r.*) from (select (select count(*) from "crm"."person" as "t6"
where "t6"."deletedAt" is null
  and "t6"."companyId" = "t2"."id") as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select "t5#" as "name"
from lateral (select coalesce("t4"."nameFirstName", '') as "firstName") as "t5#") as r) as "node"
from (select "t3"."id", "t3"."nameFirstName", "t3"."nameLastName"
from "crm"."person" as "t3"
where "t3"."deletedAt" is null
  and "t3"."companyId" = "t2"."id"
order by "t3"."id" limit 60) as "t4") as r) as "edges") as r) as "people"
from "crm"."company" as "t2"
  where "t2"."id" = "t1"."companyId" and "t2"."deletedAt" is null) as r) as "company"
from unnest($2::uuid[]) with ordinality as i (id, n)
join "crm"."person" as "t1" on "t1"."id" = i.id
order by i.n) as r;
-- $1: ,
-- $2: ['a0000000-0000-4000-8000-000000000003']
