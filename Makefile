# Short names for the commands of the project. `make help` lists them.
PYTHON := .venv/bin/python
SOURCES ?= ../shared/sources
UV := uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
	--no-annotate --no-header --no-config --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run check format test test-fast test-rebuild data data-check data-diff bench load audit lock

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## make .venv with everything a contributor needs
	@python3 scripts/_setup.py

run: ## start the dashboard
	@python3 scripts/start.py

check: setup ## format, rules and types, as CI checks them
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

format: setup ## put the code into the house format
	$(PYTHON) -m ruff check --fix-only --select I,UP .
	$(PYTHON) -m ruff format .

test: ## run all tests
	@python3 scripts/test.py

test-fast: ## run the tests that need no browser, no sources and little time
	@python3 scripts/test.py -m "not browser and not sources and not slow"

test-rebuild: ## build all data anew and compare it with what is committed
	@python3 scripts/test.py -m rebuild

data: setup ## rebuild data/ from the publishers' files in SOURCES
	$(PYTHON) -m lpipgeo build --sources $(SOURCES)

data-check: setup ## check all of data/ and list every problem
	$(PYTHON) -m lpipgeo check

data-diff: setup ## what a rebuild would change
	$(PYTHON) -m lpipgeo build --sources $(SOURCES) --diff

bench: setup ## measure the bars of docs/performance.md
	$(PYTHON) -m benchmarks

load: setup ## play 1 to 50 visitors, two hours of use and the loss of a replica
	$(PYTHON) -m benchmarks.load

audit: setup ## ask PyPI whether a pinned version has a known hole
	$(PYTHON) scripts/audit.py

lock: setup ## resolve the exact versions again (needs uv: pip install uv)
	@for name in requirements-dev requirements; do \
	  test $$name = requirements && limits="-c requirements-dev.lock" || limits=""; \
	  locked=$$($(UV) $$name.txt $$limits) || exit 1; \
	  { echo "# Exact versions for Python 3.11 to 3.13; made by \`make lock\` from $$name.txt."; \
	    echo "$$locked"; } > $$name.lock; \
	done
