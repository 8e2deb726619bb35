lock table "w_1"."_pet" in access exclusive mode;
alter table "w_1"."_pet" rename column "ownerId" to "humanId";
alter index "w_1"."IDX_a2d54d5e5dfb69fbd18fdb50155" rename to "IDX_c7114255fd2a4f5c914f27b30c5";
