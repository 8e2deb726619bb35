lock table "w_1"."_pet" in access exclusive mode;
lock table "w_1"."person" in share row exclusive mode;
alter table "w_1"."_pet" add column "ownerId" uuid;
alter table "w_1"."_pet" add constraint "FK_98983c1de479afa542c6d18b264" foreign key ("ownerId")
    references "w_1"."person" ("id") on delete set null;
create index "IDX_a2d54d5e5dfb69fbd18fdb50155" on "w_1"."_pet" using btree ("ownerId");
