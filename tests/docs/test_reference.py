"""The pages made from the code: they are fresh, and nothing is left out of them."""

import pytest

from docs import field_pages, form, generate, server_pages
from icosa.core.errors import ApiError
from icosa.fields.registry import ALL
from icosa.http.routes import ROUTES
from icosa.settings import VARIABLES


def test_pages_are_as_the_code_is() -> None:
    assert not list(generate.stale()), f"run: .venv/bin/{form.COMMAND}"


@pytest.mark.parametrize("kind", list(server_pages.error_kinds()), ids=lambda kind: kind.__name__)
def test_an_error_says_what_it_is_raised_for(kind: type[ApiError]) -> None:
    assert server_pages.meaning(kind)


def test_every_error_is_found_once() -> None:
    kinds = list(server_pages.error_kinds())
    page = server_pages.errors_page()

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(f"| `{kind.code}` |" in page for kind in kinds)


def test_every_setting_type_and_route_is_found() -> None:
    settings, types, routes = (
        server_pages.settings_page(),
        field_pages.field_types_page(),
        server_pages.routes_page(),
    )

    assert all(f"`{variable.name}`" in settings for variable in VARIABLES.values())
    assert all(f"\n## {kind.kind}\n" in types for kind in ALL)
    assert all(f"| {route.method} | `{route.path}` |" in routes for route in ROUTES)


def test_every_header_that_is_listed_is_known_to_the_server() -> None:
    code = "\n".join(form.sources().values()).lower()
    names = [row[0].strip("`").partition(":")[0].lower() for row in server_pages.HEADERS]

    assert all(f'b"{name}"' in code or f'"{name}"' in code for name in names)


def test_a_cell_stays_in_its_column() -> None:
    assert form.table(("a",), [("x|y\nz",)]).splitlines()[-1] == "| x\\|y z |"
