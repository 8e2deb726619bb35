select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  null::json as "nmae",
  coalesce("t2"."name", '') as "name",
  "t3#" as "domainName"
from (select "t1"."domainNamePrimaryLinkLabel", "t1"."domainNamePrimaryLinkUrl", "t1"."domainNameSecondaryLinks", "t1"."id", "t1"."name"
from "crm"."company" as "t1"
where "t1"."deletedAt" is null
order by "t1"."id" limit 1) as "t2"
cross join lateral (select null::json as "host") as "t3#") as r)::varchar as records;
-- $1: },{"node":
