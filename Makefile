# What people do here most. Everything installs into .venv; nothing else on the machine changes.
# PYTHON picks another Python, as in: make demo PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip knows mirrors and certificates that some networks need and uv does not, so it may try where uv cannot.
SYNC = $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes $(1) \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
# The playground is a package of this repository: lock files with hashes take no folder, so it comes after them.
PLAYGROUND = $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable playground
UV := uv==0.13.9
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help demo test coverage lint revision bench torture torture-processes mutants pictures methods run lock clean

help:  ## show what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/has-demo  ## a bot and a practice workspace, in your browser
	@$(BIN)/python main.py demo

# In as many processes as there are cores; then, over what all of them saw, what the bot relies on at Slack.
PYTEST = -m pytest -n auto --dist worksteal --ignore $(LAST)
LAST := tests/slack/test_slack_usage.py
# With COVERAGE=95 the same tests run in three parts, and the lines are counted that the first part reaches: counting costs
# half as much again or more, and the others reach hardly a line more.
UNCOUNTED := playground/tests tests/benchmarks tests/demo tests/torture tests/upgrade tests/intervision/rules \
	$(addprefix tests/intervision/test_,truth.py walking.py words_on_cards.py)
ELSEWHERE := postgres or browser
test: $(VENV)/has-dev  ## every test, on SQLite and on PostgreSQL
	@rm -rf build/relied_on build/coverage
ifdef COVERAGE
	@$(BIN)/coverage run $(PYTEST) tests $(addprefix --ignore ,$(UNCOUNTED)) -m "not ($(ELSEWHERE))"
	@$(BIN)/python $(PYTEST) tests $(addprefix --ignore ,$(UNCOUNTED)) -m "$(ELSEWHERE)"
	@$(BIN)/python $(PYTEST) $(UNCOUNTED)
else
	@$(BIN)/python $(PYTEST) $(TESTS)
endif
	@$(BIN)/python -m pytest $(LAST)
ifdef COVERAGE
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=$(COVERAGE)
endif

coverage:  ## every test as well, and which lines they reach: at least 95 %
	@$(MAKE) test COVERAGE=95

lint: $(VENV)/has-dev  ## style, format, types, and which way imports go
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

revision: $(VENV)/has-dev  ## draft a change of the tables: make revision MESSAGE="what changed"
	@$(BIN)/python -m db.draft_revision "$(MESSAGE)"

bench: $(VENV)/has-dev  ## what it costs, as ratios within one run; see docs/performance.md
	@$(BIN)/python -m benchmarks

# The long form is `make torture SEEDS=10000`; see docs/reliability.md.
SEEDS := 1000
torture: $(VENV)/has-dev  ## lives of a circle in which everything goes wrong, in one process: make torture SEEDS=10000
	@$(BIN)/python -m benchmarks.torture --seeds $(SEEDS)

RUNS := 200
torture-processes: $(VENV)/has-dev  ## the same with real processes, killed and stopped: make torture-processes RUNS=200
	@$(BIN)/python -m benchmarks.torture_processes --seeds $(RUNS)

mutants: $(VENV)/has-dev  ## breaks twelve things that the promises stand on, and says which test notices
	@$(BIN)/python -m benchmarks.mutants

run: $(VENV)/has-demo  ## the bot on a real workspace, with the settings in .env
	@$(BIN)/python main.py run

SHOTS := build/screenshots
pictures: $(VENV)/has-dev  ## the pictures in README.md and docs, made again in a browser
	@PHONE_PICTURES=1 $(BIN)/python -m pytest tests/browser/test_newcomer.py tests/browser/test_operator.py
	@mkdir -p docs/images && cp $(SHOTS)/members-*.png docs/images
	@cp $(SHOTS)/en-4-invitation-desktop.png docs/images/playground.png
	@for name in 1-greeting 2-form 3-ready 4-home; do \
		cp $(SHOTS)/en-operator-$$name-desktop.png docs/images/operators-$$name.png; done

methods: $(VENV)/has-dev  ## the pages in docs/protocols, written again from the protocol files
	@$(BIN)/python main.py protocols pages docs/protocols

# The largest set first: the others may only pick from its versions, so that each is a part of the next.
lock: $(VENV)/has-uv  ## choose versions again, after a change in pyproject.toml
	@$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.txt
	@$(COMPILE) pyproject.toml --group playground --constraints requirements/dev.txt --output-file requirements/demo.txt
	@$(COMPILE) pyproject.toml --constraints requirements/dev.txt --output-file requirements/run.txt
	@echo "$(UV)" | $(COMPILE) - --output-file requirements/uv.txt

clean:  ## take away .venv and what tools left behind
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov build

$(VENV)/has-uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Klankbord needs Python 3.11 or newer, and $(PYTHON) is not that: install one, or say which, as in: make demo PYTHON=python3.12"; \
		exit 1; }
	@[ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || { \
		echo "$(PYTHON) cannot make a virtual environment: install its venv package (on Debian and Ubuntu: apt install python3-venv)"; \
		exit 1; }
	@echo "Installing into $(VENV)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# Who tests has everything that a demo needs, and keeps it.
$(VENV)/has-demo: $(VENV)/has-uv requirements/demo.txt requirements/dev.txt playground/pyproject.toml
	@if [ $(VENV)/has-dev -nt requirements/dev.txt ]; then :; else rm -f $(VENV)/has-dev; $(call SYNC,requirements/demo.txt); fi
	@$(PLAYGROUND)
	@touch $@

$(VENV)/has-dev: $(VENV)/has-uv requirements/dev.txt playground/pyproject.toml
	@$(call SYNC,requirements/dev.txt)
	@$(PLAYGROUND)
	@touch $@ $(VENV)/has-demo
