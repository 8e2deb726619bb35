select count(*) as count from (select "id" from "crm"."company"
where "id" = any($1::uuid[]) and "deletedAt" is null
order by "id" for update) as locked;
-- $1: ['c0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000001']

with picked as (select "t"."id", "t"."name", "t"."domainNamePrimaryLinkLabel", "t"."domainNamePrimaryLinkUrl", "t"."domainNameSecondaryLinks", "t"."workPolicy", "t"."tagline", i.n as "#n", case when i.id = $1::uuid then 0 else i.n end as "#place"
from unnest($2::uuid[]) with ordinality as i (id, n)
join "crm"."company" as t on "t"."id" = i.id and "t"."deletedAt" is null),
merged as (select "f1"."name" as "name",
  "f2"."domainNamePrimaryLinkLabel" as "domainNamePrimaryLinkLabel",
  "f2"."domainNamePrimaryLinkUrl" as "domainNamePrimaryLinkUrl",
  (select jsonb_agg(e.item order by e.at) from (select distinct on (i.item ->> 'url') i.item, array["#n", i.n] as at
from picked cross join jsonb_array_elements(jsonb_build_array(jsonb_build_object('url', "domainNamePrimaryLinkUrl", 'label', "domainNamePrimaryLinkLabel")) || coalesce("domainNameSecondaryLinks", '[]')) with ordinality as i (item, n)
where i.item ->> 'url' <> '' and i.item ->> 'url' is distinct from "f2"."domainNamePrimaryLinkUrl"
order by i.item ->> 'url', at) as e) as "domainNameSecondaryLinks",
  nullif(array(select u.item from picked cross join unnest("workPolicy") with ordinality as u (item, n)
group by u.item order by min(array["#n", u.n])), '{}'::text[]) as "workPolicy",
  "f4"."tagline" as "tagline"
from (select "name" from picked order by nullif("name"::text, '') is not null desc, "#place" limit 1) as "f1"
cross join (select "domainNamePrimaryLinkLabel", "domainNamePrimaryLinkUrl", "domainNameSecondaryLinks" from picked order by nullif("domainNamePrimaryLinkUrl", '') is not null desc, "#place" limit 1) as "f2"
cross join (select "tagline" from picked order by nullif("tagline"::text, '') is not null desc, "#place" limit 1) as "f4"),
"moved_1" as (update "crm"."person" as t set "companyId" = $1::uuid, "updatedAt" = now()
where ("t"."companyId" = any($3::uuid[]))),
"moved_2" as (update "crm"."opportunity" as t set "companyId" = $1::uuid, "updatedAt" = now()
where ("t"."companyId" = any($3::uuid[]))),
"moved_3" as (update "crm"."noteTarget" as t set "targetCompanyId" = $1::uuid, "updatedAt" = now()
where ("t"."targetCompanyId" = any($3::uuid[]))),
"moved_4" as (update "crm"."taskTarget" as t set "targetCompanyId" = $1::uuid, "updatedAt" = now()
where ("t"."targetCompanyId" = any($3::uuid[]))),
"moved_5" as (update "crm"."attachment" as t set "targetCompanyId" = $1::uuid, "updatedAt" = now()
where ("t"."targetCompanyId" = any($3::uuid[]))),
"moved_6" as (update "crm"."timelineActivity" as t set "targetCompanyId" = $1::uuid, "updatedAt" = now()
where ("t"."targetCompanyId" = any($3::uuid[]))),
gone as (delete from "crm"."company" where "id" = any($3::uuid[]) returning "id"),
written as (update "crm"."company" as t set "name" = "merged"."name", "domainNamePrimaryLinkLabel" = "merged"."domainNamePrimaryLinkLabel", "domainNamePrimaryLinkUrl" = "merged"."domainNamePrimaryLinkUrl", "domainNameSecondaryLinks" = "merged"."domainNameSecondaryLinks", "workPolicy" = "merged"."workPolicy", "tagline" = "merged"."tagline", "updatedBySource" = "input"."updatedBySource", "updatedByWorkspaceMemberId" = "input"."updatedByWorkspaceMemberId", "updatedByName" = "input"."updatedByName", "updatedByContext" = "input"."updatedByContext", "updatedAt" = now()
from merged, json_to_record($4::json) as input ("updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb)
where "t"."id" = $1::uuid and (select count(*) from gone) > 0
returning "t"."id")
select "id"::text::varchar as records from written;
-- $1: c0000000-0000-4000-8000-000000000002
-- $2: ['c0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000001']
-- $3: ['c0000000-0000-4000-8000-000000000001']
-- $4: {"updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{}}

select string_agg(row_to_json(r.*)::text, $1::text)::varchar as records
from (select
  "t1"."id" as "id",
  coalesce("t1"."name", '') as "name",
  "t2#" as "domainName",
  coalesce("t1"."workPolicy", '{}'::text[]) as "workPolicy",
  coalesce("t1"."tagline", '') as "tagline",
  (select row_to_json(r.*) from (select (select count(*) from "crm"."person" as "t6"
where "t6"."deletedAt" is null
  and "t6"."companyId" = "t1"."id") as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select "t5#" as "name"
from lateral (select coalesce("t4"."nameLastName", '') as "lastName") as "t5#") as r) as "node"
from (select "t3"."id", "t3"."nameFirstName", "t3"."nameLastName"
from "crm"."person" as "t3"
where "t3"."deletedAt" is null
  and "t3"."companyId" = "t1"."id"
order by "t3"."createdAt", "t3"."id" limit 60) as "t4") as r) as "edges") as r) as "people",
  (select row_to_json(r.*) from (select (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select "t8"."id" as "id") as r) as "node"
from (select "t7"."id"
from "crm"."noteTarget" as "t7"
where "t7"."deletedAt" is null
  and "t7"."targetCompanyId" = "t1"."id"
order by "t7"."id" limit 60) as "t8") as r) as "edges") as r) as "noteTargets"
from unnest($2::uuid[]) with ordinality as i (id, n)
join "crm"."company" as "t1" on "t1"."id" = i.id
cross join lateral (select coalesce("t1"."domainNamePrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t1"."domainNamePrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t1"."domainNameSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t2#"
order by i.n) as r;
-- $1: ,
-- $2: ['c0000000-0000-4000-8000-000000000002']
