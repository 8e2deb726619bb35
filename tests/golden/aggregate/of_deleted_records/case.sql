select to_json("t3"."countNotEmptyDeletedAt") as "countNotEmptyDeletedAt",
to_json(to_char("t3"."maxDeletedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as "maxDeletedAt"
from (select count("t2"."deletedAt") as "countNotEmptyDeletedAt",
  max("t2"."deletedAt") as "maxDeletedAt"
from "crm"."company" as "t2"
where "t2"."deletedAt" is not null) as "t3";
