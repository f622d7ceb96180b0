# Everything a developer or CI needs, with nothing but Python (3.11 or later) and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test test-again lint check bench score soak fuzz readme pictures lock audit sbom clean

run: .venv/run
	@$(BIN)/standfirst chat

# The files side by side, as many as there are cores, but four at most: many tests start processes of their own. They keep
# their order, for the longest have few tests and would come last. WORKERS=0 runs them one after the other.
WORKERS ?= auto
test: .venv/dev
	@$(BIN)/pytest -n $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# What failed last, once more, with nothing beside it: some tests kill processes and wait for others, and a machine that stands
# still breaks those. It fails where nothing failed before.
test-again: .venv/dev
	@$(BIN)/pytest --last-failed --last-failed-no-failures none

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

# Hostile articles, names, questions and errors, rendered for every platform: MESSAGES of them (10,000), from SEED (1).
fuzz: .venv/dev
	@$(BIN)/python -m tests.fuzz $(if $(MESSAGES),--messages $(MESSAGES)) $(if $(SEED),--seed $(SEED))

# The language engine beside its goals, on data that is not ours to keep here (STANDFIRST_EVAL, else ../shared/eval).
score: .venv/dev
	@$(BIN)/python -m tests.bench.score

# The tables and transcripts of the README and docs/, and .env.example, printed anew from the code.
readme: .venv/dev
	@$(BIN)/python -m tests.readme

# The pictures of docs/pictures, drawn anew from what the renderers give, where that changed; needs Chromium.
pictures: .venv/dev
	@$(BIN)/python -m tests.pictures

# The lock files, anew from pyproject.toml: only what is new or gone changes; UPGRADE=1 takes the newest of everything.
lock: .venv/dev
	@$(BIN)/python -m tests.locks $(if $(UPGRADE),--upgrade)

# The locked versions beside the weaknesses known of them. It asks a service outside, and says so where it gets no answer.
audit: .venv/dev .venv-audit/done
	@$(BIN)/python -m tests.audit

# What is in the bot, as a CycloneDX list, from requirements.lock.
sbom: .venv/dev
	@$(BIN)/python -m tests.sbom

clean:
	rm -rf .venv .venv-audit

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; say which with make PYTHON=python3.12"; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.lock requirements-build.lock pyproject.toml
	@echo "Installing …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-build.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.lock requirements-build.lock pyproject.toml
	@echo "Installing …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock -r requirements-build.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv-audit/done: .venv/bin/python requirements-audit.lock
	@echo "Installing pip-audit …"
	@$(BIN)/python -m venv .venv-audit
	@.venv-audit/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@
