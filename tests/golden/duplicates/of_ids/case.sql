with input as (select i.n as "#", "t"."id", "t"."nameFirstName", "t"."nameLastName", "t"."linkedinLinkPrimaryLinkUrl", "t"."emailsPrimaryEmail"
from unnest($1::uuid[]) with ordinality as i (id, n)
left join "crm"."person" as t on "t"."id" = i.id and "t"."deletedAt" is null),
found as (select "i"."#" as n, "t"."id" from input as i join "crm"."person" as t on lower(left("t"."nameFirstName", 256)) = lower(left("i"."nameFirstName", 256)) and "t"."nameFirstName" = "i"."nameFirstName" and lower(left("t"."nameLastName", 256)) = lower(left("i"."nameLastName", 256)) and "t"."nameLastName" = "i"."nameLastName"
where length("i"."nameFirstName") >= 3 and length("i"."nameLastName") >= 3 and "t"."deletedAt" is null and "t"."id" is distinct from "i"."id"
union
select "i"."#" as n, "t"."id" from input as i join "crm"."person" as t on "t"."linkedinLinkPrimaryLinkUrl" = "i"."linkedinLinkPrimaryLinkUrl"
where length("i"."linkedinLinkPrimaryLinkUrl") >= 3 and "t"."deletedAt" is null and "t"."id" is distinct from "i"."id"
union
select "i"."#" as n, "t"."id" from input as i join "crm"."person" as t on "t"."emailsPrimaryEmail" = "i"."emailsPrimaryEmail"
where length("i"."emailsPrimaryEmail") >= 3 and "t"."deletedAt" is null and "t"."id" is distinct from "i"."id")
select (select string_agg((with "page_t2" as (select "t1"."avatarFile", "t1"."avatarUrl", "t1"."companyId", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."emailsAdditionalEmails", "t1"."emailsPrimaryEmail", "t1"."id", "t1"."jobTitle", "t1"."linkedinLinkPrimaryLinkLabel", "t1"."linkedinLinkPrimaryLinkUrl", "t1"."linkedinLinkSecondaryLinks", "t1"."nameFirstName", "t1"."nameLastName", "t1"."performanceRating", "t1"."phonesAdditionalPhones", "t1"."phonesPrimaryPhoneCallingCode", "t1"."phonesPrimaryPhoneCountryCode", "t1"."phonesPrimaryPhoneNumber", "t1"."position", "t1"."searchVector", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = any(array(select f.id from found as f where f.n = "input"."#"))
order by "t1"."id" limit 201)
select (select row_to_json(r.*) from (select (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t3"."id" as "id",
  to_char("t3"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t3"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t3"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t4#" as "name",
  "t5#" as "emails",
  "t6#" as "linkedinLink",
  coalesce("t3"."jobTitle", '') as "jobTitle",
  "t7#" as "phones",
  coalesce("t3"."avatarUrl", '') as "avatarUrl",
  case when "t3"."avatarFile" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t3"."avatarFile") as i) as f)) end as "avatarFile",
  "t3"."position" as "position",
  "t8#" as "createdBy",
  "t9#" as "updatedBy",
  "t3"."companyId" as "companyId",
  "t3"."searchVector" as "searchVector",
  "t3"."performanceRating" as "performanceRating"
from (select * from "page_t2" limit 200) as "t3"
cross join lateral (select coalesce("t3"."nameFirstName", '') as "firstName",
  coalesce("t3"."nameLastName", '') as "lastName") as "t4#"
cross join lateral (select coalesce("t3"."emailsPrimaryEmail", '') as "primaryEmail",
  coalesce("t3"."emailsAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t5#"
cross join lateral (select coalesce("t3"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t3"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t3"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t6#"
cross join lateral (select coalesce("t3"."phonesPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t3"."phonesPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t3"."phonesPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t3"."phonesAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t7#"
cross join lateral (select coalesce("t3"."createdBySource", 'MANUAL') as "source",
  "t3"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t3"."createdByName", '') as "name",
  coalesce("t3"."createdByContext", case when "t3"."createdBySource" is null then '{}'::jsonb end) as "context") as "t8#"
cross join lateral (select coalesce("t3"."updatedBySource", 'MANUAL') as "source",
  "t3"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t3"."updatedByName", '') as "name",
  coalesce("t3"."updatedByContext", case when "t3"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t9#") as r) as "personDuplicates",
  (select count(*) from "crm"."person" as "t11"
where "t11"."deletedAt" is null
  and "t11"."id" = any(array(select f.id from found as f where f.n = "input"."#"))) as "totalCount",
  (select row_to_json(r.*) from (select "t10"."n" > 200 as "hasNextPage",
  false as "hasPreviousPage",
  translate(encode(convert_to(case when "t10"."n" > 0 then (select row_to_json(r.*) from (select "t10"."k1"[1] as "id") as r) end::text, 'UTF8'), 'base64'), E'\n', '') as "startCursor",
  translate(encode(convert_to(case when "t10"."n" > 0 then (select row_to_json(r.*) from (select "t10"."k1"[least("t10"."n", 200)] as "id") as r) end::text, 'UTF8'), 'base64'), E'\n', '') as "endCursor") as r) as "pageInfo"
from (select count(*) as "n",
  array_agg("id") as "k1" from "page_t2") as "t10") as r))::text, ',' order by "input"."#")
from "input")::varchar as records;
-- $1: ['a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-00000000dead']
