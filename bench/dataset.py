"""100,000 companies and 500,000 people in the tables that Icosa made.

Everything follows from a row's number, so that two loads hold the same records. The rows are
made by PostgreSQL itself, with Icosa's triggers in place (the totals are right); indexes are
dropped before and made again from their own definitions after, which is how one loads.
Search documents and foreign keys are PostgreSQL's work as always.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import asyncpg

from bench.words import (
    CITIES,
    COMPANY_FIRST_WORDS,
    COMPANY_FORMS,
    COMPANY_SECOND_WORDS,
    FIRST_NAMES,
    JOB_TITLES,
    LAST_NAMES,
)

COMPANIES = 100_000
PEOPLE_PER_COMPANY = 5
TASKS = 2  # statements at a time; each has a connection of its own

# A number below {n} that follows from a row's number and a word.
_PICK = "(abs(hashtext('{word}' || i::text)::bigint) % {n})::int"

# UUIDv7 (RFC 9562) in the order of the row numbers, one every 0.6 s from 2023 on.
_ID = """
(lpad(to_hex(1672531200000 + i::bigint * {step_ms}), 12, '0') || '7' || substr(h.hex, 1, 3)
 || '8' || substr(h.hex, 4, 15))::uuid"""

_COMPANIES = """
insert into {schema}.company (
    id, "createdAt", "updatedAt", name, "domainNamePrimaryLinkLabel", "domainNamePrimaryLinkUrl",
    "domainNameSecondaryLinks", "addressAddressStreet1", "addressAddressCity",
    "addressAddressPostcode", "addressAddressState", "addressAddressCountry",
    "addressAddressLat", "addressAddressLng", "linkedinLinkPrimaryLinkLabel",
    "linkedinLinkPrimaryLinkUrl", "annualRevenueAmountMicros", "annualRevenueCurrencyCode",
    position, "createdBySource", "createdByName", "createdByContext", "updatedBySource",
    "updatedByName", "updatedByContext")
select {id}, made.at, made.at, named.name, '', 'https://' || named.slug || '.example', '[]',
    ({street} + 1) || ' ' || ($1::text[])[{first} + 1] || ' Street', city, postcode,
    nullif(state, ''), country, latitude, longitude, '',
    'https://www.linkedin.com/company/' || named.slug, ({revenue}::bigint + 50) * 1000000000,
    (array['USD', 'USD', 'EUR', 'GBP'])[{currency} + 1], -i, 'API', 'Bench', '{{}}', 'API',
    'Bench', '{{}}'
from generate_series($9::int, $10::int) as i
cross join lateral (select md5('company' || i) as hex) as h
cross join lateral (
    select ($1::text[])[{first} + 1] || ' ' || ($2::text[])[{second} + 1] as words) as w
cross join lateral (
    select words || ($3::text[])[{form} + 1] as name,
        lower(replace(words, ' ', '-')) || '-' || i as slug) as named
cross join lateral (
    select timestamptz '2023-01-01 00:00:00Z' + i * interval '3 seconds' as at) as made
join unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $11::float8[])
    with ordinality as c (city, state, country, postcode, latitude, longitude, n)
    on c.n = {city} + 1
order by i"""

_PEOPLE = """
insert into {schema}.person (
    id, "createdAt", "updatedAt", "nameFirstName", "nameLastName", "emailsPrimaryEmail",
    "emailsAdditionalEmails", "linkedinLinkPrimaryLinkLabel", "linkedinLinkPrimaryLinkUrl",
    "jobTitle", "phonesPrimaryPhoneNumber", "phonesPrimaryPhoneCountryCode",
    "phonesPrimaryPhoneCallingCode", "phonesAdditionalPhones", "avatarUrl", position,
    "createdBySource", "createdByName", "createdByContext", "updatedBySource", "updatedByName",
    "updatedByContext", "companyId")
select {id}, made.at, made.at, first, last, named.slug || '@' || domain, '[]', '',
    'https://www.linkedin.com/in/' || named.slug, ($3::text[])[{job} + 1],
    '415' || lpad(({phone})::text, 7, '0'), 'US', '+1', '[]', '', -i, 'API', 'Bench', '{{}}',
    'API', 'Bench', '{{}}', company.id
from generate_series($4::int, $5::int) as i
cross join lateral (select md5('person' || i) as hex) as h
cross join lateral (
    select ($1::text[])[{first} + 1] as first, ($2::text[])[{last} + 1] as last) as n
cross join lateral (
    select lower(translate(icosa.unaccented(first || '.' || last), ' ''', '')) || '.' || i as slug
    ) as named
cross join lateral (
    select timestamptz '2023-01-01 00:00:00Z' + i * interval '600 milliseconds' as at) as made
join (
    select id, row_number() over (order by id) as number,
        replace("domainNamePrimaryLinkUrl", 'https://', '') as domain
    from {schema}.company) as company on company.number = {company} + 1
order by i"""

_INDEXES = """
select n.nspname || '.' || quote_ident(c.relname) as name, pg_get_indexdef(i.indexrelid) as text
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_class t on t.oid = i.indrelid
where n.nspname = $1 and t.relname = any($2) and not i.indisprimary
order by pg_relation_size(i.indrelid) desc, c.relname"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """How much there is of it, and where."""

    schema: str
    companies: int
    people: int

    @classmethod
    def scaled(cls, schema: str, scale: float) -> Dataset:
        companies = max(1_000, round(COMPANIES * scale))
        return cls(schema=schema, companies=companies, people=companies * PEOPLE_PER_COMPANY)

    async def load(self, url: str) -> None:
        """Into empty tables. Not in one transaction: a load that failed is thrown away."""
        indexes = await _rows(url, _INDEXES, self.schema, ["company", "person"])
        await _run(url, [f"drop index {index['name']}" for index in indexes])
        await _side_by_side(url, [self._companies(span) for span in _spans(self.companies, TASKS)])
        await _run(url, [f"analyze {self.schema}.company"])
        await _side_by_side(url, [self._people(span) for span in _spans(self.people, TASKS)])
        await _side_by_side(url, [(index["text"], ()) for index in indexes])
        await self.tidy(url)

    async def tidy(self, url: str) -> None:
        """Nothing is left for autovacuum to do while we measure."""
        for table in ("company", "person", "record_total"):
            await _run(url, [f"vacuum (analyze) {self.schema}.{table}"])
        await _run(url, ["checkpoint"])

    def _companies(self, span: tuple[int, int]) -> tuple[str, Sequence[object]]:
        text = _COMPANIES.format(
            schema=self.schema,
            id=_ID.format(step_ms=3_000),
            street=_pick("street", 400),
            first=_pick("first", len(COMPANY_FIRST_WORDS)),
            second=_pick("second", len(COMPANY_SECOND_WORDS)),
            form=_pick("form", len(COMPANY_FORMS)),
            city=_pick("city", len(CITIES)),
            revenue=_pick("revenue", 100_000),
            currency=_pick("currency", 4),
        )
        cities, states, countries, postcodes, latitudes, longitudes = zip(*CITIES, strict=True)
        words = (COMPANY_FIRST_WORDS, COMPANY_SECOND_WORDS, COMPANY_FORMS)
        places = (cities, states, countries, postcodes, latitudes)
        return text, (*words, *places, *span, longitudes)

    def _people(self, span: tuple[int, int]) -> tuple[str, Sequence[object]]:
        text = _PEOPLE.format(
            schema=self.schema,
            id=_ID.format(step_ms=600),
            job=_pick("job", len(JOB_TITLES)),
            phone=_pick("phone", 10_000_000),
            first=_pick("first", len(FIRST_NAMES)),
            last=_pick("last", len(LAST_NAMES)),
            company=_pick("company", self.companies),
        )
        return text, (FIRST_NAMES, LAST_NAMES, JOB_TITLES, *span)


def _pick(word: str, n: int) -> str:
    return _PICK.format(word=word, n=n)


def _spans(count: int, parts: int) -> list[tuple[int, int]]:
    """`1..count` in equal parts, first and last number of each."""
    edges = [count * part // parts for part in range(parts + 1)]
    return [(first + 1, last) for first, last in pairwise(edges)]


async def _rows(url: str, text: str, *values: object) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(text, *values)
    finally:
        await connection.close()


async def _run(url: str, statements: Sequence[str]) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _side_by_side(url: str, jobs: Sequence[tuple[str, Sequence[object]]]) -> None:
    """All of them, `TASKS` at a time."""
    waiting = list(reversed(jobs))

    async def work() -> None:
        connection = await asyncpg.connect(
            url, server_settings={"maintenance_work_mem": "512MB", "work_mem": "64MB"}
        )
        try:
            while waiting:
                text, values = waiting.pop()
                await connection.execute(text, *values)
        finally:
            await connection.close()

    await asyncio.gather(*(work() for _ in range(TASKS)))
