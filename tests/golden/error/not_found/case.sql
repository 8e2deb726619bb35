select (select row_to_json(r.*) from (select "t1"."id" as "id",
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
from (select "t1"."avatarFile", "t1"."avatarUrl", "t1"."companyId", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."emailsAdditionalEmails", "t1"."emailsPrimaryEmail", "t1"."id", "t1"."jobTitle", "t1"."linkedinLinkPrimaryLinkLabel", "t1"."linkedinLinkPrimaryLinkUrl", "t1"."linkedinLinkSecondaryLinks", "t1"."nameFirstName", "t1"."nameLastName", "t1"."performanceRating", "t1"."phonesAdditionalPhones", "t1"."phonesPrimaryPhoneCallingCode", "t1"."phonesPrimaryPhoneCountryCode", "t1"."phonesPrimaryPhoneNumber", "t1"."position", "t1"."searchVector", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId" from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = $1::uuid) as "t1"
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
  coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t7#") as r)::text::varchar as record;
-- $1: 00000000-0000-4000-8000-000000000000
