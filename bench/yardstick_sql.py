"""The yardstick's statements: the best SQL that we could write for Icosa's tables by hand.

What was tried: a composite as a lateral sub-select, which the planner pulls up into a row
expression, costs a quarter less than one as a scalar sub-select; matching ids kept once for
page and count cost a third less than two scans. Texts travel as varchar, which asyncpg
hands over as bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

_EMPTY = "'{}'::jsonb"
_LIVE = '"deletedAt" is null'


def statements(schema: str, company_object_id: str) -> Mapping[str, str]:
    """Each by its name. The first column is the JSON of the records, joined as Icosa does."""
    company, person = f'"{schema}".company', f'"{schema}".person'
    total = (
        f'(select coalesce(sum(delta), 0)::bigint from "{schema}".record_total '
        f"where object_id = '{company_object_id}')"
    )
    by_name = "order by lower(left(name, 256)) nulls first, id limit 20"
    first_by_name = f"(select * from {company} where {_LIVE} {by_name}) t"
    edges = "string_agg(row_to_json(r)::text, '},{\"node\":')::varchar"
    records = "string_agg(row_to_json(r)::text, ',')::varchar"
    ends = "(array_agg(r.id))[1] as first, (array_agg(r.id))[count(*)] as last"
    page = f"(select * from {company} where {_LIVE} order by id limit 20) t"
    people = f"""
        select coalesce(json_agg(row_to_json(e)), '[]') as edges from (
            select n as node from
                (select * from {person} where "companyId" = t.id and {_LIVE} order by id limit 5) p,
                lateral (select {_text("p", "nameFirstName", "firstName")},
                    {_text("p", "nameLastName", "lastName")}) name_,
                lateral (select {_text("p", "emailsPrimaryEmail", "primaryEmail")}) emails_,
                lateral (select p.id, {_of("name")}, {_of("emails")},
                    {_text("p", "jobTitle", "jobTitle")}) n) e"""
    return {
        "person_fields": f"""
            select row_to_json(r)::text::varchar
            from (select {_PERSON_FIELDS} from {person} t, {_PERSON_PARTS}
                where t.id = $1 and t.{_LIVE}) r""",
        "person": f"""
            select row_to_json(r)::text::varchar
            from (select {_PERSON} from {person} t, {_PERSON_WHOLE}
                where t.id = $1 and t.{_LIVE}) r""",
        "companies_by_name": f"""
            select {edges}
            from (select {_COMPANY_FIELDS} from {first_by_name}, {_COMPANY_PARTS}) r""",
        "companies_by_name_with_total": f"""
            select {edges}, {total}
            from (select {_COMPANY_FIELDS} from {first_by_name}, {_COMPANY_PARTS}) r""",
        "companies_with_people": f"""
            select {edges}
            from (select t.id, {_text("t", "name", "name")}, {_of("people")}
                from {first_by_name}, lateral ({people}) people_) r""",
        "companies": f"""
            select {records}, {total}, exists (
                select from {company} where {_LIVE} order by id offset 20) as next, {ends}
            from (select {_COMPANY} from {page}, {_COMPANY_WHOLE}) r""",
        "companies_like": f"""
            with matching as materialized (
                select id from {company} where {_LIVE} and name ilike $1),
            page as materialized (select id from matching order by id limit 21)
            select {records}, (select count(*) from matching), (select count(*) > 20 from page),
                {ends}
            from (select {_COMPANY} from (
                select c.* from (select id from page limit 20) i join {company} c using (id)
                order by id) t, {_COMPANY_WHOLE}) r""",
        "create_person": f"""
            with t as (
                insert into {person} (id, "nameFirstName", "nameLastName", "emailsPrimaryEmail",
                    "jobTitle", "phonesPrimaryPhoneNumber", "phonesPrimaryPhoneCountryCode",
                    "phonesPrimaryPhoneCallingCode", "companyId", position, {_BY})
                values (uuidv7(), $1, $2, $3, $4, $5, $6, $7, $8, {_first(person)},
                    'API', $9, {_EMPTY}, 'API', $9, {_EMPTY})
                returning *)
            select row_to_json(r)::text::varchar
            from (select {_PERSON_FIELDS} from t, {_PERSON_PARTS}) r""",
        "create_people": f"""
            with t as (
                insert into {person} (id, "nameFirstName", "nameLastName", "emailsPrimaryEmail",
                    "jobTitle", "phonesPrimaryPhoneNumber", "phonesPrimaryPhoneCountryCode",
                    "phonesPrimaryPhoneCallingCode", "companyId", position, {_BY})
                select uuidv7(), name ->> 'firstName', name ->> 'lastName',
                    lower(emails ->> 'primaryEmail'), "jobTitle", phones ->> 'primaryPhoneNumber',
                    phones ->> 'primaryPhoneCountryCode', phones ->> 'primaryPhoneCallingCode',
                    "companyId", {_first(person)} + 1 - n,
                    'API', $2, {_EMPTY}, 'API', $2, {_EMPTY}
                from rows from (json_to_recordset($1::json) as (
                    name json, emails json, phones json, "jobTitle" text, "companyId" uuid))
                    with ordinality as x (name, emails, phones, "jobTitle", "companyId", n)
                returning *)
            select {records}
            from (select {_PERSON} from t, {_PERSON_WHOLE} order by t.position desc) r""",
        "update_person": f"""
            with t as (
                update {person} set "jobTitle" = $2, "updatedAt" = now(),
                    "updatedBySource" = 'API', "updatedByWorkspaceMemberId" = null,
                    "updatedByName" = $3, "updatedByContext" = {_EMPTY}
                where id = $1 returning *)
            select row_to_json(r)::text::varchar
            from (select {_PERSON} from t, {_PERSON_WHOLE}) r""",
    }


def _first(table: str) -> str:
    """A position before all others."""
    return (
        f"coalesce((select position from {table} where {_LIVE} order by position limit 1), 1) - 1"
    )


def _text(alias: str, column: str, name: str) -> str:
    return f'coalesce({alias}."{column}", \'\') as "{name}"'


def _time(name: str) -> str:
    return (
        f'to_char(t."{name}" at time zone \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\') as "{name}"'
    )


def _part(name: str, *columns: str) -> str:
    return f'lateral (select {", ".join(columns)}) "{name}_"'


def _of(name: str) -> str:
    """The composite that `_part` has made."""
    return f'"{name}_" as "{name}"'


def _texts(name: str, *members: str) -> str:
    """A composite that is all texts: member `x` of field `f` is the column `fX`."""
    columns = (_text("t", f"{name}{m[:1].upper()}{m[1:]}", m) for m in members)
    return _part(name, *columns)


def _json(column: str, name: str) -> str:
    return f'coalesce(t."{column}", \'[]\') as "{name}"'


def _links(name: str) -> str:
    return _part(
        name,
        _text("t", f"{name}PrimaryLinkLabel", "primaryLinkLabel"),
        _text("t", f"{name}PrimaryLinkUrl", "primaryLinkUrl"),
        _json(f"{name}SecondaryLinks", "secondaryLinks"),
    )


def _actor(name: str) -> str:
    return _part(
        name,
        f"coalesce(t.\"{name}Source\", 'MANUAL') as source",
        f't."{name}WorkspaceMemberId" as "workspaceMemberId"',
        _text("t", f"{name}Name", "name"),
        f'coalesce(t."{name}Context", case when t."{name}Source" is null then {_EMPTY} end)'
        " as context",
    )


_BY = (
    '"createdBySource", "createdByName", "createdByContext", '
    '"updatedBySource", "updatedByName", "updatedByContext"'
)
_SOURCE_AND_NAME = _part(
    "createdBy",
    "coalesce(t.\"createdBySource\", 'MANUAL') as source",
    _text("t", "createdByName", "name"),
)
_REVENUE = _part(
    "annualRevenue",
    't."annualRevenueAmountMicros" as "amountMicros"',
    't."annualRevenueCurrencyCode" as "currencyCode"',
)

# The 15 fields that GraphQL asks for, and whole records as REST shows them.
_PERSON_FIELDS = f"""
    t.id, {_time("createdAt")}, {_time("updatedAt")}, {_text("t", "jobTitle", "jobTitle")},
    t.position, {_text("t", "avatarUrl", "avatarUrl")}, t."companyId", {_of("name")},
    {_of("emails")}, {_of("phones")}, {_of("linkedinLink")},
    {_of("createdBy")}"""
_PERSON_PARTS = ",\n".join(
    (
        _texts("name", "firstName", "lastName"),
        _texts("emails", "primaryEmail"),
        _texts("phones", "primaryPhoneNumber", "primaryPhoneCallingCode"),
        _texts("linkedinLink", "primaryLinkUrl"),
        _SOURCE_AND_NAME,
    )
)
_PERSON = f"""
    t.id, {_time("createdAt")}, {_time("updatedAt")}, {_time("deletedAt")}, {_of("name")},
    {_of("emails")}, {_of("linkedinLink")}, {_text("t", "jobTitle", "jobTitle")},
    {_of("phones")}, {_text("t", "avatarUrl", "avatarUrl")}, t."avatarFile", t.position,
    {_of("createdBy")}, {_of("updatedBy")}, t."companyId", t."searchVector\""""
_PERSON_WHOLE = ",\n".join(
    (
        _texts("name", "firstName", "lastName"),
        _part(
            "emails",
            _text("t", "emailsPrimaryEmail", "primaryEmail"),
            _json("emailsAdditionalEmails", "additionalEmails"),
        ),
        _part(
            "phones",
            _text("t", "phonesPrimaryPhoneNumber", "primaryPhoneNumber"),
            _text("t", "phonesPrimaryPhoneCountryCode", "primaryPhoneCountryCode"),
            _text("t", "phonesPrimaryPhoneCallingCode", "primaryPhoneCallingCode"),
            _json("phonesAdditionalPhones", "additionalPhones"),
        ),
        _links("linkedinLink"),
        _actor("createdBy"),
        _actor("updatedBy"),
    )
)
_COMPANY_FIELDS = f"""
    t.id, {_text("t", "name", "name")}, {_time("createdAt")}, {_time("updatedAt")}, t.position,
    t."accountOwnerId", {_of("domainName")}, {_of("linkedinLink")},
    {_of("address")}, {_of("annualRevenue")}, {_of("createdBy")}"""
_COMPANY_PARTS = ",\n".join(
    (
        _texts("domainName", "primaryLinkUrl"),
        _texts("linkedinLink", "primaryLinkUrl"),
        _texts("address", "addressStreet1", "addressCity", "addressCountry"),
        _REVENUE,
        _SOURCE_AND_NAME,
    )
)
_COMPANY = f"""
    t.id, {_time("createdAt")}, {_time("updatedAt")}, {_time("deletedAt")},
    {_text("t", "name", "name")}, {_of("domainName")}, {_of("address")},
    {_of("linkedinLink")}, {_of("annualRevenue")}, t.position,
    {_of("createdBy")}, {_of("updatedBy")}, t."searchVector",
    t."accountOwnerId\""""
_COMPANY_WHOLE = ",\n".join(
    (
        _links("domainName"),
        _part(
            "address",
            *(
                _text("t", f"addressA{m[1:]}", m)
                for m in (
                    "addressStreet1",
                    "addressStreet2",
                    "addressCity",
                    "addressPostcode",
                    "addressState",
                    "addressCountry",
                )
            ),
            't."addressAddressLat" as "addressLat"',
            't."addressAddressLng" as "addressLng"',
        ),
        _links("linkedinLink"),
        _REVENUE,
        _actor("createdBy"),
        _actor("updatedBy"),
    )
)
