with "page_t2" as (select "t1"."addressFieldAddressCity", "t1"."addressFieldAddressCountry", "t1"."addressFieldAddressLat", "t1"."addressFieldAddressLng", "t1"."addressFieldAddressPostcode", "t1"."addressFieldAddressState", "t1"."addressFieldAddressStreet1", "t1"."addressFieldAddressStreet2", "t1"."arrayField", "t1"."booleanField", "t1"."createdAt", "t1"."createdByContext", "t1"."createdByName", "t1"."createdBySource", "t1"."createdByWorkspaceMemberId", "t1"."currencyFieldAmountMicros", "t1"."currencyFieldCurrencyCode", "t1"."dateField", "t1"."dateTimeField", "t1"."deletedAt", "t1"."emailsFieldAdditionalEmails", "t1"."emailsFieldPrimaryEmail", "t1"."fullNameFieldFirstName", "t1"."fullNameFieldLastName", "t1"."id", "t1"."linksFieldPrimaryLinkLabel", "t1"."linksFieldPrimaryLinkUrl", "t1"."linksFieldSecondaryLinks", "t1"."multiSelectField", "t1"."name", "t1"."numberField", "t1"."phonesFieldAdditionalPhones", "t1"."phonesFieldPrimaryPhoneCallingCode", "t1"."phonesFieldPrimaryPhoneCountryCode", "t1"."phonesFieldPrimaryPhoneNumber", "t1"."position", "t1"."ratingField", "t1"."rawJsonField", "t1"."richTextFieldBlocknote", "t1"."richTextFieldMarkdown", "t1"."searchVector", "t1"."selectField", "t1"."textField", "t1"."updatedAt", "t1"."updatedByContext", "t1"."updatedByName", "t1"."updatedBySource", "t1"."updatedByWorkspaceMemberId", "t1"."uuidField"
from "crm"."_sample" as "t1"
where "t1"."deletedAt" is null
order by lower(left("t1"."name", 256)) nulls first, "t1"."id" limit 61)
select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t3"."name", '') as "name",
  "t3"."id" as "id",
  to_char("t3"."createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
  to_char("t3"."updatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt",
  to_char("t3"."deletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "deletedAt",
  "t4#" as "createdBy",
  "t5#" as "updatedBy",
  "t3"."position" as "position",
  "t3"."searchVector" as "searchVector",
  coalesce("t3"."textField", '') as "textField",
  "t3"."numberField" as "numberField",
  "t3"."booleanField" as "booleanField",
  "t3"."uuidField" as "uuidField",
  "t3"."dateField" as "dateField",
  to_char("t3"."dateTimeField" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dateTimeField",
  "t3"."selectField" as "selectField",
  coalesce("t3"."multiSelectField", '{}'::text[]) as "multiSelectField",
  "t3"."ratingField" as "ratingField",
  coalesce("t3"."arrayField", '{}'::text[]) as "arrayField",
  "t3"."rawJsonField" as "rawJsonField",
  "t6#" as "currencyField",
  "t7#" as "linksField",
  "t8#" as "emailsField",
  "t9#" as "phonesField",
  "t10#" as "addressField",
  "t11#" as "fullNameField",
  "t12#" as "richTextField"
from (select * from "page_t2" limit 60) as "t3"
cross join lateral (select coalesce("t3"."createdBySource", 'MANUAL') as "source",
  "t3"."createdByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t3"."createdByName", '') as "name",
  coalesce("t3"."createdByContext", case when "t3"."createdBySource" is null then '{}'::jsonb end) as "context") as "t4#"
cross join lateral (select coalesce("t3"."updatedBySource", 'MANUAL') as "source",
  "t3"."updatedByWorkspaceMemberId" as "workspaceMemberId",
  coalesce("t3"."updatedByName", '') as "name",
  coalesce("t3"."updatedByContext", case when "t3"."updatedBySource" is null then '{}'::jsonb end) as "context") as "t5#"
cross join lateral (select "t3"."currencyFieldAmountMicros" as "amountMicros",
  "t3"."currencyFieldCurrencyCode" as "currencyCode") as "t6#"
cross join lateral (select coalesce("t3"."linksFieldPrimaryLinkLabel", '') as "primaryLinkLabel",
  coalesce("t3"."linksFieldPrimaryLinkUrl", '') as "primaryLinkUrl",
  coalesce("t3"."linksFieldSecondaryLinks", '[]'::jsonb) as "secondaryLinks") as "t7#"
cross join lateral (select coalesce("t3"."emailsFieldPrimaryEmail", '') as "primaryEmail",
  coalesce("t3"."emailsFieldAdditionalEmails", '[]'::jsonb) as "additionalEmails") as "t8#"
cross join lateral (select coalesce("t3"."phonesFieldPrimaryPhoneNumber", '') as "primaryPhoneNumber",
  coalesce("t3"."phonesFieldPrimaryPhoneCountryCode", '') as "primaryPhoneCountryCode",
  coalesce("t3"."phonesFieldPrimaryPhoneCallingCode", '') as "primaryPhoneCallingCode",
  coalesce("t3"."phonesFieldAdditionalPhones", '[]'::jsonb) as "additionalPhones") as "t9#"
cross join lateral (select coalesce("t3"."addressFieldAddressStreet1", '') as "addressStreet1",
  coalesce("t3"."addressFieldAddressStreet2", '') as "addressStreet2",
  coalesce("t3"."addressFieldAddressCity", '') as "addressCity",
  coalesce("t3"."addressFieldAddressPostcode", '') as "addressPostcode",
  coalesce("t3"."addressFieldAddressState", '') as "addressState",
  coalesce("t3"."addressFieldAddressCountry", '') as "addressCountry",
  "t3"."addressFieldAddressLat" as "addressLat",
  "t3"."addressFieldAddressLng" as "addressLng") as "t10#"
cross join lateral (select coalesce("t3"."fullNameFieldFirstName", '') as "firstName",
  coalesce("t3"."fullNameFieldLastName", '') as "lastName") as "t11#"
cross join lateral (select "t3"."richTextFieldBlocknote" as "blocknote",
  coalesce("t3"."richTextFieldMarkdown", '') as "markdown") as "t12#") as r)::varchar as records,
"t13"."n" > 60 as "next",
case when "t13"."n" > 0 then (select row_to_json(r.*) from (select coalesce(left("t13"."k1"[1], 256), '') as "name",
  "t13"."k2"[1] as "id") as r) end as "start",
case when "t13"."n" > 0 then (select row_to_json(r.*) from (select coalesce(left("t13"."k1"[least("t13"."n", 60)], 256), '') as "name",
  "t13"."k2"[least("t13"."n", 60)] as "id") as r) end as "end",
false as "previous",
(select coalesce(sum(delta), 0)::bigint from "crm"."record_total" where object_id = '…'::uuid) as "total"
from (select count(*) as "n",
  array_agg("name") as "k1",
  array_agg("id") as "k2" from "page_t2") as "t13";
-- $1: ,
