PORT ?= 8000
export PORT

python := .venv/bin/python
manage := $(python) manage.py
# As many at once as there are processors, each in a database of its own. What they compile is kept,
# also where nothing else's is: they start the portal many times.
pytest := env -u PYTHONDONTWRITEBYTECODE $(python) -m pytest -n auto --dist worksteal

database := test -n "$$DATABASE_URL" || bin/db start

.PHONY: help free-port setup develop demo test browser-test bench check format lock outdated
.PHONY: bench-country cluster cluster-stop cluster-faults
.NOTPARALLEL:

help: ## Muestra esta lista
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Instala lo que el portal necesita y enciende la base de datos (con DATABASE_URL usa esa)
	@bin/setup
	@$(database)

develop: ## Instala también lo que sirve para desarrollar y probar
	@bin/setup --dev
	@$(database)

free-port:
	@python3 -m config.server

demo: free-port setup ## Prepara todo y sirve el portal en http://localhost:8000 (u otro PORT=)
	@echo 'Preparando los datos de la demostración: de uno a dos minutos …'
	@$(manage) migrate
	@$(manage) load_municipalities
	@$(manage) import_plans fixtures/plans/*.yaml
	@$(manage) simulate_progress
	@$(manage) rebuild_standings
	@$(manage) open_ledger
	@$(manage) collectstatic --no-input --verbosity 0
	@WORK=1 exec $(python) -m gunicorn --config python:config.server config.wsgi

test: develop ## Corre las pruebas, salvo las del navegador
	@$(pytest)

browser-test: develop ## Corre las pruebas que abren Chromium
	@bin/setup --browser
	@$(python) -m pytest tests/browser -n auto --dist loadfile

bench: develop ## Mide cuánto cuesta cada página; falla si una pasa su límite
	@$(python) -m benchmarks

bench-country: develop ## Mide lo mismo en un país inventado de 1891 planes; tarda de un cuarto de hora a media hora
	@$(python) -m benchmarks.country

check: develop ## Revisa formato, estilo, tipos, capas, migraciones y plantillas; luego prueba
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy . bin/vigia-verify
	.venv/bin/lint-imports --no-logo
	$(manage) makemigrations --check --dry-run
	$(manage) check_templates
	$(pytest)

format: develop ## Da formato al código
	@$(python) -m ruff check --fix .
	@$(python) -m ruff format .

lock: develop ## Vuelve a fijar las versiones de requirements/*.in (lock args=--upgrade las sube)
	@bin/lock $(args)

outdated: develop ## Lista los paquetes fijados que tienen una versión más nueva
	@$(python) -m bin.outdated

cluster: develop ## Enciende el portal en muchas partes (dos servidores, réplica, Redis, S3 …), todas en esta máquina
	@bin/setup --cluster
	@$(python) -m bin.many start

cluster-stop: ## Lo apaga desde otra terminal
	@$(python) -m bin.many stop

cluster-faults: develop ## Mata cada parte con -9 bajo carga y escribe en docs/scale.md qué pasó
	@bin/setup --cluster
	@$(python) -m bin.many faults docs/scale.md
