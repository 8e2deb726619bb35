select (select row_to_json(r.*) from (select "t1"."id" as "id",
  to_char("t1"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t1"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t1"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t1"."position" as "position",
  coalesce("t1"."title", '') as "title",
  "t2#" as "bodyV2",
  "t3#" as "createdBy",
  "t4#" as "updatedBy",
  "t1"."searchVector" as "searchVector",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t6"."id" as "id",
  to_char("t6"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t6"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t6"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t7#" as "createdBy",
  "t8#" as "updatedBy",
  "t6"."position" as "position",
  "t6"."searchVector" as "searchVector",
  (select "t9"."id" from "crm"."note" as "t9" where "t9"."id" = "t6"."noteId" and "t9"."deletedAt" is null) as "noteId",
  (select "t10"."id" from "crm"."person" as "t10" where "t10"."id" = "t6"."targetPersonId" and "t10"."deletedAt" is null) as "targetPersonId",
  (select "t11"."id" from "crm"."company" as "t11" where "t11"."id" = "t6"."targetCompanyId" and "t11"."deletedAt" is null) as "targetCompanyId",
  (select "t12"."id" from "crm"."opportunity" as "t12" where "t12"."id" = "t6"."targetOpportunityId" and "t12"."deletedAt" is null) as "targetOpportunityId",
  (select "t13"."id" from "crm"."_sample" as "t13" where "t13"."id" = "t6"."targetSampleId" and "t13"."deletedAt" is null) as "targetSampleId",
  (select row_to_json(r.*) from (select "t14"."id" as "id",
  to_char("t14"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t14"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t14"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t14"."position" as "position",
  coalesce("t14"."title", '') as "title",
  "t15#" as "bodyV2",
  "t16#" as "createdBy",
  "t17#" as "updatedBy",
  "t14"."searchVector" as "searchVector"
from "crm"."note" as "t14"
cross join lateral (select "t14"."bodyV2Blocknote" as "blocknote",
  coalesce("t14"."bodyV2Markdown", '') as "markdown") as "t15#"
cross join lateral (select coalesce("t14"."createdBySource", 'MANUAL') as "source",
  "t14"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t14"."createdByName", '') as "name",
  coalesce("t14"."createdByContext", case when "t14"."createdBySource" is null then '{}'::jsonb end) as "context") as "t16#"
cross join lateral (select coalesce("t14"."updatedBySource", 'MANUAL') as "source",
  "t14"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t14"."updatedByName", '') as "name",
  coalesce("t14"."updatedByContext", case when "t14"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t17#"
  where "t14"."id" = "t6"."noteId" and "t14"."deletedAt" is null) as r) as "note",
  (select row_to_json(r.*) from (select "t18"."id" as "id",
  to_char("t18"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t18"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t18"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t19#" as "name",
  "t20#" as "emails",
  "t21#" as "linkedinLink",
  coalesce("t18"."jobTitle", '') as "jobTitle",
  "t22#" as "phones",
  coalesce("t18"."avatarUrl", '') as "avatarUrl",
  case when "t18"."avatarFile" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t18"."avatarFile") as i) as f)) end as "avatarFile",
  "t18"."position" as "position",
  "t23#" as "createdBy",
  "t24#" as "updatedBy",
  "t18"."companyId" as "companyId",
  "t18"."searchVector" as "searchVector",
  "t18"."performanceRating" as "performanceRating"
from "crm"."person" as "t18"
cross join lateral (select coalesce("t18"."nameFirstName", '') as "firstName",
  coalesce("t18"."nameLastName", '') as "lastName") as "t19#"
cross join lateral (select coalesce("t18"."emailsPrimaryEmail", '') as "primaryEmail",
  coalesce("t18"."emailsAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t20#"
cross join lateral (select coalesce("t18"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t18"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t18"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t21#"
cross join lateral (select coalesce("t18"."phonesPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t18"."phonesPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t18"."phonesPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t18"."phonesAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t22#"
cross join lateral (select coalesce("t18"."createdBySource", 'MANUAL') as "source",
  "t18"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t18"."createdByName", '') as "name",
  coalesce("t18"."createdByContext", case when "t18"."createdBySource" is null then '{}'::jsonb end) as "context") as "t23#"
cross join lateral (select coalesce("t18"."updatedBySource", 'MANUAL') as "source",
  "t18"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t18"."updatedByName", '') as "name",
  coalesce("t18"."updatedByContext", case when "t18"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t24#"
  where "t18"."id" = "t6"."targetPersonId" and "t18"."deletedAt" is null) as r) as "targetPerson",
  (select row_to_json(r.*) from (select "t25"."id" as "id",
  to_char("t25"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t25"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t25"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t25"."name", '') as "name",
  "t26#" as "domainName",
  "t27#" as "address",
  "t28#" as "linkedinLink",
  "t29#" as "annualRevenue",
  "t25"."position" as "position",
  "t30#" as "createdBy",
  "t31#" as "updatedBy",
  "t25"."searchVector" as "searchVector",
  "t25"."accountOwnerId" as "accountOwnerId",
  "t25"."employees" as "employees",
  coalesce("t25"."tagline", '') as "tagline",
  coalesce("t25"."workPolicy", '{}'::text[]) as "workPolicy",
  "t25"."visaSponsorship" as "visaSponsorship"
from "crm"."company" as "t25"
cross join lateral (select coalesce("t25"."domainNamePrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t25"."domainNamePrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t25"."domainNameSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t26#"
cross join lateral (select coalesce("t25"."addressAddressStreet1", '') as "addressStreet1",
  coalesce("t25"."addressAddressStreet2", '') as "addressStreet2",
  coalesce("t25"."addressAddressCity", '') as "addressCity",
  coalesce("t25"."addressAddressPostcode", '') as "addressPostcode",
  coalesce("t25"."addressAddressState", '') as "addressState",
  coalesce("t25"."addressAddressCountry", '') as "addressCountry",
  "t25"."addressAddressLat" as "addressLat",
  "t25"."addressAddressLng" as "addressLng") as "t27#"
cross join lateral (select coalesce("t25"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t25"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t25"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t28#"
cross join lateral (select "t25"."annualRevenueAmountMicros" as "amountMicros",
  "t25"."annualRevenueCurrencyCode" as "currencyCode") as "t29#"
cross join lateral (select coalesce("t25"."createdBySource", 'MANUAL') as "source",
  "t25"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t25"."createdByName", '') as "name",
  coalesce("t25"."createdByContext", case when "t25"."createdBySource" is null then '{}'::jsonb end) as "context") as "t30#"
cross join lateral (select coalesce("t25"."updatedBySource", 'MANUAL') as "source",
  "t25"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t25"."updatedByName", '') as "name",
  coalesce("t25"."updatedByContext", case when "t25"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t31#"
  where "t25"."id" = "t6"."targetCompanyId" and "t25"."deletedAt" is null) as r) as "targetCompany",
  (select row_to_json(r.*) from (select "t32"."id" as "id",
  to_char("t32"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t32"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t32"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t32"."name", '') as "name",
  "t33#" as "amount",
  to_char("t32"."closeDate" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closeDate",
  "t32"."stage" as "stage",
  "t32"."position" as "position",
  "t34#" as "createdBy",
  "t35#" as "updatedBy",
  "t32"."searchVector" as "searchVector",
  "t32"."pointOfContactId" as "pointOfContactId",
  "t32"."companyId" as "companyId",
  "t32"."ownerId" as "ownerId"
from "crm"."opportunity" as "t32"
cross join lateral (select "t32"."amountAmountMicros" as "amountMicros",
  "t32"."amountCurrencyCode" as "currencyCode") as "t33#"
cross join lateral (select coalesce("t32"."createdBySource", 'MANUAL') as "source",
  "t32"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t32"."createdByName", '') as "name",
  coalesce("t32"."createdByContext", case when "t32"."createdBySource" is null then '{}'::jsonb end) as "context") as "t34#"
cross join lateral (select coalesce("t32"."updatedBySource", 'MANUAL') as "source",
  "t32"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t32"."updatedByName", '') as "name",
  coalesce("t32"."updatedByContext", case when "t32"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t35#"
  where "t32"."id" = "t6"."targetOpportunityId" and "t32"."deletedAt" is null) as r) as "targetOpportunity",
  (select row_to_json(r.*) from (select coalesce("t36"."name", '') as "name",
  "t36"."id" as "id",
  to_char("t36"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t36"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t36"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t37#" as "createdBy",
  "t38#" as "updatedBy",
  "t36"."position" as "position",
  "t36"."searchVector" as "searchVector",
  coalesce("t36"."textField", '') as "textField",
  "t36"."numberField" as "numberField",
  "t36"."booleanField" as "booleanField",
  "t36"."uuidField" as "uuidField",
  "t36"."dateField" as "dateField",
  to_char("t36"."dateTimeField" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dateTimeField",
  "t36"."selectField" as "selectField",
  coalesce("t36"."multiSelectField", '{}'::text[]) as "multiSelectField",
  "t36"."ratingField" as "ratingField",
  coalesce("t36"."arrayField", '{}'::text[]) as "arrayField",
  "t36"."rawJsonField" as "rawJsonField",
  "t39#" as "currencyField",
  "t40#" as "linksField",
  "t41#" as "emailsField",
  "t42#" as "phonesField",
  "t43#" as "addressField",
  "t44#" as "fullNameField",
  "t45#" as "richTextField"
from "crm"."_sample" as "t36"
cross join lateral (select coalesce("t36"."createdBySource", 'MANUAL') as "source",
  "t36"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t36"."createdByName", '') as "name",
  coalesce("t36"."createdByContext", case when "t36"."createdBySource" is null then '{}'::jsonb end) as "context") as "t37#"
cross join lateral (select coalesce("t36"."updatedBySource", 'MANUAL') as "source",
  "t36"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t36"."updatedByName", '') as "name",
  coalesce("t36"."updatedByContext", case when "t36"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t38#"
cross join lateral (select "t36"."currencyFieldAmountMicros" as "amountMicros",
  "t36"."currencyFieldCurrencyCode" as "currencyCode") as "t39#"
cross join lateral (select coalesce("t36"."linksFieldPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t36"."linksFieldPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t36"."linksFieldSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t40#"
cross join lateral (select coalesce("t36"."emailsFieldPrimaryEmail", '') as "primaryEmail",
  coalesce("t36"."emailsFieldAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t41#"
cross join lateral (select coalesce("t36"."phonesFieldPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t36"."phonesFieldPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t36"."phonesFieldPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t36"."phonesFieldAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t42#"
cross join lateral (select coalesce("t36"."addressFieldAddressStreet1", '') as "addressStreet1",
  coalesce("t36"."addressFieldAddressStreet2", '') as "addressStreet2",
  coalesce("t36"."addressFieldAddressCity", '') as "addressCity",
  coalesce("t36"."addressFieldAddressPostcode", '') as "addressPostcode",
  coalesce("t36"."addressFieldAddressState", '') as "addressState",
  coalesce("t36"."addressFieldAddressCountry", '') as "addressCountry",
  "t36"."addressFieldAddressLat" as "addressLat",
  "t36"."addressFieldAddressLng" as "addressLng") as "t43#"
cross join lateral (select coalesce("t36"."fullNameFieldFirstName", '') as "firstName",
  coalesce("t36"."fullNameFieldLastName", '') as "lastName") as "t44#"
cross join lateral (select "t36"."richTextFieldBlocknote" as "blocknote",
  coalesce("t36"."richTextFieldMarkdown", '') as "markdown") as "t45#"
  where "t36"."id" = "t6"."targetSampleId" and "t36"."deletedAt" is null) as r) as "targetSample"
from (select "t5"."createdAt", "t5"."createdByContext", "t5"."createdByName", "t5"."createdBySource", "t5"."createdByWorkspaceMemberId", "t5"."deletedAt", "t5"."id", "t5"."noteId", "t5"."position", "t5"."searchVector", "t5"."targetCompanyId", "t5"."targetOpportunityId", "t5"."targetPersonId", "t5"."targetSampleId", "t5"."updatedAt", "t5"."updatedByContext", "t5"."updatedByName", "t5"."updatedBySource", "t5"."updatedByWorkspaceMemberId"
from "crm"."noteTarget" as "t5"
where "t5"."deletedAt" is null
  and "t5"."noteId" = "t1"."id"
order by "t5"."id" limit 60) as "t6"
cross join lateral (select coalesce("t6"."createdBySource", 'MANUAL') as "source",
  "t6"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t6"."createdByName", '') as "name",
  coalesce("t6"."createdByContext", case when "t6"."createdBySource" is null then '{}'::jsonb end) as "context") as "t7#"
cross join lateral (select coalesce("t6"."updatedBySource", 'MANUAL') as "source",
  "t6"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t6"."updatedByName", '') as "name",
  coalesce("t6"."updatedByContext", case when "t6"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t8#") as r) as "noteTargets",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t47"."id" as "id",
  to_char("t47"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t47"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t47"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t47"."name", '') as "name",
  case when "t47"."file" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t47"."file") as i) as f)) end as "file",
  coalesce("t47"."fullPath", '') as "fullPath",
  "t47"."fileCategory" as "fileCategory",
  "t48#" as "createdBy",
  "t49#" as "updatedBy",
  "t47"."position" as "position",
  "t47"."searchVector" as "searchVector",
  (select "t50"."id" from "crm"."task" as "t50" where "t50"."id" = "t47"."targetTaskId" and "t50"."deletedAt" is null) as "targetTaskId",
  (select "t51"."id" from "crm"."note" as "t51" where "t51"."id" = "t47"."targetNoteId" and "t51"."deletedAt" is null) as "targetNoteId",
  (select "t52"."id" from "crm"."person" as "t52" where "t52"."id" = "t47"."targetPersonId" and "t52"."deletedAt" is null) as "targetPersonId",
  (select "t53"."id" from "crm"."company" as "t53" where "t53"."id" = "t47"."targetCompanyId" and "t53"."deletedAt" is null) as "targetCompanyId",
  (select "t54"."id" from "crm"."opportunity" as "t54" where "t54"."id" = "t47"."targetOpportunityId" and "t54"."deletedAt" is null) as "targetOpportunityId",
  (select "t55"."id" from "crm"."_sample" as "t55" where "t55"."id" = "t47"."targetSampleId" and "t55"."deletedAt" is null) as "targetSampleId",
  (select row_to_json(r.*) from (select "t56"."id" as "id",
  to_char("t56"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t56"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t56"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t56"."position" as "position",
  coalesce("t56"."title", '') as "title",
  "t57#" as "bodyV2",
  to_char("t56"."dueAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dueAt",
  "t56"."status" as "status",
  "t58#" as "createdBy",
  "t59#" as "updatedBy",
  "t56"."searchVector" as "searchVector",
  "t56"."assigneeId" as "assigneeId"
from "crm"."task" as "t56"
cross join lateral (select "t56"."bodyV2Blocknote" as "blocknote",
  coalesce("t56"."bodyV2Markdown", '') as "markdown") as "t57#"
cross join lateral (select coalesce("t56"."createdBySource", 'MANUAL') as "source",
  "t56"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t56"."createdByName", '') as "name",
  coalesce("t56"."createdByContext", case when "t56"."createdBySource" is null then '{}'::jsonb end) as "context") as "t58#"
cross join lateral (select coalesce("t56"."updatedBySource", 'MANUAL') as "source",
  "t56"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t56"."updatedByName", '') as "name",
  coalesce("t56"."updatedByContext", case when "t56"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t59#"
  where "t56"."id" = "t47"."targetTaskId" and "t56"."deletedAt" is null) as r) as "targetTask",
  (select row_to_json(r.*) from (select "t60"."id" as "id",
  to_char("t60"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t60"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t60"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t60"."position" as "position",
  coalesce("t60"."title", '') as "title",
  "t61#" as "bodyV2",
  "t62#" as "createdBy",
  "t63#" as "updatedBy",
  "t60"."searchVector" as "searchVector"
from "crm"."note" as "t60"
cross join lateral (select "t60"."bodyV2Blocknote" as "blocknote",
  coalesce("t60"."bodyV2Markdown", '') as "markdown") as "t61#"
cross join lateral (select coalesce("t60"."createdBySource", 'MANUAL') as "source",
  "t60"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t60"."createdByName", '') as "name",
  coalesce("t60"."createdByContext", case when "t60"."createdBySource" is null then '{}'::jsonb end) as "context") as "t62#"
cross join lateral (select coalesce("t60"."updatedBySource", 'MANUAL') as "source",
  "t60"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t60"."updatedByName", '') as "name",
  coalesce("t60"."updatedByContext", case when "t60"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t63#"
  where "t60"."id" = "t47"."targetNoteId" and "t60"."deletedAt" is null) as r) as "targetNote",
  (select row_to_json(r.*) from (select "t64"."id" as "id",
  to_char("t64"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t64"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t64"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t65#" as "name",
  "t66#" as "emails",
  "t67#" as "linkedinLink",
  coalesce("t64"."jobTitle", '') as "jobTitle",
  "t68#" as "phones",
  coalesce("t64"."avatarUrl", '') as "avatarUrl",
  case when "t64"."avatarFile" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t64"."avatarFile") as i) as f)) end as "avatarFile",
  "t64"."position" as "position",
  "t69#" as "createdBy",
  "t70#" as "updatedBy",
  "t64"."companyId" as "companyId",
  "t64"."searchVector" as "searchVector",
  "t64"."performanceRating" as "performanceRating"
from "crm"."person" as "t64"
cross join lateral (select coalesce("t64"."nameFirstName", '') as "firstName",
  coalesce("t64"."nameLastName", '') as "lastName") as "t65#"
cross join lateral (select coalesce("t64"."emailsPrimaryEmail", '') as "primaryEmail",
  coalesce("t64"."emailsAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t66#"
cross join lateral (select coalesce("t64"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t64"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t64"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t67#"
cross join lateral (select coalesce("t64"."phonesPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t64"."phonesPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t64"."phonesPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t64"."phonesAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t68#"
cross join lateral (select coalesce("t64"."createdBySource", 'MANUAL') as "source",
  "t64"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t64"."createdByName", '') as "name",
  coalesce("t64"."createdByContext", case when "t64"."createdBySource" is null then '{}'::jsonb end) as "context") as "t69#"
cross join lateral (select coalesce("t64"."updatedBySource", 'MANUAL') as "source",
  "t64"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t64"."updatedByName", '') as "name",
  coalesce("t64"."updatedByContext", case when "t64"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t70#"
  where "t64"."id" = "t47"."targetPersonId" and "t64"."deletedAt" is null) as r) as "targetPerson",
  (select row_to_json(r.*) from (select "t71"."id" as "id",
  to_char("t71"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t71"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t71"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t71"."name", '') as "name",
  "t72#" as "domainName",
  "t73#" as "address",
  "t74#" as "linkedinLink",
  "t75#" as "annualRevenue",
  "t71"."position" as "position",
  "t76#" as "createdBy",
  "t77#" as "updatedBy",
  "t71"."searchVector" as "searchVector",
  "t71"."accountOwnerId" as "accountOwnerId",
  "t71"."employees" as "employees",
  coalesce("t71"."tagline", '') as "tagline",
  coalesce("t71"."workPolicy", '{}'::text[]) as "workPolicy",
  "t71"."visaSponsorship" as "visaSponsorship"
from "crm"."company" as "t71"
cross join lateral (select coalesce("t71"."domainNamePrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t71"."domainNamePrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t71"."domainNameSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t72#"
cross join lateral (select coalesce("t71"."addressAddressStreet1", '') as "addressStreet1",
  coalesce("t71"."addressAddressStreet2", '') as "addressStreet2",
  coalesce("t71"."addressAddressCity", '') as "addressCity",
  coalesce("t71"."addressAddressPostcode", '') as "addressPostcode",
  coalesce("t71"."addressAddressState", '') as "addressState",
  coalesce("t71"."addressAddressCountry", '') as "addressCountry",
  "t71"."addressAddressLat" as "addressLat",
  "t71"."addressAddressLng" as "addressLng") as "t73#"
cross join lateral (select coalesce("t71"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t71"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t71"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t74#"
cross join lateral (select "t71"."annualRevenueAmountMicros" as "amountMicros",
  "t71"."annualRevenueCurrencyCode" as "currencyCode") as "t75#"
cross join lateral (select coalesce("t71"."createdBySource", 'MANUAL') as "source",
  "t71"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t71"."createdByName", '') as "name",
  coalesce("t71"."createdByContext", case when "t71"."createdBySource" is null then '{}'::jsonb end) as "context") as "t76#"
cross join lateral (select coalesce("t71"."updatedBySource", 'MANUAL') as "source",
  "t71"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t71"."updatedByName", '') as "name",
  coalesce("t71"."updatedByContext", case when "t71"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t77#"
  where "t71"."id" = "t47"."targetCompanyId" and "t71"."deletedAt" is null) as r) as "targetCompany",
  (select row_to_json(r.*) from (select "t78"."id" as "id",
  to_char("t78"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t78"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t78"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t78"."name", '') as "name",
  "t79#" as "amount",
  to_char("t78"."closeDate" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closeDate",
  "t78"."stage" as "stage",
  "t78"."position" as "position",
  "t80#" as "createdBy",
  "t81#" as "updatedBy",
  "t78"."searchVector" as "searchVector",
  "t78"."pointOfContactId" as "pointOfContactId",
  "t78"."companyId" as "companyId",
  "t78"."ownerId" as "ownerId"
from "crm"."opportunity" as "t78"
cross join lateral (select "t78"."amountAmountMicros" as "amountMicros",
  "t78"."amountCurrencyCode" as "currencyCode") as "t79#"
cross join lateral (select coalesce("t78"."createdBySource", 'MANUAL') as "source",
  "t78"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t78"."createdByName", '') as "name",
  coalesce("t78"."createdByContext", case when "t78"."createdBySource" is null then '{}'::jsonb end) as "context") as "t80#"
cross join lateral (select coalesce("t78"."updatedBySource", 'MANUAL') as "source",
  "t78"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t78"."updatedByName", '') as "name",
  coalesce("t78"."updatedByContext", case when "t78"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t81#"
  where "t78"."id" = "t47"."targetOpportunityId" and "t78"."deletedAt" is null) as r) as "targetOpportunity",
  (select row_to_json(r.*) from (select coalesce("t82"."name", '') as "name",
  "t82"."id" as "id",
  to_char("t82"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t82"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t82"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t83#" as "createdBy",
  "t84#" as "updatedBy",
  "t82"."position" as "position",
  "t82"."searchVector" as "searchVector",
  coalesce("t82"."textField", '') as "textField",
  "t82"."numberField" as "numberField",
  "t82"."booleanField" as "booleanField",
  "t82"."uuidField" as "uuidField",
  "t82"."dateField" as "dateField",
  to_char("t82"."dateTimeField" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dateTimeField",
  "t82"."selectField" as "selectField",
  coalesce("t82"."multiSelectField", '{}'::text[]) as "multiSelectField",
  "t82"."ratingField" as "ratingField",
  coalesce("t82"."arrayField", '{}'::text[]) as "arrayField",
  "t82"."rawJsonField" as "rawJsonField",
  "t85#" as "currencyField",
  "t86#" as "linksField",
  "t87#" as "emailsField",
  "t88#" as "phonesField",
  "t89#" as "addressField",
  "t90#" as "fullNameField",
  "t91#" as "richTextField"
from "crm"."_sample" as "t82"
cross join lateral (select coalesce("t82"."createdBySource", 'MANUAL') as "source",
  "t82"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t82"."createdByName", '') as "name",
  coalesce("t82"."createdByContext", case when "t82"."createdBySource" is null then '{}'::jsonb end) as "context") as "t83#"
cross join lateral (select coalesce("t82"."updatedBySource", 'MANUAL') as "source",
  "t82"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t82"."updatedByName", '') as "name",
  coalesce("t82"."updatedByContext", case when "t82"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t84#"
cross join lateral (select "t82"."currencyFieldAmountMicros" as "amountMicros",
  "t82"."currencyFieldCurrencyCode" as "currencyCode") as "t85#"
cross join lateral (select coalesce("t82"."linksFieldPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t82"."linksFieldPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t82"."linksFieldSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t86#"
cross join lateral (select coalesce("t82"."emailsFieldPrimaryEmail", '') as "primaryEmail",
  coalesce("t82"."emailsFieldAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t87#"
cross join lateral (select coalesce("t82"."phonesFieldPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t82"."phonesFieldPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t82"."phonesFieldPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t82"."phonesFieldAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t88#"
cross join lateral (select coalesce("t82"."addressFieldAddressStreet1", '') as "addressStreet1",
  coalesce("t82"."addressFieldAddressStreet2", '') as "addressStreet2",
  coalesce("t82"."addressFieldAddressCity", '') as "addressCity",
  coalesce("t82"."addressFieldAddressPostcode", '') as "addressPostcode",
  coalesce("t82"."addressFieldAddressState", '') as "addressState",
  coalesce("t82"."addressFieldAddressCountry", '') as "addressCountry",
  "t82"."addressFieldAddressLat" as "addressLat",
  "t82"."addressFieldAddressLng" as "addressLng") as "t89#"
cross join lateral (select coalesce("t82"."fullNameFieldFirstName", '') as "firstName",
  coalesce("t82"."fullNameFieldLastName", '') as "lastName") as "t90#"
cross join lateral (select "t82"."richTextFieldBlocknote" as "blocknote",
  coalesce("t82"."richTextFieldMarkdown", '') as "markdown") as "t91#"
  where "t82"."id" = "t47"."targetSampleId" and "t82"."deletedAt" is null) as r) as "targetSample"
from (select "t46"."createdAt", "t46"."createdByContext", "t46"."createdByName", "t46"."createdBySource", "t46"."createdByWorkspaceMemberId", "t46"."deletedAt", "t46"."file", "t46"."fileCategory", "t46"."fullPath", "t46"."id", "t46"."name", "t46"."position", "t46"."searchVector", "t46"."targetCompanyId", "t46"."targetNoteId", "t46"."targetOpportunityId", "t46"."targetPersonId", "t46"."targetSampleId", "t46"."targetTaskId", "t46"."updatedAt", "t46"."updatedByContext", "t46"."updatedByName", "t46"."updatedBySource", "t46"."updatedByWorkspaceMemberId"
from "crm"."attachment" as "t46"
where "t46"."deletedAt" is null
  and "t46"."targetNoteId" = "t1"."id"
order by "t46"."id" limit 60) as "t47"
cross join lateral (select coalesce("t47"."createdBySource", 'MANUAL') as "source",
  "t47"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t47"."createdByName", '') as "name",
  coalesce("t47"."createdByContext", case when "t47"."createdBySource" is null then '{}'::jsonb end) as "context") as "t48#"
cross join lateral (select coalesce("t47"."updatedBySource", 'MANUAL') as "source",
  "t47"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t47"."updatedByName", '') as "name",
  coalesce("t47"."updatedByContext", case when "t47"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t49#") as r) as "attachments",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  "t93"."id" as "id",
  to_char("t93"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t93"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t93"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t94#" as "createdBy",
  "t95#" as "updatedBy",
  "t93"."position" as "position",
  to_char("t93"."happensAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happensAt",
  coalesce("t93"."name", '') as "name",
  "t93"."properties" as "properties",
  coalesce("t93"."linkedRecordCachedName", '') as "linkedRecordCachedName",
  "t93"."linkedRecordId" as "linkedRecordId",
  "t93"."linkedObjectMetadataId" as "linkedObjectMetadataId",
  (select "t96"."id" from "crm"."workspaceMember" as "t96" where "t96"."id" = "t93"."workspaceMemberId" and "t96"."deletedAt" is null) as "workspaceMemberId",
  (select "t97"."id" from "crm"."person" as "t97" where "t97"."id" = "t93"."targetPersonId" and "t97"."deletedAt" is null) as "targetPersonId",
  (select "t98"."id" from "crm"."company" as "t98" where "t98"."id" = "t93"."targetCompanyId" and "t98"."deletedAt" is null) as "targetCompanyId",
  (select "t99"."id" from "crm"."opportunity" as "t99" where "t99"."id" = "t93"."targetOpportunityId" and "t99"."deletedAt" is null) as "targetOpportunityId",
  (select "t100"."id" from "crm"."note" as "t100" where "t100"."id" = "t93"."targetNoteId" and "t100"."deletedAt" is null) as "targetNoteId",
  (select "t101"."id" from "crm"."task" as "t101" where "t101"."id" = "t93"."targetTaskId" and "t101"."deletedAt" is null) as "targetTaskId",
  "t93"."searchVector" as "searchVector",
  (select "t102"."id" from "crm"."_sample" as "t102" where "t102"."id" = "t93"."targetSampleId" and "t102"."deletedAt" is null) as "targetSampleId",
  (select row_to_json(r.*) from (select "t103"."id" as "id",
  to_char("t103"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t103"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t103"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t103"."position" as "position",
  "t104#" as "name",
  coalesce("t103"."colorScheme", '') as "colorScheme",
  coalesce("t103"."locale", '') as "locale",
  coalesce("t103"."avatarUrl", '') as "avatarUrl",
  coalesce("t103"."userEmail", '') as "userEmail",
  coalesce("t103"."jobTitle", '') as "jobTitle",
  "t103"."calendarStartDay"::text::numeric as "calendarStartDay",
  "t103"."userId" as "userId",
  coalesce("t103"."timeZone", '') as "timeZone",
  "t103"."dateFormat" as "dateFormat",
  "t103"."timeFormat" as "timeFormat",
  "t103"."numberFormat" as "numberFormat",
  "t103"."searchVector" as "searchVector",
  "t105#" as "createdBy",
  "t106#" as "updatedBy"
from "crm"."workspaceMember" as "t103"
cross join lateral (select coalesce("t103"."nameFirstName", '') as "firstName",
  coalesce("t103"."nameLastName", '') as "lastName") as "t104#"
cross join lateral (select coalesce("t103"."createdBySource", 'MANUAL') as "source",
  "t103"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t103"."createdByName", '') as "name",
  coalesce("t103"."createdByContext", case when "t103"."createdBySource" is null then '{}'::jsonb end) as "context") as "t105#"
cross join lateral (select coalesce("t103"."updatedBySource", 'MANUAL') as "source",
  "t103"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t103"."updatedByName", '') as "name",
  coalesce("t103"."updatedByContext", case when "t103"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t106#"
  where "t103"."id" = "t93"."workspaceMemberId" and "t103"."deletedAt" is null) as r) as "workspaceMember",
  (select row_to_json(r.*) from (select "t107"."id" as "id",
  to_char("t107"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t107"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t107"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t108#" as "name",
  "t109#" as "emails",
  "t110#" as "linkedinLink",
  coalesce("t107"."jobTitle", '') as "jobTitle",
  "t111#" as "phones",
  coalesce("t107"."avatarUrl", '') as "avatarUrl",
  case when "t107"."avatarFile" is not null then array_to_json(array(select row_to_json(f.*) from (select i ->> 'fileId' as "fileId", i ->> 'label' as label, i ->> 'extension' as extension, icosa.file_url('crm', i ->> 'fileId') as url from jsonb_array_elements("t107"."avatarFile") as i) as f)) end as "avatarFile",
  "t107"."position" as "position",
  "t112#" as "createdBy",
  "t113#" as "updatedBy",
  "t107"."companyId" as "companyId",
  "t107"."searchVector" as "searchVector",
  "t107"."performanceRating" as "performanceRating"
from "crm"."person" as "t107"
cross join lateral (select coalesce("t107"."nameFirstName", '') as "firstName",
  coalesce("t107"."nameLastName", '') as "lastName") as "t108#"
cross join lateral (select coalesce("t107"."emailsPrimaryEmail", '') as "primaryEmail",
  coalesce("t107"."emailsAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t109#"
cross join lateral (select coalesce("t107"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t107"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t107"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t110#"
cross join lateral (select coalesce("t107"."phonesPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t107"."phonesPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t107"."phonesPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t107"."phonesAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t111#"
cross join lateral (select coalesce("t107"."createdBySource", 'MANUAL') as "source",
  "t107"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t107"."createdByName", '') as "name",
  coalesce("t107"."createdByContext", case when "t107"."createdBySource" is null then '{}'::jsonb end) as "context") as "t112#"
cross join lateral (select coalesce("t107"."updatedBySource", 'MANUAL') as "source",
  "t107"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t107"."updatedByName", '') as "name",
  coalesce("t107"."updatedByContext", case when "t107"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t113#"
  where "t107"."id" = "t93"."targetPersonId" and "t107"."deletedAt" is null) as r) as "targetPerson",
  (select row_to_json(r.*) from (select "t114"."id" as "id",
  to_char("t114"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t114"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t114"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t114"."name", '') as "name",
  "t115#" as "domainName",
  "t116#" as "address",
  "t117#" as "linkedinLink",
  "t118#" as "annualRevenue",
  "t114"."position" as "position",
  "t119#" as "createdBy",
  "t120#" as "updatedBy",
  "t114"."searchVector" as "searchVector",
  "t114"."accountOwnerId" as "accountOwnerId",
  "t114"."employees" as "employees",
  coalesce("t114"."tagline", '') as "tagline",
  coalesce("t114"."workPolicy", '{}'::text[]) as "workPolicy",
  "t114"."visaSponsorship" as "visaSponsorship"
from "crm"."company" as "t114"
cross join lateral (select coalesce("t114"."domainNamePrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t114"."domainNamePrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t114"."domainNameSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t115#"
cross join lateral (select coalesce("t114"."addressAddressStreet1", '') as "addressStreet1",
  coalesce("t114"."addressAddressStreet2", '') as "addressStreet2",
  coalesce("t114"."addressAddressCity", '') as "addressCity",
  coalesce("t114"."addressAddressPostcode", '') as "addressPostcode",
  coalesce("t114"."addressAddressState", '') as "addressState",
  coalesce("t114"."addressAddressCountry", '') as "addressCountry",
  "t114"."addressAddressLat" as "addressLat",
  "t114"."addressAddressLng" as "addressLng") as "t116#"
cross join lateral (select coalesce("t114"."linkedinLinkPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t114"."linkedinLinkPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t114"."linkedinLinkSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t117#"
cross join lateral (select "t114"."annualRevenueAmountMicros" as "amountMicros",
  "t114"."annualRevenueCurrencyCode" as "currencyCode") as "t118#"
cross join lateral (select coalesce("t114"."createdBySource", 'MANUAL') as "source",
  "t114"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t114"."createdByName", '') as "name",
  coalesce("t114"."createdByContext", case when "t114"."createdBySource" is null then '{}'::jsonb end) as "context") as "t119#"
cross join lateral (select coalesce("t114"."updatedBySource", 'MANUAL') as "source",
  "t114"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t114"."updatedByName", '') as "name",
  coalesce("t114"."updatedByContext", case when "t114"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t120#"
  where "t114"."id" = "t93"."targetCompanyId" and "t114"."deletedAt" is null) as r) as "targetCompany",
  (select row_to_json(r.*) from (select "t121"."id" as "id",
  to_char("t121"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t121"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t121"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  coalesce("t121"."name", '') as "name",
  "t122#" as "amount",
  to_char("t121"."closeDate" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closeDate",
  "t121"."stage" as "stage",
  "t121"."position" as "position",
  "t123#" as "createdBy",
  "t124#" as "updatedBy",
  "t121"."searchVector" as "searchVector",
  "t121"."pointOfContactId" as "pointOfContactId",
  "t121"."companyId" as "companyId",
  "t121"."ownerId" as "ownerId"
from "crm"."opportunity" as "t121"
cross join lateral (select "t121"."amountAmountMicros" as "amountMicros",
  "t121"."amountCurrencyCode" as "currencyCode") as "t122#"
cross join lateral (select coalesce("t121"."createdBySource", 'MANUAL') as "source",
  "t121"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t121"."createdByName", '') as "name",
  coalesce("t121"."createdByContext", case when "t121"."createdBySource" is null then '{}'::jsonb end) as "context") as "t123#"
cross join lateral (select coalesce("t121"."updatedBySource", 'MANUAL') as "source",
  "t121"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t121"."updatedByName", '') as "name",
  coalesce("t121"."updatedByContext", case when "t121"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t124#"
  where "t121"."id" = "t93"."targetOpportunityId" and "t121"."deletedAt" is null) as r) as "targetOpportunity",
  (select row_to_json(r.*) from (select "t125"."id" as "id",
  to_char("t125"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t125"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t125"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t125"."position" as "position",
  coalesce("t125"."title", '') as "title",
  "t126#" as "bodyV2",
  "t127#" as "createdBy",
  "t128#" as "updatedBy",
  "t125"."searchVector" as "searchVector"
from "crm"."note" as "t125"
cross join lateral (select "t125"."bodyV2Blocknote" as "blocknote",
  coalesce("t125"."bodyV2Markdown", '') as "markdown") as "t126#"
cross join lateral (select coalesce("t125"."createdBySource", 'MANUAL') as "source",
  "t125"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t125"."createdByName", '') as "name",
  coalesce("t125"."createdByContext", case when "t125"."createdBySource" is null then '{}'::jsonb end) as "context") as "t127#"
cross join lateral (select coalesce("t125"."updatedBySource", 'MANUAL') as "source",
  "t125"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t125"."updatedByName", '') as "name",
  coalesce("t125"."updatedByContext", case when "t125"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t128#"
  where "t125"."id" = "t93"."targetNoteId" and "t125"."deletedAt" is null) as r) as "targetNote",
  (select row_to_json(r.*) from (select "t129"."id" as "id",
  to_char("t129"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t129"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t129"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t129"."position" as "position",
  coalesce("t129"."title", '') as "title",
  "t130#" as "bodyV2",
  to_char("t129"."dueAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dueAt",
  "t129"."status" as "status",
  "t131#" as "createdBy",
  "t132#" as "updatedBy",
  "t129"."searchVector" as "searchVector",
  "t129"."assigneeId" as "assigneeId"
from "crm"."task" as "t129"
cross join lateral (select "t129"."bodyV2Blocknote" as "blocknote",
  coalesce("t129"."bodyV2Markdown", '') as "markdown") as "t130#"
cross join lateral (select coalesce("t129"."createdBySource", 'MANUAL') as "source",
  "t129"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t129"."createdByName", '') as "name",
  coalesce("t129"."createdByContext", case when "t129"."createdBySource" is null then '{}'::jsonb end) as "context") as "t131#"
cross join lateral (select coalesce("t129"."updatedBySource", 'MANUAL') as "source",
  "t129"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t129"."updatedByName", '') as "name",
  coalesce("t129"."updatedByContext", case when "t129"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t132#"
  where "t129"."id" = "t93"."targetTaskId" and "t129"."deletedAt" is null) as r) as "targetTask",
  (select row_to_json(r.*) from (select coalesce("t133"."name", '') as "name",
  "t133"."id" as "id",
  to_char("t133"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t133"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t133"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t134#" as "createdBy",
  "t135#" as "updatedBy",
  "t133"."position" as "position",
  "t133"."searchVector" as "searchVector",
  coalesce("t133"."textField", '') as "textField",
  "t133"."numberField" as "numberField",
  "t133"."booleanField" as "booleanField",
  "t133"."uuidField" as "uuidField",
  "t133"."dateField" as "dateField",
  to_char("t133"."dateTimeField" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dateTimeField",
  "t133"."selectField" as "selectField",
  coalesce("t133"."multiSelectField", '{}'::text[]) as "multiSelectField",
  "t133"."ratingField" as "ratingField",
  coalesce("t133"."arrayField", '{}'::text[]) as "arrayField",
  "t133"."rawJsonField" as "rawJsonField",
  "t136#" as "currencyField",
  "t137#" as "linksField",
  "t138#" as "emailsField",
  "t139#" as "phonesField",
  "t140#" as "addressField",
  "t141#" as "fullNameField",
  "t142#" as "richTextField"
from "crm"."_sample" as "t133"
cross join lateral (select coalesce("t133"."createdBySource", 'MANUAL') as "source",
  "t133"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t133"."createdByName", '') as "name",
  coalesce("t133"."createdByContext", case when "t133"."createdBySource" is null then '{}'::jsonb end) as "context") as "t134#"
cross join lateral (select coalesce("t133"."updatedBySource", 'MANUAL') as "source",
  "t133"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t133"."updatedByName", '') as "name",
  coalesce("t133"."updatedByContext", case when "t133"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t135#"
cross join lateral (select "t133"."currencyFieldAmountMicros" as "amountMicros",
  "t133"."currencyFieldCurrencyCode" as "currencyCode") as "t136#"
cross join lateral (select coalesce("t133"."linksFieldPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t133"."linksFieldPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t133"."linksFieldSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t137#"
cross join lateral (select coalesce("t133"."emailsFieldPrimaryEmail", '') as "primaryEmail",
  coalesce("t133"."emailsFieldAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t138#"
cross join lateral (select coalesce("t133"."phonesFieldPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t133"."phonesFieldPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t133"."phonesFieldPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t133"."phonesFieldAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t139#"
cross join lateral (select coalesce("t133"."addressFieldAddressStreet1", '') as "addressStreet1",
  coalesce("t133"."addressFieldAddressStreet2", '') as "addressStreet2",
  coalesce("t133"."addressFieldAddressCity", '') as "addressCity",
  coalesce("t133"."addressFieldAddressPostcode", '') as "addressPostcode",
  coalesce("t133"."addressFieldAddressState", '') as "addressState",
  coalesce("t133"."addressFieldAddressCountry", '') as "addressCountry",
  "t133"."addressFieldAddressLat" as "addressLat",
  "t133"."addressFieldAddressLng" as "addressLng") as "t140#"
cross join lateral (select coalesce("t133"."fullNameFieldFirstName", '') as "firstName",
  coalesce("t133"."fullNameFieldLastName", '') as "lastName") as "t141#"
cross join lateral (select "t133"."richTextFieldBlocknote" as "blocknote",
  coalesce("t133"."richTextFieldMarkdown", '') as "markdown") as "t142#"
  where "t133"."id" = "t93"."targetSampleId" and "t133"."deletedAt" is null) as r) as "targetSample"
from (select "t92"."createdAt", "t92"."createdByContext", "t92"."createdByName", "t92"."createdBySource", "t92"."createdByWorkspaceMemberId", "t92"."deletedAt", "t92"."happensAt", "t92"."id", "t92"."linkedObjectMetadataId", "t92"."linkedRecordCachedName", "t92"."linkedRecordId", "t92"."name", "t92"."position", "t92"."properties", "t92"."searchVector", "t92"."targetCompanyId", "t92"."targetNoteId", "t92"."targetOpportunityId", "t92"."targetPersonId", "t92"."targetSampleId", "t92"."targetTaskId", "t92"."updatedAt", "t92"."updatedByContext", "t92"."updatedByName", "t92"."updatedBySource", "t92"."updatedByWorkspaceMemberId", "t92"."workspaceMemberId"
from "crm"."timelineActivity" as "t92"
where "t92"."deletedAt" is null
  and "t92"."targetNoteId" = "t1"."id"
order by "t92"."id" limit 60) as "t93"
cross join lateral (select coalesce("t93"."createdBySource", 'MANUAL') as "source",
  "t93"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t93"."createdByName", '') as "name",
  coalesce("t93"."createdByContext", case when "t93"."createdBySource" is null then '{}'::jsonb end) as "context") as "t94#"
cross join lateral (select coalesce("t93"."updatedBySource", 'MANUAL') as "source",
  "t93"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t93"."updatedByName", '') as "name",
  coalesce("t93"."updatedByContext", case when "t93"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t95#") as r) as "timelineActivities"
from (select "t1"."bodyV2Blocknote", "t1"."bodyV2Markdown", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."deletedAt", "t1"."id", "t1"."position", "t1"."searchVector", "t1"."title", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId" from "crm"."note" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = $1::uuid) as "t1"
cross join lateral (select "t1"."bodyV2Blocknote" as "blocknote",
  coalesce("t1"."bodyV2Markdown", '') as "markdown") as "t2#"
cross join lateral (select coalesce("t1"."createdBySource", 'MANUAL') as "source",
  "t1"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."createdByName", '') as "name",
  coalesce("t1"."createdByContext", case when "t1"."createdBySource" is null then '{}'::jsonb end) as "context") as "t3#"
cross join lateral (select coalesce("t1"."updatedBySource", 'MANUAL') as "source",
  "t1"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t1"."updatedByName", '') as "name",
  coalesce("t1"."updatedByContext", case when "t1"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t4#") as r)::text::varchar as record;
-- $1: d0000000-0000-4000-8000-000000000001
