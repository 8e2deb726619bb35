lock table "w_1"."_pet" in access exclusive mode;
alter table "w_1"."_pet" alter column "code" set default 'it''''s'::text;
