# make check: what .ci/run does, in the environment at hand

.PHONY: check test lint types format demo

check: lint types test

test:
	python -m pytest

lint:
	ruff check .
	ruff format --check .

types:
	mypy

format:
	ruff format .
	ruff check --fix .

demo:
	factcheck run claims/freelander
