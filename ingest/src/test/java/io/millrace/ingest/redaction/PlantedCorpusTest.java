package io.millrace.ingest.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.redaction.PlantedCorpus.FalseAlarms;
import io.millrace.ingest.redaction.PlantedCorpus.Recall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlantedCorpusTest {

    private final PlantedCorpus corpus = new PlantedCorpus(PlantedCorpus.RULES);

    @Test
    void ofAHundredPlantedItemsNinetyNineAreFound() {
        Map<String, Recall> kinds = corpus.recall();

        int planted = kinds.values().stream().mapToInt(Recall::planted).sum();
        List<String> missed = kinds.values().stream().flatMap(r -> r.missed().stream()).toList();
        assertThat(planted).isGreaterThanOrEqualTo(500);
        assertThat((double) missed.size() / planted).as("%s", missed).isLessThanOrEqualTo(0.01);
    }

    @Test
    void everyKindIsPlantedAndNoneIsForgotten() {
        Map<String, Recall> kinds = corpus.recall();

        for (PersonalData kind : PersonalData.values()) {
            assertThat(kinds.keySet()).anyMatch(name -> name.startsWith(kind.name()));
        }
        kinds.forEach((kind, recall) -> assertThat(recall.share()).as(kind).isGreaterThan(0.9));
    }

    @Test
    void ofTwoHundredCleanLinesAtMostOneRaisesAnAlarm() {
        FalseAlarms alarms = corpus.falseAlarms();

        assertThat(alarms.lines()).isGreaterThanOrEqualTo(1_000);
        assertThat(alarms.share()).as("%s", alarms.alarmed()).isLessThanOrEqualTo(0.005);
    }

    @Test
    void rulesWithoutNamesAndWithFewCountriesFindLess() {
        PlantedCorpus less = new PlantedCorpus(new RedactionRules(List.of(), Set.of("US")));

        assertThat(less.recall())
                .hasEntrySatisfying("NAME", recall -> assertThat(recall.share()).isZero())
                .hasEntrySatisfying(
                        "NATIONAL_ID.IT", recall -> assertThat(recall.share()).isLessThan(0.1));
    }
}
