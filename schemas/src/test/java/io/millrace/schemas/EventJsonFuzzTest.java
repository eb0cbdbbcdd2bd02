package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes lie in a topic. The first byte of an input chooses the topic. */
class EventJsonFuzzTest {

    private static final List<Topic<?>> TOPICS = Topics.all();

    static Stream<Arguments> goldenCorpus() {
        return Golden.valid().stream()
                .map(golden -> Arguments.of((Object) input(golden.topic(), golden.bytes())));
    }

    @MethodSource("goldenCorpus")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreAnEventThatIsWrittenTheSameAgainOrAreRefusedInOneLine(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Topic<?> topic = TOPICS.get(Math.floorMod(input[0], TOPICS.size()));
        byte[] json = Arrays.copyOfRange(input, 1, input.length);
        Event event;
        try {
            event = EventJson.read(json, topic.type());
        } catch (UnreadableEventException e) {
            assertThat(e.getMessage()).startsWith(topic.type().getSimpleName() + ": ");
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
            return;
        }
        byte[] written = EventJson.write(event);
        assertThat(EventJson.write(EventJson.read(written, topic.type()))).isEqualTo(written);
    }

    private static byte[] input(Topic<?> topic, byte[] json) {
        byte[] input = new byte[json.length + 1];
        input[0] = (byte) TOPICS.indexOf(topic);
        System.arraycopy(json, 0, input, 1, json.length);
        return input;
    }
}
