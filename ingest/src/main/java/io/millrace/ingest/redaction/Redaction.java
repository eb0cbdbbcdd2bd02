package io.millrace.ingest.redaction;

import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.Message;
import io.millrace.schemas.TrainingRequest;
import java.util.List;

/**
 * Redaction of every free text of an event, by {@linkplain RedactionRules rules}; the static methods
 * are those of the default rules. Identifiers stay as they are: erasure finds a principal
 * by its name, so an application that calls its users by their e-mail address should pass a
 * pseudonym instead.
 */
public final class Redaction {

    private static final Redaction DEFAULT = new Redaction(Redactor.DEFAULT);

    private final Finder finder;

    public Redaction(RedactionRules rules) {
        this(new Finder(rules));
    }

    private Redaction(Finder finder) {
        this.finder = finder;
    }

    public static Interaction of(Interaction event) {
        return DEFAULT.redacted(event);
    }

    public static Feedback of(Feedback event) {
        return DEFAULT.redacted(event);
    }

    public static Correction of(Correction event) {
        return DEFAULT.redacted(event);
    }

    public static Demonstration of(Demonstration event) {
        return DEFAULT.redacted(event);
    }

    public static Erasure of(Erasure event) {
        return DEFAULT.redacted(event);
    }

    public static TrainingRequest of(TrainingRequest event) {
        return DEFAULT.redacted(event);
    }

    public Interaction redacted(Interaction event) {
        Redactor redactor = new Redactor(finder);
        return new Interaction(
                event.interactionId(),
                event.principal(),
                event.conversationId(),
                event.model(),
                messages(event.messages(), redactor),
                redactor.redact(event.answer()),
                texts(event.tags(), redactor),
                event.latencyMillis(),
                event.occurredAt(),
                event.tenant());
    }

    public Feedback redacted(Feedback event) {
        return new Feedback(
                event.feedbackId(),
                event.interactionId(),
                event.principal(),
                event.kind(),
                event.value(),
                new Redactor(finder).redactNullable(event.comment()),
                event.occurredAt(),
                event.tenant());
    }

    public Correction redacted(Correction event) {
        Redactor redactor = new Redactor(finder);
        return new Correction(
                event.correctionId(),
                event.interactionId(),
                event.principal(),
                event.revision(),
                redactor.redact(event.answer()),
                redactor.redactNullable(event.comment()),
                event.occurredAt(),
                event.tenant());
    }

    public Demonstration redacted(Demonstration event) {
        Redactor redactor = new Redactor(finder);
        return new Demonstration(
                event.demonstrationId(),
                event.principal(),
                messages(event.messages(), redactor),
                redactor.redact(event.answer()),
                texts(event.tags(), redactor),
                redactor.redact(event.source()),
                event.occurredAt());
    }

    public Erasure redacted(Erasure event) {
        return new Erasure(
                event.principal(),
                new Redactor(finder).redactNullable(event.reason()),
                event.occurredAt());
    }

    public TrainingRequest redacted(TrainingRequest event) {
        return new TrainingRequest(
                event.triggerId(),
                event.kind(),
                new Redactor(finder).redact(event.reason()),
                event.examples(),
                event.occurredAt());
    }

    private static List<Message> messages(List<Message> messages, Redactor redactor) {
        return messages.stream()
                .map(message -> new Message(message.role(), redactor.redact(message.content())))
                .toList();
    }

    private static List<String> texts(List<String> texts, Redactor redactor) {
        return texts.stream().map(redactor::redact).toList();
    }
}
