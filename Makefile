# Everything a fresh machine needs is Python 3.11 or later and a C compiler. `make help` lists what there is.

PYTHON ?= python3
VENV ?= .venv
MINUTES ?= 5
WORKERS ?= auto

# Spark is installed and tested wherever there is a Java that it runs on; elsewhere the summary of the tests says so.
JAVA := $(shell $${JAVA_HOME:+"$$JAVA_HOME/bin/"}java -version 2>&1 | sed -nE 's/.*version "(1[7-9]|[2-9][0-9]).*/\1/p')
comma := ,
EXTRAS := test,relational$(if $(JAVA),$(comma)spark)
TESTING := $(VENV)/.installed-$(subst $(comma),-,$(EXTRAS))

PIP := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check
ENGINE := $(VENV)/bin/treaty-engine
ON := --on 2008-06-12

# Tests that name a group share one worker, which begins with them. Eight workers at most: each holds all rules and facts.
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

test: $(TESTING) ## Style, types and tests; fails when anything does
	$(VENV)/bin/python -m ruff check
	$(VENV)/bin/python -m mypy
	$(VENV)/bin/python -m pytest -rs $(SPREAD)

fuzz: $(TESTING) ## Engines compared on invented programs, for MINUTES=5
	$(VENV)/bin/python -m treaty_engine.testing.fuzz --minutes $(MINUTES)

bench: $(TESTING) ## What the engines cost, beside their peers
	$(VENV)/bin/python -m benchmarks.run

docs: $(TESTING) ## Transcripts, tables and the schema of the documentation, recorded again
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

$(TESTING): pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable '.[$(EXTRAS)]'
	@touch $@ $(VENV)/.installed

# A command line as it would be typed, then what it prints.

define shown
@printf '\n$$ treaty-engine %s\n\n' '$(1)'
@$(ENGINE) $(1)
endef
