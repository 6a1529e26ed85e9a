PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml

# Hundreds of tests start the program, and four processes read all of them: what is compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check papers sbom soak bench lock histories css screenshots

run: $(VENV)/run.installed
	@$(BIN)/casework run

test: $(VENV)/dev.installed
	$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder

check: $(VENV)/dev.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 tests/policy tests/architecture
	$(BIN)/python -m ops.advisories container.lock dev.lock

papers: $(VENV)/dev.installed
	$(BIN)/python -m ops.papers.make

sbom: $(VENV)/dev.installed
	$(BIN)/python -m ops.sbom casework.cdx.json

soak: $(VENV)/dev.installed
	CASEWORK_EXAMPLES=2500 $(BIN)/pytest -n 2 -o timeout=7200 tests/policy tests/api/test_api_fuzz.py
	CASEWORK_SOAK=1 $(BIN)/pytest -n 2 --dist loadfile -o timeout=1800 tests/stories tests/faults tests/workflows/test_a_year_by_the_clock.py

bench: $(VENV)/dev.installed
	$(BIN)/python -m benchmarks

lock: $(VENV)/dev.installed
	$(LOCK) -o container.lock
	$(LOCK) --extra embedded -o requirements.lock
	$(LOCK) --all-extras -o dev.lock

$(VENV)/run.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

$(VENV)/dev.installed: dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# Wants Chromium, and a few minutes. What it makes is committed.
screenshots: $(VENV)/dev.installed
	$(BIN)/python -m ops.screenshots docs/screenshots

histories: $(VENV)/dev.installed
	CASEWORK_KEEP_HISTORIES=tests/replay/histories/$$($(BIN)/python -c "import importlib.metadata as m; print(m.version('casework'))") $(BIN)/pytest tests/replay -k recording

# Only for whoever changes how pages look: wants Node. What it makes is committed.
GOVUK := govuk-frontend@6.3.0
css:
	mkdir -p .casework/css
	cd .casework/css && npm install --silent --no-save --prefix . $(GOVUK) sass@1
	.casework/css/node_modules/.bin/sass --no-source-map --style=compressed --quiet --load-path=.casework/css/node_modules \
		pages/scss/casework.scss pages/static/casework.css
