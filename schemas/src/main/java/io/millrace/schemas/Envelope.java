package io.millrace.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the CloudEvents headers of a record must say, where they are there. An envelope may be left
 * out, whole or in part, since any Kafka client may write a topic; but {@code ce_specversion},
 * {@code ce_type} and {@code ce_dataschema} have one right value in each topic, and every header of
 * the name must have it. So a record that was meant for another topic, or made to another version
 * of the contract, is told by its envelope even where its fields would fit.
 */
public final class Envelope {

    private static final String SCHEMAS = "urn:millrace:schema:";

    /** By the header's name. */
    private final Map<String, byte[]> right;

    private Envelope(Map<String, byte[]> right) {
        this.right = right;
    }

    /** The envelope of a topic's records. */
    public static Envelope of(Topic<?> topic) {
        return new Envelope(
                Map.of(
                        CloudEvents.SPEC_VERSION, bytes(CloudEvents.VERSION),
                        CloudEvents.TYPE, bytes(topic.eventType()),
                        CloudEvents.DATA_SCHEMA, bytes(SCHEMAS + topic.name())));
    }

    /** What is wrong with these headers, in words of ours alone; empty when nothing is. */
    public Optional<String> flaw(Headers headers) {
        for (Header header : headers) {
            byte @Nullable [] value = right.get(header.key());
            if (value != null && !Arrays.equals(value, header.value())) {
                return Optional.of(
                        "its %s is not %s".formatted(header.key(), new String(value, UTF_8)));
            }
        }
        return Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
