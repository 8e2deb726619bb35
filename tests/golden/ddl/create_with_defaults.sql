lock table "w_1"."_pet" in access exclusive mode;
alter table "w_1"."_pet" add column "priceAmountMicros" numeric default '1000000'::numeric,
    add column "priceCurrencyCode" text default 'USD'::text;
