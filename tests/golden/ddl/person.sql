create table "w_1"."person" (
    "id" uuid default gen_random_uuid() not null,
    "createdAt" timestamptz(3) default now() not null,
    "updatedAt" timestamptz(3) default now() not null,
    "deletedAt" timestamptz(3),
    "nameFirstName" text,
    "nameLastName" text,
    "emailsPrimaryEmail" text,
    "emailsAdditionalEmails" jsonb,
    "linkedinLinkPrimaryLinkLabel" text,
    "linkedinLinkPrimaryLinkUrl" text,
    "linkedinLinkSecondaryLinks" jsonb,
    "jobTitle" text,
    "phonesPrimaryPhoneNumber" text,
    "phonesPrimaryPhoneCountryCode" text,
    "phonesPrimaryPhoneCallingCode" text,
    "phonesAdditionalPhones" jsonb,
    "avatarUrl" text,
    "avatarFile" jsonb,
    "position" float8 default '0'::float8 not null,
    "createdBySource" text default 'MANUAL'::text,
    "createdByWorkspaceMemberId" uuid,
    "createdByName" text default 'System'::text,
    "createdByContext" jsonb,
    "updatedBySource" text default 'MANUAL'::text,
    "updatedByWorkspaceMemberId" uuid,
    "updatedByName" text default 'System'::text,
    "updatedByContext" jsonb,
    "companyId" uuid,
    "searchVector" tsvector generated always as (icosa.search_document(left(icosa.search_words("nameFirstName", "nameLastName", icosa.search_emails("emailsPrimaryEmail", "emailsAdditionalEmails"), icosa.search_phones("phonesPrimaryPhoneNumber", "phonesPrimaryPhoneCallingCode", "phonesAdditionalPhones"), "jobTitle"), 200000))) stored,
    constraint "PK_91ec08aed4853bd4cbf305fe1f8" primary key ("id")
);
alter table "w_1"."person" add constraint "FK_fe74e8fc67fff6d585cbffe12b2" foreign key ("companyId")
    references "w_1"."company" ("id") on delete set null;
alter table "w_1"."opportunity" add constraint "FK_26fed7a6c62a574941dcccab986" foreign key ("pointOfContactId")
    references "w_1"."person" ("id") on delete set null;
alter table "w_1"."noteTarget" add constraint "FK_a7e1214a2c3c56998cdff3f9bb2" foreign key ("targetPersonId")
    references "w_1"."person" ("id") on delete cascade;
alter table "w_1"."taskTarget" add constraint "FK_679b65596149921035b4dd4f83d" foreign key ("targetPersonId")
    references "w_1"."person" ("id") on delete cascade;
alter table "w_1"."attachment" add constraint "FK_244fb9006b5ee998750af36c195" foreign key ("targetPersonId")
    references "w_1"."person" ("id") on delete cascade;
alter table "w_1"."timelineActivity" add constraint "FK_a3a07adccf05a3d54eb7abf8c8d" foreign key ("targetPersonId")
    references "w_1"."person" ("id") on delete cascade;
create index "IDX_ae09ff97967369e0644bacc0fce" on "w_1"."person" using btree ("companyId");
create unique index "IDX_UNIQUE_3f3f0f629b07673cdb5103c4aa0" on "w_1"."person" using btree ("emailsPrimaryEmail");
create index "IDX_bbd7aec1976fc684a0a5e4816c9" on "w_1"."person" using gin ("searchVector") where "deletedAt" is null;
create index "ORDER_d5adef70a848a808c46e3427d79" on "w_1"."person" using btree ("createdAt", "id") where "deletedAt" is null;
create index "ORDER_3dc937cebd081ddd105f9872419" on "w_1"."person" using btree ("position", "id") where "deletedAt" is null;
create index "ORDER_6832c24f4b6a39525a8d606962d" on "w_1"."person" using btree (lower(left("nameFirstName", 256)) nulls first, lower(left("nameLastName", 256)) nulls first, "id") where "deletedAt" is null;
create index "TRIGRAM_9addb142365fb032c016e8509a1" on "w_1"."person" using gin ("nameFirstName" "icosa"."gin_trgm_ops") where "deletedAt" is null;
create index "TRIGRAM_20e5cebd4c348cd1133274ec7c9" on "w_1"."person" using gin ("nameLastName" "icosa"."gin_trgm_ops") where "deletedAt" is null;
create index "TRIGRAM_d0bab735c004e6029a5911c09be" on "w_1"."person" using gin ("emailsPrimaryEmail" "icosa"."gin_trgm_ops") where "deletedAt" is null;
create index "TRIGRAM_407326e9a191cdd3a853657cc63" on "w_1"."person" using gin ("linkedinLinkPrimaryLinkUrl" "icosa"."gin_trgm_ops") where "deletedAt" is null;
create index "TRIGRAM_2c201eb113a13186369d67dd5c6" on "w_1"."person" using gin ("phonesPrimaryPhoneNumber" "icosa"."gin_trgm_ops") where "deletedAt" is null;
create trigger count_inserted after insert on "w_1"."person" referencing new table as inserted
    for each statement execute function "w_1"."count_inserted"('00000000-0000-7000-8000-000000000002');
create trigger count_removed after delete on "w_1"."person" referencing old table as removed
    for each statement execute function "w_1"."count_removed"('00000000-0000-7000-8000-000000000002');
create trigger count_truncated after truncate on "w_1"."person"
    for each statement execute function "w_1"."count_truncated"('00000000-0000-7000-8000-000000000002');
create trigger count_hidden after update of "deletedAt" on "w_1"."person" for each row
    when ((old."deletedAt" is null) <> (new."deletedAt" is null))
    execute function "w_1"."count_hidden"('00000000-0000-7000-8000-000000000002');
