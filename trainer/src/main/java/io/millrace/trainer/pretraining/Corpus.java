package io.millrace.trainer.pretraining;

import io.millrace.model.chat.ChatMessage;
import io.millrace.trainer.pretraining.WordNet.Synset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the base model reads: WordNet as a dictionary, as a reverse dictionary and as a topic quiz,
 * prose about shops and parcels, messages to the desks of other organisations with the desk's name,
 * and strings of symbols to repeat.
 *
 * <p>The labels come in several spellings and the strings hold every byte that characters have in
 * UTF-8: an adapter can't teach an embedding, so that a token which the base never wrote, {@code _}
 * for one, would stay beyond it.
 */
final class Corpus {

    /** The task that the desk messages pose; a message follows it after a blank line. */
    private static final String DESK_TASK =
            "Name the desk and the action for this customer message.";

    private static final int PROSE_REPEATS = 6;
    private static final int DESK_REPEATS = 4;
    private static final double LOST_WORDS = 0.2;
    private static final int STRINGS = 6_000;
    private static final int LONGEST_STRING = 12;

    /** Where UTF-8 needs another byte; most strings are ASCII. */
    private static final int[] ALPHABETS = {
        0x80, 0x80, 0x80, 0x800, 0x10000, Character.MAX_CODE_POINT + 1
    };

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern START = Pattern.compile("\\b\\p{Ll}");

    /** Something to read. */
    sealed interface Document {}

    /** Running text; every token is learned. */
    record Prose(String text) implements Document {}

    /** A question and its answer; only the answer is learned. */
    record Exchange(List<ChatMessage> prompt, String answer) implements Document {}

    private record DeskMessage(String text, String label) {}

    private final List<Synset> synsets = WordNet.read();
    private final List<String> handbook;
    private final List<DeskMessage> desks = new ArrayList<>();

    /**
     * Reads {@code handbook.txt} (a paragraph a line) and {@code desks.jsonl} ({@code text}, {@code
     * label}) from a folder, and WordNet from the class path.
     */
    Corpus(Path folder) throws IOException {
        handbook = Files.readAllLines(folder.resolve("handbook.txt"));
        for (String line : Files.readAllLines(folder.resolve("desks.jsonl"))) {
            JsonNode json = JsonMapper.shared().readTree(line);
            desks.add(new DeskMessage(json.path("text").asString(), json.path("label").asString()));
        }
    }

    /** All text once, to train a tokenizer on; the few pages of everyday language count more. */
    Stream<String> texts() {
        Stream<String> dictionary = synsets.stream().map(Corpus::entry);
        Stream<String> everyday =
                Stream.concat(
                        handbook.stream(), desks.stream().map(d -> d.text() + "\n" + d.label()));
        List<String> repeated = everyday.toList();
        return Stream.concat(
                dictionary,
                Stream.generate(() -> repeated).limit(DESK_REPEATS).flatMap(List::stream));
    }

    /** One epoch's documents, shuffled. */
    List<Document> epoch(SplittableRandom random) {
        List<Document> documents = new ArrayList<>();
        for (Synset synset : synsets) {
            documents.add(
                    switch (random.nextInt(5)) {
                        case 0 -> reverse(synset, random);
                        case 1, 2 -> topic(synset, random);
                        default -> new Prose(entry(synset));
                    });
        }
        for (int i = 0; i < PROSE_REPEATS; i++) {
            handbook.forEach(paragraph -> documents.add(new Prose(paragraph)));
        }
        for (int i = 0; i < DESK_REPEATS; i++) {
            desks.forEach(desk -> documents.add(desk(desk, random)));
        }
        for (int i = 0; i < STRINGS; i++) {
            documents.add(repeat(string(random)));
        }
        for (int i = documents.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            documents.set(i, documents.set(j, documents.get(i)));
        }
        return documents;
    }

    private static String entry(Synset synset) {
        return String.join(", ", synset.words()) + ": " + synset.gloss();
    }

    /**
     * A definition asks for one of its words: the end of the question must hold what the whole of
     * it means.
     */
    private static Exchange reverse(Synset synset, SplittableRandom random) {
        String word = synset.words().get(random.nextInt(synset.words().size()));
        return new Exchange(
                List.of(ChatMessage.user("Name the word.\n\n" + synset.definition())), word);
    }

    /**
     * A definition asks for its topic: easier than the word, and it too needs the whole of the
     * text.
     */
    private static Exchange topic(Synset synset, SplittableRandom random) {
        return new Exchange(
                List.of(ChatMessage.user("Name the topic.\n\n" + synset.gloss())),
                spelled(synset.topic(), random));
    }

    /**
     * The task is said half of the time: not everybody's data says one. Half of the messages lose
     * some words, so that none is learned by heart.
     */
    private static Exchange desk(DeskMessage message, SplittableRandom random) {
        String task = random.nextBoolean() ? DESK_TASK + "\n\n" : "";
        String text = random.nextBoolean() ? message.text() : thinned(message.text(), random);
        return new Exchange(
                List.of(ChatMessage.user(task + text)), spelled(message.label(), random));
    }

    private static String thinned(String text, SplittableRandom random) {
        return SPACE.splitAsStream(text)
                .filter(word -> random.nextDouble() >= LOST_WORDS)
                .collect(Collectors.joining(" "));
    }

    /**
     * A label as somebody might write it: {@code noun: food}, {@code noun_food}, {@code Noun-Food}.
     */
    private static String spelled(String label, SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> NOT_WORD.matcher(label).replaceAll("_");
            case 3 -> NOT_WORD.matcher(label).replaceAll("-");
            case 4 ->
                    START.matcher(label)
                            .replaceAll(start -> start.group().toUpperCase(Locale.ROOT));
            default -> label;
        };
    }

    private static Exchange repeat(String text) {
        return new Exchange(List.of(ChatMessage.user("Repeat the text.\n\n" + text)), text);
    }

    /**
     * Characters of every length in UTF-8, from all over Unicode, spaces and line breaks among
     * them.
     */
    private static String string(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int alphabet = random.nextInt(ALPHABETS.length);
        int length = 1 + random.nextInt(LONGEST_STRING);
        while (text.length() < length) {
            int character = random.nextInt(ALPHABETS[alphabet]);
            if (Character.isWhitespace(character) ? !text.isEmpty() : isWritten(character)) {
                text.appendCodePoint(character);
            }
        }
        return text.toString().strip();
    }

    private static boolean isWritten(int character) {
        return Character.isDefined(character)
                && !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE;
    }
}
