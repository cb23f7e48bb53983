PREFIX ?= /usr/local
SHELL := /bin/bash
WHOM := .build/release/whom
BUILD := swift build -c release --static-swift-stdlib --product whom -Xlinker -s

.PHONY: help setup build demo test bench bench-models install clean format lint manual

help:
	@echo 'make demo      set up, build, and run notebooks/customers.md to a report'
	@echo 'make test      set up, build and run every test'
	@echo 'make build     build .build/release/whom'
	@echo 'make bench     compare with other tools; make bench-models: models with lightgbm and others'
	@echo 'make install   into PREFIX ($(PREFIX))'
	@echo 'make manual    write notebooks/reference anew'
	@echo 'make setup     install what is missing; the others do it themselves'
	@echo 'make format | lint | clean'

setup:
	@.ci/setup

build: setup
	@$(BUILD)

demo: build
	@$(WHOM) run notebooks/customers.md -o out $(if $(DISPLAY)$(WAYLAND_DISPLAY),--open)

# Its own scratch path: tests and the product share no flags, and each would undo the other.
test:
	@.ci/setup --tests
	@.ci/test

bench: build
	@Tests/Benchmarks/run

bench-models: build
	@Tests/Benchmarks/models/run

install: build
	@install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/lib/whom"
	@install -m 755 $(WHOM) "$(DESTDIR)$(PREFIX)/bin/whom"
	@for engine in .engines/*/; do cp -R "$${engine%/}" "$(DESTDIR)$(PREFIX)/lib/whom/"; done
	@echo 'installed $(DESTDIR)$(PREFIX)/bin/whom'

manual: build
	@$(WHOM) doc --manual notebooks/reference

format: build
	@swift format -i -r -p Sources Tests Package.swift
	@$(WHOM) fmt stdlib/*.whom notebooks/*.md notebooks/tutorial/*.md Tests/Corpus/programs/*.whom

lint: build
	@swift format lint --strict -r -p Sources Tests Package.swift
	@$(WHOM) fmt --check stdlib/*.whom notebooks/*.md notebooks/tutorial/*.md Tests/Corpus/programs/*.whom

clean:
	@rm -rf .build .build-test out
