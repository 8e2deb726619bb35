"""What `icosa explain` says of searches, duplicates and merges."""

import asyncio

import pytest

from icosa.commands.explain import recorded, step_lines
from tests.unit.http import model

IDS = '["c0000000-0000-4000-8000-000000000001", "c0000000-0000-4000-8000-000000000002"]'


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (
            "GET /rest/search?query=ada+lovelace&objects=people&filter=id[is]:NOT_NULL",
            [
                "search person",
                "for 'ada lovelace' by beginnings of words",
                "w_1.person where live and id is 'NOT_NULL'",
                "for 'ada lovelace' within words",
            ],
        ),
        (
            f'POST /rest/people/duplicates {{"ids": {IDS}}}',
            [
                "find duplicates in person by ids",
                "where nameFirstName and nameLastName are the same, and can tell",
            ],
        ),
        (
            f'PATCH /rest/companies/merge {{"ids": {IDS}, "conflictPriorityIndex": 1}}',
            [
                "merge company",
                "survivor 'c0000000-0000-4000-8000-000000000002'",
                "point noteTarget to the survivor by targetCompanyId",
            ],
        ),
        (
            (
                f"mutation {{ mergeCompanies(ids: {IDS}, conflictPriorityIndex: 0, dryRun: true)"
                " { name people { totalCount } } }"
            ),
            ["merge company, but only show it", "fields name"],
        ),
        (
            (
                f"mutation {{ mergeCompanies(ids: {IDS}, conflictPriorityIndex: 0)"
                " { name people { totalCount } } }"
            ),
            ["record by a second statement", "SQL, once that is written"],
        ),
    ],
)
def test_a_request_is_told_from_understanding_to_plan(request_: str, told: list[str]) -> None:
    view = model.seen_by(model.standard())

    recording = asyncio.run(recorded(request_, None, view))

    lines = [line.strip() for step in recording.steps for line in step_lines(step)]
    assert [line for line in told if line not in lines] == []
