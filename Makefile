MVN ?= mvn -B

JAVA ?= $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)
COMMANDS ?= 200
RETAIL ?= ../shared/data/online-retail/online-retail-2010-12-to-2011-08.csv.gz
# The classes of a command, so that it starts in half the time; without it they are loaded one by one.
ARCHIVE = target/kappa/lib/cli.jsa
BENCHMARKS = $(JAVA) -Xmx4g -Dkappa.logs=target/bench -cp 'benchmarks/target/kappa-benchmarks.jar:target/kappa/lib/cli/*'
PEERS = kafka-streams flink-sql hazelcast-jet flink-upsert
BENCH = $(BENCHMARKS) io.kappa.benchmarks.Benchmarks --retail=$(RETAIL)

.DEFAULT_GOAL := help
.PHONY: help build run test chaos bench bench-quick bench-replay bench-jobs bench-peers bench-growth golden format clean down

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: ## Build all of it into target/kappa, without tests
	@$(MVN) -q package -Dmaven.test.skip=true
	@rm -f $(ARCHIVE); $(JAVA) -XX:ArchiveClassesAtExit=$(ARCHIVE) -XX:+UseSerialGC -Xlog:disable \
	  -cp '$(CURDIR)/target/kappa/lib/cli/*' io.kappa.control.cli.StartUp >/dev/null 2>&1 || true

run: build ## Start everything, load history, run all jobs, show figures
	@./kappa demo || [ $$? -eq 130 ]

test: ## Check and test all of it; needs nothing running
	@$(MVN) -Ppeers verify

chaos: ## Kill and command at random, for an hour or so; COMMANDS and SEED say how
	@$(MVN) verify -pl control -am -Dtest=NoTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.test=LifecycleChaosIT -Dfailsafe.failIfNoSpecifiedTests=false \
	  -Dkappa.commands=$(COMMANDS) $(if $(SEED),-Dkappa.seed=$(SEED))

bench: build ## Measure speed, latency and memory; write docs/figures.md
	@$(BENCH) --page=docs/figures.md --results=benchmarks/results

bench-quick: build ## The same on less, in a few minutes; only print it
	@$(BENCH) --events=300000 --repetitions=1 --rates=2000 --kill-at=0 --warm-up=PT10S --measured=PT20S

bench-replay: build ## Measure a replay beside a live version and the switch; write docs/replay-figures.md
	@$(BENCHMARKS) io.kappa.benchmarks.ReplayBenchmark --page=docs/replay-figures.md --results=benchmarks/results

bench-jobs: build ## Measure all jobs, and show what they find; write docs/jobs.md
	@$(BENCHMARKS) io.kappa.benchmarks.JobsBenchmark --retail=$(RETAIL) --page=docs/jobs.md --results=benchmarks/results

bench-peers: build ## Hold the replay against plain Java and other engines; write docs/benchmarks.md
	@$(MVN) -q package -Ppeers -Dmaven.test.skip=true $(PEERS:%=-pl benchmarks/peers/%)
	@$(BENCHMARKS) io.kappa.benchmarks.peers.PeersBenchmark --page=docs/benchmarks.md --results=benchmarks/results

bench-growth: build ## Replay logs of many kinds: keys, bytes, partitions, compression; write docs/growth.md
	@$(BENCHMARKS) io.kappa.benchmarks.peers.GrowthBenchmark --retail=$(RETAIL) --page=docs/growth.md --results=benchmarks/results

golden: ## Write a golden savepoint of each job for this release, to be committed
	@$(MVN) -q verify -pl savepoints -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.test=GoldenIT -Dfailsafe.failIfNoSpecifiedTests=false -Dkappa.golden=write

format: ## Format the code
	@$(MVN) -q spotless:apply

clean: ## Delete what was built; data in .kappa stay
	@$(MVN) -q clean

down: ## Stop the stack
	@./kappa down
