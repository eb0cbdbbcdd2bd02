package io.millrace.ingest.curation;

import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;

/** What reviewers have dropped for good: an answer to a prompt, whoever gives it again. */
final class Barred {

    private final LastChecks.Memory memory;

    Barred(LastChecks.Memory memory) {
        this.memory = memory;
    }

    /** Compared as curation spells it: what is held may not be normalised yet. */
    void add(Example example) {
        memory.put(key(QualityRules.spelt(example)), example.exampleId());
    }

    /**
     * @param example normalised
     */
    boolean contains(Example example) {
        return memory.get(key(example), ExampleId.class).isPresent();
    }

    private static String key(Example example) {
        return "barred/" + Deduplication.statement(example);
    }
}
