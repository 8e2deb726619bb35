"""The README's calls, as the tests run them, and its SQL, made from the request above it."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from docs.form import ROOT, block
from icosa.catalog.templates import standard_snapshot
from icosa.catalog.view import Role, View
from icosa.commands.explain import recorded


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
