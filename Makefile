# The house in one page: `make` lists what there is.
SHELL := /bin/bash
PYTHON ?= python3
V := .venv/bin
ENV := CODESIGN_INSTANCE=instance/demo
READY := .venv/.ready

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "codesign needs Python 3.11 or newer."; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. Install it with: apt install python3-venv"; exit 2; }
	@test -x $(V)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (one time, about a minute) ..."
	@$(V)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements.lock
	@$(V)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

words-compiled: $(READY)
	@$(V)/python -m codesign.web.catalogue compile

.PHONY: help demo serve test check check-all bench pictures lock words words-compiled

demo: words-compiled ## set up, load the demonstration place, serve both doors (FRESH=1 begins anew)
	@$(ENV) $(V)/codesign demo $(if $(FRESH),--fresh)

serve: words-compiled ## serve both doors with your own settings
	@$(V)/codesign serve

test: words-compiled ## set up and run every check and test
	@CODESIGN_NO_SKIPS=$(CODESIGN_NO_SKIPS) $(V)/python -m tests.run

check: words-compiled ## the fast checks alone: style, types, import contracts, words, templates
	@$(V)/python -m tests.run --checks

check-all: words-compiled ## everything, with the slow full matrices
	@$(V)/python -m tests.run --all

bench: words-compiled ## measure list, idea and casting against a bare app
	@$(V)/python bench/counting.py
	@$(V)/python bench/documents.py
	@$(V)/python bench/run.py

pictures: words-compiled ## take the pictures of docs/pictures
	@$(V)/python tests/browser/pictures.py

words: $(READY) ## bring the catalogues up to date with the code
	@$(V)/python -m codesign.web.catalogue update nl ar
	@$(V)/python -m codesign.web.catalogue missing nl ar

lock: ## make requirements.lock anew (needs uv)
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock
