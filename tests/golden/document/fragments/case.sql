select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  coalesce("t2"."name", '') as "called",
  'Company'::text as "__typename",
  "t3#" as "where"
from (select "t1"."addressAddressCity", "t1"."addressAddressCountry", "t1"."addressAddressLat", "t1"."addressAddressLng", "t1"."addressAddressPostcode", "t1"."addressAddressState", "t1"."addressAddressStreet1", "t1"."addressAddressStreet2", "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 1) as "t2"
cross join lateral (select coalesce("t2"."addressAddressCity", '') as "city") as "t3#") as r)::varchar as records;
-- $1: },{"item":
