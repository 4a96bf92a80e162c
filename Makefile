# Two commands: `make read` shows what Rapporteur does, `make test` is everything that must pass.
# Needs Python 3.11 or newer (PYTHON=... names another one) and nothing else; all else lands in .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
BUILD := pyproject.toml hatch_build.py

.PHONY: read test lock clean
.DELETE_ON_ERROR:

read: $(VENV)/.read
	@$(BIN)/rapporteur read --format table examples/gaza-and-geneva.txt

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rapporteur needs Python 3.11 or newer; \
	this is %d.%d. Name a newer one: make PYTHON=python3.12" % sys.version_info[:2])'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.read: $(VENV)/.made requirements.lock $(BUILD)
	@echo "Installing into $(VENV) (once, a minute or so) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.made requirements-dev.lock $(BUILD)
	@echo "Installing into $(VENV) (once, a minute or so) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The locks hold names, versions and hashes, and no registry's address. Needs uv.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

lock:
	$(LOCK) pyproject.toml --extra all --extra dev --group build --output-file requirements-dev.lock
	$(LOCK) pyproject.toml --extra all --group build --constraint requirements-dev.lock --output-file requirements.lock

clean:
	rm -rf $(VENV) dist build src/rapporteur/knowledge/compiled .mypy_cache .pytest_cache .ruff_cache .hypothesis
