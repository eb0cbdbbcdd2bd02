package io.millrace.deployer.serving;

import static io.millrace.deployer.Examples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.model.GenerationOptions;
import io.millrace.model.artefact.ArtefactException;
import io.millrace.schemas.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveModelsTest {

    private static final List<Message> PROMPT = List.of(Message.user("hello"));
    private static final GenerationOptions GREEDY = GenerationOptions.greedy(4);

    private final FakeBackend backend = new FakeBackend();
    private Adapters adapters;
    private LiveModels models;

    @BeforeEach
    void open(@TempDir Path folder) {
        adapters = new Adapters(folder);
        models = new LiveModels(backend, adapters.store());
    }

    @Test
    void theAliasMeansNothingUntilSomethingIsLive() {
        assertThat(models.acquire("millrace")).isEmpty();
        assertThat(models.ready()).isFalse();

        models.startWithBase();

        assertThat(models.acquire("millrace")).map(Lease::model).contains("base");
        assertThat(models.ready()).isTrue();
    }

    @Test
    void aLoadedVersionAnswersToItsOwnNameBeforeTheAliasMeansIt() {
        models.startWithBase();
        models.load(adapters.cleared("v1", "one"));

        assertThat(answer("v1")).isEqualTo("one");
        assertThat(answer("millrace")).isEqualTo("I am the base.");
        assertThat(models.names().keySet()).containsExactly("millrace", "base", "v1");
    }

    @Test
    void aLeaseKeepsItsModelWhenTheAliasMoves() {
        flipTo("v1", "one");
        try (Lease lease = models.acquire("millrace").orElseThrow()) {
            flipTo("v2", "two");

            assertThat(lease.respond(PROMPT, GREEDY).text()).isEqualTo("one");
            assertThat(lease.model()).isEqualTo("v1");
            assertThat(answer("millrace")).isEqualTo("two");
            assertThat(backend.open).hasValue(2);
        }
        assertThat(backend.open).hasValue(1);
    }

    @Test
    void aVersionThatLeftTheAliasIsGoneAtOnceWhenNobodyUsesIt() {
        flipTo("v1", "one");
        flipTo("v2", "two");

        assertThat(models.acquire("v1")).isEmpty();
        assertThat(backend.open).hasValue(1);
        assertThat(models.live()).contains(version("v2"));
    }

    @Test
    void flippingToTheLiveVersionChangesNothing() {
        flipTo("v1", "one");
        models.flip(version("v1"));

        assertThat(answer("millrace")).isEqualTo("one");
    }

    @Test
    void anAdapterWithAlteredBytesIsNotLoaded() {
        Cleared adapter = adapters.cleared("v1", "one");
        adapters.alter(adapter);

        assertThatThrownBy(() -> models.load(adapter)).isInstanceOf(ArtefactException.class);
        assertThat(models.acquire("v1")).isEmpty();
        assertThat(backend.open).hasValue(0);
    }

    @Test
    void aLeaseReleasesOnceHoweverOftenItIsClosed() {
        flipTo("v1", "one");
        Lease first = models.acquire("v1").orElseThrow();
        Lease second = models.acquire("v1").orElseThrow();
        first.close();
        first.close();
        flipTo("v2", "two");

        assertThat(second.respond(PROMPT, GREEDY).text()).isEqualTo("one");
    }

    /** Promise I5 under fire: eight threads ask, one flips a hundred times. */
    @Test
    void noRequestFailsAndNoneMeetsAClosedModelWhileTheAliasFlips() throws Exception {
        flipTo("v0", "answer of v0");
        AtomicBoolean flipping = new AtomicBoolean(true);
        AtomicInteger answered = new AtomicInteger();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> askers =
                    IntStream.range(0, 8)
                            .<Future<?>>mapToObj(
                                    _ -> threads.submit(() -> askWhile(flipping, answered, seen)))
                            .toList();
            for (int i = 1; i <= 100; i++) {
                int before = answered.get();
                flipTo("v" + i, "answer of v" + i);
                while (answered.get() == before && askers.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
            }
            flipping.set(false);
            for (Future<?> asker : askers) {
                requireNoFailure(asker);
            }
        }
        assertThat(seen).hasSizeGreaterThan(10);
        assertThat(backend.open).as("models still open").hasValue(1);
    }

    private void askWhile(AtomicBoolean flipping, AtomicInteger answered, Set<String> seen) {
        while (flipping.get()) {
            try (Lease lease = models.acquire("millrace").orElseThrow()) {
                String text = lease.respond(PROMPT, GREEDY).text();
                assertThat(text).isEqualTo("answer of " + lease.model());
                seen.add(lease.model());
                answered.incrementAndGet();
            }
        }
    }

    private static void requireNoFailure(Future<?> asker) throws InterruptedException {
        try {
            asker.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a request failed during the swaps", e.getCause());
        }
    }

    private void flipTo(String version, String answer) {
        models.load(adapters.cleared(version, answer));
        models.flip(version(version));
    }

    private String answer(String name) {
        try (Lease lease = models.acquire(name).orElseThrow()) {
            return lease.respond(PROMPT, GREEDY).text();
        }
    }
}
