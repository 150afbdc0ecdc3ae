# The tasks of the project. `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8019
HOST ?= 127.0.0.1
WORKERS ?= 1
JOBS ?= 2
export PORT
# Every worker is a process of its own, and starts far sooner from compiled files: they are kept whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CLIENT := client-web
MODULES := $(CLIENT)/node_modules/.installed
PAGE := $(CLIENT)/dist/index.html
CLIENT_SOURCES = $(shell find $(CLIENT)/src $(CLIENT)/public $(CLIENT)/index.html $(wildcard $(CLIENT)/*.config.*) \
	$(CLIENT)/tsconfig.json -type f 2>/dev/null)
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: help
help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  Variables: PORT=$(PORT) HOST=$(HOST) WORKERS=$(WORKERS) (play), JOBS=$(JOBS) (test), UPGRADE=1 (lock)"

# Using it

.PHONY: env
env: $(INSTALLED) ## build .venv from the lock

.PHONY: client
client: $(PAGE) ## build the pages

.PHONY: play
play: env client ## start the game and print its address; Ctrl-C stops everything
	@exec $(BIN)/nineteenth serve --host $(HOST) --workers $(WORKERS)

.PHONY: cases
cases: env ## run the published cases of the rules
	@$(BIN)/nineteenth cases

# Working on it

.PHONY: test
test: env client browser ## everything that has to be true, in at most ten minutes
	@$(MAKE) check
	@$(MAKE) test-client
	@$(MAKE) test-server

.PHONY: test-client
test-client: $(MODULES)
	cd $(CLIENT) && npm run --silent test

.PHONY: test-server
test-server: env client browser
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

.PHONY: chaos
chaos: env ## break the server in every way there is, in at most 45 minutes; ONLY=A1,A6 SEED=7 TABLE=file.md
	$(BIN)/python -m tests.chaos $(if $(ONLY),--only $(ONLY)) $(if $(SEED),--seed $(SEED)) $(if $(TABLE),--table $(TABLE))

.PHONY: soak
soak: env ## 40 minutes of play in 60 rooms, with the workers' memory weighed; MINUTES=5
	$(BIN)/python -m tests.chaos --only A28 --minutes $(or $(MINUTES),40)

.PHONY: check
check: check-server check-client ## formatting, lint, types, imports and generated files; changes nothing

.PHONY: check-server
check-server: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m server.gateway.contract --check

.PHONY: check-client
check-client: $(MODULES)
	cd $(CLIENT) && npm run --silent format:check && npm run --silent lint && npm run --silent check

.PHONY: format
format: env $(MODULES) ## format the code, and repair what lint can
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	cd $(CLIENT) && npm run --silent format

.PHONY: generate
generate: env ## write the contract of the wire, and the client's types, from the message types
	$(BIN)/python -m server.gateway.contract

.PHONY: coverage
coverage: env ## branch coverage of the rules, at least 95 %
	$(BIN)/python -m pytest -n $(JOBS) tests/rules --cov=rules --cov-branch \
		--cov-report=term-missing:skip-covered --cov-fail-under=95

.PHONY: bench
bench: env ## figures of the bots on this machine
	@$(BIN)/python -m tests.bench

.PHONY: lock
lock: $(INSTALLED) ## write requirements/ from pyproject.toml; UPGRADE=1 takes newer versions
	$(COMPILE) pyproject.toml --extra dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --constraint requirements/dev.txt --output-file requirements/runtime.txt
	echo uv | $(COMPILE) - --constraint requirements/dev.txt --output-file requirements/installer.txt

.PHONY: clean
clean: ## remove what was built and installed; keeps data/
	rm -rf $(VENV) $(CLIENT)/node_modules $(CLIENT)/dist build dist htmlcov .coverage \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the others stand on

$(INSTALLED): requirements/dev.txt requirements/installer.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=python3.11 env" >&2; exit 1; }
	@test -x $(BIN)/python -a -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "python3 can not make an environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the Python packages of requirements/dev.txt in $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(MODULES): $(CLIENT)/package-lock.json $(CLIENT)/package.json
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' || \
		{ echo "Node 20.19 or later is needed, with npm" >&2; exit 1; }
	cd $(CLIENT) && npm ci --include=dev --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

$(PAGE): $(MODULES) $(CLIENT_SOURCES)
	cd $(CLIENT) && npm run --silent build
	@touch $@

$(CLIENT)/package-lock.json $(CLIENT)/package.json:
	@echo "$@ is missing: without it there are no pages to build" >&2; exit 1

.PHONY: browser
browser: # the end-to-end tests drive Debian's Chromium
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
		else echo "The tests need Chromium. As root: apt-get install chromium" >&2; exit 1; fi; }
