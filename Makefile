# `make run` and `make test` need only python3 (3.11 or newer), pip and make; everything else is fetched
# into .venv. Nothing outside this folder is changed, but for one thing: where apt-get may install (as root),
# `make test` installs Chromium for the tests of the app, unless a browser is there.
PY  ?= python3
V   := .venv
BIN := $(V)/bin
READY := $(V)/.ready
CLIENT := src/bandwright/web/client/.built
SOLVERS := $(V)/.solvers
FRESH := $(V)/.fresh
KERNELS := $(shell grep -rlE 'lanewise|compiled|unlocked' src/bandwright --include='*.py')
BROWSER := $(V)/.browser

.DEFAULT_GOAL := help
.PHONY: help run tour test check lint types layers spelling format bench claims validate openapi lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) $(CLIENT) $(SOLVERS)  ## start the app and open it in the browser; Ctrl-C ends it
	@$(BIN)/bandwright serve

tour: $(READY)  ## judge three shipped set-ups in the terminal, and write a report to reports/
	@$(BIN)/bandwright tour

test: $(READY) $(FRESH) $(CLIENT) $(BROWSER)  ## every test; says why one was skipped
	@$(BIN)/python -m pytest -rs

check: lint types layers spelling  ## style, types, layers and spelling

lint: $(READY)  ## ruff: all rules, and the formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## mypy, strict
	@$(BIN)/mypy

layers: $(READY)  ## import-linter: who may import whom
	@$(BIN)/lint-imports --no-cache

spelling: $(READY)  ## codespell
	@$(BIN)/codespell

format: $(READY)  ## put the code into the one format
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: $(READY) $(CLIENT)  ## time the engine; prints what it measured
	@set -e; for script in benchmarks/bench_*.py; do echo "$$script"; name=$${script##*/}; $(BIN)/python -m benchmarks.$${name%.py}; done

claims: $(READY)  ## write docs/claims.md: what coaches teach, and what the model finds
	@$(BIN)/python -c "from bandwright.service.claims import claims_page; print(claims_page(), end='')" > docs/claims.md

validate: $(READY)  ## write docs/validation.md: the model against published measurements
	@$(BIN)/python -c "from bandwright.service.validation.page import validation_page; print(validation_page(), end='')" > docs/validation.md

openapi: $(READY) $(CLIENT)  ## write frontend/openapi.json, and the client's types from it
	@$(BIN)/python -c "from bandwright.web.openapi import openapi_text; print(openapi_text(), end='')" > frontend/openapi.json
	@cd frontend && npm run --silent types

lock: $(READY)  ## renew constraints.txt from pyproject.toml
	@$(BIN)/python -m pip install --quiet --target .boot/uv --upgrade uv
	@.boot/uv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
	  --group dev pyproject.toml --output-file constraints.txt

clean:  ## remove everything that was made
	rm -rf frontend/node_modules src/bandwright/web/client $(V) .boot dist reports .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Some systems ship Python without ensurepip; each line is tried when the one before it failed.
$(V)/pyvenv.cfg:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Bandwright needs Python 3.11 or newer. Have one? Say so: make PY=python3.12 run"; exit 1; }
	@echo "Making a virtual environment in $(V)"
	@$(PY) -m venv $(V) >/dev/null 2>&1 \
	  || { rm -rf $(V); $(PY) -m venv --without-pip $(V) \
	       && $(PY) -m pip --python $(BIN)/python install --quiet pip; } 2>/dev/null \
	  || { rm -rf $(V); $(PY) -m pip install --quiet --target .boot/virtualenv virtualenv \
	       && PYTHONPATH=.boot/virtualenv $(PY) -m virtualenv --quiet $(V); } 2>/dev/null \
	  || { rm -rf $(V); echo "No virtual environment could be made. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

# Hashes cannot be asked of the project itself, so it is installed in a second step, with the builder
# that the first step brought.
$(READY): $(V)/pyvenv.cfg pyproject.toml constraints.txt hatch_build.py
	@echo "Installing what constraints.txt lists (800 MB in $(V)); the first time takes a minute or two"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What is compiled is kept beside its source, and numba does not renew it when something it calls has changed.
$(FRESH): $(KERNELS) | $(READY)
	@find src -name '*.nb[ic]' -delete
	@touch $@

# So that the first visitor does not wait for it.
$(SOLVERS): $(READY) $(FRESH)
	@echo "Compiling the solvers; once, one to two minutes"
	@$(BIN)/bandwright analyse bent-over-band-row --person male,180,80 --json >/dev/null
	@$(BIN)/bandwright analyse band-assisted-pull-up --person male,180,80 --json >/dev/null
	@$(BIN)/bandwright design --gear examples/gear.toml --exercise bent-over-band-row --person male,180,80 --json >/dev/null
	@touch $@

# Without a browser the tests that need one are skipped and say how to get it; nothing else hangs on this.
$(BROWSER): $(READY)
	@command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null || [ -n "$$CHROMIUM" ] \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	       && echo "Installing Chromium for the tests of the app" \
	       && { apt-get -qq install -y --no-install-recommends chromium >/dev/null 2>&1 \
	            || { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1; }; } \
	  || echo "No Chromium: the tests of the app are skipped. On Debian: sudo apt install chromium"
	@touch $@

# The hook that builds the client when the package is installed, run again when the client has changed.
$(CLIENT): $(READY) hatch_build.py $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
	@$(BIN)/python hatch_build.py
	@touch $@
