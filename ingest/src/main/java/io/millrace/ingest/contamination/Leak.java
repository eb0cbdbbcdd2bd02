package io.millrace.ingest.contamination;

/**
 * An example that gives away a case of a gate suite.
 *
 * @param words how many words in a row they share; all of the question's for {@link Kind#QUESTION}
 */
public record Leak(String suite, String caseId, Kind kind, int words) {

    /** What they share. */
    public enum Kind {
        /** The whole prompt. */
        QUESTION,
        /** A long run of words of the question or of a right answer. */
        PASSAGE
    }

    /** For a person; names the case and nothing of its text. */
    public String detail() {
        return switch (kind) {
            case QUESTION -> "it asks what case %s of suite %s asks".formatted(caseId, suite);
            case PASSAGE ->
                    "it shares %d words in a row with case %s of suite %s"
                            .formatted(words, caseId, suite);
        };
    }
}
