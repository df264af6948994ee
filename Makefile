# Verbs for contributors. They use the tools of the active environment; see CONTRIBUTING.md.
.PHONY: test lint bench docs

test:
	python -m pytest -q

lint:
	ruff check .
	mypy
	textnorm rules lint
	textnorm rules test --coverage

bench:
	python -m tests.bench

# Writes the generated pages and every command output shown in the documentation.
docs:
	python docs/refresh.py
