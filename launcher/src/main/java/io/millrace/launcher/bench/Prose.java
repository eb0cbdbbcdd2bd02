package io.millrace.launcher.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * English as people write it, without end: the definitions and examples of WordNet 3.1, some
 * 117,000 of them, drawn at random.
 */
final class Prose {

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> FILES =
            List.of("data.noun", "data.verb", "data.adj", "data.adv");
    private static final Pattern GAP = Pattern.compile("[^\\p{L}]+");
    private static final List<String> SENTENCES = read();

    private final RandomGenerator random;

    Prose(RandomGenerator random) {
        this.random = random;
    }

    /** Whole sentences, until there are at least so many characters. */
    String text(int atLeastChars) {
        StringBuilder text = new StringBuilder(2 * atLeastChars);
        while (text.length() < atLeastChars) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append(SENTENCES.get(random.nextInt(SENTENCES.size())));
        }
        return text.toString();
    }

    /** One of them, such as may stand where another stood. */
    String word() {
        List<String> words = List.of(GAP.split(text(1)));
        return words.getLast();
    }

    private static List<String> read() {
        List<String> sentences = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = Prose.class.getResourceAsStream(FOLDER + file)) {
                if (in == null) {
                    throw new IllegalStateException(
                            "WordNet's " + file + " is not on the class path");
                }
                new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))
                        .lines()
                        .filter(line -> !line.startsWith(" "))
                        .map(line -> sentence(line.substring(line.indexOf('|') + 1)))
                        .forEach(sentences::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(sentences);
    }

    private static String sentence(String gloss) {
        String text = gloss.strip();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
