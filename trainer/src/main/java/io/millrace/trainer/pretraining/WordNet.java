package io.millrace.trainer.pretraining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * WordNet 3.1's synonym sets, read from the database files on the class path.
 *
 * @see <a href="https://wordnet.princeton.edu/documentation/wndb5wn">wndb(5WN), the file format</a>
 */
final class WordNet {

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final List<String> FILES =
            List.of("data.noun", "data.verb", "data.adj", "data.adv");

    /** The lexicographer files in the order of their numbers, see lexnames(5WN). */
    private static final List<String> TOPICS =
            List.of(
                    "adjective: general",
                    "adjective: pertainym",
                    "adverb: general",
                    "noun: top",
                    "noun: act",
                    "noun: animal",
                    "noun: artifact",
                    "noun: attribute",
                    "noun: body",
                    "noun: cognition",
                    "noun: communication",
                    "noun: event",
                    "noun: feeling",
                    "noun: food",
                    "noun: group",
                    "noun: location",
                    "noun: motive",
                    "noun: object",
                    "noun: person",
                    "noun: phenomenon",
                    "noun: plant",
                    "noun: possession",
                    "noun: process",
                    "noun: quantity",
                    "noun: relation",
                    "noun: shape",
                    "noun: state",
                    "noun: substance",
                    "noun: time",
                    "verb: body",
                    "verb: change",
                    "verb: cognition",
                    "verb: communication",
                    "verb: competition",
                    "verb: consumption",
                    "verb: contact",
                    "verb: creation",
                    "verb: emotion",
                    "verb: motion",
                    "verb: perception",
                    "verb: possession",
                    "verb: social",
                    "verb: stative",
                    "verb: weather",
                    "adjective: participle");

    /**
     * Words that share a meaning, and that meaning.
     *
     * @param words most common first
     * @param topic part of speech and lexicographer's topic, such as {@code noun: food}
     * @param gloss a definition, and often examples in quotes after a semicolon
     */
    record Synset(List<String> words, String topic, String gloss) {

        /** The gloss up to its first example. */
        String definition() {
            int examples = gloss.indexOf("; \"");
            return examples < 0 ? gloss : gloss.substring(0, examples);
        }
    }

    private WordNet() {}

    /** Every synonym set, in the order of the files. */
    static List<Synset> read() {
        List<Synset> synsets = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = WordNet.class.getResourceAsStream(FOLDER + file)) {
                if (in == null) {
                    throw new IllegalStateException(
                            "WordNet's " + file + " is not on the class path");
                }
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
                lines.lines()
                        .filter(line -> !line.startsWith(" "))
                        .map(WordNet::parse)
                        .forEach(synsets::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return synsets;
    }

    /** {@code offset file type wordCount(hex) word lexId … | gloss}. */
    private static Synset parse(String line) {
        int bar = line.indexOf('|');
        String[] fields = line.substring(0, bar).split(" ", -1);
        int count = Integer.parseInt(fields[3], 16);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(fields[4 + 2 * i].replace('_', ' ').replaceFirst("\\((a|p|ip)\\)$", ""));
        }
        return new Synset(
                List.copyOf(words),
                TOPICS.get(Integer.parseInt(fields[1])),
                line.substring(bar + 1).strip());
    }
}
