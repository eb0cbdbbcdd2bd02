package io.millrace.ingest.curation;

import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;

/** What reviewers have dropped for good: an answer to a prompt, whoever gives it again. */
final class Barred {

    private static final String PREFIX = "barred/";

    private final LastChecks.Memory memory;
    private boolean any;

    Barred(LastChecks.Memory memory) {
        this.memory = memory;
        this.any = memory.get(PREFIX, Boolean.class).orElse(false);
    }

    /** Compared as curation spells it: what is held may not be normalised yet. */
    void add(Example example) {
        memory.put(key(QualityRules.spelt(example)), example.exampleId());
        memory.put(PREFIX, true);
        any = true;
    }

    /**
     * @param example normalised
     */
    boolean contains(Example example) {
        return any && memory.get(key(example), ExampleId.class).isPresent();
    }

    private static String key(Example example) {
        return PREFIX + Deduplication.statement(example);
    }
}
