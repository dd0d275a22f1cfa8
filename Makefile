PORT ?= 8000
export PORT

python := .venv/bin/python
manage := $(python) manage.py
# As many at once as there are processors, each in a database of its own. What they compile is kept,
# also where nothing else's is: they start the portal many times.
pytest := env -u PYTHONDONTWRITEBYTECODE $(python) -m pytest -n auto --dist worksteal

.PHONY: help free-port setup demo test browser-test bench check format lock
.NOTPARALLEL:

help: ## Muestra esta lista
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## Instala lo que falta y enciende la base de datos (con DATABASE_URL usa esa)
	@bin/setup
	@test -n "$$DATABASE_URL" || bin/db start

free-port:
	@python3 -m config.server

demo: free-port setup ## Prepara todo y sirve el portal en http://localhost:8000 (u otro PORT=)
	@$(manage) migrate
	@$(manage) load_municipalities
	@$(manage) import_plan fixtures/plans/*.yaml
	@$(manage) simulate_progress
	@$(manage) rebuild_standings
	@$(manage) open_ledger
	@$(manage) collectstatic --no-input --verbosity 0
	@WORK=1 exec $(python) -m gunicorn --config python:config.server config.wsgi

test: setup ## Corre las pruebas, salvo las del navegador
	@$(pytest)

browser-test: setup ## Corre las pruebas que abren Chromium
	@bin/setup --browser
	@$(python) -m pytest tests/browser -n auto --dist loadfile

bench: setup ## Mide cuánto cuesta cada página; falla si una pasa su límite
	@$(python) -m benchmarks

check: setup ## Revisa formato, estilo, tipos, capas, migraciones y plantillas; luego prueba
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy .
	.venv/bin/lint-imports --no-logo
	$(manage) makemigrations --check --dry-run
	$(manage) check_templates
	$(pytest)

format: setup ## Da formato al código
	@$(python) -m ruff check --fix .
	@$(python) -m ruff format .

lock: setup ## Vuelve a fijar las versiones de requirements/*.in (lock args=--upgrade las sube)
	@bin/lock $(args)
