lock table "w_1"."_pet" in access exclusive mode;
alter table "w_1"."_pet" add column "kinds" text[] default array['CAT']::text[] not null;
