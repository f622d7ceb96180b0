# Everything a developer or CI needs, with nothing but Python (3.11 or later) and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint check bench score soak readme lock clean

run: .venv/run
	@$(BIN)/standfirst chat

test: .venv/dev
	@$(BIN)/pytest

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: .venv/dev
	@$(BIN)/python -m tests.bench

# Kills the bot KILLS times, against hostile platforms, and counts what readers saw; stopped, it goes on where it was.
soak: .venv/dev
	@$(BIN)/python -m tests.soak $(if $(KILLS),--kills $(KILLS)) $(if $(SOAK),--folder $(SOAK))

# The language engine beside its goals, on data that is not ours to keep here (STANDFIRST_EVAL, else ../shared/eval).
score: .venv/dev
	@$(BIN)/python -m tests.bench.score

# The tables of the README and .env.example, printed anew from the code.
readme: .venv/dev
	@$(BIN)/python -m tests.readme

# The lock files, anew from pyproject.toml: every version with its hashes, for every supported Python.
lock: .venv/dev
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -c requirements.lock --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; say which with make PYTHON=python3.12"; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.lock pyproject.toml
	@echo "Installing …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
