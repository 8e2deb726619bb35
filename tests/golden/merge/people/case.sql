select count(*) as count from (select "id" from "crm"."person"
where "id" = any($1::uuid[]) and "deletedAt" is null
order by "id" for update) as locked;
-- $1: ['a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001']

with picked as (select "t"."id", "t"."nameFirstName", "t"."nameLastName", "t"."emailsPrimaryEmail", "t"."emailsAdditionalEmails", "t"."linkedinLinkPrimaryLinkLabel", "t"."linkedinLinkPrimaryLinkUrl", "t"."linkedinLinkSecondaryLinks", "t"."jobTitle", "t"."phonesPrimaryPhoneNumber", "t"."phonesPrimaryPhoneCountryCode", "t"."phonesPrimaryPhoneCallingCode", "t"."phonesAdditionalPhones", "t"."companyId", "t"."performanceRating", i.n as "#n", case when i.id = $1::uuid then 0 else i.n end as "#place"
from unnest($2::uuid[]) with ordinality as i (id, n)
join "crm"."person" as t on "t"."id" = i.id and "t"."deletedAt" is null),
merged as (select "f1"."nameFirstName" as "nameFirstName",
  "f1"."nameLastName" as "nameLastName",
  "f2"."emailsPrimaryEmail" as "emailsPrimaryEmail",
  (select jsonb_agg(e.item order by e.at) from (select distinct on (i.item #>> '{}') i.item, array["#n", i.n] as at
from picked cross join jsonb_array_elements(jsonb_build_array(to_jsonb("emailsPrimaryEmail")) || coalesce("emailsAdditionalEmails", '[]')) with ordinality as i (item, n)
where i.item #>> '{}' <> '' and i.item #>> '{}' is distinct from "f2"."emailsPrimaryEmail"
order by i.item #>> '{}', at) as e) as "emailsAdditionalEmails",
  "f3"."linkedinLinkPrimaryLinkLabel" as "linkedinLinkPrimaryLinkLabel",
  "f3"."linkedinLinkPrimaryLinkUrl" as "linkedinLinkPrimaryLinkUrl",
  (select jsonb_agg(e.item order by e.at) from (select distinct on (i.item ->> 'url') i.item, array["#n", i.n] as at
from picked cross join jsonb_array_elements(jsonb_build_array(jsonb_build_object('url', "linkedinLinkPrimaryLinkUrl", 'label', "linkedinLinkPrimaryLinkLabel")) || coalesce("linkedinLinkSecondaryLinks", '[]')) with ordinality as i (item, n)
where i.item ->> 'url' <> '' and i.item ->> 'url' is distinct from "f3"."linkedinLinkPrimaryLinkUrl"
order by i.item ->> 'url', at) as e) as "linkedinLinkSecondaryLinks",
  "f4"."jobTitle" as "jobTitle",
  "f5"."phonesPrimaryPhoneNumber" as "phonesPrimaryPhoneNumber",
  "f5"."phonesPrimaryPhoneCountryCode" as "phonesPrimaryPhoneCountryCode",
  "f5"."phonesPrimaryPhoneCallingCode" as "phonesPrimaryPhoneCallingCode",
  (select jsonb_agg(e.item order by e.at) from (select distinct on (i.item ->> 'number') i.item, array["#n", i.n] as at
from picked cross join jsonb_array_elements(jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('number', "phonesPrimaryPhoneNumber", 'countryCode', "phonesPrimaryPhoneCountryCode", 'callingCode', "phonesPrimaryPhoneCallingCode"))) || coalesce("phonesAdditionalPhones", '[]')) with ordinality as i (item, n)
where i.item ->> 'number' <> '' and i.item ->> 'number' is distinct from "f5"."phonesPrimaryPhoneNumber"
order by i.item ->> 'number', at) as e) as "phonesAdditionalPhones",
  "f6"."companyId" as "companyId",
  "f7"."performanceRating" as "performanceRating"
from (select "nameFirstName", "nameLastName" from picked order by nullif(concat("nameFirstName", "nameLastName"), '') is not null desc, "#place" limit 1) as "f1"
cross join (select "emailsPrimaryEmail", "emailsAdditionalEmails" from picked order by nullif("emailsPrimaryEmail", '') is not null desc, "#place" limit 1) as "f2"
cross join (select "linkedinLinkPrimaryLinkLabel", "linkedinLinkPrimaryLinkUrl", "linkedinLinkSecondaryLinks" from picked order by nullif("linkedinLinkPrimaryLinkUrl", '') is not null desc, "#place" limit 1) as "f3"
cross join (select "jobTitle" from picked order by nullif("jobTitle"::text, '') is not null desc, "#place" limit 1) as "f4"
cross join (select "phonesPrimaryPhoneNumber", "phonesPrimaryPhoneCountryCode", "phonesPrimaryPhoneCallingCode", "phonesAdditionalPhones" from picked order by nullif("phonesPrimaryPhoneNumber", '') is not null desc, "#place" limit 1) as "f5"
cross join (select "companyId" from picked order by nullif("companyId"::text, '') is not null desc, "#place" limit 1) as "f6"
cross join (select "performanceRating" from picked order by nullif("performanceRating"::text, '') is not null desc, "#place" limit 1) as "f7"),
"moved_1" as (update "crm"."opportunity" as t set "pointOfContactId" = $1::uuid, "updatedAt" = now()
where ("t"."pointOfContactId" = any($3::uuid[]))),
"moved_2" as (update "crm"."noteTarget" as t set "targetPersonId" = $1::uuid, "updatedAt" = now()
where ("t"."targetPersonId" = any($3::uuid[]))),
"moved_3" as (update "crm"."taskTarget" as t set "targetPersonId" = $1::uuid, "updatedAt" = now()
where ("t"."targetPersonId" = any($3::uuid[]))),
"moved_4" as (update "crm"."attachment" as t set "targetPersonId" = $1::uuid, "updatedAt" = now()
where ("t"."targetPersonId" = any($3::uuid[]))),
"moved_5" as (update "crm"."timelineActivity" as t set "targetPersonId" = $1::uuid, "updatedAt" = now()
where ("t"."targetPersonId" = any($3::uuid[]))),
gone as (delete from "crm"."person" where "id" = any($3::uuid[]) returning "id"),
written as (update "crm"."person" as t set "nameFirstName" = "merged"."nameFirstName", "nameLastName" = "merged"."nameLastName", "emailsPrimaryEmail" = "merged"."emailsPrimaryEmail", "emailsAdditionalEmails" = "merged"."emailsAdditionalEmails", "linkedinLinkPrimaryLinkLabel" = "merged"."linkedinLinkPrimaryLinkLabel", "linkedinLinkPrimaryLinkUrl" = "merged"."linkedinLinkPrimaryLinkUrl", "linkedinLinkSecondaryLinks" = "merged"."linkedinLinkSecondaryLinks", "jobTitle" = "merged"."jobTitle", "phonesPrimaryPhoneNumber" = "merged"."phonesPrimaryPhoneNumber", "phonesPrimaryPhoneCountryCode" = "merged"."phonesPrimaryPhoneCountryCode", "phonesPrimaryPhoneCallingCode" = "merged"."phonesPrimaryPhoneCallingCode", "phonesAdditionalPhones" = "merged"."phonesAdditionalPhones", "companyId" = "merged"."companyId", "performanceRating" = "merged"."performanceRating", "updatedBySource" = "input"."updatedBySource", "updatedByWorkspaceMemberId" = "input"."updatedByWorkspaceMemberId", "updatedByName" = "input"."updatedByName", "updatedByContext" = "input"."updatedByContext", "updatedAt" = now()
from merged, json_to_record($4::json) as input ("updatedBySource" text, "updatedByWorkspaceMemberId" uuid, "updatedByName" text, "updatedByContext" jsonb)
where "t"."id" = $1::uuid and (select count(*) from gone) > 0
returning "t"."avatarFile", "t"."avatarUrl", "t"."companyId", "t"."createdAt", "t"."createdByContext", "t"."createdByName", "t"."createdBySource", "t"."createdByWorkspaceMemberId", "t"."deletedAt", "t"."emailsAdditionalEmails", "t"."emailsPrimaryEmail", "t"."id", "t"."jobTitle", "t"."linkedinLinkPrimaryLinkLabel", "t"."linkedinLinkPrimaryLinkUrl", "t"."linkedinLinkSecondaryLinks", "t"."nameFirstName", "t"."nameLastName", "t"."performanceRating", "t"."phonesAdditionalPhones", "t"."phonesPrimaryPhoneCallingCode", "t"."phonesPrimaryPhoneCountryCode", "t"."phonesPrimaryPhoneNumber", "t"."position", "t"."searchVector", "t"."updatedAt", "t"."updatedByContext", "t"."updatedByName", "t"."updatedBySource", "t"."updatedByWorkspaceMemberId")
select row_to_json(r.*)::text::varchar as records from (select
  "t1"."id" as "id",
  to_char("t1"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t1"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t1"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t2#" as "name",
  "t3#" as "emails",
  "t4#" as "linkedinLink",
  coalesce("t1"."jobTitle", '') as "jobTitle",
  "t5#" as "phones",
  coalesce("t1"."avatarUrl", '') as "avatarUrl",
  case when "t1"."avatarFile" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t1"."avatarFile") as i) as f)) end as "avatarFile",
  "t1"."position" as "position",
  "t6#" as "createdBy",
  "t7#" as "updatedBy",
  "t1"."companyId" as "companyId",
  "t1"."searchVector" as "searchVector",
  "t1"."performanceRating" as "performanceRating"
from written as "t1"
cross join lateral (select coalesce("t1"."nameFirstName", '') as "firstName",
  coalesce("t1"."nameLastName", '') as "lastName") as "t2#"
cross join lateral (select coalesce("t1"."emailsPrimaryEmail", '') as "primaryEmail",
  coalesce("t1"."emailsAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t3#"
cross join lateral (select coalesce("t1"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t1"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t1"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t4#"
cross join lateral (select coalesce("t1"."phonesPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t1"."phonesPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t1"."phonesPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t1"."phonesAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t5#"
cross join lateral (select coalesce("t1"."createdBySource", 'MANUAL') as "source",
  "t1"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."createdByName", '') as "name",
  coalesce("t1"."createdByContext", case when "t1"."createdBySource" is null then '{}'::jsonb end) as "context") as "t6#"
cross join lateral (select coalesce("t1"."updatedBySource", 'MANUAL') as "source",
  "t1"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."updatedByName", '') as "name",
  coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t7#") as r;
-- $1: a0000000-0000-4000-8000-000000000002
-- $2: ['a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001']
-- $3: ['a0000000-0000-4000-8000-000000000001']
-- $4: {"updatedBySource":"API","updatedByWorkspaceMemberId":null,"updatedByName":"First key","updatedByContext":{}}
