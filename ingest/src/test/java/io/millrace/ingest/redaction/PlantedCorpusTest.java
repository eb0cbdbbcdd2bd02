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

    /**
     * Written after the finders, with the commonest of every kind in spellings they had not seen.
     */
    private final PlantedCorpus unseen =
            new PlantedCorpus(
                    PlantedCorpus.lines("unseen-planted.txt"),
                    PlantedCorpus.lines("unseen-clean.txt"),
                    PlantedCorpus.RULES);

    private static void assertRecall(PlantedCorpus corpus, int fewest) {
        Map<String, Recall> kinds = corpus.recall();

        int planted = kinds.values().stream().mapToInt(Recall::planted).sum();
        List<String> missed = kinds.values().stream().flatMap(r -> r.missed().stream()).toList();
        assertThat(planted).isGreaterThanOrEqualTo(fewest);
        assertThat((double) missed.size() / planted).as("%s", missed).isLessThanOrEqualTo(0.01);
    }

    private static void assertFalseAlarms(PlantedCorpus corpus, int fewest) {
        FalseAlarms alarms = corpus.falseAlarms();

        assertThat(alarms.lines()).isGreaterThanOrEqualTo(fewest);
        assertThat(alarms.share()).as("%s", alarms.alarmed()).isLessThanOrEqualTo(0.005);
    }

    @Test
    void ofAHundredPlantedItemsNinetyNineAreFound() {
        assertRecall(corpus, 500);
    }

    @Test
    void ofAHundredItemsInOtherSpellingsNinetyNineAreFound() {
        assertRecall(unseen, 500);
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
        assertFalseAlarms(corpus, 1_000);
    }

    @Test
    void ofTwoHundredCleanLinesThatTemptAtMostOneRaisesAnAlarm() {
        assertFalseAlarms(unseen, 360);
    }

    @Test
    void rulesWithoutNamesAndWithFewCountriesFindLess() {
        PlantedCorpus less =
                new PlantedCorpus(new RedactionRules(List.of(), Set.of("US"), Set.of()));

        assertThat(less.recall())
                .hasEntrySatisfying("NAME", recall -> assertThat(recall.share()).isZero())
                .hasEntrySatisfying(
                        "NATIONAL_ID.IT", recall -> assertThat(recall.share()).isLessThan(0.1));
    }
}
