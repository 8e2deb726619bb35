select (select coalesce(sum(delta), 0)::bigint from "crm"."record_total" where object_id = '…'::uuid) as "total";
