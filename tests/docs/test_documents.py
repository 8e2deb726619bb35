"""The documents by hand: what they name exists, links resolve, sizes and forms are kept."""

import re
from pathlib import Path

import pytest

from docs.server_pages import cli_page
from tests.docs.markdown import (
    ADRS,
    DOCUMENTS,
    PROJECT,
    anchors,
    headings,
    links,
    named_paths,
    text_of,
)

ADR_PARTS = ["Context", "Decision", "Consequences", "Measured"]
ADR_LINES_MAX = 60
ARCHITECTURE_LINES_MAX = 200
OUTSIDE = re.compile(r"/work\b|\.\./shared|shared/(?:design|contract)|twentyhq|/tmp/")

SOURCES = sorted((PROJECT / "icosa").rglob("*.py"))
TESTS = [path for path in (PROJECT / "tests").rglob("test_*.py") if path.parent.name != "tests"]
TEXTS = "\n".join(text_of(path) for path in DOCUMENTS if path.name != "cli.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_resolve(document: Path) -> None:
    broken = [link for link in links(text_of(document)) if not leads_somewhere(document, link)]

    assert not broken


def leads_somewhere(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (PROJECT / document).parent / path if path else PROJECT / document
    return target.exists() and (not anchor or anchor in anchors(target.read_text("utf-8")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_each_path_that_is_named_exists(document: Path) -> None:
    missing = [path for path in named_paths(text_of(document)) if not is_there(path)]

    assert not missing


def is_there(named: str) -> bool:
    """`icosa/http`, `docs/adr/*.md`, or `tests/x.py::test_y`, which `x.py` must define."""
    path, _, name = named.partition("::")
    found = list(PROJECT.glob(path.rstrip("/")))
    defines = re.compile(rf"\b(?:def|class) {name}\b")
    return bool(found) and (not name or bool(defines.search(found[0].read_text("utf-8"))))


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_no_document_leads_out_of_the_project(document: Path) -> None:
    assert not OUTSIDE.search(text_of(document))


def test_the_architecture_is_read_at_one_sitting() -> None:
    assert len(text_of(Path("ARCHITECTURE.md")).splitlines()) < ARCHITECTURE_LINES_MAX


def test_the_architecture_names_every_package() -> None:
    packages = {path.parent.name for path in (PROJECT / "icosa").glob("*/__init__.py")}
    named = set(re.findall(r"`icosa/(\w+)", text_of(Path("ARCHITECTURE.md"))))

    assert not packages - named


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in ADRS]

    assert numbers == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("adr", ADRS, ids=str)
def test_a_decision_has_its_parts_and_is_short(adr: Path) -> None:
    title, *parts = headings(text_of(adr))

    assert title.startswith(f"{int(adr.name[:4])}. ")
    assert parts == ADR_PARTS
    assert len(text_of(adr).splitlines()) < ADR_LINES_MAX


def test_every_decision_that_is_cited_exists() -> None:
    texts = [path.read_text("utf-8") for path in SOURCES] + [text_of(path) for path in DOCUMENTS]
    cited = {int(number) for text in texts for number in re.findall(r"\bADR (\d+)", text)}

    assert cited <= {int(path.name[:4]) for path in ADRS}


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"(?:^|[`(])icosa ([a-z]+(?: (?:create|list|delete|revoke))?)", TEXTS))
    known = set(re.findall(r"^Usage: icosa ((?:[a-z]+ ?)+)\b", cli_page(), re.MULTILINE))

    assert not named - {command.strip() for command in known}


def test_every_verb_of_make_that_is_named_exists() -> None:
    named = set(re.findall(r"(?:`|    )make ([a-z-]+)", TEXTS))
    known = set(re.findall(r"^([a-z-]+):", text_of(Path("Makefile")), re.MULTILINE))

    assert not named - known


def test_every_folder_of_tests_is_explained() -> None:
    tops = {path.relative_to(PROJECT / "tests").parts[0] for path in TESTS}

    assert not tops - set(re.findall(r"`tests/(\w+)`", text_of(Path("CONTRIBUTING.md"))))


def test_the_glossary_is_sorted() -> None:
    words = re.findall(r"^\*\*(.+?)\*\*", text_of(Path("docs/glossary.md")), re.MULTILINE)

    assert words == sorted(words, key=str.lower)
