package io.millrace.evaluator.suite;

import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Curated examples, as small as they come. */
final class Examples {

    private Examples() {}

    static Example example(String id, String prompt, String answer) {
        return example(id, prompt, answer, null, 0);
    }

    static Example example(
            String id, String prompt, String answer, @Nullable String cluster, int revision) {
        return new Example(
                new ExampleId(id),
                ExampleSource.CORRECTION,
                "i-" + id,
                new PrincipalId("p-" + id),
                List.of(Message.user(prompt)),
                answer,
                List.of("old"),
                cluster,
                revision);
    }

    static HoldoutExample holdout(Example example) {
        return new HoldoutExample(example, Instant.EPOCH);
    }
}
