# One command each; `make help` lists them. Settings come from .env and the environment.

PYTHON  ?= python3
ADDR    ?= 127.0.0.1:8000
VENV    := .venv
BIN     := $(VENV)/bin
MANAGE  := $(BIN)/python manage.py
# Python compiles what it imports at the first start; compiling everything takes longer.
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile --require-hashes
SERVE    = $(BIN)/gunicorn --config python:inventory_site.gunicorn --bind $(ADDR) inventory_site.wsgi

# The driver of MariaDB and MySQL compiles, so it is fetched only when it is asked for.
DATABASE := $(or $(DATABASE_URL),$(shell sed -n 's/^DATABASE_URL=//p' .env 2>/dev/null))
RUNTIME  := $(VENV)/.runtime $(if $(filter mysql%,$(DATABASE)),$(VENV)/.mysql)

# Hashed and compressed copies, made anew when a file has changed.
STATIC   := staticfiles/staticfiles.json

# What `check --deploy` must have nothing to say about.
DEPLOYED := DEBUG=false DEMO=false SECURE_SSL_REDIRECT=true DATABASE_URL= \
	ALLOWED_HOSTS=shop.example.com SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')
TEMPLATES = $$(find templates accounts products inventory_site -path '*/templates/*' -name '*.html' -o -path 'templates/*' -name '*.html')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test check bench lock fonts styles messages lighthouse pictures

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST))

run: $(RUNTIME) .env $(STATIC) ## your own shop on http://ADDR, by default 127.0.0.1:8000
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) createcachetable
	@$(MANAGE) create_first_admin --bind "$(ADDR)"
	@$(SERVE)

# An empty shell variable hides what .env says; the demo takes nothing from the shop but
# its key.
demo: export DATABASE_URL := $(or $(DATABASE_URL),sqlite:///demo.sqlite3)
demo: export MEDIA_ROOT := media-demo
demo: export SHOP_NAME := Linden & Loom
demo: export DEMO := true
demo: export DEBUG := false
demo: export SECURE_SSL_REDIRECT := false
demo: export ALLOWED_HOSTS := localhost,127.0.0.1,[::1]
demo: export CSRF_TRUSTED_ORIGINS :=
demo: export SITE_URL :=
demo: export EMAIL_URL :=
demo: export REQUIRE_MFA_FOR_ADMINS := false
demo: export CACHE_URL :=
demo: export SECURITY_LOG := security-demo.log
demo: export CURRENCY := EUR
demo: $(RUNTIME) .env $(STATIC) ## a well-filled shop to look around in, for this machine only
	@case "$(ADDR)" in 127.0.0.1:*|localhost:*|"[::1]":*) ;; \
	*) echo "The demo's sign-ins are known to everybody, so it serves this machine only: leave ADDR at 127.0.0.1 and choose the port."; exit 1;; esac
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) load_demo
	@$(MANAGE) create_demo_people
	@$(SERVE)

test: $(RUNTIME) $(VENV)/.dev ## every test; ARGS="-k stock" picks, BROWSER=required insists on Chromium, NGINX=required on nginx
	@BROWSER=$(BROWSER) NGINX=$(NGINX) $(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

check: $(VENV)/.dev ## lint, types, layers, templates, migrations, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djhtml --check $(TEMPLATES)
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/python -m pip check --disable-pip-version-check
	$(DEPLOYED) $(MANAGE) makemigrations --check --dry-run
	$(DEPLOYED) $(MANAGE) check --deploy --fail-level WARNING

bench: $(RUNTIME) ## what everything costs, as ratios; ARGS="--products 1000000" for the whole
	@$(BIN)/python -m products.benchmarks.run $(ARGS)

fonts: $(VENV)/.dev ## cut the icons and letters that pages need out of the vendored fonts
	$(BIN)/python -m inventory_site.fonts

styles: $(RUNTIME) ## cut the rules that pages use out of Bootstrap's styles
	$(BIN)/python -m inventory_site.styles

messages: $(VENV)/.dev ## find the texts of the code, bring the catalogues up to date and compile them
	@command -v xgettext >/dev/null || { echo "xgettext is missing. On Debian and Ubuntu: apt install gettext"; exit 1; }
	@$(BIN)/python -m inventory_site.messages

lighthouse: $(RUNTIME) $(VENV)/.dev ## scores of sign-in, dashboard and product; fetches Lighthouse by npm once
	@$(BIN)/python -m inventory_site.showing.lighthouse

pictures: $(RUNTIME) $(VENV)/.dev ## docs/pictures anew, from the demo shop
	@$(BIN)/python -m inventory_site.showing.pictures

lock: $(VENV)/.dev ## pin the newest versions that fit requirements*.in
	$(call pin,requirements)
	$(call pin,requirements-dev)
	$(call pin,requirements-mysql)

pin = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	$(1).in --output-file $(1).txt

$(STATIC): $(shell find static -type f) inventory_site/static_files.py $(VENV)/.runtime | .env
	@echo "Compressing the static files; this happens once."
	@$(MANAGE) collectstatic --noinput --verbosity 0 --skip-checks

.env:
	@umask 077 && $(PYTHON) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50))' > $@
	@echo "# Plain http, for this machine. See .env.example for the rest." >> $@
	@echo "SECURE_SSL_REDIRECT=false" >> $@
	@echo "DEBUG=false" >> $@
	@echo "ALLOWED_HOSTS=localhost,127.0.0.1,[::1]" >> $@
	@echo "SECURITY_LOG=security.log" >> $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed, and $(PYTHON) is not: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	{ echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making $(VENV) and fetching what requirements.txt pins; this happens once."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@$(INSTALL) --requirement $<
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@$(INSTALL) --requirement $<
	@touch $@

$(VENV)/.mysql: requirements-mysql.txt $(VENV)/.runtime
	@$(INSTALL) --requirement $< || \
	{ echo "The driver for MariaDB compiles: on Debian and Ubuntu, apt install libmariadb-dev pkg-config gcc python3-dev"; exit 1; }
	@touch $@
