lock table "w_1"."_pet" in access exclusive mode;
drop index "w_1"."IDX_a2d54d5e5dfb69fbd18fdb50155";
alter table "w_1"."_pet" drop column "ownerId";
