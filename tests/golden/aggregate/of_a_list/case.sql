select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "name"
from (select "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by lower(left("t1"."name", 256)) nulls first, "t1"."id" limit 1) as "t2") as r)::varchar as records,
"t4"."total" as "total",
to_json("t4"."countUniqueValuesEmployees") as "countUniqueValuesEmployees",
to_json("t4"."countEmptyTagline") as "countEmptyTagline",
to_json("t4"."countNotEmptyAddress") as "countNotEmptyAddress",
to_json("t4"."percentageEmptyDomainName") as "percentageEmptyDomainName",
to_json("t4"."percentageNotEmptyWorkPolicy") as "percentageNotEmptyWorkPolicy",
to_json(to_char("t4"."minCreatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as "minCreatedAt",
to_json(to_char("t4"."maxCreatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as "maxCreatedAt",
to_json("t4"."minEmployees") as "minEmployees",
to_json("t4"."maxEmployees") as "maxEmployees",
to_json("t4"."avgEmployees"::float8) as "avgEmployees",
to_json("t4"."sumEmployees") as "sumEmployees",
to_json("t4"."sumAnnualRevenueAmountMicros") as "sumAnnualRevenueAmountMicros",
to_json("t4"."avgAnnualRevenueAmountMicros"::float8) as "avgAnnualRevenueAmountMicros",
to_json("t4"."countTrueVisaSponsorship") as "countTrueVisaSponsorship",
to_json("t4"."countFalseVisaSponsorship") as "countFalseVisaSponsorship"
from (select count(distinct "t3"."employees") as "countUniqueValuesEmployees",
  count(*) - count(*) filter (where "t3"."tagline" <> '') as "countEmptyTagline",
  count(*) filter (where ("t3"."addressAddressStreet1" <> '' or "t3"."addressAddressStreet2" <> '' or "t3"."addressAddressCity" <> '' or "t3"."addressAddressPostcode" <> '' or "t3"."addressAddressState" <> '' or "t3"."addressAddressCountry" <> '' or "t3"."addressAddressLat" is not null or "t3"."addressAddressLng" is not null)) as "countNotEmptyAddress",
  (count(*) - count(*) filter (where "t3"."domainNamePrimaryLinkUrl" <> ''))::float8 / nullif(count(*), 0) as "percentageEmptyDomainName",
  count(*) filter (where "t3"."workPolicy" <> '{}'::text[])::float8 / nullif(count(*), 0) as "percentageNotEmptyWorkPolicy",
  min("t3"."createdAt") as "minCreatedAt",
  max("t3"."createdAt") as "maxCreatedAt",
  min("t3"."employees") as "minEmployees",
  max("t3"."employees") as "maxEmployees",
  avg("t3"."employees") as "avgEmployees",
  sum("t3"."employees") as "sumEmployees",
  sum("t3"."annualRevenueAmountMicros") as "sumAnnualRevenueAmountMicros",
  avg("t3"."annualRevenueAmountMicros") as "avgAnnualRevenueAmountMicros",
  count(*) filter (where "t3"."visaSponsorship") as "countTrueVisaSponsorship",
  count(*) filter (where not "t3"."visaSponsorship") as "countFalseVisaSponsorship",
  count(*) as "total"
from "crm"."company" as "t3"
where "t3"."deletedAt" is null) as "t4";
-- $1: },{"node":
