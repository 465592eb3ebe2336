# make run and make test are the two commands; each makes .venv and installs from the lock.
PYTHON ?= python3
BIN := .venv/bin
export DRAFT_LANGUAGES ?= ar uk pl tr ti
.DEFAULT_GOAL := help
.PHONY: help run test suite browser check bench lock

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/'

run: .venv/run ## start the application with the demo region on http://127.0.0.1:8000
	@$(BIN)/flask --app app migrate
	@$(BIN)/flask --app app demo --if-new
	@$(BIN)/flask --app app serve

test: ## lint, check types and run every test
	@$(MAKE) --no-print-directory --jobs 2 check suite

suite: .venv/test browser
	$(BIN)/pytest --numprocesses 3 --dist worksteal

browser:
	@$(PYTHON) -m tests.browser.install

check: .venv/test ## lint and check types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/test ## measure the budgets against a limit in the same run
	$(BIN)/python -m tests.bench

lock: .venv/test ## compile the pins of requirements.in and tests/requirements.in
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 --custom-compile-command "make lock" -c requirements.txt tests/requirements.in -o tests/requirements.txt

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: tests/requirements.txt | .venv/bin/python
	$(BIN)/pip install -q --no-compile --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@ .venv/run
