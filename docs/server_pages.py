"""The pages on the server: errors, settings, routes, commands.

What has no meaning of its own in the code (an error without a sentence) has one in `MEANINGS`;
tests/docs asks for all of them.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any, Final

from typer.main import get_command

from docs.form import block, code, codes, page, sentence, sources, table
from icosa.cli import application
from icosa.core import errors
from icosa.core.errors import ApiError, ModelRefused
from icosa.http import problems
from icosa.http.problems import Problem, graphql_error, metadata_problem_of, problem_of, rest_body
from icosa.http.rest import query
from icosa.http.routes import KEY_ROUTES, MODEL_ROUTES, OTHER_ROUTES, RECORD_ROUTES, Route
from icosa.request import limits
from icosa.settings import VARIABLES, Settings

WIDTH: Final = 80  # of the help of commands

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


# -- errors -----------------------------------------------------------------------------


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


# -- settings ---------------------------------------------------------------------------


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


# -- routes -----------------------------------------------------------------------------


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


# -- commands ---------------------------------------------------------------------------


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
