package io.millrace.ingest.curation;

import io.millrace.schemas.Example;
import java.util.Set;

/** What reviewers have dropped for good: an answer to a prompt, whoever gives it again. */
final class Barred {

    private static final String PREFIX = "barred/";

    private final LastChecks.Memory memory;

    /** As they lie in the memory: nearly nothing is barred, and everything is looked for. */
    private final Set<String> keys;

    Barred(LastChecks.Memory memory) {
        this.memory = memory;
        this.keys = memory.keys(PREFIX);
    }

    /** Compared as curation spells it: what is held may not be normalised yet. */
    void add(Example example) {
        String key = PREFIX + Findings.statement(QualityRules.spelt(example));
        memory.put(key, example.exampleId());
        keys.add(key);
    }

    boolean contains(Findings found) {
        return !keys.isEmpty() && keys.contains(PREFIX + found.statement());
    }
}
