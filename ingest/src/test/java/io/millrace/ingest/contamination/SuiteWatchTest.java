package io.millrace.ingest.contamination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteWatchTest {

    @TempDir private Path suites;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Hands clock = new Hands();

    @Test
    void aSuiteThatIsAddedChangedOrRemovedIsNoticedWithoutARestart() throws IOException {
        SuiteWatch watch = new SuiteWatch(suites, clock, registry);
        assertThat(leaks(watch, "Where is it?")).isFalse();

        write("gate", "{\"id\": \"a\", \"prompt\": \"Where is it?\", \"references\": [\"x\"]}\n");
        assertThat(leaks(watch, "Where is it?")).as("not looked yet").isFalse();
        clock.advance();
        assertThat(leaks(watch, "Where is it?")).isTrue();

        write(
                "gate",
                "{\"id\": \"a\", \"prompt\": \"Who are you then?\", \"references\": [\"x\"]}\n");
        clock.advance();
        assertThat(leaks(watch, "Where is it?")).isFalse();
        assertThat(leaks(watch, "Who are you then?")).isTrue();

        Files.delete(suites.resolve("gate/cases.jsonl"));
        Files.delete(suites.resolve("gate/suite.yaml"));
        Files.delete(suites.resolve("gate"));
        clock.advance();
        assertThat(leaks(watch, "Who are you then?")).isFalse();
    }

    @Test
    void aHalfWrittenSuiteStaysAsItWasAndIsCounted() throws IOException {
        write("gate", "{\"id\": \"a\", \"prompt\": \"Where is it?\", \"references\": [\"x\"]}\n");
        SuiteWatch watch = new SuiteWatch(suites, clock, registry);

        write("gate", "{\"id\": \"a\", \"prompt\": \"Where is");
        clock.advance();
        assertThat(leaks(watch, "Where is it?")).isTrue();
        assertThat(unreadable()).isEqualTo(1);

        write("gate", "{\"id\": \"a\", \"prompt\": \"Where is he?\", \"references\": [\"x\"]}\n");
        clock.advance();
        assertThat(leaks(watch, "Where is he?")).isTrue();
        assertThat(unreadable()).isZero();
    }

    @Test
    void aSuiteThatCannotBeReadAtTheStartStopsIt() throws IOException {
        write("gate", "{\"id\": \"a\"}\n");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> new SuiteWatch(suites, clock, registry))
                .withMessageContaining("cases.jsonl:1: a case needs an id and a prompt");
    }

    private void write(String suite, String cases) throws IOException {
        Path folder = Files.createDirectories(suites.resolve(suite));
        Files.writeString(
                folder.resolve("suite.yaml"), "name: gate\nversion: 1\ngrader: exact-match\n");
        Files.writeString(folder.resolve("cases.jsonl"), cases);
    }

    private static boolean leaks(SuiteWatch watch, String prompt) {
        Example example =
                new Example(
                        new ExampleId("ex-1"),
                        ExampleSource.CORRECTION,
                        "i-1",
                        new PrincipalId("ann"),
                        List.of(Message.user(prompt)),
                        "ok",
                        List.of(),
                        null,
                        0);
        return watch.current().leak(example).isPresent();
    }

    private double unreadable() {
        return registry.get("millrace.curation.suites.unreadable").gauge().value();
    }

    /** A clock that a test moves. */
    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-01-05T08:00:00Z");

        void advance() {
            now = now.plusSeconds(6);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
