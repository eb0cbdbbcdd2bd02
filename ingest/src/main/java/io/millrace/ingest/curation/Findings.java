package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.Leak;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Example;
import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of an example without knowing any other. Many tasks can work that out; they pass
 * it on in a header to the one that knows all examples, which has the more time for what only it
 * can do.
 *
 * @param prompt names its prompt, however that is spelt
 * @param answer names its answer
 * @param sketch of the prompt's input
 * @param leak what it gives away of a gate suite, for a person; null when nothing
 */
record Findings(String prompt, String answer, MinHash sketch, @Nullable String leak) {

    private static final String HEADER = "millrace.findings";
    private static final int HEX_DIGITS = 24;

    /**
     * @param example normalised
     */
    static Findings of(Example example, Optional<Leak> leak) {
        PromptText text = PromptText.of(example.messages());
        return new Findings(
                name(text),
                digest(example.answer()),
                MinHash.of(Shingles.of(text.input())),
                leak.map(Leak::detail).orElse(null));
    }

    /** Names the prompt and the answer of a normalised example together. */
    static String statement(Example example) {
        return statement(name(PromptText.of(example.messages())), digest(example.answer()));
    }

    /** What came with an example, if it was looked at before. */
    static Optional<Findings> in(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(EventJson.read(header.value(), Findings.class));
    }

    void addTo(Headers headers) {
        headers.add(HEADER, EventJson.write(this));
    }

    String statement() {
        return statement(prompt, answer);
    }

    /** Names another prompt together with this answer. */
    String statementTo(String otherPrompt) {
        return statement(otherPrompt, answer);
    }

    static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, HEX_DIGITS);
    }

    private static String name(PromptText text) {
        return digest(text.context() + "\n\n" + text.input());
    }

    private static String statement(String prompt, String answer) {
        return prompt + "/" + answer;
    }
}
