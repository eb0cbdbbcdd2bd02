# Verbs for people; `mvn verify` does everything that CI does.
JAVA25 := $(firstword $(wildcard $(JAVA_HOME) /usr/lib/jvm/*25*))

.PHONY: run demo check format topics

run:
	./millrace up

demo:
	./millrace demo

check:
	mvn -B verify

format:
	JAVA_HOME=$(JAVA25) mvn -B -q spotless:apply

topics:
	./millrace topics
