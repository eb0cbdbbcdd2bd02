package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.curation.NearDuplicates.Prompt;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz    ";

    @Test
    void messagesThatOnlyShareAnIntentAreNotNearDuplicates() {
        List<String> messages =
                List.of(
                        "Where is my order?",
                        "Where is my refund?",
                        "Where's my parcel, it should be here by now.",
                        "My order has not arrived yet, where is it?",
                        "Can you tell me where my order is?",
                        "order 2207 still not here",
                        "order 3310 still not here",
                        "cancel my order please",
                        "cancel order 2207 please");

        assertThat(NearDuplicates.among(messages)).isEmpty();
    }

    @Test
    void caseSpacingAndPunctuationDoNotHideADuplicate() {
        assertThat(
                        NearDuplicates.among(
                                List.of(
                                        "Where is my order?",
                                        "where is  MY order",
                                        "WHERE IS MY ORDER!!!")))
                .hasSize(3)
                .allSatisfy(pair -> assertThat(pair.similarity()).isEqualTo(1));
    }

    @Test
    void messagesWithoutAnyWordAreComparedAsTheyAre() {
        assertThat(NearDuplicates.among(List.of("👍", "😡", "👍"))).hasSize(1);
    }

    @Test
    void atLeastNinetyFivePercentOfPairsFromTheThresholdOnAreFoundAndNoneBelowIt() {
        Random random = new Random(7);
        NearDuplicates seen = NearDuplicates.inMemory();
        int similar = 0;
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            PromptText original = PromptText.of(text(random, 60 + random.nextInt(200)));
            PromptText edited = PromptText.of(edited(original.input(), random));
            seen.add(new Prompt("p" + i, "", original));
            double similarity = Shingles.of(original.input()).jaccard(Shingles.of(edited.input()));
            boolean match =
                    seen.of(edited).stream().anyMatch(m -> m.prompt().text().equals(original));
            if (similarity >= NearDuplicates.THRESHOLD) {
                similar++;
                found += match ? 1 : 0;
            } else {
                assertThat(match).isFalse();
            }
        }

        assertThat(similar).isBetween(1000, 2800);
        assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * similar));
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static String edited(String text, Random random) {
        StringBuilder edited = new StringBuilder(text);
        for (int i = random.nextInt(6); i > 0; i--) {
            edited.setCharAt(random.nextInt(edited.length()), 'x');
        }
        return edited.toString();
    }
}
