# make demo    the whole way once, on a simulated class, in the folder demo/
# make test    the test suite; make lint   style, types, fresh generated files
# make soak    what takes longer; make bench   measurements

.PHONY: demo test lint soak bench lock clean
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
GRADESMITH := $(CURDIR)/$(BIN)/gradesmith --course demo
export PATH := $(CURDIR)/$(BIN):$(PATH)

$(READY): requirements.lock pyproject.toml tools/environment.sh
	@PYTHON="$(PYTHON)" bash tools/environment.sh
	@touch $@

demo: $(READY)
	@rm -rf demo && mkdir demo && cp -r question_bank nbgrader_config.py demo/
	@echo "== Build the notebooks, and freeze what students get (half a minute)"
	@$(GRADESMITH) build practical-07 wt5
	@$(GRADESMITH) release practical-07 wt5
	@for id in practical-07 wt5; do \
	  printf '\n== %s: thirty simulated students hand in\n' $$id && \
	  $(GRADESMITH) simulate $$id --students 30 --seed 7 && \
	  printf '\n== %s: every notebook runs confined and is marked (a minute or two)\n' $$id && \
	  $(GRADESMITH) grade $$id --quiet && \
	  printf '\n== %s: feedback for students, tables and a report for you\n' $$id && \
	  $(GRADESMITH) feedback $$id && \
	  $(GRADESMITH) export $$id --to demo/marks && \
	  $(GRADESMITH) report $$id || exit 1; \
	done
	@printf '\n== Marks\n'
	@$(GRADESMITH) marks --csv demo/grades.csv --top 10
	@echo
	@echo "Where to look:"
	@echo "  the notebooks       source/ (instructor) and release/ (student) in demo/"
	@echo "  marks               demo/grades.csv, and per question and check in demo/marks/"
	@echo "  the class report    demo/gradebook/wt5-report.html, demo/gradebook/practical-07-report.html"
	@echo "  a student's page    demo/feedback/s002/wt5/wt5.html"
	@echo "  a graded notebook   demo/autograded/s002/wt5/wt5.ipynb"
	@echo "  nbgrader's own view cd demo && ../.venv/bin/jupyter lab, then Nbgrader > Formgrader"

test: $(READY)
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/gradesmith bank schema --check
	@$(BIN)/gradesmith bank lint --strict
	@$(BIN)/gradesmith bank lint --write-docs --check
	@$(BIN)/gradesmith build --check

soak: $(READY)
	@$(BIN)/python -m pytest -n 2 -m soak --override-ini=addopts="--import-mode=importlib --strict-markers -ra"

bench: $(READY)
	@for one in benchmarks/bench_*.py; do echo "== $$one" && $(BIN)/python $$one || exit 1; done

lock: .bootstrap/bin/uv
	@.bootstrap/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	@rm -rf .venv .bootstrap demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
