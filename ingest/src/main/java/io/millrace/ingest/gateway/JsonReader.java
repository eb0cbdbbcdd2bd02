package io.millrace.ingest.gateway;

import io.helidon.http.Status;
import io.millrace.ingest.gateway.Problem.Flaw;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON in UTF-8 that may be hostile: whatever the bytes are, the answer is a tree or a flaw.
 */
final class JsonReader {

    /** A pointer is as long as the sender made it; a problem document is not. */
    private static final int LONGEST_POINTER = 200;

    private static final int LONGEST_NAME = 1_000;

    private final JsonMapper mapper;

    JsonReader(Limits limits) {
        StreamReadConstraints constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxStringLength(limits.maxStringLength())
                        .maxNumberLength(limits.maxNumberLength())
                        .maxNameLength(LONGEST_NAME)
                        .build();
        mapper =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(constraints)
                                        .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                                        .build())
                        .build();
    }

    sealed interface Reading {}

    record Tree(JsonNode json) implements Reading {}

    record Broken(Flaw flaw) implements Reading {}

    Reading read(byte[] text, int from, int length) {
        try (JsonParser parser = mapper.createParser(text, from, length)) {
            try {
                JsonNode tree = mapper.readTree(parser);
                if (tree == null || parser.nextToken() != null) {
                    return new Broken(notJson());
                }
                return new Tree(tree);
            } catch (StreamConstraintsException e) {
                return new Broken(overLimit(parser, e));
            } catch (JacksonException e) {
                return new Broken(notJson());
            }
        }
    }

    private static Flaw notJson() {
        return Flaw.of("", "the body is not JSON");
    }

    private static Flaw overLimit(JsonParser parser, StreamConstraintsException e) {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        String message = String.valueOf(e.getMessage());
        String shown =
                pointer.length() > LONGEST_POINTER
                        ? pointer.substring(0, pointer.lastIndexOf('/', LONGEST_POINTER))
                        : pointer;
        if (message.contains("nesting depth")) {
            return Flaw.of(shown, "it is nested deeper than the gateway reads");
        }
        // A number outgrows the buffer for texts before it is known to be too long for a number.
        return Flaw.of(
                Status.REQUEST_ENTITY_TOO_LARGE_413,
                shown,
                "a text or a number is longer than the gateway takes");
    }
}
