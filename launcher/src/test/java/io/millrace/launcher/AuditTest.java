package io.millrace.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.curation.Auditor;
import io.millrace.ingest.curation.CurationAudit;
import io.millrace.ingest.curation.CurationConfig;
import io.millrace.ingest.curation.CurationService;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.FeedbackKind;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proof of the sum, on a real broker and through the command line. */
final class AuditTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

    @TempDir private Path data;
    private EmbeddedBroker broker;
    private KafkaSettings kafka;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(DataDirectory.open(data.resolve("broker")), 0);
        kafka = new KafkaSettings(broker.bootstrapServers(), "millrace");
        TopicAdmin.create(kafka);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void theSumHoldsOverARestartAndShowsWhatSomebodyForges() {
        try (EventProducer producer = new EventProducer(kafka, "test")) {
            for (int i = 0; i < 10; i++) {
                producer.send(Topics.INTERACTIONS, interaction(i)).join();
                producer.send(Topics.CORRECTIONS, correction(i)).join();
            }
        }
        curate();
        try (EventProducer producer = new EventProducer(kafka, "test")) {
            producer.send(Topics.CORRECTIONS, correction(1)).join();
            producer.send(Topics.CORRECTIONS, correction(3, "twin", 1, shelf(3))).join();
            producer.send(Topics.CORRECTIONS, correction(3, "reviewer-3", 2, "It is lost.")).join();
            producer.send(Topics.FEEDBACK, thumb(2)).join();
            producer.send(Topics.FEEDBACK, thumb(77)).join();
            producer.send(Topics.DEMONSTRATIONS, demonstration("\u200b")).join();
            producer.send(Topics.DEMONSTRATIONS, demonstration("an answer")).join();
        }
        write(kafka.nameOf(Topics.FEEDBACK), "no-key", "no JSON");
        curate();

        Answer audit = millrace("audit", "-o", "json");

        assertThat(audit.exitCode()).as(audit.err()).isZero();
        JsonNode answer = JsonMapper.shared().readTree(audit.out());
        assertThat(answer.get("read").get("corrections.v1").asInt()).isEqualTo(13);
        assertThat(answer.get("ended").get("unreadable").asInt()).isEqualTo(1);
        assertThat(answer.get("ended").get("duplicate").asInt()).isEqualTo(2);
        assertThat(
                        found(answer, "in instructions.sft.v1")
                                + found(answer, "in instructions.holdout.v1"))
                .isEqualTo(13);
        assertThat(found(answer, "waiting for their interaction")).isEqualTo(1);
        assertThat(found(answer, "dead letters")).isEqualTo(1);
        assertThat(millrace("audit").out())
                .contains("28 events read = 27 ended + 1 under way; 0 not read yet");

        write(kafka.nameOf(Topics.SFT), "forged", "{}");
        Answer forged = millrace("audit", "--patience", "1");
        assertThat(forged.exitCode()).isEqualTo(1);
        assertThat(forged.err()).contains("in instructions.sft.v1: curation counted", "there are");
    }

    @Test
    void whereCurationHasNotRunThereIsNothingToAudit() {
        Answer audit = millrace("audit");

        assertThat(audit.exitCode()).isEqualTo(1);
        assertThat(audit.err()).contains("curation has read nothing on this Kafka yet");
    }

    /** Runs curation until it has come to the end of what lies there. */
    private void curate() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (CurationService curation =
                new CurationService(
                        kafka,
                        CurationConfig.in(data.resolve("streams")),
                        new SuiteWatch(data.resolve("suites"), Clock.systemUTC(), registry),
                        Redaction.DEFAULT,
                        registry)) {
            curation.start();
            await().atMost(PATIENCE).until(curation::ready);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> {
                        CurationAudit audit = new Auditor(kafka).take(PATIENCE);
                        return audit.unread() == 0
                                && audit.checks().stream()
                                        .filter(check -> check.name().startsWith("on the way"))
                                        .allMatch(check -> check.found() == 0);
                    });
        }
    }

    private Answer millrace(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] line = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, line, 0, arguments.length);
        line[arguments.length] = "--bootstrap-servers";
        line[arguments.length + 1] = broker.bootstrapServers();
        int exitCode = Main.run(line, new PrintWriter(out), new PrintWriter(err));
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private void write(String topic, String key, String value) {
        try (KafkaProducer<String, byte[]> producer = kafka.producer("test")) {
            var _ = producer.send(new ProducerRecord<>(topic, key, value.getBytes(UTF_8)));
        }
    }

    private static int found(JsonNode audit, String name) {
        for (JsonNode check : audit.get("checks")) {
            if (check.get("name").asString().equals(name)) {
                return check.get("found").asInt();
            }
        }
        throw new AssertionError("no check " + name);
    }

    private static Interaction interaction(int i) {
        return new Interaction(
                new InteractionId("i-" + i),
                new PrincipalId("customer-" + i),
                null,
                "v1",
                List.of(Message.user("%08x %08x where is it?".formatted(i * 7919, i * 104_729))),
                "I do not know that.",
                List.of(),
                1,
                NOW);
    }

    private static Correction correction(int i) {
        return correction(i, "reviewer-" + i, 1, shelf(i));
    }

    private static Correction correction(int i, String principal, int revision, String answer) {
        return new Correction(
                "c-%s-%d".formatted(principal, revision),
                new InteractionId("i-" + i),
                new PrincipalId(principal),
                revision,
                answer,
                null,
                NOW);
    }

    private static String shelf(int i) {
        return "It is on shelf %d.".formatted(i);
    }

    private static Feedback thumb(int i) {
        return new Feedback(
                "f-" + i,
                new InteractionId("i-" + i),
                new PrincipalId("customer-" + i),
                FeedbackKind.THUMB,
                1,
                null,
                NOW);
    }

    private static Demonstration demonstration(String answer) {
        return new Demonstration(
                new DemonstrationId("d-" + answer.length()),
                new PrincipalId("author"),
                List.of(Message.user("How do I pitch a tent on sand?")),
                answer,
                List.of(),
                "test",
                NOW);
    }
}
