# What a person types. `make` alone lists it. Every target sets up what it needs first.
.DEFAULT_GOAL := help
SHELL := bash
PYTHON := .venv/bin/python
ARGS ?=
EXTRAS ?=
WORKERS ?= 2
TESTED := mcp piper postgres sherpa vosk wakeword
DEBIAN_TESTS := bubblewrap chromium libopus0 fonts-noto-cjk fonts-noto-core fonts-unifont postgresql

.PHONY: help run test check format docs bench train setup setup-dev lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  ARGS="…" is handed on: make run ARGS="--port 9000", make test ARGS="tests/core", make bench ARGS="capacity"\n'

run: setup ## start the hub and print the address to open
	@scripts/packages libopus0
	@exec .venv/bin/lorgnette up $(ARGS)

test: setup-dev ## run every test (installs Debian packages that tests need, where it may)
	@scripts/packages $(DEBIAN_TESTS)
	@$(PYTHON) scripts/emulator.py
	@$(PYTHON) -m pytest -v -n $(WORKERS) --dist loadfile --durations=10 $(ARGS)

check: setup-dev ## style, types, arrows between rooms, locks, licences, true documents
	@scripts/check

format: setup-dev ## let ruff format and fix what it can
	@$(PYTHON) -m ruff check --fix src tests scripts benchmarks
	@$(PYTHON) -m ruff format src tests scripts benchmarks

docs: setup-dev ## rewrite what is generated: protocol, licences, help texts in Markdown
	@$(PYTHON) scripts/documents.py --write

bench: ## run the benchmarks and peers: JSON and a Markdown table in bench-out/
	@scripts/setup dev bench $(EXTRAS)
	@$(PYTHON) benchmarks/run.py $(ARGS)

train: setup-dev ## train the parser behind the grammar from ../shared/data/nlu and the skills' sentences (3 min)
	@$(PYTHON) scripts/train.py $(ARGS)

setup: ## build .venv from the locks (EXTRAS="look" adds extras); quick when nothing changed
	@scripts/setup $(EXTRAS)

setup-dev:
	@scripts/setup dev $(TESTED) $(EXTRAS)

lock: ## resolve pyproject.toml into requirements/*.txt (ARGS=--upgrade takes newer releases)
	@scripts/lock $(ARGS)

clean: ## remove .venv, caches and results
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache bench-out
