with "page_t3" as (select * from ((select "t1"."id", "t1"."nameFirstName", "t1"."nameLastName", lower(left("t1"."nameFirstName", 256)) as "##1", "t1"."id" as "##2"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and lower(left("t1"."nameFirstName", 256)) is null
order by lower(left("t1"."nameFirstName", 256)) desc nulls last, "t1"."id" desc limit 3)
union all
(select "t2"."id", "t2"."nameFirstName", "t2"."nameLastName", lower(left("t2"."nameFirstName", 256)) as "##1", "t2"."id" as "##2"
from "crm"."person" as "t2"
where "t2"."deletedAt" is null
  and lower(left("t2"."nameFirstName", 256)) is not null
order by lower(left("t2"."nameFirstName", 256)) desc nulls last, "t2"."id" desc limit 3)) as u
order by "##1" desc nulls first, "##2" desc limit 3)
select (select string_agg(row_to_json(r.*)::text, $1::text)
from (select
  "t5#" as "name"
from (select * from (select * from "page_t3" limit 2) as b order by "##1" nulls last, "##2") as "t4"
cross join lateral (select coalesce("t4"."nameFirstName", '') as "firstName") as "t5#") as r)::varchar as records,
"t6"."n" > 2 as "previous",
false as "next"
from (select count(*) as "n" from "page_t3") as "t6";
-- $1: },{"node":
