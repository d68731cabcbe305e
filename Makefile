# Two commands for everybody: `make demo` and `make test`. They need python3 >= 3.11 with pip, make, and nothing else.
# The rest is for maintainers. Every step says in a sentence what it does, and what to do when it fails.

PORT ?= 8000
DATA_DIR ?= .demo
VENV ?= .venv
BIN := $(VENV)/bin
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help demo test lock messages format clean

# The first Python on PATH that the locked packages fit; PYTHON=... names another one.
FITS = import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c '$(FITS)' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all:

help: ## Say what can be made (the default)
	@echo "Almaty Creative: the funding portal. What can be made here:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done

demo: $(VENV)/.demo ## Serve the portal with a demo season on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(BIN)/python -m config.launch.demo --port $(PORT) --data-dir $(DATA_DIR)

# --- The environment: made once, brought up to date when requirements/ changes ------------------------------------
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; here is: $$({ $(PYTHON) -V || echo none; } 2>/dev/null)."; \
	  echo "Install one, or name it: make demo PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Making a Python environment in $(VENV) with $$($(PYTHON) -V) ..."
	@rm -rf $(VENV)
	@{ $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null && $(PYTHON) -m venv $(VENV); } || \
	  { rm -rf $(VENV); $(PYTHON) -m pip install --quiet --target .bootstrap virtualenv 2>/dev/null \
	    && PYTHONPATH=.bootstrap $(PYTHON) -m virtualenv --quiet $(VENV); } || \
	  { rm -rf $(VENV); echo "This Python can make no environment: it has neither the venv module nor pip."; \
	    echo "On Debian or Ubuntu, as root: apt-get install -y python3-venv"; exit 1; }

$(VENV)/.demo: requirements/demo.txt | $(BIN)/python
	@echo "Installing what the portal needs (70 MB to download the first time) ..."
	@$(INSTALL) -r $< || { echo "The packages could not be installed; the lines above say why. Is this machine online? Run the same command again."; exit 1; }
	@touch $@

$(VENV)/.test: requirements/test.txt | $(BIN)/python
	@echo "Installing what the portal and its tests need (200 MB to download the first time) ..."
	@$(INSTALL) -r $< || { echo "The packages could not be installed; the lines above say why. Is this machine online? Run the same command again."; exit 1; }
	@touch $@ $(VENV)/.demo

# --- The tests -----------------------------------------------------------------------------------------------------
# $(call step,heading,command,what helps when it fails)
define step
@printf '\n== %s\n' "$(1)"; begin=$$(date +%s); $(2) || { code=$$?; printf '\nFailed: %s. %s\n' "$(1)" "$(3)"; exit $$code; }; \
 echo "   $$(( $$(date +%s) - begin )) s"
endef

# The checks read the settings without a database; the tests start their own services (tests/services).
CHECK = SECRET_KEY=only-for-the-checks-of-a-tree-7f3a9c1e5b2d8f4a6c0e DATABASE_URL=sqlite://:memory: DATA_DIR=$(VENV)/data

# Each core takes half of the tests in their order, and from the other's half when it is done with its own.
BOTH_CORES = -n 2 --dist worksteal
# What Python has compiled once it keeps, whatever the shell says: six processes begin in half the time.
unexport PYTHONDONTWRITEBYTECODE

test: $(VENV)/.test ## Check style, types, imports, migrations and messages, then run every test on PostgreSQL and SQLite
	$(call step,Style: ruff,$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .,'make format' mends most of it.)
	$(call step,Templates: djlint,$(BIN)/djlint templates --lint --quiet,Each line above names the template and the rule.)
	$(call step,Types: mypy,$(CHECK) $(BIN)/mypy --no-error-summary,)
	$(call step,Directions of import: import-linter,$(BIN)/lint-imports --no-logo >$(VENV)/imports.log || { cat $(VENV)/imports.log; false; },docs/architecture.md says which way data flows.)
	$(call step,Settings are safe for production,$(CHECK) ALLOWED_HOSTS=localhost $(BIN)/python manage.py check --deploy --fail-level WARNING,Safe by default: what is open must be asked for.)
	$(call step,Migrations are complete,$(CHECK) $(BIN)/python manage.py makemigrations --check --dry-run,Run manage.py makemigrations.)
	$(call step,Messages are complete in three languages,$(CHECK) $(BIN)/python manage.py texts --check,Run 'make messages' and translate what is new.)
	$(call step,Tests on PostgreSQL with a broker and a real worker,$(BIN)/python -m pytest -q $(BOTH_CORES),)
	$(call step,Tests of the embedded default on SQLite,DATABASE_URL=sqlite:// $(BIN)/python -m pytest -q $(BOTH_CORES) -m embedded,)

# --- For maintainers ------------------------------------------------------------------------------------------------
COMPILE = uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet pyproject.toml

lock: ## Maintainers: compile requirements/*.txt from pyproject.toml (needs uv; UPGRADE=--upgrade for newer versions)
	@command -v uv >/dev/null || { echo "uv is needed to compile the locks: pip install uv"; exit 1; }
	@echo "Compiling requirements/demo.txt, test.txt and prod.txt from pyproject.toml ..."
	@$(COMPILE) $(UPGRADE) --extra demo --extra test --extra lint --output-file requirements/test.txt
	@$(COMPILE) $(UPGRADE) --extra demo --constraint requirements/test.txt --output-file requirements/demo.txt
	@$(COMPILE) $(UPGRADE) --extra prod --constraint requirements/test.txt --output-file requirements/prod.txt

messages: $(VENV)/.test ## Maintainers: bring locale/*.po up to date with the code
	@echo "Extracting the texts of the interface into locale/ ..."
	@$(CHECK) $(BIN)/python manage.py texts --update

format: $(VENV)/.test ## Maintainers: mend what ruff can mend
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

clean: ## Remove the environment and the demo's data
	rm -rf $(VENV) .bootstrap $(DATA_DIR) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
