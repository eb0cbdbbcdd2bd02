package io.millrace.ingest.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts to measure redaction with: lines in which personal data is planted, and lines full of
 * numbers that are nobody's. All of it is made up: the planted numbers pass their checks and belong
 * to no one. In {@code planted.txt} an item stands as {@code ⟦KIND|item⟧}.
 */
public final class PlantedCorpus {

    /** The names that are planted; "mark my words" and "a grace period" are in the clean lines. */
    public static final RedactionRules RULES =
            RedactionRules.DEFAULT.withNames(
                    List.of(
                            "Mark Feldmann",
                            "Grace",
                            "Ольга",
                            "Jean-Luc Moreau",
                            "Åsa Öberg",
                            "Will"));

    private static final Pattern ITEM = Pattern.compile("⟦([^|]+)\\|([^⟧]+)⟧");

    private final List<String> planted;
    private final List<String> clean;
    private final Finder finder;

    /** The corpus that comes with redaction, searched by rules. */
    public PlantedCorpus(RedactionRules rules) {
        this(lines("planted.txt"), lines("clean.txt"), rules);
    }

    /** Other lines of the same kind. */
    PlantedCorpus(List<String> planted, List<String> clean, RedactionRules rules) {
        this.planted = List.copyOf(planted);
        this.clean = List.copyOf(clean);
        finder = new Finder(rules);
    }

    /**
     * How many items of one kind are planted, and those of them that were not found whole.
     *
     * @param missed the lines with them, the items marked
     */
    public record Recall(int planted, List<String> missed) {

        public Recall {
            missed = List.copyOf(missed);
        }

        /** The share found, from 0 to 1. */
        public double share() {
            return 1 - (double) missed.size() / planted;
        }
    }

    /**
     * How many clean lines there are, and those in which something was found.
     *
     * @param alarmed as redaction would leave them
     */
    public record FalseAlarms(int lines, List<String> alarmed) {

        public FalseAlarms {
            alarmed = List.copyOf(alarmed);
        }

        /** The share of the lines, from 0 to 1. */
        public double share() {
            return (double) alarmed.size() / lines;
        }
    }

    /** Looks for every planted item, by kind. */
    public Map<String, Recall> recall() {
        Map<String, Recall> kinds = new TreeMap<>();
        for (String line : planted) {
            String marked = line.replace("\\n", "\n");
            Matcher item = ITEM.matcher(marked);
            String text = plain(line);
            BitSet found = found(text);
            int markup = 0;
            while (item.find()) {
                int start = item.start() - markup;
                int end = start + item.group(2).length();
                markup += item.group().length() - item.group(2).length();
                boolean whole = isCovered(text, start, end, found);
                kinds.merge(
                        item.group(1),
                        new Recall(1, whole ? List.of() : List.of(line)),
                        PlantedCorpus::sum);
            }
        }
        return kinds;
    }

    /** Looks through the clean lines. */
    public FalseAlarms falseAlarms() {
        List<String> alarmed = new ArrayList<>();
        for (String line : clean) {
            String redacted = new Redactor(finder).redact(line);
            if (!redacted.equals(line)) {
                alarmed.add(redacted);
            }
        }
        return new FalseAlarms(clean.size(), alarmed);
    }

    /** The planted lines as people would write them. */
    public List<String> planted() {
        return planted.stream().map(PlantedCorpus::plain).toList();
    }

    public List<String> clean() {
        return clean;
    }

    private static String plain(String line) {
        return ITEM.matcher(line.replace("\\n", "\n")).replaceAll("$2");
    }

    private BitSet found(String text) {
        BitSet found = new BitSet();
        finder.find(text, new Text(text)).forEach(span -> found.set(span.start(), span.end()));
        return found;
    }

    /** Whether nothing of an item that could be read is left. */
    private static boolean isCovered(String text, int start, int end, BitSet found) {
        for (int i = start; i < end; i++) {
            if (Text.isWord(text.charAt(i)) && !found.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static Recall sum(Recall a, Recall b) {
        List<String> missed = new ArrayList<>(a.missed());
        missed.addAll(b.missed());
        return new Recall(a.planted() + b.planted(), missed);
    }

    static List<String> lines(String resource) {
        try (InputStream in = PlantedCorpus.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
