package io.millrace.launcher.bench;

import io.millrace.ingest.curation.NearDuplicates;
import io.millrace.ingest.curation.PromptText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Two texts that are near-duplicates by the exact measure and not equal.
 *
 * @param length the least characters of the original
 */
record PlantedPair(String original, String copy, Edit edit, int length) {

    private static final List<Edit> EDITS = List.of(Edit.values());
    private static final List<Integer> LENGTHS = List.of(60, 150, 400, 1000);

    /** Texts of all lengths in turn, none like another but by chance. */
    static List<String> texts(Prose prose, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> prose.text(LENGTHS.get(i % LENGTHS.size())))
                .toList();
    }

    /**
     * A copy for each of the first texts, by each edit in turn. A copy has as many changes as the
     * measure lets it have, or fewer.
     */
    static List<PlantedPair> among(List<String> texts, int pairs, Random random) {
        Prose prose = new Prose(random);
        List<PlantedPair> planted = new ArrayList<>();
        for (int i = 0; i < texts.size() && planted.size() < pairs; i++) {
            Edit edit = EDITS.get(i / LENGTHS.size() % EDITS.size());
            String copy = copy(texts.get(i), edit, prose, random);
            if (!PromptText.of(copy).equals(PromptText.of(texts.get(i)))) {
                planted.add(
                        new PlantedPair(texts.get(i), copy, edit, LENGTHS.get(i % LENGTHS.size())));
            }
        }
        return planted;
    }

    private static String copy(String text, Edit edit, Prose prose, Random random) {
        int most = 1 + text.length() / 40;
        for (int changes = 1 + random.nextInt(most); changes > 0; changes--) {
            String copy = edit.of(text, changes, prose, random);
            double similarity = NearDuplicates.similarity(PromptText.of(text), PromptText.of(copy));
            if (similarity >= NearDuplicates.THRESHOLD) {
                return copy;
            }
        }
        return text;
    }
}
