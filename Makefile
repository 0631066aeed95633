# What one types here: `make site` builds the site of this folder, `make test` tests everything.
# Kept to what make 3.81 (macOS) understands.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PYTEST_WORKERS ?= auto
PYTEST_ARGS ?=

.PHONY: site serve check test lint format bench docs clean help
.DEFAULT_GOAL := site

site: $(VENV)/.installed
	$(BIN)/python -m sitegen build

serve: $(VENV)/.installed
	$(BIN)/python -m sitegen serve

check: $(VENV)/.installed
	$(BIN)/python -m sitegen check

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed
	$(BIN)/python -m bench --write --disk bench/.cache

docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py

clean:
	rm -rf public build dist .sitegen .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

help:
	@echo "make site    build the site of this folder into public/"
	@echo "make serve   the same, shown in a browser and rebuilt at every change"
	@echo "make check   links, accessibility and funding texts of the built site"
	@echo "make test    all tests (needs no network once installed)"
	@echo "make lint    ruff, mypy and import-linter"
	@echo "make bench   time this generator beside others"
	@echo "make docs    write the generated parts of docs/"
	@echo "make clean   remove what was built"

# Each stamp is younger than pyproject.toml once its packages are there; repeated runs cost nothing.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "sitegen needs Python 3.11 or newer; name one: make site PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,dev]'
	@touch $@
