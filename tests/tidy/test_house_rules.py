"""The house rules, run: banned words, dead files, package tours, names that must not leak."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from icosa.core import errors
from icosa.core.errors import ApiError
from icosa.fields.registry import ALL
from icosa.http.problems import INTERNAL, metadata_problem_of, problem_of
from icosa.http.routes import ROUTES
from tests.tidy.rules import BANS, PROJECT, SOURCE, Ban, breaches, modules

NAMES = [ban.name for ban in BANS]


# -- lines -----------------------------------------------------------------------------


@pytest.mark.parametrize("ban", BANS, ids=NAMES)
def test_no_line_holds_what_is_banned(ban: Ban) -> None:
    assert breaches(ban) == [], f"use {ban.instead} instead"


@pytest.mark.parametrize("ban", BANS, ids=NAMES)
def test_a_bad_line_is_found(ban: Ban) -> None:
    assert ban.is_broken_by(ban.bad)


@pytest.mark.parametrize("ban", BANS, ids=NAMES)
def test_a_good_line_is_let_through(ban: Ban) -> None:
    assert not ban.is_broken_by(ban.good)


# -- SQL -------------------------------------------------------------------------------


def templates_not_written_out(source: str) -> list[int]:
    """The lines where `sql` or `join` is given anything but a string literal."""
    return [
        call.lineno
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"sql", "join"}
        and not (call.args and isinstance(call.args[0], ast.Constant))
    ]


def test_sql_is_written_out_in_our_source() -> None:
    found = {
        str(path.relative_to(SOURCE)): lines
        for path in modules()
        if "icosa.core.sql" in path.read_text()
        and (lines := templates_not_written_out(path.read_text()))
    }

    assert not found, "only a literal may be a template: names by ident, values by param"


@pytest.mark.parametrize("text", ['sql(f"select {name}")', 'sql("a" + b)', "sql(text)"])
def test_a_template_that_is_put_together_is_found(text: str) -> None:
    assert templates_not_written_out(text) == [1]


# -- files -----------------------------------------------------------------------------


def module_name(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_by(path: Path) -> set[str]:
    """The names that a file imports; of `from a import b`, both `a` and `a.b`.

    A package of data is named in a string.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def test_every_file_is_reached_from_the_command_line() -> None:
    paths = {module_name(path): path for path in modules()}
    reached: set[str] = set()
    waiting = ["icosa.cli", "icosa.__main__"]

    while waiting:
        name = waiting.pop()
        if name in paths and name not in reached:
            reached.add(name)
            waiting += imported_by(paths[name])
            waiting += [name.rsplit(".", 1)[0]] if "." in name else []

    assert sorted(set(paths) - reached) == []


@pytest.mark.parametrize(
    "package", sorted({path.parent for path in modules()}), ids=lambda path: path.name
)
def test_a_package_lists_its_modules(package: Path) -> None:
    """Each module by its name in backquotes; the top package's tour is ARCHITECTURE.md."""
    tour = ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or ""
    listed = set(re.findall(r"`([a-z_0-9/]+?)/?(?:\.py)?`", tour))

    if package == SOURCE:
        assert tour
        return
    names = {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    if package == SOURCE / "fields":  # the types themselves are the registry's to list
        names -= {kind.__module__.rsplit(".", 1)[1] for kind in ALL}
    missing = sorted(name for name in names if name not in listed and name not in tour)
    assert missing == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        module_name(path)
        for path in modules()
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


# -- names that must not leak ----------------------------------------------------------

# Spelled in parts, so that this file does not hold them.
GUARDS = ("tests/docs/test_documents.py",)  # which looks for such names too
LEAKS = ("twenty" + "hq", "/wor" + "k/", "../shar" + "ed", "twenty-" + "server")


def our_texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False
    ).stdout
    names = listed.split("\0") if listed else []
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".sql", ".json", ".http", ".graphql", ""}
    return [PROJECT / name for name in names if name and Path(name).suffix in kinds]


@pytest.mark.parametrize("word", LEAKS)
def test_nothing_speaks_of_where_it_was_made(word: str) -> None:
    holding = [
        str(path.relative_to(PROJECT))
        for path in our_texts()
        if path.is_file()
        and word in path.read_text(errors="replace")
        and str(path.relative_to(PROJECT)) not in GUARDS
    ]

    assert holding == []


# -- links -----------------------------------------------------------------------------

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


def dead_links(text: str, folder: Path) -> list[str]:
    return [link for link in LINK.findall(text) if not (folder / link).exists()]


def test_links_in_documents_resolve() -> None:
    dead = {
        str(path.relative_to(PROJECT)): found
        for path in our_texts()
        if path.suffix == ".md" and path.is_file()
        if (found := dead_links(path.read_text(), path.parent))
    }

    assert dead == {}


def test_a_dead_link_is_found_and_a_live_one_let_through() -> None:
    assert dead_links("[x](nowhere.md#a)", PROJECT) == ["nowhere.md"]
    assert dead_links("[x](pyproject.toml) [y](https://example.com) [z](#here)", PROJECT) == []


# -- errors ----------------------------------------------------------------------------


def kinds_of(kind: type[ApiError]) -> list[type[ApiError]]:
    return [kind, *(inner for below in kind.__subclasses__() for inner in kinds_of(below))]


KINDS = sorted({kind for kind in kinds_of(ApiError) if "code" in vars(kind)}, key=lambda k: k.code)


def test_no_code_is_used_twice() -> None:
    codes = [kind.code for kind in KINDS]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_status_of_its_own(kind: type[ApiError]) -> None:
    made = kind.__new__(kind)
    made.sub_code = ""  # type: ignore[attr-defined]  # of those that have one

    found = metadata_problem_of(made) if kind.code.startswith("model.") else problem_of(made)

    assert found is not INTERNAL


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_is_documented_and_raised_somewhere(kind: type[ApiError]) -> None:
    documented = (PROJECT / "docs" / "reference" / "errors.md").read_text()
    name = re.compile(rf"\b{kind.__name__}\b")
    users = [
        path
        for path in modules()
        if path not in (Path(errors.__file__), SOURCE / "http" / "problems.py")
        and name.search(path.read_text())
    ]

    assert f"`{kind.code}`" in documented
    assert users or kind.__subclasses__(), "nobody raises it"


# -- routes ----------------------------------------------------------------------------


def test_no_route_stands_twice() -> None:
    places = [(route.method, route.path) for route in ROUTES]

    assert len(places) == len(set(places))
