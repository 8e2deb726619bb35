lock table "w_1"."_pet" in access exclusive mode;
drop index "w_1"."TRIGRAM_e8283f185b84a6694f273142319";
alter table "w_1"."_pet" drop column "sitePrimaryLinkLabel", drop column "sitePrimaryLinkUrl", drop column "siteSecondaryLinks";
