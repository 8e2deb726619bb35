select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  "t3#" as "name",
  coalesce("t2"."jobTitle", '') as "jobTitle"
from (select "t1"."id", "t1"."jobTitle", "t1"."nameFirstName", "t1"."nameLastName"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and ("t1"."nameFirstName" ilike $2::text or ("t1"."jobTitle" = $3::text and not ("t1"."performanceRating" is null)))
order by "t1"."id" limit 200) as "t2"
cross join lateral (select coalesce("t2"."nameFirstName", '') as "firstName",
  coalesce("t2"."nameLastName", '') as "lastName") as "t3#") as r)::varchar as records;
-- $1: },{"node":
-- $2: ada
-- $3: Admiral
