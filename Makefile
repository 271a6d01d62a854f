# What can be done here. Every target sets up what it needs and asks nothing.
#
#   make run     start Handreiking on this machine, with a database of its own in var/
#   make test    every test, those in a browser included; AFTER_CHECK=1 leaves out what `check` has run
#   make check   every gate, without what only walks far or a browser can show
#   make demo    a day at an invented house, to be looked at; gone when it ends
#   make pictures    every page of the desk, in docs/desk.md
#   make bench   turns a second beside other bots; how much longer the desk takes with 100,000 requests
#   make assure  what must hold under attack and fault, shown anew, in docs/assurance.md; SIZE=0.1 attacks less,
#                ONLY=flood runs only rows of that name
#   make supply  what this is made of, in var/components.json; and what of that is known to be vulnerable
#   make simulate    histories with crashes in them; SEEDS="17 1" tells one again
#   make train   what typed words are understood by, from the phrases below locales/
#   make lock    choose the versions anew after a change of pyproject.toml; UPGRADE=1 takes the newest

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Attacks want the machine to themselves: `make assure` runs them.
# Tests of one file share what takes long, such as a walk through the dialog, in one process; which
# file comes when, tests/conftest.py says.
SIDE_BY_SIDE := --numprocesses=logical --dist=loadfile --no-loadscope-reorder

# Texts are UTF-8 here, whatever the machine takes them for.
export PYTHONUTF8 := 1

.PHONY: run demo pictures test check bench train assure supply simulate lock gates
.DEFAULT_GOAL := run

run: .venv/ready-to-run
	@exec $(BIN)/python -m bot serve

demo: .venv/ready-to-run
	@exec $(BIN)/python -m bot demo

test: .venv/ready-to-test
	@$(MAKE) --no-print-directory --keep-going test-rooms test-browser

.PHONY: test-rooms test-browser
test-rooms:
	@$(PYTEST) $(SIDE_BY_SIDE) --ignore=tests/browser --ignore=tests/attacks $(if $(AFTER_CHECK),-m far)
# A page is looked at while it moves, so a browser has the machine to itself.
test-browser:
	@CHROMIUM="$$(tests/browser/get_browser.sh)" && export CHROMIUM && exec $(PYTEST) tests/browser

pictures: .venv/ready-to-test
	@CHROMIUM="$$(tests/browser/get_browser.sh)" && export CHROMIUM && PYTHONPATH=. $(BIN)/python -m tests.browser.pictures

bench: .venv/ready-to-test
	@PYTHONPATH=. $(BIN)/python -m benchmarks.talk
	@PYTHONPATH=. $(BIN)/python -m benchmarks.stored
	@PYTHONPATH=. $(BIN)/python -m benchmarks.pages
	@PYTHONPATH=. $(BIN)/python -m benchmarks.desk
	@PYTHONPATH=. $(BIN)/python -m benchmarks.backups
	@PYTHONPATH=. $(BIN)/python -m benchmarks.understanding
	@PYTHONPATH=. $(BIN)/python -m benchmarks.histories

train: .venv/ready-to-test
	@PYTHONPATH=. $(BIN)/python -m tools.train

assure: .venv/ready-to-test
	@CHROMIUM="$$(tests/browser/get_browser.sh)" && export CHROMIUM && PYTHONPATH=. $(BIN)/python -m tests.assure $(if $(SIZE),--size $(SIZE)) $(if $(ONLY),--only "$(ONLY)")

supply: .venv/ready-to-test var/supply/ready
	@$(BIN)/python tools/supply.py --out var/components.json --pip-audit var/supply/bin/pip-audit

simulate: .venv/ready-to-test
	@PYTHONPATH=. $(BIN)/python -m tests.simulation $(SEEDS)

# The gates need nothing of each other, so they run side by side and each is heard, also after
# another has failed.
check: .venv/ready-to-test
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target gates

# The slowest comes first. What is far, tests/conftest.py says.
GATES := tests types style layout imports dependencies spelling templates
NEAR := -m 'not far' --ignore=tests/browser --ignore=tests/processes --ignore=tests/journeys --ignore=tests/attacks
gates: $(GATES:%=gate-%)
.PHONY: $(GATES:%=gate-%)

gate-tests:
	@$(PYTEST) $(SIDE_BY_SIDE) $(NEAR) --cov --cov-report=term --no-cov-on-fail
	@$(BIN)/coverage report --include='dialogs/*' --fail-under=100
gate-types:
	@$(BIN)/mypy
gate-style:
	@$(BIN)/ruff check --quiet
gate-layout:
	@$(BIN)/ruff format --check --quiet
gate-imports:
	@$(BIN)/lint-imports --no-logo
gate-dependencies:
	@$(BIN)/deptry --no-ansi .
gate-spelling:
	@$(BIN)/codespell
gate-templates:
	@$(BIN)/djlint --lint --quiet bot

# --------------------------------------------------------------------------------- the environment

# Each set of packages is remembered by an empty file, so that the second time costs nothing. What
# tests need holds all that running needs, in the same versions.
.venv/ready-to-run: requirements.txt
	@$(call fill,$<)
	@touch $@

.venv/ready-to-test: requirements-dev.txt
	@$(call fill,$<)
	@touch $@ .venv/ready-to-run

# Whoever asks about the packages stands apart from them.
var/supply/ready: requirements-supply.txt
	@$(PYTHON) -m venv var/supply
	@var/supply/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

# Only what the lock file names by its hash is let in; of the checkout itself only the path is noted.
define fill
echo 'Setting up .venv from $(1) ...' && \
$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed.")' && \
$(PYTHON) -m venv .venv && \
$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $(1) && \
$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
endef

# ---------------------------------------------------------------------------------------- versions

# An extra is named beside its package, or pip takes a newer release for it and finds no hash.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

lock: .venv/ready-to-test
	$(LOCK) --group checkout pyproject.toml -o requirements.txt
	$(LOCK) --group checkout pyproject.toml --extra age --extra dev -c requirements.txt -o requirements-dev.txt
	$(LOCK) --group supply -o requirements-supply.txt
