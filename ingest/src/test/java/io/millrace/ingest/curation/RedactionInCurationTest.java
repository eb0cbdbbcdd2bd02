package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.redaction.Redaction;
import io.millrace.ingest.redaction.RedactionRules;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.SftExample;
import io.millrace.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reaches the topics past the gateway. */
class RedactionInCurationTest extends CurationFixture {

    @Override
    Redaction redaction() {
        return new Redaction(RedactionRules.DEFAULT.withNames(List.of("Grace")));
    }

    @Test
    void aDemonstrationThatWasWrittenDirectlyIsRedactedByCurationsRules() {
        send(
                Topics.DEMONSTRATIONS,
                Events.demonstration(
                        "d-1",
                        "How do I reach Grace about the parcel that is late?",
                        "Please write to a@b.example and she will answer."));

        SftExample example =
                EventJson.read(
                        records("millrace.instructions.sft.v1").getFirst().value(),
                        SftExample.class);
        assertThat(example.toString())
                .contains("reach <NAME_1> about")
                .contains("write to <EMAIL_1> and");
    }
}
