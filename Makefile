# Two commands do everything on a machine with Python 3.11 or later and make:
#   make demo   sets up and runs the main job on the documents of this repository
#   make test   sets up and passes the tests
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := demo-output

.PHONY: demo test lint quality clients bench clean

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "termalign needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/.ready
	$(BIN)/termalign build aligned/quantum-policy-demo/*.txt -o $(DEMO)
	@echo
	@echo "The results are in $(DEMO)/: open report.html, or look a term up:"
	@echo '$$ termalign lookup Q-LEAP -g $(DEMO)'
	@$(BIN)/termalign lookup Q-LEAP -g $(DEMO)

test: $(VENV)/.ready
	$(BIN)/python -m pytest

lint: $(VENV)/.ready
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

quality: $(VENV)/.ready
	$(BIN)/python -m pytest -m quality

clients: $(VENV)/.ready
	$(BIN)/python -m pytest -m clients

bench: $(VENV)/.ready
	$(BIN)/python -m pytest -m bench --benchmark-enable

clean:
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
