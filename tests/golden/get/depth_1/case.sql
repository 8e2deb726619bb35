select (select row_to_json(r.*) from (select "t1"."id" as "id",
  to_char("t1"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t1"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t1"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t1"."name", '') as "name",
  "t2#" as "amount",
  to_char("t1"."closeDate" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closeDate",
  "t1"."stage" as "stage",
  "t1"."position" as "position",
  "t3#" as "createdBy",
  "t4#" as "updatedBy",
  "t1"."searchVector" as "searchVector",
  (select "t5"."id" from "crm"."person" as "t5" where "t5"."id" = "t1"."pointOfContactId" and "t5"."deletedAt" is null) as "pointOfContactId",
  (select "t6"."id" from "crm"."company" as "t6" where "t6"."id" = "t1"."companyId" and "t6"."deletedAt" is null) as "companyId",
  (select "t7"."id" from "crm"."workspaceMember" as "t7" where "t7"."id" = "t1"."ownerId" and "t7"."deletedAt" is null) as "ownerId",
  (select row_to_json(r.*) from (select "t8"."id" as "id",
  to_char("t8"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t8"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t8"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t9#" as "name",
  "t10#" as "emails",
  "t11#" as "linkedinLink",
  coalesce("t8"."jobTitle", '') as "jobTitle",
  "t12#" as "phones",
  coalesce("t8"."avatarUrl", '') as "avatarUrl",
  case when "t8"."avatarFile" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t8"."avatarFile") as i) as f)) end as "avatarFile",
  "t8"."position" as "position",
  "t13#" as "createdBy",
  "t14#" as "updatedBy",
  "t8"."companyId" as "companyId",
  "t8"."searchVector" as "searchVector",
  "t8"."performanceRating" as "performanceRating"
from "crm"."person" as "t8"
cross join lateral (select coalesce("t8"."nameFirstName", '') as "firstName",
  coalesce("t8"."nameLastName", '') as "lastName") as "t9#"
cross join lateral (select coalesce("t8"."emailsPrimaryEmail", '') as "primaryEmail",
  coalesce("t8"."emailsAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t10#"
cross join lateral (select coalesce("t8"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t8"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t8"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t11#"
cross join lateral (select coalesce("t8"."phonesPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t8"."phonesPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t8"."phonesPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t8"."phonesAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t12#"
cross join lateral (select coalesce("t8"."createdBySource", 'MANUAL') as "source",
  "t8"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t8"."createdByName", '') as "name",
  coalesce("t8"."createdByContext", case when "t8"."createdBySource" is null then '{}'::jsonb end) as "context") as "t13#"
cross join lateral (select coalesce("t8"."updatedBySource", 'MANUAL') as "source",
  "t8"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t8"."updatedByName", '') as "name",
  coalesce("t8"."updatedByContext", case when "t8"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t14#"
  where "t8"."id" = "t1"."pointOfContactId" and "t8"."deletedAt" is null) as r) as "pointOfContact",
  (select row_to_json(r.*) from (select "t15"."id" as "id",
  to_char("t15"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t15"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t15"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t15"."name", '') as "name",
  "t16#" as "domainName",
  "t17#" as "address",
  "t18#" as "linkedinLink",
  "t19#" as "annualRevenue",
  "t15"."position" as "position",
  "t20#" as "createdBy",
  "t21#" as "updatedBy",
  "t15"."searchVector" as "searchVector",
  "t15"."accountOwnerId" as "accountOwnerId",
  "t15"."employees" as "employees",
  coalesce("t15"."tagline", '') as "tagline",
  coalesce("t15"."workPolicy", '{}'::text[]) as "workPolicy",
  "t15"."visaSponsorship" as "visaSponsorship"
from "crm"."company" as "t15"
cross join lateral (select coalesce("t15"."domainNamePrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t15"."domainNamePrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t15"."domainNameSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t16#"
cross join lateral (select coalesce("t15"."addressAddressStreet1", '') as "addressStreet1",
  coalesce("t15"."addressAddressStreet2", '') as "addressStreet2",
  coalesce("t15"."addressAddressCity", '') as "addressCity",
  coalesce("t15"."addressAddressPostcode", '') as "addressPostcode",
  coalesce("t15"."addressAddressState", '') as "addressState",
  coalesce("t15"."addressAddressCountry", '') as "addressCountry",
  "t15"."addressAddressLat" as "addressLat",
  "t15"."addressAddressLng" as "addressLng") as "t17#"
cross join lateral (select coalesce("t15"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t15"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t15"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t18#"
cross join lateral (select "t15"."annualRevenueAmountMicros" as "amountMicros",
  "t15"."annualRevenueCurrencyCode" as "currencyCode") as "t19#"
cross join lateral (select coalesce("t15"."createdBySource", 'MANUAL') as "source",
  "t15"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t15"."createdByName", '') as "name",
  coalesce("t15"."createdByContext", case when "t15"."createdBySource" is null then '{}'::jsonb end) as "context") as "t20#"
cross join lateral (select coalesce("t15"."updatedBySource", 'MANUAL') as "source",
  "t15"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t15"."updatedByName", '') as "name",
  coalesce("t15"."updatedByContext", case when "t15"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t21#"
  where "t15"."id" = "t1"."companyId" and "t15"."deletedAt" is null) as r) as "company",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t23"."id" as "id",
  to_char("t23"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t23"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t23"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t24#" as "createdBy",
  "t25#" as "updatedBy",
  "t23"."position" as "position",
  "t23"."searchVector" as "searchVector",
  "t23"."taskId" as "taskId",
  "t23"."targetPersonId" as "targetPersonId",
  "t23"."targetCompanyId" as "targetCompanyId",
  "t23"."targetOpportunityId" as "targetOpportunityId",
  "t23"."targetSampleId" as "targetSampleId"
from (select "t22"."createdAt", "t22"."createdByContext", "t22"."createdByName", "t22"."createdBySource", "t22"."createdByWorkspaceMemberId", "t22"."deletedAt", "t22"."id", "t22"."position", "t22"."searchVector", "t22"."targetCompanyId", "t22"."targetOpportunityId", "t22"."targetPersonId", "t22"."targetSampleId", "t22"."taskId", "t22"."updatedAt", "t22"."updatedByContext", "t22"."updatedByName", "t22"."updatedBySource", "t22"."updatedByWorkspaceMemberId"
from "crm"."taskTarget" as "t22"
where "t22"."deletedAt" is null
  and "t22"."targetOpportunityId" = "t1"."id"
order by "t22"."id" limit 60) as "t23"
cross join lateral (select coalesce("t23"."createdBySource", 'MANUAL') as "source",
  "t23"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t23"."createdByName", '') as "name",
  coalesce("t23"."createdByContext", case when "t23"."createdBySource" is null then '{}'::jsonb end) as "context") as "t24#"
cross join lateral (select coalesce("t23"."updatedBySource", 'MANUAL') as "source",
  "t23"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t23"."updatedByName", '') as "name",
  coalesce("t23"."updatedByContext", case when "t23"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t25#") as r) as "taskTargets",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t27"."id" as "id",
  to_char("t27"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t27"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t27"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t28#" as "createdBy",
  "t29#" as "updatedBy",
  "t27"."position" as "position",
  "t27"."searchVector" as "searchVector",
  "t27"."noteId" as "noteId",
  "t27"."targetPersonId" as "targetPersonId",
  "t27"."targetCompanyId" as "targetCompanyId",
  "t27"."targetOpportunityId" as "targetOpportunityId",
  "t27"."targetSampleId" as "targetSampleId"
from (select "t26"."createdAt", "t26"."createdByContext", "t26"."createdByName", "t26"."createdBySource", "t26"."createdByWorkspaceMemberId", "t26"."deletedAt", "t26"."id", "t26"."noteId", "t26"."position", "t26"."searchVector", "t26"."targetCompanyId", "t26"."targetOpportunityId", "t26"."targetPersonId", "t26"."targetSampleId", "t26"."updatedAt", "t26"."updatedByContext", "t26"."updatedByName", "t26"."updatedBySource", "t26"."updatedByWorkspaceMemberId"
from "crm"."noteTarget" as "t26"
where "t26"."deletedAt" is null
  and "t26"."targetOpportunityId" = "t1"."id"
order by "t26"."id" limit 60) as "t27"
cross join lateral (select coalesce("t27"."createdBySource", 'MANUAL') as "source",
  "t27"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t27"."createdByName", '') as "name",
  coalesce("t27"."createdByContext", case when "t27"."createdBySource" is null then '{}'::jsonb end) as "context") as "t28#"
cross join lateral (select coalesce("t27"."updatedBySource", 'MANUAL') as "source",
  "t27"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t27"."updatedByName", '') as "name",
  coalesce("t27"."updatedByContext", case when "t27"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t29#") as r) as "noteTargets",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t31"."id" as "id",
  to_char("t31"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t31"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t31"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t31"."name", '') as "name",
  case when "t31"."file" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t31"."file") as i) as f)) end as "file",
  coalesce("t31"."fullPath", '') as "fullPath",
  "t31"."fileCategory" as "fileCategory",
  "t32#" as "createdBy",
  "t33#" as "updatedBy",
  "t31"."position" as "position",
  "t31"."searchVector" as "searchVector",
  "t31"."targetTaskId" as "targetTaskId",
  "t31"."targetNoteId" as "targetNoteId",
  "t31"."targetPersonId" as "targetPersonId",
  "t31"."targetCompanyId" as "targetCompanyId",
  "t31"."targetOpportunityId" as "targetOpportunityId",
  "t31"."targetSampleId" as "targetSampleId"
from (select "t30"."createdAt", "t30"."createdByContext", "t30"."createdByName", "t30"."createdBySource", "t30"."createdByWorkspaceMemberId", "t30"."deletedAt", "t30"."file", "t30"."fileCategory", "t30"."fullPath", "t30"."id", "t30"."name", "t30"."position", "t30"."searchVector", "t30"."targetCompanyId", "t30"."targetNoteId", "t30"."targetOpportunityId", "t30"."targetPersonId", "t30"."targetSampleId", "t30"."targetTaskId", "t30"."updatedAt", "t30"."updatedByContext", "t30"."updatedByName", "t30"."updatedBySource", "t30"."updatedByWorkspaceMemberId"
from "crm"."attachment" as "t30"
where "t30"."deletedAt" is null
  and "t30"."targetOpportunityId" = "t1"."id"
order by "t30"."id" limit 60) as "t31"
cross join lateral (select coalesce("t31"."createdBySource", 'MANUAL') as "source",
  "t31"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t31"."createdByName", '') as "name",
  coalesce("t31"."createdByContext", case when "t31"."createdBySource" is null then '{}'::jsonb end) as "context") as "t32#"
cross join lateral (select coalesce("t31"."updatedBySource", 'MANUAL') as "source",
  "t31"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t31"."updatedByName", '') as "name",
  coalesce("t31"."updatedByContext", case when "t31"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t33#") as r) as "attachments",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t35"."id" as "id",
  to_char("t35"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t35"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t35"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t36#" as "createdBy",
  "t37#" as "updatedBy",
  "t35"."position" as "position",
  to_char("t35"."happensAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happensAt",
  coalesce("t35"."name", '') as "name",
  "t35"."properties" as "properties",
  coalesce("t35"."linkedRecordCachedName", '') as "linkedRecordCachedName",
  "t35"."linkedRecordId" as "linkedRecordId",
  "t35"."linkedObjectMetadataId" as "linkedObjectMetadataId",
  "t35"."workspaceMemberId" as "workspaceMemberId",
  "t35"."targetPersonId" as "targetPersonId",
  "t35"."targetCompanyId" as "targetCompanyId",
  "t35"."targetOpportunityId" as "targetOpportunityId",
  "t35"."targetNoteId" as "targetNoteId",
  "t35"."targetTaskId" as "targetTaskId",
  "t35"."searchVector" as "searchVector",
  "t35"."targetSampleId" as "targetSampleId"
from (select "t34"."createdAt", "t34"."createdByContext", "t34"."createdByName", "t34"."createdBySource", "t34"."createdByWorkspaceMemberId", "t34"."deletedAt", "t34"."happensAt", "t34"."id", "t34"."linkedObjectMetadataId", "t34"."linkedRecordCachedName", "t34"."linkedRecordId", "t34"."name", "t34"."position", "t34"."properties", "t34"."searchVector", "t34"."targetCompanyId", "t34"."targetNoteId", "t34"."targetOpportunityId", "t34"."targetPersonId", "t34"."targetSampleId", "t34"."targetTaskId", "t34"."updatedAt", "t34"."updatedByContext", "t34"."updatedByName", "t34"."updatedBySource", "t34"."updatedByWorkspaceMemberId", "t34"."workspaceMemberId"
from "crm"."timelineActivity" as "t34"
where "t34"."deletedAt" is null
  and "t34"."targetOpportunityId" = "t1"."id"
order by "t34"."id" limit 60) as "t35"
cross join lateral (select coalesce("t35"."createdBySource", 'MANUAL') as "source",
  "t35"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t35"."createdByName", '') as "name",
  coalesce("t35"."createdByContext", case when "t35"."createdBySource" is null then '{}'::jsonb end) as "context") as "t36#"
cross join lateral (select coalesce("t35"."updatedBySource", 'MANUAL') as "source",
  "t35"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t35"."updatedByName", '') as "name",
  coalesce("t35"."updatedByContext", case when "t35"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t37#") as r) as "timelineActivities",
  (select row_to_json(r.*) from (select "t38"."id" as "id",
  to_char("t38"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t38"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t38"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t38"."position" as "position",
  "t39#" as "name",
  coalesce("t38"."colorScheme", '') as "colorScheme",
  coalesce("t38"."locale", '') as "locale",
  coalesce("t38"."avatarUrl", '') as "avatarUrl",
  coalesce("t38"."userEmail", '') as "userEmail",
  coalesce("t38"."jobTitle", '') as "jobTitle",
  "t38"."calendarStartDay"::text::numeric as "calendarStartDay",
  "t38"."userId" as "userId",
  coalesce("t38"."timeZone", '') as "timeZone",
  "t38"."dateFormat" as "dateFormat",
  "t38"."timeFormat" as "timeFormat",
  "t38"."numberFormat" as "numberFormat",
  "t38"."searchVector" as "searchVector",
  "t40#" as "createdBy",
  "t41#" as "updatedBy"
from "crm"."workspaceMember" as "t38"
cross join lateral (select coalesce("t38"."nameFirstName", '') as "firstName",
  coalesce("t38"."nameLastName", '') as "lastName") as "t39#"
cross join lateral (select coalesce("t38"."createdBySource", 'MANUAL') as "source",
  "t38"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t38"."createdByName", '') as "name",
  coalesce("t38"."createdByContext", case when "t38"."createdBySource" is null then '{}'::jsonb end) as "context") as "t40#"
cross join lateral (select coalesce("t38"."updatedBySource", 'MANUAL') as "source",
  "t38"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t38"."updatedByName", '') as "name",
  coalesce("t38"."updatedByContext", case when "t38"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t41#"
  where "t38"."id" = "t1"."ownerId" and "t38"."deletedAt" is null) as r) as "owner"
from (select "t1"."amountAmountMicros", "t1"."amountCurrencyCode", "t1"."closeDate", "t1"."companyId", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."id", "t1"."name", "t1"."ownerId", "t1"."pointOfContactId", "t1"."position", "t1"."searchVector", "t1"."stage", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId" from "crm"."opportunity" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = $1::uuid) as "t1"
cross join lateral (select "t1"."amountAmountMicros" as "amountMicros",
  "t1"."amountCurrencyCode" as "currencyCode") as "t2#"
cross join lateral (select coalesce("t1"."createdBySource", 'MANUAL') as "source",
  "t1"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."createdByName", '') as "name",
  coalesce("t1"."createdByContext", case when "t1"."createdBySource" is null then '{}'::jsonb end) as "context") as "t3#"
cross join lateral (select coalesce("t1"."updatedBySource", 'MANUAL') as "source",
  "t1"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."updatedByName", '') as "name",
  coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t4#") as r)::text::varchar as record;
-- $1: b0000000-0000-4000-8000-000000000001
