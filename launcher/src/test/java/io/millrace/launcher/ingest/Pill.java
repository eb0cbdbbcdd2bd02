package io.millrace.launcher.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A record that nobody can use.
 *
 * @param what is wrong with it
 * @param reason how what its dead letter says begins, behind the event's name
 */
record Pill(
        String what,
        @Nullable Bytes key,
        @Nullable Bytes value,
        List<Header> headers,
        String reason) {

    private static final int LARGEST_VALUE = 1_048_300;
    private static final String DIGITS = "7".repeat(900_000);

    private static Pill of(
            String what, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        return new Pill(
                what,
                key == null ? null : Bytes.wrap(key),
                value == null ? null : Bytes.wrap(value),
                List.of(),
                reason);
    }

    /** As any client may write it. */
    ProducerRecord<byte[], byte[]> at(String topic, int partition) {
        return new ProducerRecord<>(
                topic,
                partition,
                key == null ? null : key.get(),
                value == null ? null : value.get(),
                headers);
    }

    /** Pills for a topic, made of a good event's key and JSON. */
    static List<Pill> of(Topic<?> topic, String key, String good) {
        Mill mill = new Mill(key, good, topic.eventType());
        mill.json();
        mill.numbers();
        mill.keysAndSizes();
        mill.bytes();
        mill.envelopes();
        mill.times();
        mill.value("no JSON at the end", "hello", "not JSON");
        return mill.pills;
    }

    private record Mill(String key, String good, String type, List<Pill> pills) {

        Mill(String key, String good, String type) {
            this(key, good, type, new ArrayList<>());
        }

        void json() {
            value("cut off", good.substring(0, good.length() / 2), "not JSON");
            value("something behind it", good + good, "");
            value("no JSON", "hello", "not JSON");
            value("null", "null", "null is not an event");
            value("a list", "[" + good + "]", "the value is not");
            value("a number", "17", "the value is not");
            value("an empty object", "{}", "");
            String deep = "[".repeat(10_000) + "]".repeat(10_000);
            value("deep in an unknown field", with("\"x\": " + deep), "the value is nested");
            value("deep in a known field", with("\"principal\": " + deep), "");
            value("deep alone", deep, "the value is not");
            value("deep and cut off", "{\"a\":".repeat(10_000), "the value is nested");
        }

        /** Longer than is read, in a field that nobody knows too. */
        void numbers() {
            Stream.of("revision", "latencyMillis", "value", "answer", "principal", "unknown")
                    .filter(field -> good.contains('"' + field + '"') || field.equals("unknown"))
                    .forEach(field -> {
                        for (String number : List.of(DIGITS, "0." + DIGITS, "1e" + DIGITS)) {
                            value(
                                    number.substring(0, 3) + "… as " + field,
                                    with("\"%s\": %s".formatted(field, number)),
                                    "");
                        }
                    });
        }

        void keysAndSizes() {
            byte[] json = good.getBytes(UTF_8);
            pills.add(Pill.of("no key", null, json, "its key is not its "));
            pill("another key", "other", json, "its key is not its ");
            pills.add(
                    Pill.of(
                            "a key in broken UTF-8",
                            new byte[] {(byte) 0xff, (byte) 0xc0},
                            json,
                            "its key is not its "));
            pill("a key of a megabyte", "k".repeat(1_000_000), json, "its key is not its ");
            pill("no value", key, null, "it has no value");
            pill("an empty value", key, new byte[0], "");
            value("the largest value", "x".repeat(LARGEST_VALUE), "it has 1,048,300 bytes");
            value(
                    "an event of the largest size",
                    with("\"x\": \"%s\"".formatted("x".repeat(LARGEST_VALUE - 1_000))),
                    "it has 1,04");
            String mails = "a@b.co ".repeat(EventProducer.MAX_EVENT_BYTES / 8);
            for (String field : List.of("answer", "comment")) {
                if (good.contains('"' + field + '"')) {
                    value(
                            "larger without its personal data, in " + field,
                            with("\"%s\": \"%s\"".formatted(field, mails)),
                            "without its personal data it is larger");
                }
            }
        }

        void bytes() {
            value("UTF-16", good.getBytes(UTF_16), "not UTF-8");
            value("a schema registry's prefix", ("\0\0\0\0\1" + good).getBytes(UTF_8), "not JSON");
            value("zeros", new byte[50], "not JSON");
            for (String odd : List.of("ff", "c328", "e282", "f8888080", "c0af", "eda080")) {
                value("broken UTF-8 " + odd, withBytes(odd), "not UTF-8");
            }
        }

        void envelopes() {
            String other = "io.millrace.somethingelse.v1";
            header("another topic's type", "ce_type", other);
            header("a later version of the type", "ce_type", type.replace(".v1", ".v2"));
            header("a type without a version", "ce_type", type.replace(".v1", ""));
            header("another specification", "ce_specversion", "2.0");
            header("another schema", "ce_dataschema", "urn:millrace:schema:feedback.v9");
            header("two types, the first of them right", "ce_type", type, other);
            header("two types, the second of them right", "ce_type", other, type);
            header("a type without a value", "ce_type", (String) null);
            header("a long type", "ce_type", "t".repeat(1_047_000));
        }

        void times() {
            Instant now = Instant.now();
            for (Instant time :
                    List.of(
                            now.plus(Duration.ofHours(2)),
                            Instant.MAX,
                            Instant.EPOCH.minusNanos(1))) {
                value("at " + time, with("\"occurredAt\": \"%s\"".formatted(time)), "occurredAt ");
            }
            value("at no time", with("\"occurredAt\": \"soon\""), "occurredAt is not");
            value("at a number", with("\"occurredAt\": 1767225600"), "occurredAt is not");
        }

        /** The good event with a field in front of its end, where the last of a name counts. */
        private String with(String field) {
            return good.substring(0, good.lastIndexOf('}')) + ", " + field + "}";
        }

        private byte[] withBytes(String hex) {
            byte[] odd = HexFormat.of().parseHex(hex);
            String text = new String(odd, ISO_8859_1);
            return with("\"principal\": \"p%sp\"".formatted(text)).getBytes(ISO_8859_1);
        }

        private void value(String what, String json, String reason) {
            value(what, json.getBytes(UTF_8), reason);
        }

        private void value(String what, byte[] json, String reason) {
            pill(what, key, json, reason);
        }

        private void pill(String what, String key, byte @Nullable [] value, String reason) {
            pills.add(Pill.of(what, key.getBytes(UTF_8), value, reason));
        }

        private void header(String what, String name, @Nullable String... values) {
            List<Header> headers = new ArrayList<>();
            for (String value : values) {
                headers.add(new RecordHeader(name, value == null ? null : value.getBytes(UTF_8)));
            }
            pills.add(
                    new Pill(
                            what,
                            Bytes.wrap(key.getBytes(UTF_8)),
                            Bytes.wrap(good.getBytes(UTF_8)),
                            headers,
                            "its " + name + " is not "));
        }
    }
}
