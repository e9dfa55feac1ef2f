# Every target sets up its own environment in .venv from nothing but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check check-frameworks-light check-frameworks bench update clean

demo: $(VENV)/.run
	$(BIN)/imbalance-doctor demo

test: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 -q -m "not frameworks"

check: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What needs a framework, where the package is there: the small ones, and all of them.
check-frameworks-light: $(VENV)/.frameworks-light
	$(BIN)/python -m pytest -n 2 -q -m frameworks

check-frameworks: $(VENV)/.frameworks
	KERAS_BACKEND=torch $(BIN)/python -m pytest -q -m frameworks

bench: $(VENV)/.run
	$(BIN)/python benchmarks/run.py

update: $(VENV)/.test
	IMBALANCE_DOCTOR_UPDATE=1 $(BIN)/python -m pytest -q tests/test_console_blocks.py tests/reports

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	touch $@

$(VENV)/.frameworks-light: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group frameworks-light
	touch $@

$(VENV)/.frameworks: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group frameworks
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps monai
	touch $@

$(VENV)/.lint: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group lint
	touch $@
