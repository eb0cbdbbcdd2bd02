package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;

class TopicsTest {

    private static final Path CATALOGUE = Path.of("src/test/resources/golden/catalogue.txt");

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    /**
     * To write the file anew: {@code mvn test -pl schemas -Dtest=TopicsTest -Dgolden=write}, then
     * read the difference.
     */
    @Test
    void the_catalogue_is_the_one_agreed_on() throws IOException {
        String catalogue = Topics.all().stream().map(TopicsTest::row).collect(Collectors.joining());
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(CATALOGUE, catalogue);
        }

        assertThat(catalogue).isEqualTo(Files.readString(CATALOGUE));
    }

    @Test
    void each_event_has_one_topic_and_one_type() {
        assertThat(Topics.all().stream().<Class<?>>map(Topic::type))
                .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
        assertThat(Topics.all().stream().map(Topic::eventType)).doesNotHaveDuplicates();
        assertThat(Topics.all().stream().map(Topic::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("topics")
    <E extends Event> void a_key_is_the_field_it_says(Topic<E> topic) {
        Golden full = Golden.of(topic, "full");
        JsonPointer field = JsonPointer.compile("/" + topic.keyField().replace('.', '/'));

        String key = topic.key().apply(EventJson.read(full.bytes(), topic.type()));

        assertThat(key).isEqualTo(full.document().at(field).stringValue());
    }

    @Test
    void a_prefix_goes_before_every_name() {
        assertThat(Topics.SFT.named("mill")).isEqualTo("mill.instructions.sft.v1");
        assertThat(Topics.SFT.deadLetters("mill")).isEqualTo("mill.instructions.sft.v1.dlq");
    }

    private static String row(Topic<?> topic) {
        String owners =
                topic.owners().stream()
                        .map(Owner::toString)
                        .sorted()
                        .collect(Collectors.joining(", "))
                        .toLowerCase(Locale.ROOT);
        String config =
                topic.config().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return """
        %s
            event       %s, %s
            key         %s
            writers     %s
            partitions  %d
            config      %s
        """
                .formatted(
                        topic.named(Topics.DEFAULT_PREFIX),
                        topic.type().getSimpleName(),
                        topic.eventType(),
                        topic.keyField(),
                        owners,
                        topic.partitions(),
                        config);
    }
}
