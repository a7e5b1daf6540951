MVN ?= mvn -B

.DEFAULT_GOAL := help
.PHONY: help build run test format clean down

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

build: ## Build all of it into target/kappa, without tests
	@$(MVN) -q package -Dmaven.test.skip=true

run: build ## Start everything, load history, run a job, show figures
	@./kappa demo

test: ## Check and test all of it; needs nothing running
	@$(MVN) verify

format: ## Format the code
	@$(MVN) -q spotless:apply

clean: ## Delete what was built; data in .kappa stay
	@$(MVN) -q clean

down: ## Stop the stack
	@./kappa down
