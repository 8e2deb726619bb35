lock table "w_1"."_pet" in access exclusive mode;
lock table "w_1"."person" in share row exclusive mode;
alter table "w_1"."_pet" drop constraint "FK_53796f761a6408c56633a8a54c6";
alter table "w_1"."_pet" add constraint "FK_960c7cb0c225c1132d8e97b2764" foreign key ("ownerId")
    references "w_1"."person" ("id") on delete cascade;
