# `make run` and `make test` on a fresh machine: everything is built when it is missing and only when its inputs changed.

SHELL := /bin/sh
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTEST ?= $(BIN)/python -m pytest

.PHONY: run test train bench lint format clean help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: $(READY) var/.spacy-tried  ## the service on http://127.0.0.1:8000 (PORT to change)
	@$(BIN)/teorema train --stage linear --if-needed
	@exec $(BIN)/teorema run --host $(HOST) --port $(PORT)

train: $(READY)  ## train both stages of the model
	@$(BIN)/teorema train

test: $(READY)  ## all tests; what cannot run here is skipped with its reason
	@$(BIN)/teorema train --stage linear --if-needed
	@$(PYTEST)

bench: $(READY)  ## the side-by-side benchmark against stock Rasa
	@$(BIN)/teorema train --stage linear --if-needed
	@$(BIN)/python -m benchmarks

lint: $(READY)  ## ruff, mypy and the project's own checks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m mypy
	@$(PYTEST) -q tests/project

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf $(VENV) models var reports .cache

$(READY): requirements.lock pyproject.toml scripts/find_python.sh
	@sh scripts/make_venv.sh $(VENV)
	@touch $@

var/.spacy-tried: $(READY)
	@mkdir -p var
	@sh scripts/get_spacy_model.sh $(BIN)
	@touch $@
