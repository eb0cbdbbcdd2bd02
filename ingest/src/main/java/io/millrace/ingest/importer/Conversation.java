package io.millrace.ingest.importer;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said, turn by turn, as examples: each answer to a user with every turn before it. Since
 * the loss is taken on answers alone, each answer of the conversation is learned exactly once. An
 * answer that no user's turn precedes is only context.
 */
final class Conversation {

    /** Its examples hold each other's turns, so that their size grows with the square. */
    static final int MAX_TURNS = 200;

    private record Taught(int prompt, String answer) {}

    private final List<Message> turns = new ArrayList<>();
    private final List<Taught> answers = new ArrayList<>();
    private @Nullable String flaw;

    /** Somebody's turn; an assistant's is an answer to learn. */
    void said(Role role, String text) {
        if (role == Role.ASSISTANT && !turns.isEmpty() && turns.getLast().role() == Role.USER) {
            answers.add(new Taught(turns.size(), text.strip()));
        }
        mentioned(role, text);
    }

    /** A turn that is context only. */
    void mentioned(Role role, String text) {
        if (text.isBlank()) {
            flawed("turn %d is blank");
        }
        turns.add(new Message(role, text));
    }

    /** A turn of somebody who has no place in a prompt, such as a tool. */
    void saidByAStranger(String field, String known) {
        flawed("turn %d has another '" + field + "' than " + known);
        turns.add(new Message(Role.USER, ""));
    }

    private void flawed(String complaint) {
        if (flaw == null) {
            flaw = complaint.formatted(turns.size() + 1);
        }
    }

    /** What it teaches; a flaw in one turn spoils it as a whole, since later turns refer to it. */
    Row row(long line) {
        if (flaw != null) {
            return new BadRow(line, flaw);
        }
        if (turns.size() > MAX_TURNS) {
            return new BadRow(
                    line, "has %,d turns, the limit is %d".formatted(turns.size(), MAX_TURNS));
        }
        if (answers.isEmpty()) {
            return new BadRow(line, "has no answer to a user's turn");
        }
        return new Row.Usable(
                line,
                answers.stream()
                        .map(taught ->
                                new LabelledExample(
                                        turns.subList(0, taught.prompt()),
                                        taught.answer(),
                                        LabelledExample.UNLABELLED,
                                        line))
                        .toList());
    }
}
