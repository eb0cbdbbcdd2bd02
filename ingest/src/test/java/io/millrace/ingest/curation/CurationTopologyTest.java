package io.millrace.ingest.curation;

import static io.millrace.ingest.curation.Events.correction;
import static io.millrace.ingest.curation.Events.demonstration;
import static io.millrace.ingest.curation.Events.interaction;
import static io.millrace.ingest.curation.Events.thumb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.runtime.DeadLetters;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Example;
import io.millrace.schemas.Preference;
import io.millrace.schemas.PreferenceKind;
import io.millrace.schemas.SftExample;
import io.millrace.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class CurationTopologyTest extends CurationFixture {

    private static final Path GOLDEN = Path.of("src/test/resources/curation-topology.txt");

    @Test
    void aCorrectionAndItsInteractionBecomeAnExampleAndAPair() {
        send(Topics.CORRECTIONS, correction("c-1", "i-1", "ann", 1, "track_parcel", 3));
        send(Topics.INTERACTIONS, interaction("i-1", "Where is my parcel?", "cancel_order"));

        SftExample trained = only(Topics.SFT);
        assertThat(trained.example().answer()).isEqualTo("track_parcel");
        assertThat(trained.example().sourceId()).isEqualTo("i-1");
        assertThat(trained.example().tags()).containsExactly("new");
        assertThat(trained.occurredAt()).isEqualTo(Events.at(3));
        Preference pair = only(Topics.PREFERENCES);
        assertThat(pair.kind()).isEqualTo(PreferenceKind.PAIR);
        assertThat(pair.chosen()).isEqualTo("track_parcel");
        assertThat(pair.rejected()).isEqualTo("cancel_order");
        assertFates(1, Fate.CONTEXT, 1, Fate.SFT);
        assertThat(pairs("paired")).isEqualTo(1);
    }

    @Test
    void curatedRecordsAreCloudEventsKeyedAndTimedByTheirEvent() {
        send(Topics.DEMONSTRATIONS, demonstration("d-1", "Where is my parcel?", "track_parcel"));

        TestRecord<String, byte[]> record = records("millrace.instructions.sft.v1").getFirst();
        SftExample example = EventJson.read(record.value(), SftExample.class);
        assertThat(record.key()).isEqualTo(example.example().exampleId().value());
        assertThat(record.timestamp()).isEqualTo(Events.MORNING.toEpochMilli());
        assertThat(header(record, "ce_type")).isEqualTo("io.millrace.instruction.sft.v1");
        assertThat(header(record, "ce_source")).isEqualTo("/millrace/curation");
    }

    @Test
    void aRepeatedDemonstrationIsADuplicateAndAnotherAnswerJoinsItsCluster() {
        send(Topics.DEMONSTRATIONS, demonstration("d-1", "Where is my parcel?", "track_parcel"));
        send(Topics.DEMONSTRATIONS, demonstration("d-1", "Where is my parcel?", "track_parcel"));
        send(Topics.DEMONSTRATIONS, demonstration("d-2", "where is my PARCEL", "track_parcel"));
        send(Topics.DEMONSTRATIONS, demonstration("d-3", "Where is my parcel?!", "other"));

        List<SftExample> trained = events(Topics.SFT);
        assertThat(trained)
                .extracting(e -> e.example().answer())
                .containsExactly("track_parcel", "other");
        assertThat(trained)
                .extracting(e -> e.example().cluster())
                .hasSize(2)
                .containsOnly(trained.getFirst().example().cluster());
        assertFates(2, Fate.SFT, 2, Fate.DUPLICATE);
    }

    @Test
    void aLaterCorrectionRevisesTheExampleUnderItsIdAndInItsCluster() {
        send(Topics.INTERACTIONS, interaction("i-1", "Where is my parcel?", "cancel_order"));
        send(Topics.CORRECTIONS, correction("c-1", "i-1", "ann", 1, "return_item", 3));
        send(Topics.CORRECTIONS, correction("c-2", "i-1", "ann", 2, "track_parcel", 9));

        List<SftExample> trained = events(Topics.SFT);
        Example first = trained.getFirst().example();
        Example second = trained.getLast().example();
        assertThat(trained).hasSize(2);
        assertThat(second.exampleId()).isEqualTo(first.exampleId());
        assertThat(second.cluster()).isEqualTo(first.cluster());
        assertThat(second.revision()).isGreaterThan(first.revision());
    }

    @Test
    void aThumbAloneBecomesAnUnpairedPreferenceAndNoExample() {
        send(Topics.INTERACTIONS, interaction("i-1", "Where is my parcel?", "cancel_order"));
        send(Topics.FEEDBACK, thumb("f-1", "i-1", "ann", false, 1));
        send(Topics.FEEDBACK, thumb("f-1", "i-1", "ann", false, 1));

        Preference preference = only(Topics.PREFERENCES);
        assertThat(preference.kind()).isEqualTo(PreferenceKind.UNDESIRABLE);
        assertThat(preference.rejected()).isEqualTo("cancel_order");
        assertThat(events(Topics.SFT)).isEmpty();
        assertFates(1, Fate.CONTEXT, 1, Fate.PREFERENCE, 1, Fate.DUPLICATE);
    }

    @Test
    void personalDataThatReachedKafkaDirectlyStopsHere() {
        send(Topics.DEMONSTRATIONS, demonstration("d-1", "Mail me at ann@example.org", "contact"));

        assertThat(this.<SftExample>only(Topics.SFT).example().messages().getFirst().content())
                .isEqualTo("Mail me at <EMAIL_1>");
    }

    @Test
    void anUnreadableRecordGoesToTheDeadLettersAndThePartitionMovesOn() {
        raw("millrace.feedback.v1", "i-1", "{\"feedbackId\": [[[");
        raw(
                "millrace.feedback.v1",
                "i-2",
                new String(
                        EventJson.write(thumb("f-1", "i-1", "ann", true, 1)),
                        StandardCharsets.UTF_8));
        raw("millrace.interactions.v1", null, "{}");
        raw("millrace.demonstrations.v1", "d", null);
        send(Topics.DEMONSTRATIONS, demonstration("d-1", "Where is my parcel?", "track_parcel"));

        List<TestRecord<String, byte[]>> letters = records("millrace.feedback.v1.dlq");
        assertThat(letters).hasSize(2);
        TestRecord<String, byte[]> letter = letters.getFirst();
        assertThat(letter.key()).isEqualTo("i-1");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"feedbackId\": [[[");
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("millrace.feedback.v1");
        assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
        assertThat(header(letter, DeadLetters.MESSAGE)).isNotEmpty();
        assertThat(header(letters.getLast(), DeadLetters.MESSAGE))
                .isEqualTo("its key is not its interactionId");
        assertThat(records("millrace.interactions.v1.dlq")).hasSize(1);
        assertThat(records("millrace.demonstrations.v1.dlq")).hasSize(1);
        assertFates(4, Fate.UNREADABLE, 1, Fate.SFT);
    }

    @Test
    void timesThatABrokerWouldRefuseAreUnreadable() {
        Instant late = Events.MORNING.plus(Duration.ofHours(2));
        raw("millrace.demonstrations.v1", "d-1", demonstrationAt(late));
        raw(
                "millrace.demonstrations.v1",
                "d-1",
                demonstrationAt(Instant.parse("1969-12-31T23:59:59Z")));

        assertThat(records("millrace.demonstrations.v1.dlq")).hasSize(2);
        assertFates(2, Fate.UNREADABLE);
    }

    @Test
    void signalsWhoseInteractionNeverComesAreOrphans() {
        send(Topics.FEEDBACK, thumb("f-1", "i-1", "ann", true, 1));
        send(Topics.CORRECTIONS, correction("c-1", "i-1", "ben", 1, "track_parcel", 2));
        send(Topics.INTERACTIONS, interaction("i-2", "Where is my parcel?", "cancel_order"));

        driver.advanceWallClockTime(TIME_TO_LIVE.minusHours(1));
        assertThat(count(Fate.ORPHAN)).isZero();
        driver.advanceWallClockTime(Duration.ofHours(2));

        assertThat(header(records("millrace.feedback.v1.dlq").getFirst(), Parking.FATE))
                .isEqualTo("orphan");
        assertThat(records("millrace.corrections.v1.dlq")).hasSize(1);
        assertFates(2, Fate.ORPHAN, 1, Fate.CONTEXT);
        assertThat(driver.getKeyValueStore(CaseProcessor.STORE).all()).isExhausted();
    }

    @Test
    void anEventThatWouldOutgrowItsCaseIsParkedAndTheCaseLivesOn() {
        send(Topics.INTERACTIONS, interaction("i-1", "p".repeat(600_000), "cancel_order"));
        send(Topics.CORRECTIONS, correction("c-1", "i-1", "ann", 1, "a".repeat(600_000), 1));
        send(Topics.FEEDBACK, thumb("f-1", "i-1", "ben", true, 1));

        assertThat(records("millrace.corrections.v1.dlq")).hasSize(1);
        assertFates(1, Fate.CONTEXT, 1, Fate.OVERSIZED, 1, Fate.REFUSED);
    }

    @Test
    void aRefusedExampleIsQuarantinedWithItsReason() {
        send(Topics.DEMONSTRATIONS, demonstration("d-1", "Say it", "again and again ".repeat(50)));

        assertThat(only(Topics.QUARANTINE).reason()).isEqualTo("repetition");
        assertFates(1, Fate.QUARANTINE);
    }

    /** To accept a change: delete the golden file, run this test once, read the difference. */
    @Test
    void theTopologyIsTheOneThatWasReviewed() throws IOException {
        String description = topology.describe().toString();
        if (Files.notExists(GOLDEN)) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, description);
            fail("wrote %s: read it, then run the test again", GOLDEN);
        }

        assertThat(description).isEqualTo(Files.readString(GOLDEN));
        assertThat(description).doesNotContain("KSTREAM", "KTABLE", "STATE-STORE");
    }
}
