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
 * Redaction of every free text of an event, by {@linkplain RedactionRules rules}. Identifiers stay
 * as they are: erasure finds a principal by its name, so an application that calls its users by
 * their e-mail address should pass a pseudonym instead.
 */
public final class Redaction {

    /** By the default rules. */
    public static final Redaction DEFAULT = new Redaction(RedactionRules.DEFAULT);

    private final Finder finder;

    public Redaction(RedactionRules rules) {
        finder = new Finder(rules);
    }

    public Interaction of(Interaction event) {
        Redactor redactor = over(event.messages(), event.answer(), event.tags());
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

    public Feedback of(Feedback event) {
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

    public Correction of(Correction event) {
        String comment = event.comment();
        Redactor redactor =
                over(List.of(), event.answer(), comment == null ? List.of() : List.of(comment));
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

    public Demonstration of(Demonstration event) {
        Redactor redactor = over(event.messages(), event.answer(), event.tags());
        return new Demonstration(
                event.demonstrationId(),
                event.principal(),
                messages(event.messages(), redactor),
                redactor.redact(event.answer()),
                texts(event.tags(), redactor),
                redactor.redact(event.source()),
                event.occurredAt());
    }

    public Erasure of(Erasure event) {
        return new Erasure(
                event.principal(),
                new Redactor(finder).redactNullable(event.reason()),
                event.occurredAt());
    }

    public TrainingRequest of(TrainingRequest event) {
        return new TrainingRequest(
                event.triggerId(),
                event.kind(),
                new Redactor(finder).redact(event.reason()),
                event.examples(),
                event.occurredAt());
    }

    /** A redactor that gives no placeholder that one of the texts has already. */
    private Redactor over(List<Message> messages, String answer, List<String> others) {
        Redactor redactor = new Redactor(finder);
        messages.forEach(message -> redactor.reserve(message.content()));
        redactor.reserve(answer);
        others.forEach(redactor::reserve);
        return redactor;
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
