package io.millrace.ingest.curation;

import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;

/** What reviewers have dropped for good: an answer to a prompt, whoever gives it again. */
final class Barred {

    private final LastChecks.Memory memory;

    Barred(LastChecks.Memory memory) {
        this.memory = memory;
    }

    void add(Example example) {
        memory.put(key(example), example.exampleId());
    }

    boolean contains(Example example) {
        return memory.get(key(example), ExampleId.class).isPresent();
    }

    /** Compared as curation spells it: what is held may not be normalised yet. */
    private static String key(Example example) {
        return "barred/" + Deduplication.statement(QualityRules.spelt(example));
    }
}
