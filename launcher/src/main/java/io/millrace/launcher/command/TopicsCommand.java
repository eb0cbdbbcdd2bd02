package io.millrace.launcher.command;

import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the catalogue; asks no broker. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Prints every topic: its key, its writers, its partitions and what it keeps.")
final class TopicsCommand implements Runnable {

    @Mixin private AnswerOption answer = new AnswerOption();

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "what the names of topics begin with (default: ${DEFAULT-VALUE})")
    private String topicPrefix = Topics.DEFAULT_PREFIX;

    record Entry(
            String topic,
            String deadLetters,
            String key,
            List<String> writers,
            int partitions,
            String cleanup,
            Duration retention) {}

    @Override
    public void run() {
        List<Entry> catalogue = Topics.all().stream().map(this::entry).toList();
        Table table = new Table("TOPIC", "KEY", "WRITTEN BY", "PARTITIONS", "KEPT");
        for (Entry entry : catalogue) {
            table.row(
                    entry.topic(),
                    entry.key(),
                    String.join(", ", entry.writers()),
                    Integer.toString(entry.partitions()),
                    kept(entry));
        }
        answer.print(catalogue, table.toString());
    }

    private Entry entry(Topic<?> topic) {
        return new Entry(
                topic.named(topicPrefix),
                topic.deadLetters(topicPrefix),
                topic.keyField(),
                topic.owners().stream().map(TopicsCommand::lower).sorted().toList(),
                topic.partitions(),
                lower(topic.cleanup()),
                topic.retention());
    }

    private static String kept(Entry entry) {
        return entry.cleanup().equals("compact")
                ? "the latest of each key"
                : entry.retention().toDays() + " days";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
