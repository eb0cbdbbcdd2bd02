package io.millrace.launcher.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.Prompts;
import io.millrace.ingest.curation.NearDuplicates;
import io.millrace.ingest.importer.LabelledExample;
import io.millrace.ingest.redaction.Redactor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SupportDeskDataTest {

    @Test
    void holdsEnoughMessagesOfEachIntent() {
        Map<String, Long> perIntent =
                ShippedData.stream().stream()
                        .collect(groupingBy(LabelledExample::answer, counting()));

        assertThat(perIntent).hasSizeGreaterThanOrEqualTo(20);
        assertThat(perIntent.values()).allMatch(count -> count >= 40);
    }

    @Test
    void examinesEveryIntent() {
        Map<String, Long> held =
                ShippedData.holdout().stream()
                        .collect(groupingBy(LabelledExample::answer, counting()));

        assertThat(held.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ShippedData.stream().stream()
                                .map(LabelledExample::answer)
                                .distinct()
                                .toList());
    }

    /** Nor does the base's corpus say what they say: its desks are other organisations'. */
    @Test
    void saysNothingTwiceByTheProjectsOwnNearDuplicateCheck() throws IOException {
        List<String> messages =
                Stream.of(
                                ShippedData.stream().stream().map(SupportDeskDataTest::message),
                                ShippedData.holdout().stream().map(SupportDeskDataTest::message),
                                ShippedData.baseHasRead().stream())
                        .flatMap(Function.identity())
                        .toList();

        assertThat(NearDuplicates.among(messages))
                .as("near-duplicates")
                .allSatisfy(pair ->
                        assertThat(messages.get(pair.first()) + " ~ " + messages.get(pair.second()))
                                .isEmpty());
    }

    /**
     * Or the ids of demonstrations, which follow from redacted text, would change with the rules.
     */
    @Test
    void namesNobodyByTheProjectsOwnRedaction() {
        Redactor redactor = new Redactor();

        assertThat(Stream.of(ShippedData.stream(), ShippedData.holdout()).flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(example -> {
                    String said = example.messages().getLast().content();
                    assertThat(redactor.redact(said)).isSameAs(said);
                    assertThat(redactor.redact(example.answer())).isSameAs(example.answer());
                });
    }

    private static String message(LabelledExample example) {
        return Prompts.input(example.messages().getLast().content());
    }
}
