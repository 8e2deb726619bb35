select "t3"."total" as "total",
to_json("t3"."countEmptyName") as "countEmptyName",
to_json("t3"."percentageEmptyName") as "percentageEmptyName",
to_json("t3"."percentageNotEmptyName") as "percentageNotEmptyName",
to_json(to_char("t3"."minCreatedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as "minCreatedAt",
to_json("t3"."maxEmployees") as "maxEmployees",
to_json("t3"."avgEmployees"::float8) as "avgEmployees",
to_json("t3"."sumEmployees") as "sumEmployees",
to_json("t3"."sumAnnualRevenueAmountMicros") as "sumAnnualRevenueAmountMicros",
to_json("t3"."countTrueVisaSponsorship") as "countTrueVisaSponsorship"
from (select count(*) - count(*) filter (where "t2"."name" <> '') as "countEmptyName",
  (count(*) - count(*) filter (where "t2"."name" <> ''))::float8 / nullif(count(*), 0) as "percentageEmptyName",
  count(*) filter (where "t2"."name" <> '')::float8 / nullif(count(*), 0) as "percentageNotEmptyName",
  min("t2"."createdAt") as "minCreatedAt",
  max("t2"."employees") as "maxEmployees",
  avg("t2"."employees") as "avgEmployees",
  sum("t2"."employees") as "sumEmployees",
  sum("t2"."annualRevenueAmountMicros") as "sumAnnualRevenueAmountMicros",
  count(*) filter (where "t2"."visaSponsorship") as "countTrueVisaSponsorship",
  count(*) as "total"
from "crm"."company" as "t2"
where "t2"."deletedAt" is null
  and "t2"."name" = $1::text) as "t3";
-- $1: nobody
