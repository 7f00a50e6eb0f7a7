# `make` lists every target. Nothing here needs more than Python, make and git.
PY ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-binary flask-principal
.DEFAULT_GOAL := help
.PHONY: help install run demo test test-database fast format check lint types layers courses e2e interop bench clean migrate migration publish

##@ Every day
help: ## List every target with a line each
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*## / {printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/bin/python:
	@$(PY) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer with venv is needed (Debian: apt install python3-venv)."; exit 1; }
	@$(PY) -m venv .venv

.venv/.run-ok: requirements.txt | .venv/bin/python
	@echo "Installing what the product needs (about a minute)"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.test-ok: requirements/test.txt | .venv/.run-ok
	@echo "Installing what the tests need"
	@$(PIP) -r requirements/test.txt
	@touch $@

.venv/.check-ok: requirements/check.txt | .venv/.test-ok
	@echo "Installing what the checks need"
	@$(PIP) -r requirements/check.txt
	@touch $@

.venv/.browser-ok: requirements/browser.txt | .venv/.test-ok
	@echo "Installing what the browser tests need"
	@$(PIP) -r requirements/browser.txt
	@touch $@

install: .venv/.run-ok ## Install the product into .venv

run: .venv/.run-ok ## Serve the product with its demonstration on http://127.0.0.1:8000
	@DEMO=$${DEMO-1} $(BIN)/flask serve

test: .venv/.test-ok ## Run every test
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal

test-database: .venv/.test-ok ## Run the tests that another database could make fail
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal --database-only

fast: .venv/.test-ok ## Run the tests of the rules and of the house only
	@$(BIN)/python -m pytest -q tests/unit tests/house conexx_learn/domain

format: .venv/.check-ok ## Put the code into its form
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

##@ Before a commit
check: lint types layers test courses ## All that CI runs, except the browser

lint: .venv/.check-ok ## Style and form
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: .venv/.check-ok .venv/.browser-ok ## Types, strictly
	@$(BIN)/mypy

layers: .venv/.check-ok ## Who imports whom
	@$(BIN)/lint-imports --no-cache

courses: .venv/.run-ok ## Check every course
	@$(BIN)/flask courses check courses

e2e: .venv/.browser-ok ## A real browser: journeys, budgets, accessibility
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal tests/browser --override-ini addopts="-ra --strict-markers"

tests/verifiers/node_modules/.package-lock.json: tests/verifiers/package-lock.json
	@command -v npm >/dev/null || { echo "Node and npm are needed (Debian: apt install nodejs npm)."; exit 1; }
	@echo "Installing what verifies with other code"
	@cd tests/verifiers && npm ci --silent --ignore-scripts --no-audit --no-fund

interop: .venv/.test-ok tests/verifiers/node_modules/.package-lock.json ## Other people's libraries verify what is served
	@$(BIN)/python -m pytest -q tests/verifiers --override-ini addopts="-ra --strict-markers"

bench: .venv/.test-ok ## Requests per second beside a bare page on the same machine
	@$(BIN)/python tests/bench/bench.py
	@$(BIN)/python tests/bench/institutions.py
	@$(BIN)/python tests/bench/learners.py
	@$(BIN)/python tests/bench/repair.py
	@$(BIN)/python tests/bench/previews.py
	@$(BIN)/python tests/bench/credentials.py
	@$(BIN)/python tests/bench/status_lists.py
	@$(BIN)/python tests/bench/papers.py

##@ Data
demo: .venv/.run-ok ## Load the demonstration into an empty database
	@DEMO=1 $(BIN)/flask demo load

migrate: .venv/.run-ok ## Bring the database to the newest schema
	@$(BIN)/flask db upgrade

migration: .venv/.run-ok ## Write the next migration: make migration m="add rubric"
	@$(BIN)/flask db migrate -m "$(m)" --rev-id $$(printf '%04d' $$(($$(ls migrations/versions/*.py | wc -l) + 1)))

publish: .venv/.run-ok ## Publish a course: make publish c=first-steps
	@$(BIN)/flask courses publish courses/$(c)

clean: ## Remove what was installed and cached; the data in instance/ stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tests/verifiers/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
