"""Writes `docs/reference` and the SQL in the README: what the code decides, taken from the code.

Run from the root of the source tree: `python -m docs.generate` writes the pages that are stale;
`python -m docs.generate --check` writes nothing and exits 1 when there is one. The same code gives
the same bytes. Nothing here is part of the server, so the server does not carry it.

A page is a function without arguments that gives the whole text. What has no meaning of its own in
the code (an error without a sentence) has one in `MEANINGS` below; tests/docs asks for all of them.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from typer.main import get_command

from icosa.catalog.templates import standard_snapshot
from icosa.catalog.view import Role, View
from icosa.cli import application
from icosa.commands.explain import recorded
from icosa.core import errors
from icosa.core.errors import ApiError, ModelRefused
from icosa.core.shape import Choice, Many, Record, Scalar, Shape
from icosa.core.sql import Sql, ident, render, sql
from icosa.fields import operators
from icosa.fields.base import FieldType
from icosa.fields.composite import Composite
from icosa.fields.operators import Operator, Takes
from icosa.fields.registry import ALL, bind
from icosa.fields.relation import RelationId
from icosa.http import problems
from icosa.http.problems import Problem, graphql_error, metadata_problem_of, problem_of, rest_body
from icosa.http.rest import filter as rest_filter
from icosa.http.rest import query
from icosa.http.routes import KEY_ROUTES, MODEL_ROUTES, OTHER_ROUTES, RECORD_ROUTES, Route
from icosa.request import limits
from icosa.settings import VARIABLES, Settings

ROOT: Final = Path(__file__).resolve().parent.parent
COMMAND: Final = "python -m docs.generate"
WIDTH: Final = 80  # of the help of commands
SHOWN_MAX: Final = 400  # characters of an example

MEANINGS: Final[Mapping[str, str]] = {
    "FirstInvalid": "`first` is negative",
    "LastInvalid": "`last` is negative",
    "CursorInvalid": "a cursor that is none, or that was made under another order",
    "NotAcceptable": "a body of another content type than JSON",
    "TooLarge": "a body, or a URL, over its bound",
    "MethodUnknown": "a method that the path does not have; `Allow` names those that it has",
    "RouteUnknown": "a path that does not exist",
    "KeyNotFound": "no such API key in the workspace",
    "RoleNotFound": "no such role in the workspace",
    "RoleNotAssignable": "a role that may not be given to API keys",
}

HEADERS: Final = (
    (
        "`X-GraphQL-Strict: 1`",
        "request",
        "`/graphql`",
        "validate document and variables in full, by the workspace's schema",
    ),
    (
        "`X-Request-Id`",
        "both",
        "`/graphql` and records",
        "given back, or made; for finding the request in logs of one's own",
    ),
    (
        "`Server-Timing`",
        "answer",
        "`/graphql` and records",
        "milliseconds of parsing, planning, waiting for PostgreSQL, and all",
    ),
    ("`Warning`", "answer", "`/rest`", "parameters that mean nothing here, at most five"),
    (
        "`X-Schema-Version`",
        "request",
        "`/metadata`",
        "the version that a client was made for; an invalid document of another is told so",
    ),
    ("`ETag`", "answer", "OpenAPI documents", "the same while the document is the same"),
)

# How each thing that an operator takes is explained.
TAKES: Final[Mapping[Takes, str]] = {
    Takes.ONE: "a value of the field's own type",
    Takes.MANY: "a non-empty list of such values",
    Takes.PATTERN: "a string",
    Takes.NULLNESS: '`"NULL"` or `"NOT_NULL"`',
    Takes.FLAG: "`true` or `false`",
}


# -- the frame of a page -----------------------------------------------------------------


def page(title: str, source: str, *parts: str) -> str:
    note = f"<!-- Made by `{COMMAND}` from {source}. Edit that, not this. -->"
    return "\n\n".join((f"# {title}", note, *(part.strip("\n") for part in parts))) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(head), _row(["---"] * len(head))]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """`text` as code in a line; the empty text is nothing."""
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def codes(texts: Iterable[str]) -> str:
    return ", ".join(code(text) for text in texts)


def block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def shown(value: object) -> str:
    """A JSON value, as a caller would write it; what is too long for a table is cut."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    most = SHOWN_MAX if " " in text else SHOWN_MAX // 5
    return text if len(text) <= most else f"{text[:most]}…"


def sentence(text: str) -> str:
    """The first sentence, ended by a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""


@cache
def sources() -> Mapping[Path, str]:
    """Every module of the server."""
    return {path: path.read_text("utf-8") for path in sorted((ROOT / "icosa").rglob("*.py"))}


# -- errors ------------------------------------------------------------------------------


def errors_page() -> str:
    kinds = list(error_kinds())
    return page(
        "Errors",
        "`icosa/core/errors.py` and `icosa/http/problems.py`",
        """
Each error has a code of ours, which is stable and never used again for another. Programs that talk
to the reference's API read its own words: REST's `error` and `code`, GraphQL's `extensions.code`
and `extensions.subCode`. Beside these may stand `hint`, which says what would be right, and `path`,
which leads to the fault in what was sent. The messages are the contract's where it fixes one.""",
        "## Forms",
        "REST, with a filter on a field that does not exist:",
        block("json", _pretty(json.loads(rest_body(_example())[1]))),
        "GraphQL, where every outcome of a document is a 200 and its errors are in the body:",
        block("json", _pretty({"errors": [graphql_error(_example())]})),
        """
What is no GraphQL request at all (malformed JSON, an unknown method, a body that is too large) has
the status of the table in GraphQL as well. A fault of ours is a bare 500 in REST and
`INTERNAL_SERVER_ERROR` in GraphQL; the log has it, with its traceback.""",
        "## On records and everywhere",
        table(
            ("Code", "Raised for", "Status", "REST `error`", "`code`", "GraphQL", "`subCode`"),
            (
                _error_row(kind, problem_of(_blank(kind)))
                for kind in kinds
                if not _is_of_the_model(kind)
            ),
        ),
        "## On the data model",
        """
`/metadata` and `/rest/metadata` answer these otherwise than the table above.""",
        table(
            ("Code", "Raised for", "Status", "REST `error`", "`code`", "GraphQL", "`subCode`"),
            (
                _error_row(kind, metadata_problem_of(_blank(kind)))
                for kind in kinds
                if metadata_problem_of(_blank(kind)) != problem_of(_blank(kind))
            ),
        ),
        """
`model.not_found` and `model.refused` carry a sub-code of the contract's in `code` and `subCode`.
These decide the status of `model.refused`; with any other it is 400:""",
        table(
            ("`subCode`", "Status", "GraphQL"),
            (
                (code(name), str(problem.status), code(problem.code))
                for name, problem in _refused_for().items()
            ),
        ),
    )


def error_kinds() -> Iterator[type[ApiError]]:
    """Every error that has a code, in the order in which core/errors.py defines them."""
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, ApiError) and "code" in vars(kind):
            yield kind


def meaning(kind: type[ApiError]) -> str:
    """What an error is raised for: its fixed message, its docstring, or the tree's words."""
    text = vars(kind).get("text")
    if text is not None:
        return f"“{text}”"
    if kind.__doc__ and "__doc__" in vars(kind):
        return sentence(kind.__doc__.split("\n\n")[0].split(";")[0].strip())
    return sentence(_tree().get(kind.__name__) or MEANINGS.get(kind.__name__, ""))


def _tree() -> Mapping[str, str]:
    """The sentences of the tree at the top of core/errors.py, by the name of the class."""
    found: dict[str, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        part = re.fullmatch(r" {6,}([A-Z]\w+)(?: {2,}(\S.*?))?(?:\s+\([^()]*\))?", line)
        if part is not None and part[2] and not part[2].startswith("("):
            found[part[1]] = part[2]
    return found


def _is_of_the_model(kind: type[ApiError]) -> bool:
    """Whether only the data model's APIs know an error."""
    return problem_of(_blank(kind)) == problems.INTERNAL != metadata_problem_of(_blank(kind))


def _error_row(kind: type[ApiError], problem: Problem) -> tuple[str, ...]:
    return (
        code(kind.code),
        meaning(kind),
        str(problem.status),
        code(problem.name),
        code(problem.rest_code or ""),
        code(problem.code),
        code(problem.sub_code or ""),
    )


def _blank(kind: type[ApiError]) -> ApiError:
    """An error of a class, whatever its arguments would be; only its class counts here."""
    error = kind.__new__(kind)
    error.sub_code = ""  # type: ignore[attr-defined]  # of those of the data model
    return error


def _refused_for() -> Mapping[str, Problem]:
    found: dict[str, Problem] = {}
    for name in problems._REFUSED_FOR:  # noqa: SLF001  # a page shows all of it
        error = _blank(ModelRefused)
        error.sub_code = name  # type: ignore[attr-defined]
        found[name] = metadata_problem_of(error)
    return found


def _example() -> ApiError:
    return errors.FilterInvalid(
        'Object company doesn\'t have any "nmae" field.',
        path=("filter", "nmae"),
        hint='Did you mean "name"?',
    )


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


# -- settings ----------------------------------------------------------------------------


def settings_page() -> str:
    return page(
        "Settings",
        "`icosa/settings.py`",
        """
Read once, at the start. An option on the command line wins over the environment, the environment
over the default; an empty variable counts as absent. Nothing else reads the environment.""",
        table(
            ("Variable", "Option of `serve`", "What it is", "Default", "Must be"),
            (
                (
                    code(variable.name),
                    code(_option_of(name)),
                    _comments()[name] + ("" if is_read(name) else " (**nothing reads it yet**)"),
                    _default(name),
                    variable.allowed,
                )
                for name, variable in VARIABLES.items()
            ),
        ),
        """
The data folder is `.data` in a source tree, else `$XDG_DATA_HOME/icosa` (`~/.local/share/icosa`).
As root it lies below `/var/lib/icosa` where the user `nobody`, whom PostgreSQL then runs as, could
not reach it. The folder also keeps the password of our own PostgreSQL and, in `application-secret`,
the secret that is made when `ICOSA_SECRET` is absent.""",
    )


def is_read(name: str) -> bool:
    """Whether any module uses a setting; those that came before their use are said to be idle."""
    use = re.compile(rf"\b(?:settings|_settings|self)\.{name}\b")
    return any(use.search(text) for text in sources().values())


def _comments() -> Mapping[str, str]:
    """What stands behind each field of `Settings`, without the variable's name."""
    lines = inspect.getsource(Settings).splitlines()
    found = (re.fullmatch(r"    (\w+): .*#\s*\w+: (.*)", line) for line in lines)
    return {part[1]: part[2] for part in found if part is not None}


def _default(name: str) -> str:
    default = next(field.default for field in fields(Settings) if field.name == name)
    assert default is not MISSING
    if default is None or default == "" or default == ():
        return ""
    if name == "data_dir":
        return "see below"
    return code("on" if default is True else "off" if default is False else str(default))


def _option_of(name: str) -> str:
    option = f"--{name.replace('_', '-')}"
    serve: Any = get_command(application)
    return option if any(option in each.opts for each in serve.commands["serve"].params) else ""


# -- field types -------------------------------------------------------------------------


def field_types_page() -> str:
    return page(
        "Field types",
        "`icosa/fields`",
        """
What a field of each type holds, how it is stored and shown, and what is refused. The examples are
those that `tests/fields/test_conformance.py` runs through PostgreSQL, on a field named `f`.""",
        table(
            ("Type", "Holds", "GraphQL", "Filter"),
            (
                (
                    f"[{kind.kind}](#{kind.kind.lower()})",
                    kind.summary,
                    code(graphql_type(example_of(kind).shape())),
                    code(example_of(kind).filter_input()),
                )
                for kind in ALL
            ),
        ),
        *(_field_type(kind) for kind in ALL),
        "## RELATION and MORPH_RELATION",
        f"""
Relations are two fields, one of each object: the many-to-one end has a column, named as the field
with `Id` (`companyId` beside `company`), and the other end has none. That column filters and orders
as a UUID does, with {codes(each.name for each in RelationId.operators)}, and GraphQL prints it as
`ID`. A morph relation is several many-to-one fields, one for each target object, whose names begin
alike.""",
    )


def example_of(kind: type[FieldType], name: str = "f") -> FieldType:
    return bind(
        kind.kind, name=name, options=kind.examples.options, settings=kind.examples.settings
    )


def graphql_type(shape: Shape) -> str:
    match shape:
        case Scalar(name=name) | Record(name=name):
            return name
        case Choice(name=name):
            return name or "an enum of the options"
        case Many(of=of):
            inner = graphql_type(of)
            return f"[{inner}]"


def _field_type(kind: type[FieldType]) -> str:
    example = example_of(kind)
    parts = [f"## {kind.kind}", kind.summary, _facts(kind, example)]
    if isinstance(example, Composite):
        parts.append(_members(example))
    sent = ((code(shown(given)), code(shown(read))) for given, read in kind.examples.valid)
    parts.append(table(("Sent", "Read back"), sent))
    if kind.examples.invalid:
        refused = ((code(shown(given)), message) for given, message in kind.examples.invalid)
        parts.append(table(("Sent", "Refused with"), refused))
    return "\n\n".join(parts)


def _facts(kind: type[FieldType], example: FieldType) -> str:
    facts = {
        "Columns": codes(f"f{c.suffix} {c.pg_type}" for c in example.columns()),
        "Operators": codes(each.name for each in kind.operators),
        "Operators of ours": codes(each.name for each in kind.more_operators),
        "Settings": codes(kind.known_settings),
        "Defaults beside values": codes(kind.functions),
    }
    if not isinstance(example, Composite):
        order = render(example.order([ident(f"f{c.suffix}") for c in example.columns()])).text
        facts["Sorted by"] = code(order) if kind.orderable else "not at all"
    if not kind.unique_allowed:
        facts["Unique"] = "never"
    return "\n".join(f"- {name}: {fact}" for name, fact in facts.items() if fact)


def _members(composite: Composite) -> str:
    return table(
        ("Member", "Type", "Operators"),
        (
            (code(name), member.kind, codes(each.name for each in member.operators))
            for name, member in composite.members().items()
        ),
    )


# -- operators ---------------------------------------------------------------------------


def operators_page() -> str:
    rest = (*_comparators(), *_comparators(ours=True))
    return page(
        "Operators",
        "`icosa/fields/operators.py` and the field types",
        """
A condition is `{field: {operator: value}}` in GraphQL and `field[operator]:value` in REST; several
operators in one condition must all hold. Conditions are joined by `and`, `or`, `not`, may follow
many-to-one relations, and one-to-many relations through exactly one of `some`, `none`, `every`.""",
        "GraphQL:",
        block(
            "graphql",
            '{\n  people(filter: { or: [\n    { name: { lastName: { ilike: "%lace" } } }\n'
            '    { company: { name: { startsWith: "Analytical" } } }\n  ] }) { totalCount }\n}',
        ),
        "REST:",
        block(
            "http",
            "GET /rest/people?filter="
            'or(name.lastName[ilike]:"%lace",company.name[startsWith]:"Analytical")',
        ),
        table(
            ("Operator", "Means", "Takes", "As a rule in SQL", "REST"),
            (
                (
                    code(each.name),
                    each.summary,
                    TAKES[each.takes],
                    code(_sql_of(each)),
                    "yes" if each.name in rest else "",
                )
                for each in all_operators()
            ),
        ),
        "## Which type has which",
        table(
            ("Operator", "Types", "Types, beyond the contract"),
            (
                (
                    code(each.name),
                    ", ".join(t.kind for t in ALL if each in t.operators),
                    ", ".join(t.kind for t in ALL if each in t.more_operators),
                )
                for each in all_operators()
            ),
        ),
        f"""
Composite types have no operators of their own: a condition names one of their members
(`emails: {{primaryEmail: {{…}}}}`), which has those of its type.

Null and the empty value of a type are the same to `eq`, `neq`, `is`, `like` and `ilike`: `eq: ""`
finds null as well. A pattern of a regular expression holds at most
{operators.PATTERN_LENGTH_MAX} characters, a list at most {operators.IN_VALUES_MAX:,} values.
In error messages the lists of allowed operators are the reference's; what Icosa adds is in
`hint`.""",
    )


def all_operators() -> tuple[Operator, ...]:
    return tuple(each for each in vars(operators).values() if isinstance(each, Operator))


def _sql_of(operator: Operator) -> str:
    value = "$1[]" if operator.takes is Takes.MANY else "$1"
    right = Sql((value.removesuffix("[]"),))
    return render(operator.sql(sql("f"), right)).text


def _comparators(*, ours: bool = False) -> tuple[str, ...]:
    return rest_filter._MORE_COMPARATORS if ours else rest_filter._COMPARATORS  # noqa: SLF001


# -- routes ------------------------------------------------------------------------------


def routes_page() -> str:
    return page(
        "Routes",
        "`icosa/http/routes.py` and `icosa/request/limits.py`",
        """
`{plural}` is an object's plural name (`companies`), `{id}` an id, on the data model's routes also a
name. A token is an API key's or that of a session, sent as `Authorization: Bearer`. Any other path
is a 404, any other method of these paths a 405 with `Allow`.""",
        "## Records",
        """
Unknown parameters are ignored and named in a `Warning` header, with the right one where it is
known.""",
        _routes(RECORD_ROUTES, with_parameters=True),
        "## The data model, by REST",
        _routes(MODEL_ROUTES),
        "## API keys, by REST",
        _routes(KEY_ROUTES),
        "## GraphQL, documents, health",
        _routes(OTHER_ROUTES),
        "## Headers",
        "Beside those of HTTP. Names are not case-sensitive.",
        table(("Header", "Of", "Where", "Means"), HEADERS),
        "## Bounds",
        "Every input has one. A body holds at most `ICOSA_BODY_BYTES_MAX` bytes, a batch at most "
        "`ICOSA_BATCH_MAX` records.",
        table(("Bound", "Is", "Note"), _bounds()),
    )


def _routes(routes: Sequence[Route], *, with_parameters: bool = False) -> str:
    head = ["Method", "Path", "Operation", "Token"]
    rows = [
        [route.method, code(route.path), code(route.operation), "yes" if route.token else ""]
        for route in routes
    ]
    if with_parameters:
        head.append("Parameters")
        for route, row in zip(routes, rows, strict=True):
            known = query._KNOWN[route.operation]  # noqa: SLF001  # a page shows all of it
            row.append(codes(sorted(known)))
    return table(head, rows)


def _bounds() -> Iterator[tuple[str, str, str]]:
    for line in inspect.getsource(limits).splitlines():
        part = re.fullmatch(r"([A-Z_]+): Final = [\d_]+(?:\s+# (.*))?", line)
        if part is not None and is_bound_used(part[1]):
            yield code(part[1]), f"{getattr(limits, part[1]):,}", part[2] or ""


def is_bound_used(name: str) -> bool:
    """Whether any module but the one that defines it names a bound."""
    use = re.compile(rf"\b{name}\b")
    return any(use.search(text) for path, text in sources().items() if path.name != "limits.py")


# -- commands ----------------------------------------------------------------------------


def cli_page() -> str:
    return page(
        "Commands",
        "`icosa/cli.py` and `icosa/commands`",
        """
`icosa` is the one executable; after `make serve` or `make test` it is `.venv/bin/icosa`. Every
command works on the same database as the server, whether that runs or not. Data goes to stdout,
everything else to stderr. It exits 0 on success, 2 on wrong usage, and 1 on failure with one line
that says what to do.""",
        *_commands("icosa", get_command(application)),
    )


def _commands(name: str, command: Any) -> Iterator[str]:
    """The help of a command and of those below it; a group has its own in one line only."""
    below = getattr(command, "commands", {})
    if not below:
        context = command.context_class(command, info_name=name, terminal_width=WIDTH)
        yield f"## `{name}`\n\n" + block("", _plain(command.get_help(context)))
    for each, inner in below.items():
        yield from _commands(f"{name} {each}", inner)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


# -- the SQL in the README ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, as a `curl` line of a document makes it."""

    method: str
    url: str
    body: str | None


def shell_calls(text: str) -> Iterator[tuple[Call, str | None]]:
    """The `curl` calls of a document in order, each with the JSON that stands right behind it."""
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    for (language, script), (below, answer) in zip(fences, [*fences[1:], ("", "")], strict=True):
        if language == "sh" and script.startswith("curl "):
            yield read_curl(script), answer if below == "json" else None


def read_curl(script: str) -> Call:
    words = shlex.split(script)
    url = next(word for word in words if word.startswith("http://"))
    body = words[words.index("-d") + 1] if "-d" in words else None
    return Call(method="GET" if body is None else "POST", url=url, body=body)


def readme() -> str:
    """The README with the SQL of its GraphQL request, as a workspace named `w_1` would have it."""
    text = (ROOT / "README.md").read_text("utf-8")
    asked = next(c.body for c, _ in shell_calls(text) if c.url.endswith("/graphql") and c.body)
    recording = asyncio.run(recorded(json.loads(asked)["query"], None, standard_view()))
    (step,) = recording.steps
    statement = block("sql", step.statement.text)
    return re.sub(r"^```sql\n.*?^```$", lambda _: statement, text, flags=re.DOTALL | re.MULTILINE)


def standard_view() -> View:
    """The standard model as one sees it who may do everything; nothing is asked of a database."""
    ids = (f"00000000-0000-7000-8000-{number:012d}" for number in count(1))
    snapshot = standard_snapshot(
        "crm",
        workspace_id=next(ids),
        schema="w_1",
        standard_application_id=next(ids),
        custom_application_id=next(ids),
        flags={},
        now="2026-01-01T00:00:00.000Z",
        new_id=lambda: next(ids),
    )
    return View(snapshot, Role(id="", grants={}))


# -- all of them -------------------------------------------------------------------------

PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "docs/reference/errors.md": errors_page,
    "docs/reference/settings.md": settings_page,
    "docs/reference/field-types.md": field_types_page,
    "docs/reference/operators.md": operators_page,
    "docs/reference/routes.md": routes_page,
    "docs/reference/cli.md": cli_page,
    "README.md": readme,
}


def stale() -> dict[str, str]:
    """The text of each page that is not as it should be, by its path."""
    texts = {name: make() for name, make in PAGES.items()}
    return {name: text for name, text in texts.items() if _written(name) != text}


def _written(name: str) -> str | None:
    path = ROOT / name
    return path.read_text("utf-8") if path.exists() else None


def main(arguments: Sequence[str]) -> int:
    found = stale()
    if "--check" in arguments:
        for name in found:
            sys.stderr.write(f"{name} is stale: run {COMMAND}\n")
        return 1 if found else 0
    for name, text in found.items():
        (ROOT / name).write_text(text, "utf-8")
        sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
