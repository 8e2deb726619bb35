lock table "w_1"."_pet" in access exclusive mode;
alter table "w_1"."_pet" alter column "kinds" set default array['DOG']::text[];
update "w_1"."_pet" set "species" = case "species" when 'CAT' then 'FELINE' else null end
where "species" in ('CAT', 'FISH');
update "w_1"."_pet" set "kinds" = nullif(array(
    select case v when 'CAT' then 'FELINE' else v end from unnest("kinds") with ordinality as u (v, n)
    where v not in ('FISH')
    order by n), '{}')
where "kinds" && array['CAT', 'FISH'];
