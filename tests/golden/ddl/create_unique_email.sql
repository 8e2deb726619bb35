lock table "w_1"."_pet" in access exclusive mode;
alter table "w_1"."_pet" add column "emailPrimaryEmail" text,
    add column "emailAdditionalEmails" jsonb;
create unique index "IDX_UNIQUE_a0cf09e25a378eb5744fd4f295f" on "w_1"."_pet" using btree ("emailPrimaryEmail");
create index "TRIGRAM_595702a0a7a7a661e3bb0b697e1" on "w_1"."_pet" using gin ("emailPrimaryEmail" "icosa"."gin_trgm_ops") where "deletedAt" is null;
