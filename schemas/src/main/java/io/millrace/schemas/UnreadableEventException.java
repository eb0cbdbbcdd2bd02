package io.millrace.schemas;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * A record whose bytes are not the event that its topic promises. The message is one line, such as
 * {@code Interaction: messages[0].role is missing}. Neither it nor a cause holds content, since it
 * ends in logs and dead-letter headers.
 */
public final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String pointer;

    UnreadableEventException(Class<?> type, String reason) {
        this(type, reason, "");
    }

    private UnreadableEventException(Class<?> type, String reason, String pointer) {
        super(type.getSimpleName() + ": " + reason);
        this.reason = reason;
        this.pointer = pointer;
    }

    static UnreadableEventException of(Class<?> type, JacksonException e) {
        return new UnreadableEventException(type, reason(e), pointer(e));
    }

    /** The message without the event's name, such as {@code messages[0].role is missing}. */
    public String reason() {
        return reason;
    }

    /** The field at fault as a JSON pointer (RFC 6901); empty when it is the value as a whole. */
    public String pointer() {
        return pointer;
    }

    private static String reason(JacksonException e) {
        return switch (e) {
            case InputCoercionException _ -> field(e) + " is out of range";
            case StreamReadException _ -> "not JSON" + where(e.getLocation());
            case StreamConstraintsException _ ->
                    field(e) + " is nested deeper or is longer than is read";
            case InvalidNullException _ -> field(e) + " is missing";
            case ValueInstantiationException _
                    when e.getCause() instanceof IllegalArgumentException cause ->
                    prefix(e) + cause.getMessage();
            case MismatchedInputException m when missing(m) -> field(e) + " is missing";
            case MismatchedInputException m -> field(e) + " is not " + expected(m.getTargetType());
            default -> field(e) + " cannot be read";
        };
    }

    /** Jackson has no exception of its own for a property that is not there. */
    private static boolean missing(MismatchedInputException e) {
        return e.getOriginalMessage().startsWith("Missing required creator property");
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(c -> EventJson.MAPPER.convertValue(c, String.class))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return "a valid "
                + (Collection.class.isAssignableFrom(type) ? "list" : type.getSimpleName());
    }

    private static String where(TokenStreamLocation location) {
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String prefix(JacksonException e) {
        return e.getPath().isEmpty() ? "" : field(e) + ": ";
    }

    private static String pointer(JacksonException e) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            pointer.append('/')
                    .append(
                            name == null
                                    ? Integer.toString(step.getIndex())
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return e instanceof ValueInstantiationException invalid
                ? pointer + component(invalid)
                : pointer.toString();
    }

    /** What a record says of a component starts with the component's name. */
    private static String component(ValueInstantiationException e) {
        Class<?> type = e.getType().getRawClass();
        if (!type.isRecord() || e.getCause() == null) {
            return "";
        }
        String said = String.valueOf(e.getCause().getMessage());
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> said.startsWith(name + " "))
                .findFirst()
                .map(name -> "/" + name)
                .orElse("");
    }

    /** The path to the field, such as {@code messages[0].role}. */
    private static String field(JacksonException e) {
        if (e.getPath().isEmpty()) {
            return "the value";
        }
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
