lock table "w_1"."timelineActivity", "w_1"."attachment", "w_1"."noteTarget", "w_1"."taskTarget" in access exclusive mode;
create table "w_1"."_pet" (
    "id" uuid default gen_random_uuid() not null,
    "createdAt" timestamptz(3) default now() not null,
    "updatedAt" timestamptz(3) default now() not null,
    "deletedAt" timestamptz(3),
    "createdBySource" text default 'MANUAL'::text,
    "createdByWorkspaceMemberId" uuid,
    "createdByName" text,
    "createdByContext" jsonb,
    "updatedBySource" text default 'MANUAL'::text,
    "updatedByWorkspaceMemberId" uuid,
    "updatedByName" text,
    "updatedByContext" jsonb,
    "position" float8 default '0'::float8 not null,
    "searchVector" tsvector,
    constraint "PK_06f5c2fe1b34bd11e3a048f861d" primary key ("id")
);
alter table "w_1"."timelineActivity" add column "targetPetId" uuid;
alter table "w_1"."attachment" add column "targetPetId" uuid;
alter table "w_1"."noteTarget" add column "targetPetId" uuid;
alter table "w_1"."taskTarget" add column "targetPetId" uuid;
alter table "w_1"."timelineActivity" add constraint "FK_062f0eee59d93c3f8d0a561d742" foreign key ("targetPetId")
    references "w_1"."_pet" ("id") on delete set null;
alter table "w_1"."attachment" add constraint "FK_d485f66edcab84d7ff4e265797a" foreign key ("targetPetId")
    references "w_1"."_pet" ("id") on delete set null;
alter table "w_1"."noteTarget" add constraint "FK_8a750575fda829f8b9fdcdefaf9" foreign key ("targetPetId")
    references "w_1"."_pet" ("id") on delete set null;
alter table "w_1"."taskTarget" add constraint "FK_4f1576726d92c0ba8397948fad8" foreign key ("targetPetId")
    references "w_1"."_pet" ("id") on delete set null;
create index "IDX_fb88fe5b0599e25ab5e406a490e" on "w_1"."timelineActivity" using btree ("targetPetId") where "targetPetId" is not null;
create index "IDX_236dfd738b8e5822ab348fdb050" on "w_1"."attachment" using btree ("targetPetId") where "targetPetId" is not null;
create index "IDX_a01ac7e7bd8d30e08a520f088ac" on "w_1"."noteTarget" using btree ("targetPetId") where "targetPetId" is not null;
create index "IDX_c97e4f47fcf9ddedffec8d6131b" on "w_1"."taskTarget" using btree ("targetPetId") where "targetPetId" is not null;
create index "IDX_82c02a6c94da4f260020dfb54b9" on "w_1"."_pet" using gin ("searchVector") where "deletedAt" is null;
create index "ORDER_624fc88df984c3fda4b7b2d438d" on "w_1"."_pet" using btree ("createdAt", "id") where "deletedAt" is null;
create index "ORDER_7f6e3088f9fa32688f0d3af7687" on "w_1"."_pet" using btree ("position", "id") where "deletedAt" is null;
create trigger count_inserted after insert on "w_1"."_pet" referencing new table as inserted
    for each statement execute function "w_1"."count_inserted"('00000000-0000-7000-8000-000000300028');
create trigger count_removed after delete on "w_1"."_pet" referencing old table as removed
    for each statement execute function "w_1"."count_removed"('00000000-0000-7000-8000-000000300028');
create trigger count_truncated after truncate on "w_1"."_pet"
    for each statement execute function "w_1"."count_truncated"('00000000-0000-7000-8000-000000300028');
create trigger count_hidden after update of "deletedAt" on "w_1"."_pet" for each row
    when ((old."deletedAt" is null) <> (new."deletedAt" is null))
    execute function "w_1"."count_hidden"('00000000-0000-7000-8000-000000300028');
