# Everything a newcomer needs: `make demo` and `make test`. Python 3.11 or later and make are enough.
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo serve test quick check bench format messages lock wheel interop clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/'

demo: $(READY) ## A fictional provider with dossiers in every phase, on http://127.0.0.1:8000
	$(BIN)/bekwaam demo

serve: $(READY) ## The server, on your own data in var/
	$(BIN)/bekwaam serve

test: check ## Everything: the house, the rules, the screens; on SQLite, and on PostgreSQL when one answers
	$(BIN)/python tools/run_tests.py

quick: $(READY) ## The tests without browser and without PostgreSQL
	$(BIN)/python -m pytest -q -n auto -m "not browser"

check: $(READY) ## Style, types, layers and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python tools/messages.py check

bench: $(READY) ## Server times of the main pages, large frameworks in and out, and of the parts
	$(BIN)/python -m tests.bench.pages
	$(BIN)/python -m tests.bench.frameworks
	$(BIN)/python -m tests.bench.case
	$(BIN)/python -m tests.bench.explorer
	$(BIN)/python -m tests.bench.suggesting
	$(BIN)/python -m tests.bench.signs
	$(BIN)/python -m tests.bench.trust
	$(BIN)/python -m tests.bench.papers
	$(BIN)/python -m tests.bench.credentials
	$(BIN)/python -m tests.bench.issuing
	$(BIN)/python -m tests.bench.publiclog
	$(BIN)/python -m tests.bench.verifying
	$(BIN)/python -m tests.bench.teams

format: $(READY) ## Put the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(READY) ## Bring the translation catalogues up to date with the code
	$(BIN)/python tools/messages.py update
	$(BIN)/python tools/build_catalogues.py

lock: ## Choose new versions of what we depend on (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --upgrade --extra postgres -o requirements.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --upgrade --extra postgres --group dev -o requirements-dev.lock

wheel: $(READY) ## The package, as others install it
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

interop: tests/interop/node_modules/.ready ## What the tests check our certificates with under Node (needs npm)

tests/interop/node_modules/.ready: tests/interop/package-lock.json
	npm ci --prefix tests/interop --ignore-scripts --no-audit --no-fund
	@touch $@

clean: ## Take away what was made
	rm -rf $(VENV) tests/interop/node_modules dist var .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements-dev.lock pyproject.toml tools/build_catalogues.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Bekwaam needs Python 3.11 or later; $(PYTHON) is older. Set PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
