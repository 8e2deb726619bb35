with input as (select * from json_to_recordset($1::json) as x ("#" int, "id" uuid, "domainNamePrimaryLinkLabel" text, "domainNamePrimaryLinkUrl" text, "domainNameSecondaryLinks" jsonb, "position" float8, "#rank" float8), json_to_record($2::json) as s ("createdBySource" text, "createdByWorkspaceMemberId" uuid, "createdByName" text, "createdByContext" jsonb, "updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb)),
written as (insert into "crm"."company" ("id", "domainNamePrimaryLinkLabel", "domainNamePrimaryLinkUrl", "domainNameSecondaryLinks", "position", "createdBySource", "createdByWorkspaceMemberId", "createdByName", "createdByContext", "updatedBySource", "updatedByWorkspaceMemberId", "updatedByName", "updatedByContext")
select "input"."id", "input"."domainNamePrimaryLinkLabel", "input"."domainNamePrimaryLinkUrl", "input"."domainNameSecondaryLinks", coalesce((select "position" from "crm"."company" where "deletedAt" is null order by "position" limit 1), 1) + "input"."#rank", "input"."createdBySource", "input"."createdByWorkspaceMemberId", "input"."createdByName", "input"."createdByContext", "input"."updatedBySource", "input"."updatedByWorkspaceMemberId", "input"."updatedByName", "input"."updatedByContext"
from input order by "input"."#"
returning "accountOwnerId", "addressAddressCity", "addressAddressCountry", "addressAddressLat", "addressAddressLng", "addressAddressPostcode", "addressAddressState", "addressAddressStreet1", "addressAddressStreet2", "annualRevenueAmountMicros", "annualRevenueCurrencyCode", "createdAt", "createdByContext", "createdByName", "createdBySource", "createdByWorkspaceMemberId", "deletedAt", "domainNamePrimaryLinkLabel", "domainNamePrimaryLinkUrl", "domainNameSecondaryLinks", "employees", "id", "linkedinLinkPrimaryLinkLabel", "linkedinLinkPrimaryLinkUrl", "linkedinLinkSecondaryLinks", "name", "position", "searchVector", "tagline", "updatedAt", "updatedByContext", "updatedByName", "updatedBySource", "updatedByWorkspaceMemberId", "visaSponsorship", "workPolicy")
select string_agg(row_to_json(r.*)::text, $3::text)::varchar as records
from (select
  "t1"."id" as "id",
  to_char("t1"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t1"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t1"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t1"."name", '') as "name",
  "t2#" as "domainName",
  "t3#" as "address",
  "t4#" as "linkedinLink",
  "t5#" as "annualRevenue",
  "t1"."position" as "position",
  "t6#" as "createdBy",
  "t7#" as "updatedBy",
  "t1"."searchVector" as "searchVector",
  "t1"."accountOwnerId" as "accountOwnerId",
  "t1"."employees" as "employees",
  coalesce("t1"."tagline", '') as "tagline",
  coalesce("t1"."workPolicy", '{}'::text[]) as "workPolicy",
  "t1"."visaSponsorship" as "visaSponsorship"
from written as "t1"
cross join lateral (select coalesce("t1"."domainNamePrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t1"."domainNamePrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t1"."domainNameSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t2#"
cross join lateral (select coalesce("t1"."addressAddressStreet1", '') as "addressStreet1",
  coalesce("t1"."addressAddressStreet2", '') as "addressStreet2",
  coalesce("t1"."addressAddressCity", '') as "addressCity",
  coalesce("t1"."addressAddressPostcode", '') as "addressPostcode",
  coalesce("t1"."addressAddressState", '') as "addressState",
  coalesce("t1"."addressAddressCountry", '') as "addressCountry",
  "t1"."addressAddressLat" as "addressLat",
  "t1"."addressAddressLng" as "addressLng") as "t3#"
cross join lateral (select coalesce("t1"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t1"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t1"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t4#"
cross join lateral (select "t1"."annualRevenueAmountMicros" as "amountMicros",
  "t1"."annualRevenueCurrencyCode" as "currencyCode") as "t5#"
cross join lateral (select coalesce("t1"."createdBySource", 'MANUAL') as "source",
  "t1"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."createdByName", '') as "name",
  coalesce("t1"."createdByContext", case when "t1"."createdBySource" is null then '{}'::jsonb end) as "context") as "t6#"
cross join lateral (select coalesce("t1"."updatedBySource", 'MANUAL') as "source",
  "t1"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."updatedByName", '') as "name",
  coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t7#") as r;
-- $1: [{"id":"c0000000-0000-4000-8000-00000000000f","domainNamePrimaryLinkLabel":null,"domainNamePrimaryLinkUrl":"https://acme.example","domainNameSecondaryLinks":null,"position":null,"#rank":-1,"#":0}]
-- $2: {"updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{},"createdBySource":"API","createdByWorkspaceMemberId":null,"createdByName":"First key","createdByContext":{}}
-- $3: ,

select id from "crm"."company" where "domainNamePrimaryLinkUrl"::text = $1::text limit 1;
-- $1: https://acme.example
