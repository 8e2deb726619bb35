lock table "w_1"."_pet" in access exclusive mode;
create unique index "IDX_UNIQUE_7e053fd507440a887336ae98cde" on "w_1"."_pet" using btree ("code");
