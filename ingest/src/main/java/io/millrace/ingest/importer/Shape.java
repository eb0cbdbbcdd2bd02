package io.millrace.ingest.importer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.ingest.Prompts;
import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A JSON row in the shape of its format. */
sealed interface Shape {

    /** What it teaches, or why nothing. */
    Row row(long line);

    /** The record that a format's rows are read into. */
    static Class<? extends Shape> of(DataFormat format) {
        return switch (format) {
            case ALPACA -> Alpaca.class;
            case DOLLY -> Dolly.class;
            case SHAREGPT -> ShareGpt.class;
            case MESSAGES -> Chat.class;
            case OASST -> Tree.class;
            case CSV -> throw new IllegalArgumentException("CSV has columns, not fields");
        };
    }

    /** Stanford Alpaca's rows, and those of Self-Instruct that they descend from. */
    record Alpaca(
            String instruction,
            @Nullable String input,
            @Nullable String output,
            @Nullable List<Instance> instances)
            implements Shape {

        /** A longer output is an answer, not a label to slice by. */
        private static final int MAX_LABEL = 64;

        record Instance(@Nullable String input, String output) {}

        @Override
        public Row row(long line) {
            if (output != null) {
                return row(line, List.of(new Instance(input, output)));
            }
            return instances == null || instances.isEmpty()
                    ? new BadRow(line, "output is missing")
                    : row(line, instances);
        }

        private Row row(long line, List<Instance> answered) {
            List<LabelledExample> examples = new ArrayList<>();
            for (Instance instance : answered) {
                String prompt =
                        Prompts.userMessage(
                                instruction, instance.input() == null ? "" : instance.input());
                String answer = instance.output().strip();
                if (answer.isBlank()) {
                    return new BadRow(line, "field 'output' is blank");
                }
                if (prompt.isBlank()) {
                    return new BadRow(line, "fields 'instruction' and 'input' are both blank");
                }
                boolean label = answer.length() <= MAX_LABEL && answer.lines().count() == 1;
                examples.add(
                        new LabelledExample(
                                List.of(Message.user(prompt)),
                                answer,
                                label ? answer : LabelledExample.UNLABELLED,
                                line));
            }
            return new Row.Usable(line, examples);
        }
    }

    /** Databricks Dolly's rows; the category is the tag. */
    record Dolly(
            String instruction,
            @Nullable String context,
            String response,
            @Nullable String category)
            implements Shape {

        @Override
        public Row row(long line) {
            String prompt = Prompts.userMessage(instruction, context == null ? "" : context);
            if (response.isBlank()) {
                return new BadRow(line, "field 'response' is blank");
            }
            if (prompt.isBlank()) {
                return new BadRow(line, "fields 'instruction' and 'context' are both blank");
            }
            String tag =
                    category == null || category.isBlank()
                            ? LabelledExample.UNLABELLED
                            : category.strip();
            return new Row.Usable(
                    line,
                    List.of(
                            new LabelledExample(
                                    List.of(Message.user(prompt)), response.strip(), tag, line)));
        }
    }

    /** ShareGPT's conversations. */
    record ShareGpt(List<Utterance> conversations) implements Shape {

        record Utterance(String from, String value) {}

        @Override
        public Row row(long line) {
            Conversation conversation = new Conversation();
            for (Utterance turn : conversations) {
                switch (turn.from().toLowerCase(Locale.ROOT)) {
                    case "human", "user" -> conversation.said(Role.USER, turn.value());
                    case "gpt", "chatgpt", "assistant" ->
                            conversation.said(Role.ASSISTANT, turn.value());
                    case "system" -> conversation.said(Role.SYSTEM, turn.value());
                    default -> conversation.saidByAStranger("from", "human, gpt and system");
                }
            }
            return conversation.row(line);
        }
    }

    /** OpenAI's chat messages, as for its fine-tuning; an answer of weight 0 is context only. */
    record Chat(List<Turn> messages) implements Shape {

        record Turn(String role, @Nullable String content, @Nullable Double weight) {}

        @Override
        public Row row(long line) {
            Conversation conversation = new Conversation();
            for (Turn turn : messages) {
                String content = turn.content() == null ? "" : turn.content();
                switch (turn.role()) {
                    case "user" -> conversation.said(Role.USER, content);
                    case "assistant" -> {
                        if (turn.weight() != null && turn.weight() == 0) {
                            conversation.mentioned(Role.ASSISTANT, content);
                        } else {
                            conversation.said(Role.ASSISTANT, content);
                        }
                    }
                    case "system", "developer" -> conversation.said(Role.SYSTEM, content);
                    default -> conversation.saidByAStranger("role", "system, user and assistant");
                }
            }
            return conversation.row(line);
        }
    }

    /** A tree of Open Assistant. */
    record Tree(Post prompt) implements Shape {

        record Post(
                String text,
                String role,
                @Nullable Integer rank,
                @Nullable Boolean deleted,
                @JsonProperty("review_result") @Nullable Boolean reviewResult,
                List<Post> replies) {}

        @Override
        public Row row(long line) {
            return new BestReplies(line).row(prompt);
        }
    }
}
