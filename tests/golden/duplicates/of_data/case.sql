with input as (select * from json_to_recordset($1::json) as x ("#" int, "id" uuid, "nameFirstName" text, "nameLastName" text, "linkedinLinkPrimaryLinkUrl" text, "emailsPrimaryEmail" text)),
found as (select "i"."#" as n, "t"."id" from input as i join "crm"."person" as t on lower(left("t"."nameFirstName", 256)) = lower(left("i"."nameFirstName", 256)) and "t"."nameFirstName" = "i"."nameFirstName" and lower(left("t"."nameLastName", 256)) = lower(left("i"."nameLastName", 256)) and "t"."nameLastName" = "i"."nameLastName"
where length("i"."nameFirstName") >= 3 and length("i"."nameLastName") >= 3 and "t"."deletedAt" is null and "t"."id" is distinct from "i"."id"
union
select "i"."#" as n, "t"."id" from input as i join "crm"."person" as t on "t"."linkedinLinkPrimaryLinkUrl" = "i"."linkedinLinkPrimaryLinkUrl"
where length("i"."linkedinLinkPrimaryLinkUrl") >= 3 and "t"."deletedAt" is null and "t"."id" is distinct from "i"."id"
union
select "i"."#" as n, "t"."id" from input as i join "crm"."person" as t on "t"."emailsPrimaryEmail" = "i"."emailsPrimaryEmail"
where length("i"."emailsPrimaryEmail") >= 3 and "t"."deletedAt" is null and "t"."id" is distinct from "i"."id")
select (select string_agg((with "page_t2" as (select "t1"."id", "t1"."nameFirstName", "t1"."nameLastName"
from "crm"."person" as "t1"
where "t1"."deletedAt" is null
  and "t1"."id" = any(array(select f.id from found as f where f.n = "input"."#"))
order by "t1"."id" limit 201)
select (select row_to_json(r.*) from (select (select count(*) from "crm"."person" as "t6"
where "t6"."deletedAt" is null
  and "t6"."id" = any(array(select f.id from found as f where f.n = "input"."#"))) as "totalCount",
  (select coalesce(json_agg(row_to_json(r.*)), '[]'::json) from (select
  (select row_to_json(r.*) from (select "t3"."id" as "id",
  "t4#" as "name"
from lateral (select coalesce("t3"."nameFirstName", '') as "firstName",
  coalesce("t3"."nameLastName", '') as "lastName") as "t4#") as r) as "node",
  translate(encode(convert_to((select row_to_json(r.*) from (select "t3"."id" as "id") as r)::text, 'UTF8'), 'base64'), E'\n', '') as "cursor"
from (select * from "page_t2" limit 200) as "t3") as r) as "edges",
  (select row_to_json(r.*) from (select "t5"."n" > 200 as "hasNextPage",
  translate(encode(convert_to(case when "t5"."n" > 0 then (select row_to_json(r.*) from (select "t5"."k1"[1] as "id") as r) end::text, 'UTF8'), 'base64'), E'\n', '') as "startCursor",
  translate(encode(convert_to(case when "t5"."n" > 0 then (select row_to_json(r.*) from (select "t5"."k1"[least("t5"."n", 200)] as "id") as r) end::text, 'UTF8'), 'base64'), E'\n', '') as "endCursor") as r) as "pageInfo"
from (select count(*) as "n",
  array_agg("id") as "k1" from "page_t2") as "t5") as r))::text, ',' order by "input"."#")
from "input")::varchar as records;
-- $1: [{"#":0,"nameFirstName":null,"nameLastName":null,"linkedinLinkPrimaryLinkUrl":null,"emailsPrimaryEmail":"ada@acme.example","id":null},{"#":1,"nameFirstName":"Grace","nameLastName":"Hopper","linkedinLinkPrimaryLinkUrl":null,"emailsPrimaryEmail":null,"id":null},{"#":2,"nameFirstName":"Al","nameLastName":null,"linkedinLinkPrimaryLinkUrl":null,"emailsPrimaryEmail":null,"id":null}]
