package io.millrace.launcher.command;

import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the catalogue, and creates what it holds when asked to. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints every topic: its key, its writers, its partitions and what it keeps.")
final class TopicsCommand implements Runnable {

    @Mixin private AnswerOption answer = new AnswerOption();

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Option(
            names = "--create",
            description = "creates those that are missing, before services are started one by one")
    private boolean create;

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
        if (create) {
            try (KafkaAccess kafka = options.question()) {
                TopicAdmin.create(kafka.settings());
            }
        }
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
                topic.named(options.topicPrefix()),
                topic.deadLetters(options.topicPrefix()),
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
