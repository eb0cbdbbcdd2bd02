package io.millrace.ingest.importer;

import io.millrace.ingest.EventSink;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Publishes labelled examples as demonstrations of one principal. */
public final class Importer {

    private final EventSink sink;
    private final PrincipalId principal;
    private final Clock clock;

    public Importer(EventSink sink, PrincipalId principal, Clock clock) {
        this.sink = sink;
        this.principal = principal;
        this.clock = clock;
    }

    /**
     * Publishes the examples and waits until all are acknowledged.
     *
     * @param source where they came from, such as a file's name
     * @param progress hears how many are acknowledged so far
     * @throws MillraceException when Kafka did not take one of them; importing again is safe
     */
    public void publish(List<LabelledExample> examples, String source, IntConsumer progress) {
        List<CompletableFuture<?>> sent = new ArrayList<>(examples.size());
        for (LabelledExample example : examples) {
            sent.add(sink.send(Topics.DEMONSTRATIONS, demonstration(example, source)));
        }
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).join();
            } catch (CompletionException e) {
                throw new MillraceException(
                        "line %d of %s was not taken; import it again, nothing is taken twice: %s"
                                .formatted(examples.get(i).line(), source, reason(e)),
                        e);
            }
            progress.accept(i + 1);
        }
    }

    private static @Nullable String reason(CompletionException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    private Demonstration demonstration(LabelledExample example, String source) {
        return Redaction.of(
                new Demonstration(
                        id(example),
                        principal,
                        example.messages(),
                        example.answer(),
                        List.of(example.tag()),
                        source,
                        clock.instant()));
    }

    private static DemonstrationId id(LabelledExample example) {
        byte[] content = EventJson.write(List.of(example.messages(), example.answer()));
        return new DemonstrationId("import-" + Sha256.of(content).hex().substring(0, 32));
    }
}
