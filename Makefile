# The few verbs of this project. All set up `.venv` first, which costs nothing when it is up to date.
#
#   make serve ARGS="--port 4000"    run Icosa
#   make test ARGS="tests/unit -k x" run the tests
#   make check                       everything CI runs: format, lint, types, contracts, tests
#
# Only python3 (3.11 or later) and make are needed beforehand.

PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUNTIME := .venv/.runtime-is-set-up
TOOLS := .venv/.tools-are-set-up

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test test-long check lint golden docs bench lock clean

help:
	@sed -n '/^#   make/s/^#   //p' Makefile

serve: $(RUNTIME)
	@exec $(BIN)/icosa serve $(ARGS)

test: $(TOOLS)
	@$(BIN)/python -m pytest $(ARGS)

# The same tests with their full figures (more examples, longer runs).
test-long: $(TOOLS)
	@ICOSA_TEST_LONG=1 $(BIN)/python -m pytest $(ARGS)

# The tests come last, so that pytest's own summary is the last thing printed.
check: lint
	@$(MAKE) --no-print-directory test

lint: $(TOOLS)
	@$(BIN)/ruff format --check --quiet || { echo "Run: $(BIN)/ruff format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .venv/contracts.txt || { cat .venv/contracts.txt >&2; exit 1; }

# Writes the expected answers anew; read the difference before you commit it.
golden: $(TOOLS)
	@if [ "$$CI" = true ]; then echo "Golden files are not renewed in CI." >&2; exit 1; fi
	@ICOSA_GOLDEN=update $(BIN)/python -m pytest tests/golden $(ARGS)

# Writes docs/reference from the code; a test fails while they differ.
docs: $(TOOLS)
	@$(BIN)/python -m docs.generate $(ARGS)

bench: $(RUNTIME)
	@exec $(BIN)/python -m bench $(ARGS)

# Pins every dependency anew, with hashes. Needs uv (`pip install uv`).
LOCK := uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock:
	$(LOCK) pyproject.toml --extra demo --group build -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

# The data folder stays: it may hold somebody's records.
clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -not -path './.data/*' -prune -exec rm -rf {} +

# --- set-up ---------------------------------------------------------------------------------------

.venv/bin/python:
	@command -v $(PYTHON) > /dev/null || { echo "Icosa needs Python 3.11 or later: install python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Icosa needs Python 3.11 or later; try: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Making .venv failed; on Debian: apt install python3-venv" >&2; exit 1; }

# Checked against the lock file's hashes; the project itself is linked, so edits need no new set-up.
$(RUNTIME): pyproject.toml requirements.lock | .venv/bin/python
	@echo "Setting up .venv (once, about a minute) ..." >&2
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(TOOLS): requirements-dev.lock $(RUNTIME)
	@echo "Setting up the development tools ..." >&2
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
