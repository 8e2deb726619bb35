lock table "w_1"."_pet" in access exclusive mode;
alter table "w_1"."_pet" rename column "sitePrimaryLinkLabel" to "pagePrimaryLinkLabel";
alter table "w_1"."_pet" rename column "sitePrimaryLinkUrl" to "pagePrimaryLinkUrl";
alter table "w_1"."_pet" rename column "siteSecondaryLinks" to "pageSecondaryLinks";
alter index "w_1"."IDX_UNIQUE_a3c5e1f91077cfc21b51b6e5a67" rename to "IDX_UNIQUE_f89e17d0558a3b0e1d3e089497d";
