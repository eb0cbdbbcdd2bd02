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
 * Redaction of every free text of an event. Identifiers stay as they are: erasure finds a principal
 * by its name, so an application that calls its users by their e-mail address should pass a
 * pseudonym instead.
 */
public final class Redaction {

    private Redaction() {}

    public static Interaction of(Interaction event) {
        Redactor redactor = new Redactor();
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

    public static Feedback of(Feedback event) {
        return new Feedback(
                event.feedbackId(),
                event.interactionId(),
                event.principal(),
                event.kind(),
                event.value(),
                new Redactor().redactNullable(event.comment()),
                event.occurredAt(),
                event.tenant());
    }

    public static Correction of(Correction event) {
        Redactor redactor = new Redactor();
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

    public static Demonstration of(Demonstration event) {
        Redactor redactor = new Redactor();
        return new Demonstration(
                event.demonstrationId(),
                event.principal(),
                messages(event.messages(), redactor),
                redactor.redact(event.answer()),
                texts(event.tags(), redactor),
                redactor.redact(event.source()),
                event.occurredAt());
    }

    public static Erasure of(Erasure event) {
        return new Erasure(
                event.principal(),
                new Redactor().redactNullable(event.reason()),
                event.occurredAt());
    }

    public static TrainingRequest of(TrainingRequest event) {
        return new TrainingRequest(
                event.triggerId(),
                event.kind(),
                new Redactor().redact(event.reason()),
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
