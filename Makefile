# `make run` and `make test` need only python3 (3.11 or newer), pip and make; everything else is fetched
# into .venv. Nothing outside this folder is changed.
PY  ?= python3
V   := .venv
BIN := $(V)/bin
READY := $(V)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check lint types layers spelling format bench claims validate lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY)  ## analyse three shipped set-ups: verdicts and curves here, a report in reports/
	@$(BIN)/bandwright tour

test: $(READY)  ## every test; says why one was skipped
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

bench: $(READY)  ## time the engine; prints what it measured
	@set -e; for script in benchmarks/bench_*.py; do echo "$$script"; $(BIN)/python "$$script"; done

claims: $(READY)  ## write docs/claims.md: what coaches teach, and what the model finds
	@$(BIN)/python -c "from bandwright.service.claims import claims_page; print(claims_page(), end='')" > docs/claims.md

validate: $(READY)  ## write docs/validation.md: the model against published measurements
	@$(BIN)/python -c "from bandwright.service.validation.page import validation_page; print(validation_page(), end='')" > docs/validation.md

lock: $(READY)  ## renew constraints.txt from pyproject.toml
	@$(BIN)/python -m pip install --quiet --target .boot/uv --upgrade uv
	@.boot/uv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header \
	  --group dev pyproject.toml --output-file constraints.txt

clean:  ## remove everything that was made
	rm -rf $(V) .boot dist reports .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
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
$(READY): $(V)/pyvenv.cfg pyproject.toml constraints.txt
	@echo "Installing what constraints.txt lists (800 MB in $(V)); the first time takes a minute or two"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
