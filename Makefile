# Daybook. `make help` lists what there is.

SWIFT ?= swift
BUILD ?= .build
PREFIX ?= /usr/local
DESTDIR ?=
# Imports that Package.swift does not declare are errors: the layers are held by the build.
FLAGS = --scratch-path $(BUILD) --explicit-target-dependency-import-check error
# Seconds after which the tests are taken to hang.
TEST_SECONDS ?= 580
# The Swift runtime goes into the binaries, the system's libraries stay the system's.
RELEASE = --scratch-path $(BUILD) -c release --static-swift-stdlib
PACKAGES = libcurl4-openssl-dev libsqlite3-dev libsystemd-dev libyaml-dev libssl-dev libexpat1-dev \
           pkg-config openssl tzdata ca-certificates

# The proofs are many times this long.
SCALE ?= 1

.PHONY: help deps build release demo test lint system crashes powercuts tokens badserver nobody healing \
        simulation windows fuzz soak proof bench counts test-external install uninstall tsan asan clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps: ## install the Debian packages that are missing (asks for nothing, needs root for it)
	@missing=; for p in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing Debian packages:$$missing"; \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing >/dev/null || { \
	    echo "could not install them; as root: apt-get install$$missing" >&2; exit 1; }; \
	fi

build: deps ## build the three programs for debugging
	@$(SWIFT) build $(FLAGS)

release: deps ## build them for use
	@$(SWIFT) build $(RELEASE)

demo: build ## back up 730 days and a phone's track from simulated providers, with trouble on the way
	@BUILD=$(BUILD)/debug Tests/Demo/demo

test: deps lint ## all tests that need no root and no systemd
	@$(SWIFT) build $(FLAGS) --build-tests
	@timeout -k 10 $(TEST_SECONDS) $(SWIFT) test --scratch-path $(BUILD) --skip-build --disable-xctest || { \
	  status=$$?; [ $$status != 124 ] || echo "make test: the tests hang, or need more than" \
	    "$(TEST_SECONDS) s here: make test TEST_SECONDS=..." >&2; exit $$status; }

lint: ## the style of the sources
	@$(SWIFT) format lint --strict --recursive Sources Tests bench Package.swift

system: ## the tests under a real systemd; run it as root where systemd is PID 1, or in a sandbox
	@Tests/System/run

crashes: ## ends the release build at 500 of its calls of the file system, and looks at what is left
	@BUILD=$(BUILD)/release Tests/Proof/crashes/run

powercuts: ## takes the power from its disk at 500 moments, and looks at what is left; as root
	@BUILD=$(BUILD)/release Tests/Proof/powercuts/run

tokens: ## ends it at every step of a refresh, with servers that forgive and that do not
	@BUILD=$(BUILD)/release Tests/Proof/tokens/run

badserver: ## 98 ways in which servers are bad, and replies that are cut; as root
	@BUILD=$(BUILD)/release Tests/Proof/badserver/run

nobody: ## attacks from the machine, the network and the provider, and a search for secrets; as root
	@BUILD=$(BUILD)/release Tests/Proof/nobody/run

healing: ## damages of every kind, copies of a running daemon, starts of a large archive
	@BUILD=$(BUILD)/release Tests/Proof/healing/run

simulation: ## 500 lives in virtual time, with every kind of trouble (SEEDS=...)
	@BUILD=$(BUILD)-proof Tests/Proof/simulation/run

windows: ## rate limits in virtual time, with the PyPI package limits as the server
	@BUILD=$(BUILD)/release PROVER=$(BUILD)-proof Tests/Proof/windows/run

fuzz: ## every parser under libFuzzer, a minute each (SECONDS_EACH=...)
	@BUILD=$(BUILD)-fuzz Tests/Proof/fuzz/run

soak: ## an hour of fifty accounts with trouble, and whether it grows (MINUTES=...)
	@BUILD=$(BUILD)/release Tests/Proof/soak/run

bench: ## what Daybook costs beside others, as ratios (PARTS=..., ROUNDS=...); as root
	@BUILD=$(BUILD)/release PROVER=$(BUILD)-proof bench/run

counts: ## flushes, system calls and instructions of a day, beside those in bench/counts.json
	@BUILD=$(BUILD)/release bench/gate

proof: ## all of these but soak at full length, and one table (SCALE=10: tenfold); as root
	@BUILD=$(BUILD)/release SCALE=$(SCALE) Tests/Proof/run

test-external: ## the release build against servers nobody here wrote, which pip brings: OAuth, HTTP
	@BUILD=$(BUILD)/release Tests/External/run

install: ## binaries, units, provider files, settings, catalog and manuals below DESTDIR and PREFIX
	@test -x $(BUILD)/$(or $(CONFIGURATION),release)/daybookd || { \
	  echo "nothing is built: run make release first" >&2; exit 1; }
	@etc/install "$(BUILD)/$(or $(CONFIGURATION),release)" "$(DESTDIR)" "$(PREFIX)"

uninstall: ## take away what install brought; settings and archive stay
	@etc/install --remove "$(DESTDIR)" "$(PREFIX)"

tsan: deps ## the tests under ThreadSanitizer
	@$(SWIFT) build --scratch-path $(BUILD)-tsan --sanitize thread --build-tests
	@BACKUP_DAYS=210 $(SWIFT) test --scratch-path $(BUILD)-tsan --sanitize thread --skip-build \
	  --disable-xctest

asan: deps ## the tests under AddressSanitizer
	@$(SWIFT) build --scratch-path $(BUILD)-asan --sanitize address --build-tests
	@BACKUP_DAYS=210 ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --scratch-path $(BUILD)-asan \
	  --sanitize address --skip-build --disable-xctest

clean: ## forget everything built
	@rm -rf $(BUILD) $(BUILD)-tsan $(BUILD)-asan $(BUILD)-proof $(BUILD)-fuzz out
