package io.millrace.launcher.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.artefact.ArtefactStore;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.SftExample;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.TriggerKind;
import io.millrace.trainer.dataset.DatasetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Topics and an artefact store that nobody else uses: what the trainer's neighbours write to them,
 * and what it leaves there.
 */
record TrainingGround(KafkaSettings kafka, Path artefacts, EventProducer neighbours)
        implements AutoCloseable {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static TrainingGround on(String bootstrapServers, Path data) {
        String name = "t" + UUID.randomUUID();
        KafkaSettings kafka = new KafkaSettings(bootstrapServers, name);
        TopicAdmin.create(kafka);
        return new TrainingGround(
                kafka, data.resolve(name), new EventProducer(kafka, "neighbours"));
    }

    ArtefactStore store() {
        return new ArtefactStore(artefacts);
    }

    void curated(Example... examples) {
        for (Example example : examples) {
            neighbours.send(Topics.SFT, new SftExample(example, NOW)).join();
        }
    }

    void requested(String... triggers) {
        for (String trigger : triggers) {
            TriggerId id = new TriggerId(trigger);
            neighbours
                    .send(
                            Topics.REQUESTS,
                            new TrainingRequest(id, TriggerKind.MANUAL, "for the test", 1, NOW))
                    .join();
        }
    }

    void forgotten(String principal) {
        neighbours.send(Topics.ERASURES, new Erasure(new PrincipalId(principal), null, NOW)).join();
    }

    List<TrainingWindow> windows() {
        return events(Topics.WINDOWS);
    }

    List<String> triggers() {
        return windows().stream().map(window -> window.triggerId().value()).toList();
    }

    <E extends Event> List<E> events(Topic<E> topic) {
        return EventLog.read(kafka, topic).stream().map(Logged::event).toList();
    }

    /** The answers in the one dataset that the store holds. */
    List<String> learned() throws IOException {
        return Files.readAllLines(stored(DatasetFiles.EXAMPLES)).stream()
                .map(line -> EventJson.MAPPER.readTree(line).at("/messages/1/content").asString())
                .toList();
    }

    /** The one file of this name in the store. */
    Path stored(String file) throws IOException {
        try (Stream<Path> folders = Files.list(artefacts.resolve("sha256"))) {
            List<Path> found =
                    folders.map(folder -> folder.resolve(file)).filter(Files::exists).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    static Example example(String id, String answer) {
        return example(id, answer, "ann", 0);
    }

    static Example example(String id, String answer, String principal, int revision) {
        return new Example(
                new ExampleId(id),
                ExampleSource.CORRECTION,
                "i-" + id,
                new PrincipalId(principal),
                List.of(Message.user("what of " + id)),
                answer,
                List.of(),
                null,
                revision);
    }

    @Override
    public void close() {
        neighbours.close();
    }
}
