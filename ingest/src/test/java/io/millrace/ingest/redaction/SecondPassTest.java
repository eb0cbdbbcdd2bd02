package io.millrace.ingest.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecondPassTest {

    private static final List<String> GLUE =
            List.of(
                    " ", " ", ", ", "\n", "", "-", ".", "/", ": ", "=", "(", ") ", "@", "#", " is ",
                    "+", "0", "7 ", "<", ">");
    private static final List<String> WORDS =
            List.of(
                    "password",
                    "token",
                    "order",
                    "phone",
                    "SSN",
                    "PIN",
                    "https://",
                    "?key=",
                    "Bearer ",
                    "<EMAIL_1>",
                    "at",
                    "dot com",
                    "555 234 5678",
                    "2024-01-15",
                    "10.1.2.3",
                    "fe80::",
                    "-----BEGIN PRIVATE KEY-----",
                    "eyJabcdefgh.");

    @Test
    void whateverStandsBesideWhateverASecondPassChangesNothing() {
        PlantedCorpus corpus = new PlantedCorpus(PlantedCorpus.RULES);
        List<String> texts = new ArrayList<>(corpus.planted());
        texts.addAll(corpus.clean());
        Random random = new Random(7);

        for (int i = 0; i < 20_000; i++) {
            String once = new Redactor().redact(mixture(texts, random));
            assertThat(new Redactor().redact(once)).isEqualTo(once);
        }
    }

    /** Pieces of the corpus, cut anywhere and glued by what joins and separates numbers. */
    private static String mixture(List<String> texts, Random random) {
        StringBuilder mixture = new StringBuilder();
        for (int piece = 0; piece < 6; piece++) {
            String text = texts.get(random.nextInt(texts.size()));
            int start = random.nextInt(4) == 0 ? random.nextInt(text.length()) : 0;
            String word = WORDS.get(random.nextInt(WORDS.size()));
            mixture.append(random.nextInt(3) == 0 ? word : text.substring(start))
                    .append(GLUE.get(random.nextInt(GLUE.size())));
        }
        return mixture.toString();
    }
}
