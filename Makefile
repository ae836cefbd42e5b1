# Everything a fresh machine needs is Python 3.11 or later and a C compiler. `make help` lists what there is.

PYTHON ?= python3
VENV ?= .venv
MINUTES ?= 5
WORKERS ?= auto

PIP := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check
ENGINE := $(VENV)/bin/treaty-engine
ON := --on 2008-06-12

# A worker holds up to a gigabyte or two; tests that name a group share one worker, which gets the groups first.
SPREAD := --numprocesses $(WORKERS) --maxprocesses 8 --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz bench docs clean

help: ## What can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16
	@echo '  PYTHON=python3.12 chooses another Python, VENV=folder another place to install to,'
	@echo '  WORKERS=2 how many processes run the tests (as many as there are cores, eight at most)'

demo: $(VENV)/.installed ## The sheet of Cambodia, and gaps of the Greater Mekong Subregion, on 12 June 2008
	$(call shown,applies Cambodia $(ON))
	$(call shown,gaps --group GMS --treaty ICRMW --treaty C97 --treaty CSTP-1950 $(ON))

test: $(VENV)/.installed-to-test ## Style, types and tests; fails when anything does
	$(VENV)/bin/python -m ruff check
	$(VENV)/bin/python -m mypy
	$(VENV)/bin/python -m pytest -rs $(SPREAD)

fuzz: $(VENV)/.installed-to-test ## Engines compared on invented programs, for MINUTES=5
	$(VENV)/bin/python -m treaty_engine.testing.fuzz --minutes $(MINUTES)

bench: $(VENV)/.installed-to-test ## What the engines cost, beside their peers
	$(VENV)/bin/python -m benchmarks.run

docs: $(VENV)/.installed-to-test ## Transcripts, tables and the schema of the documentation, recorded again
	$(VENV)/bin/python -m tests.docs.refresh

clean: ## Removes what was installed and every cache
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installing is a stamp file, made again only when pyproject.toml changes.

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-to-test: pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable '.[test,relational]'
	@touch $@ $(VENV)/.installed

# A command line as it would be typed, then what it prints.

define shown
@printf '\n$$ treaty-engine %s\n\n' '$(1)'
@$(ENGINE) $(1)
endef
