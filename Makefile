# `make` or `make help` lists what there is. Everything runs from a clean clone.
SHELL := /bin/bash
PORT ?= 8000
PYTHON ?= python3.11
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: help setup run check test test-all fix lock messages bench chaos screenshots demo clean
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/run-stamp: requirements.txt
	@echo "1/3 Setting up Python (once; a minute or two) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev-stamp: requirements-dev.txt
	@echo "Setting up Python with the tools for checks and tests …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run-stamp

# No lock file: the three tools are pinned exactly and bring only their own binaries.
node_modules/.stamp: package.json
	@$(BIN)/python -m tests.provide node
	@npm install --silent --no-save
	@touch $@

setup: .venv/dev-stamp node_modules/.stamp ## Install everything for checks and tests

run: .venv/run-stamp ## Serve http://localhost:8000 with demonstration data (PORT= to change)
	@$(MANAGE) serve --port $(PORT)

check: setup ## Everything static: format, lint, layers, types, templates, locks, messages
	@$(BIN)/python -m tests.check

fix: setup ## Format Python, templates, CSS and JavaScript
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	@$(BIN)/djhtml templates || true
	@node_modules/.bin/biome check --write static

test: setup ## The suite: all on SQLite, tests marked db on PostgreSQL, journeys in Chromium
	@$(BIN)/python -m tests.run

test-all: setup ## The whole suite on SQLite and on PostgreSQL with Redis
	@$(BIN)/python -m tests.run --all

lock: .venv/dev-stamp ## Write the lock files anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

messages: .venv/dev-stamp ## Gather texts and compile them (needs gettext)
	@$(MANAGE) makemessages --locale da --no-location --no-wrap --ignore node_modules --ignore .venv --ignore var --ignore tests --ignore bench
	@$(MANAGE) compilemessages --locale da --ignore .venv --ignore node_modules

demo: .venv/run-stamp ## Demonstration data anew
	@$(MANAGE) demo

bench: setup ## Ratios against yardsticks of the same run; fails on no timing
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.boards
	@$(BIN)/python -m bench.crowd

chaos: setup ## Kill web process, Redis and PostgreSQL under load: nothing acknowledged is lost
	@$(BIN)/python -u -m bench.chaos

screenshots: setup ## Every page type at 360 and 1280 px, light and dark, to screenshots/
	@$(BIN)/python -m tests.screenshots

clean: ## Remove what make made, not the data in var/
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
