"""The workloads: what a client sends, the same to Icosa and to the yardstick.

Ten `#` in a request stand for a number that is used once (`requests.lua`), where a value must
be new. Reads vary in what they ask for as far as their kind allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import msgspec

from bench.words import COMPANY_SECOND_WORDS, FIRST_NAMES, JOB_TITLES, LAST_NAMES

NUMBER = "##########"
BATCH_SIZE = 60
PAGE_SIZE = 20

# 15 leaves each.
PERSON_FIELDS = """
    id createdAt updatedAt jobTitle position avatarUrl companyId
    name { firstName lastName } emails { primaryEmail }
    phones { primaryPhoneNumber primaryPhoneCallingCode } linkedinLink { primaryLinkUrl }
    createdBy { source name }"""
COMPANY_FIELDS = """
    id name createdAt updatedAt position accountOwnerId
    domainName { primaryLinkUrl } linkedinLink { primaryLinkUrl }
    address { addressStreet1 addressCity addressCountry }
    annualRevenue { amountMicros currencyCode } createdBy { source name }"""
BY_NAME = "first: $first, orderBy: [{ name: AscNullsFirst }]"

GET_PERSON = f"""query GetPerson($id: UUID!) {{
  person(filter: {{ id: {{ eq: $id }} }}) {{{PERSON_FIELDS} }}
}}"""
LIST_COMPANIES = f"""query ListCompanies($first: Int!) {{
  companies({BY_NAME}) {{ edges {{ node {{{COMPANY_FIELDS} }} }} }}
}}"""
LIST_COMPANIES_WITH_TOTAL = f"""query ListCompaniesWithTotal($first: Int!) {{
  companies({BY_NAME}) {{ totalCount edges {{ node {{{COMPANY_FIELDS} }} }} }}
}}"""
LIST_COMPANIES_WITH_PEOPLE = f"""query ListCompaniesWithPeople($first: Int!) {{
  companies({BY_NAME}) {{ edges {{ node {{
    id name
    people(first: 5) {{ edges {{ node {{
      id name {{ firstName lastName }} emails {{ primaryEmail }} jobTitle
    }} }} }}
  }} }} }}
}}"""
CREATE_PERSON = f"""mutation CreatePerson($data: PersonCreateInput!) {{
  createPerson(data: $data) {{{PERSON_FIELDS} }}
}}"""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request."""

    method: str
    path: str
    body: bytes = b""

    def headers(self, token: str) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {token}"}
        if self.body:
            headers["Content-Type"] = "application/json"
        return headers

    def numbered(self, number: int) -> Request:
        text = self.body.replace(NUMBER.encode(), b"%010d" % number)
        return Request(self.method, self.path, text)

    def on_the_wire(self, host: str, token: str) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += (f"{name}: {value}" for name, value in self.headers(token).items())
        if self.body:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Requests that are sent in turn."""

    name: str
    requests: Sequence[Request]
    is_read: bool = True

    def file(self, host: str, token: str) -> bytes:
        """As `requests.lua` reads them."""
        return b"".join(request.on_the_wire(host, token) + b"\0" for request in self.requests)


LIST = "list 20 by name (GraphQL)"
LIST_WITH_TOTAL = "list 20 with totalCount (GraphQL)"


def workloads(people: Sequence[str], companies: Sequence[str]) -> list[Workload]:
    """`people` and `companies` are ids of records, in no order."""
    first: dict[str, object] = {"first": PAGE_SIZE}
    likes = (quote(f'"%{word.lower()}%"', safe="") for word in COMPANY_SECOND_WORDS)
    return [
        Workload(
            name="get one (GraphQL)",
            requests=[_graphql("GetPerson", GET_PERSON, {"id": each}) for each in people],
        ),
        Workload(
            name="get one (REST)",
            requests=[Request("GET", f"/rest/people/{each}") for each in people],
        ),
        Workload(name=LIST, requests=[_graphql("ListCompanies", LIST_COMPANIES, first)]),
        Workload(
            name=LIST_WITH_TOTAL,
            requests=[_graphql("ListCompaniesWithTotal", LIST_COMPANIES_WITH_TOTAL, first)],
        ),
        Workload(
            name="list 20 (REST)",
            requests=[Request("GET", f"/rest/companies?limit={PAGE_SIZE}")],
        ),
        Workload(
            name="filtered list, ilike (REST)",
            requests=[
                Request("GET", f"/rest/companies?limit={PAGE_SIZE}&filter=name[ilike]:{like}")
                for like in likes
            ],
        ),
        Workload(
            name="20 companies, 5 people each (GraphQL)",
            requests=[_graphql("ListCompaniesWithPeople", LIST_COMPANIES_WITH_PEOPLE, first)],
        ),
        Workload(
            name="create one (GraphQL)",
            requests=[
                _graphql("CreatePerson", CREATE_PERSON, {"data": _person("one", row, company)})
                for row, company in enumerate(companies)
            ],
            is_read=False,
        ),
        Workload(
            name=f"batch create {BATCH_SIZE} (REST)",
            requests=[
                Request("POST", "/rest/batch/people", _json(_people(row, companies)))
                for row in range(0, len(companies), BATCH_SIZE)
            ],
            is_read=False,
        ),
        Workload(
            name="update one (REST)",
            requests=[
                Request("PATCH", f"/rest/people/{each}", _json({"jobTitle": f"Title {NUMBER}"}))
                for each in people
            ],
            is_read=False,
        ),
    ]


def _graphql(operation: str, document: str, variables: dict[str, object]) -> Request:
    body = {"operationName": operation, "query": document, "variables": variables}
    return Request("POST", "/graphql", _json(body))


def _people(start: int, companies: Sequence[str]) -> list[dict[str, object]]:
    return [
        _person("batch", row, companies[row % len(companies)])
        for row in range(start, start + BATCH_SIZE)
    ]


def _person(prefix: str, row: int, company: str) -> dict[str, object]:
    first = FIRST_NAMES[row % len(FIRST_NAMES)]
    last = LAST_NAMES[row * 7 % len(LAST_NAMES)]
    return {
        "name": {"firstName": first, "lastName": last},
        "emails": {"primaryEmail": f"{prefix}.{row}.{NUMBER}@created.example"},
        "phones": {
            "primaryPhoneNumber": f"415555{row % 10_000:04}",
            "primaryPhoneCountryCode": "US",
            "primaryPhoneCallingCode": "+1",
        },
        "jobTitle": JOB_TITLES[row % len(JOB_TITLES)],
        "companyId": company,
    }


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)
