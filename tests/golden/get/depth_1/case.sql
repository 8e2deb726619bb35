select (select row_to_json(r.*) from (select "t1"."id" as "id",
  to_char("t1"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t1"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t1"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t1"."name", '') as "name",
  (select row_to_json(o.*) from (select "t1"."amountAmountMicros" as "amountMicros", "t1"."amountCurrencyCode" as "currencyCode") as o) as "amount",
  to_char("t1"."closeDate" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closeDate",
  "t1"."stage" as "stage",
  "t1"."position" as "position",
  (select row_to_json(o.*) from (select coalesce("t1"."createdBySource", 'MANUAL') as "source", "t1"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t1"."createdByName", '') as "name", coalesce("t1"."createdByContext", case when "t1"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t1"."updatedBySource", 'MANUAL') as "source", "t1"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t1"."updatedByName", '') as "name", coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy",
  "t1"."searchVector" as "searchVector",
  (select "t2"."id" from "crm"."person" as "t2" where "t2"."id" = "t1"."pointOfContactId" and "t2"."deletedAt" is null) as "pointOfContactId",
  (select "t3"."id" from "crm"."company" as "t3" where "t3"."id" = "t1"."companyId" and "t3"."deletedAt" is null) as "companyId",
  (select "t4"."id" from "crm"."workspaceMember" as "t4" where "t4"."id" = "t1"."ownerId" and "t4"."deletedAt" is null) as "ownerId",
  (select row_to_json(r.*) from (select "t5"."id" as "id",
  to_char("t5"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t5"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t5"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  (select row_to_json(o.*) from (select coalesce("t5"."nameFirstName", '') as "firstName", coalesce("t5"."nameLastName", '') as "lastName") as o) as "name",
  (select row_to_json(o.*) from (select coalesce("t5"."emailsPrimaryEmail", '') as "primaryEmail", coalesce("t5"."emailsAdditionalEmails", '[]'::jsonb) as "additionalEmails") as o) as "emails",
  (select row_to_json(o.*) from (select coalesce("t5"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel", coalesce("t5"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl", coalesce("t5"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as o) as "linkedinLink",
  coalesce("t5"."jobTitle", '') as "jobTitle",
  (select row_to_json(o.*) from (select coalesce("t5"."phonesPrimaryPhoneNumber", '') as "primaryPhoneNumber", coalesce("t5"."phonesPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode", coalesce("t5"."phonesPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode", coalesce("t5"."phonesAdditionalPhones", '[]'::jsonb) as "additionalPhones") as o) as "phones",
  coalesce("t5"."avatarUrl", '') as "avatarUrl",
  case when "t5"."avatarFile" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t5"."avatarFile") as i) as f)) end as "avatarFile",
  "t5"."position" as "position",
  (select row_to_json(o.*) from (select coalesce("t5"."createdBySource", 'MANUAL') as "source", "t5"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t5"."createdByName", '') as "name", coalesce("t5"."createdByContext", case when "t5"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t5"."updatedBySource", 'MANUAL') as "source", "t5"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t5"."updatedByName", '') as "name", coalesce("t5"."updatedByContext", case when "t5"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy",
  "t5"."companyId" as "companyId",
  "t5"."searchVector" as "searchVector",
  "t5"."performanceRating" as "performanceRating"
  from "crm"."person" as "t5" where "t5"."id" = "t1"."pointOfContactId" and "t5"."deletedAt" is null) as r) as "pointOfContact",
  (select row_to_json(r.*) from (select "t6"."id" as "id",
  to_char("t6"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t6"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t6"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t6"."name", '') as "name",
  (select row_to_json(o.*) from (select coalesce("t6"."domainNamePrimaryLinkLabel", '') as "primaryLinkLabel", coalesce("t6"."domainNamePrimaryLinkUrl", '') as "primaryLinkUrl", coalesce("t6"."domainNameSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as o) as "domainName",
  (select row_to_json(o.*) from (select coalesce("t6"."addressAddressStreet1", '') as "addressStreet1", coalesce("t6"."addressAddressStreet2", '') as "addressStreet2", coalesce("t6"."addressAddressCity", '') as "addressCity", coalesce("t6"."addressAddressPostcode", '') as "addressPostcode", coalesce("t6"."addressAddressState", '') as "addressState", coalesce("t6"."addressAddressCountry", '') as "addressCountry", "t6"."addressAddressLat" as "addressLat", "t6"."addressAddressLng" as "addressLng") as o) as "address",
  (select row_to_json(o.*) from (select coalesce("t6"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel", coalesce("t6"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl", coalesce("t6"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as o) as "linkedinLink",
  (select row_to_json(o.*) from (select "t6"."annualRevenueAmountMicros" as "amountMicros", "t6"."annualRevenueCurrencyCode" as "currencyCode") as o) as "annualRevenue",
  "t6"."position" as "position",
  (select row_to_json(o.*) from (select coalesce("t6"."createdBySource", 'MANUAL') as "source", "t6"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t6"."createdByName", '') as "name", coalesce("t6"."createdByContext", case when "t6"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t6"."updatedBySource", 'MANUAL') as "source", "t6"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t6"."updatedByName", '') as "name", coalesce("t6"."updatedByContext", case when "t6"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy",
  "t6"."searchVector" as "searchVector",
  "t6"."accountOwnerId" as "accountOwnerId",
  "t6"."employees" as "employees",
  coalesce("t6"."tagline", '') as "tagline",
  coalesce("t6"."workPolicy", '{}'::text[]) as "workPolicy",
  "t6"."visaSponsorship" as "visaSponsorship"
  from "crm"."company" as "t6" where "t6"."id" = "t1"."companyId" and "t6"."deletedAt" is null) as r) as "company",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t8"."id" as "id",
  to_char("t8"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t8"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t8"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  (select row_to_json(o.*) from (select coalesce("t8"."createdBySource", 'MANUAL') as "source", "t8"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t8"."createdByName", '') as "name", coalesce("t8"."createdByContext", case when "t8"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t8"."updatedBySource", 'MANUAL') as "source", "t8"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t8"."updatedByName", '') as "name", coalesce("t8"."updatedByContext", case when "t8"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy",
  "t8"."position" as "position",
  "t8"."searchVector" as "searchVector",
  "t8"."taskId" as "taskId",
  "t8"."targetPersonId" as "targetPersonId",
  "t8"."targetCompanyId" as "targetCompanyId",
  "t8"."targetOpportunityId" as "targetOpportunityId",
  "t8"."targetSampleId" as "targetSampleId"
from (select "t7"."createdAt", "t7"."createdByContext", "t7"."createdByName", "t7"."createdBySource", "t7"."createdByWorkspaceMemberId", "t7"."deletedAt", "t7"."id", "t7"."position", "t7"."searchVector", "t7"."targetCompanyId", "t7"."targetOpportunityId", "t7"."targetPersonId", "t7"."targetSampleId", "t7"."taskId", "t7"."updatedAt", "t7"."updatedByContext", "t7"."updatedByName", "t7"."updatedBySource", "t7"."updatedByWorkspaceMemberId"
from "crm"."taskTarget" as "t7"
where "t7"."deletedAt" is null
  and "t7"."targetOpportunityId" = "t1"."id"
order by "t7"."id" limit 60) as "t8") as r) as "taskTargets",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t10"."id" as "id",
  to_char("t10"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t10"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t10"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  (select row_to_json(o.*) from (select coalesce("t10"."createdBySource", 'MANUAL') as "source", "t10"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t10"."createdByName", '') as "name", coalesce("t10"."createdByContext", case when "t10"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t10"."updatedBySource", 'MANUAL') as "source", "t10"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t10"."updatedByName", '') as "name", coalesce("t10"."updatedByContext", case when "t10"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy",
  "t10"."position" as "position",
  "t10"."searchVector" as "searchVector",
  "t10"."noteId" as "noteId",
  "t10"."targetPersonId" as "targetPersonId",
  "t10"."targetCompanyId" as "targetCompanyId",
  "t10"."targetOpportunityId" as "targetOpportunityId",
  "t10"."targetSampleId" as "targetSampleId"
from (select "t9"."createdAt", "t9"."createdByContext", "t9"."createdByName", "t9"."createdBySource", "t9"."createdByWorkspaceMemberId", "t9"."deletedAt", "t9"."id", "t9"."noteId", "t9"."position", "t9"."searchVector", "t9"."targetCompanyId", "t9"."targetOpportunityId", "t9"."targetPersonId", "t9"."targetSampleId", "t9"."updatedAt", "t9"."updatedByContext", "t9"."updatedByName", "t9"."updatedBySource", "t9"."updatedByWorkspaceMemberId"
from "crm"."noteTarget" as "t9"
where "t9"."deletedAt" is null
  and "t9"."targetOpportunityId" = "t1"."id"
order by "t9"."id" limit 60) as "t10") as r) as "noteTargets",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t12"."id" as "id",
  to_char("t12"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t12"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t12"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t12"."name", '') as "name",
  case when "t12"."file" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t12"."file") as i) as f)) end as "file",
  coalesce("t12"."fullPath", '') as "fullPath",
  "t12"."fileCategory" as "fileCategory",
  (select row_to_json(o.*) from (select coalesce("t12"."createdBySource", 'MANUAL') as "source", "t12"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t12"."createdByName", '') as "name", coalesce("t12"."createdByContext", case when "t12"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t12"."updatedBySource", 'MANUAL') as "source", "t12"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t12"."updatedByName", '') as "name", coalesce("t12"."updatedByContext", case when "t12"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy",
  "t12"."position" as "position",
  "t12"."searchVector" as "searchVector",
  "t12"."targetTaskId" as "targetTaskId",
  "t12"."targetNoteId" as "targetNoteId",
  "t12"."targetPersonId" as "targetPersonId",
  "t12"."targetCompanyId" as "targetCompanyId",
  "t12"."targetOpportunityId" as "targetOpportunityId",
  "t12"."targetSampleId" as "targetSampleId"
from (select "t11"."createdAt", "t11"."createdByContext", "t11"."createdByName", "t11"."createdBySource", "t11"."createdByWorkspaceMemberId", "t11"."deletedAt", "t11"."file", "t11"."fileCategory", "t11"."fullPath", "t11"."id", "t11"."name", "t11"."position", "t11"."searchVector", "t11"."targetCompanyId", "t11"."targetNoteId", "t11"."targetOpportunityId", "t11"."targetPersonId", "t11"."targetSampleId", "t11"."targetTaskId", "t11"."updatedAt", "t11"."updatedByContext", "t11"."updatedByName", "t11"."updatedBySource", "t11"."updatedByWorkspaceMemberId"
from "crm"."attachment" as "t11"
where "t11"."deletedAt" is null
  and "t11"."targetOpportunityId" = "t1"."id"
order by "t11"."id" limit 60) as "t12") as r) as "attachments",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t14"."id" as "id",
  to_char("t14"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t14"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t14"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  (select row_to_json(o.*) from (select coalesce("t14"."createdBySource", 'MANUAL') as "source", "t14"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t14"."createdByName", '') as "name", coalesce("t14"."createdByContext", case when "t14"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t14"."updatedBySource", 'MANUAL') as "source", "t14"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t14"."updatedByName", '') as "name", coalesce("t14"."updatedByContext", case when "t14"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy",
  "t14"."position" as "position",
  to_char("t14"."happensAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happensAt",
  coalesce("t14"."name", '') as "name",
  "t14"."properties" as "properties",
  coalesce("t14"."linkedRecordCachedName", '') as "linkedRecordCachedName",
  "t14"."linkedRecordId" as "linkedRecordId",
  "t14"."linkedObjectMetadataId" as "linkedObjectMetadataId",
  "t14"."workspaceMemberId" as "workspaceMemberId",
  "t14"."targetPersonId" as "targetPersonId",
  "t14"."targetCompanyId" as "targetCompanyId",
  "t14"."targetOpportunityId" as "targetOpportunityId",
  "t14"."targetNoteId" as "targetNoteId",
  "t14"."targetTaskId" as "targetTaskId",
  "t14"."searchVector" as "searchVector",
  "t14"."targetSampleId" as "targetSampleId"
from (select "t13"."createdAt", "t13"."createdByContext", "t13"."createdByName", "t13"."createdBySource", "t13"."createdByWorkspaceMemberId", "t13"."deletedAt", "t13"."happensAt", "t13"."id", "t13"."linkedObjectMetadataId", "t13"."linkedRecordCachedName", "t13"."linkedRecordId", "t13"."name", "t13"."position", "t13"."properties", "t13"."searchVector", "t13"."targetCompanyId", "t13"."targetNoteId", "t13"."targetOpportunityId", "t13"."targetPersonId", "t13"."targetSampleId", "t13"."targetTaskId", "t13"."updatedAt", "t13"."updatedByContext", "t13"."updatedByName", "t13"."updatedBySource", "t13"."updatedByWorkspaceMemberId", "t13"."workspaceMemberId"
from "crm"."timelineActivity" as "t13"
where "t13"."deletedAt" is null
  and "t13"."targetOpportunityId" = "t1"."id"
order by "t13"."id" limit 60) as "t14") as r) as "timelineActivities",
  (select row_to_json(r.*) from (select "t15"."id" as "id",
  to_char("t15"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t15"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t15"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t15"."position" as "position",
  (select row_to_json(o.*) from (select coalesce("t15"."nameFirstName", '') as "firstName", coalesce("t15"."nameLastName", '') as "lastName") as o) as "name",
  coalesce("t15"."colorScheme", '') as "colorScheme",
  coalesce("t15"."locale", '') as "locale",
  coalesce("t15"."avatarUrl", '') as "avatarUrl",
  coalesce("t15"."userEmail", '') as "userEmail",
  coalesce("t15"."jobTitle", '') as "jobTitle",
  "t15"."calendarStartDay"::text::numeric as "calendarStartDay",
  "t15"."userId" as "userId",
  coalesce("t15"."timeZone", '') as "timeZone",
  "t15"."dateFormat" as "dateFormat",
  "t15"."timeFormat" as "timeFormat",
  "t15"."numberFormat" as "numberFormat",
  "t15"."searchVector" as "searchVector",
  (select row_to_json(o.*) from (select coalesce("t15"."createdBySource", 'MANUAL') as "source", "t15"."createdByWorkspaceMemberId" as "workspaceMemberId", coalesce("t15"."createdByName", '') as "name", coalesce("t15"."createdByContext", case when "t15"."createdBySource" is null then '{}'::jsonb end) as "context") as o) as "createdBy",
  (select row_to_json(o.*) from (select coalesce("t15"."updatedBySource", 'MANUAL') as "source", "t15"."updatedByWorkspaceMemberId" as "workspaceMemberId", coalesce("t15"."updatedByName", '') as "name", coalesce("t15"."updatedByContext", case when "t15"."updatedBySource" is null then '{}'::jsonb end) as "context") as o) as "updatedBy"
  from "crm"."workspaceMember" as "t15" where "t15"."id" = "t1"."ownerId" and "t15"."deletedAt" is null) as r) as "owner"
from (select "t1"."amountAmountMicros", "t1"."amountCurrencyCode", "t1"."closeDate", "t1"."companyId", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."id", "t1"."name", "t1"."ownerId", "t1"."pointOfContactId", "t1"."position", "t1"."searchVector", "t1"."stage", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId" from "crm"."opportunity" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = $1::uuid
order by "t1"."id" limit 1) as "t1") as r)::text::varchar as record;
-- $1: b0000000-0000-4000-8000-000000000001
