lock table "w_1"."_pet" in access exclusive mode;
lock table "w_1"."company", "w_1"."person" in share row exclusive mode;
alter table "w_1"."_pet" add column "keeperPersonId" uuid,
    add column "keeperCompanyId" uuid;
alter table "w_1"."_pet" add constraint "FK_9509e53d4f577b74f56e251c48c" foreign key ("keeperPersonId")
    references "w_1"."person" ("id") on delete set null;
alter table "w_1"."_pet" add constraint "FK_6f1c9d6ee074b409d6fc8c9ad8d" foreign key ("keeperCompanyId")
    references "w_1"."company" ("id") on delete set null;
create index "IDX_ec9a88a92ada4f7748dcf2e8f5a" on "w_1"."_pet" using btree ("keeperPersonId") where "keeperPersonId" is not null;
create index "IDX_1dff5b92d0bc7160f63947f917f" on "w_1"."_pet" using btree ("keeperCompanyId") where "keeperCompanyId" is not null;
