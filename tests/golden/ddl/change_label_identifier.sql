lock table "w_1"."_pet" in access exclusive mode;
drop index "w_1"."IDX_82c02a6c94da4f260020dfb54b9";
drop index "w_1"."ORDER_0dc7350bca91d2142623a0eace2";
drop index "w_1"."TRIGRAM_2fee9a73de6e3c2f1c300ff2986";
alter table "w_1"."_pet" drop column "searchVector";
alter table "w_1"."_pet" add column "searchVector" tsvector generated always as (icosa.search_document(left(icosa.search_words("name", "code"), 200000))) stored;
create index "IDX_82c02a6c94da4f260020dfb54b9" on "w_1"."_pet" using gin ("searchVector") where "deletedAt" is null;
create index "ORDER_ff6aa291667796be8af86cc6c12" on "w_1"."_pet" using btree (lower(left("code", 256)) nulls first, "id") where "deletedAt" is null;
create index "TRIGRAM_7b695220ea57aba633cb35b3545" on "w_1"."_pet" using gin ("code" "icosa"."gin_trgm_ops") where "deletedAt" is null;
