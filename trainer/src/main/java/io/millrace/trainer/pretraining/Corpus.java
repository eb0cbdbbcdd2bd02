package io.millrace.trainer.pretraining;

import io.millrace.model.chat.ChatMessage;
import io.millrace.trainer.pretraining.WordNet.Synset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the base model reads: WordNet as a dictionary and as a reverse dictionary, prose about shops
 * and parcels, and messages to the desks of other organisations with the desk's name.
 */
final class Corpus {

    /** The task that the desk messages pose; a message follows it after a blank line. */
    private static final String DESK_TASK =
            "Name the desk and the action for this customer message.";

    private static final int PROSE_REPEATS = 6;
    private static final int DESK_REPEATS = 14;

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
                        case 1, 2 -> topic(synset);
                        default -> new Prose(entry(synset));
                    });
        }
        for (int i = 0; i < PROSE_REPEATS; i++) {
            handbook.forEach(paragraph -> documents.add(new Prose(paragraph)));
        }
        for (int i = 0; i < DESK_REPEATS; i++) {
            desks.forEach(desk -> documents.add(desk(desk)));
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
    private static Exchange topic(Synset synset) {
        return new Exchange(
                List.of(ChatMessage.user("Name the topic.\n\n" + synset.gloss())), synset.topic());
    }

    private static Exchange desk(DeskMessage message) {
        return new Exchange(
                List.of(ChatMessage.user(DESK_TASK + "\n\n" + message.text())), message.label());
    }
}
