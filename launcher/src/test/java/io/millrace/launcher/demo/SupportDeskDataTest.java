package io.millrace.launcher.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.curation.NearDuplicates;
import io.millrace.ingest.importer.LabelledExample;
import java.util.List;
import java.util.Map;
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

    @Test
    void saysNothingTwiceByTheProjectsOwnNearDuplicateCheck() {
        List<String> messages =
                Stream.concat(ShippedData.stream().stream(), ShippedData.holdout().stream())
                        .map(example -> example.messages().getFirst().content())
                        .toList();

        assertThat(NearDuplicates.among(messages))
                .as("near-duplicates")
                .allSatisfy(pair ->
                        assertThat(messages.get(pair.first()) + " ~ " + messages.get(pair.second()))
                                .isEmpty());
    }
}
