package io.millrace.model.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A chat format as its file says it. In every text of it but the default system message {@code
 * {bos}}, {@code {eos}} and {@code {date}} stand for variables.
 *
 * @param name what people call it by
 * @param marks what tells it from others
 * @param specialTokens those that the tokenizer must have
 * @param variables their values where the model directory tells no others
 * @param opening what stands before everything else
 * @param defaultSystem the system message of a conversation that does not open with one
 * @param system where an opening system message goes; null where it is a turn like others
 * @param turns the markup of each role
 * @param alternating whether every second turn, from the first on, must be the user's and no other
 * @param trim which white space is left out
 * @param closing what stands after the last turn unless the assistant is to answer
 */
public record ChatMarkup(
        String name,
        @Nullable Marks marks,
        List<String> specialTokens,
        Map<String, String> variables,
        String opening,
        @JsonSetter(nulls = Nulls.SET) @Nullable String defaultSystem,
        @Nullable SystemBlock system,
        @JsonProperty(required = true) Turns turns,
        boolean alternating,
        @Nullable Trim trim,
        String closing) {

    /**
     * How a model directory shows its format.
     *
     * @param template what its chat template has in it, all of it
     * @param without what its chat template has not
     * @param tokensSuffice whether the special tokens tell the format where there is no template
     */
    public record Marks(List<String> template, List<String> without, boolean tokensSuffice) {

        public Marks {
            template = List.copyOf(template);
            without = List.copyOf(without);
        }

        private boolean areIn(String chatTemplate) {
            return !template.isEmpty()
                    && template.stream().allMatch(chatTemplate::contains)
                    && without.stream().noneMatch(chatTemplate::contains);
        }
    }

    /**
     * The markup around an opening system message.
     *
     * @param place whether it is a block of its own or stands inside a user's turn
     */
    public record SystemBlock(
            @JsonProperty(required = true) Place place, String before, String after) {}

    /** Where an opening system message goes. */
    public enum Place {
        /** A block before all turns. */
        @JsonProperty("before-turns")
        BEFORE_TURNS,
        /** Inside the first turn, and nowhere when that is the assistant's. */
        @JsonProperty("first-turn")
        FIRST_TURN,
        /** Inside the last turn, and nowhere when that is the assistant's. */
        @JsonProperty("last-turn")
        LAST_TURN
    }

    /** Which white space around a message is left out. */
    public enum Trim {
        /** That of each message which has a turn or a block of its own. */
        @JsonProperty("content")
        CONTENT,
        /** That of each turn, after a system message has been put into it. */
        @JsonProperty("turn")
        TURN
    }

    /**
     * The markup of each role.
     *
     * @param other of every role that has none here; {@code {role}} stands for its name
     */
    public record Turns(
            @Nullable Turn system,
            @Nullable Turn user,
            @JsonProperty(required = true) AssistantTurn assistant,
            @Nullable Turn other) {

        /** The markup of a role that is not the assistant; null where the format knows none. */
        @Nullable Turn of(String role) {
            Turn own =
                    switch (role) {
                        case "system" -> system;
                        case "user" -> user;
                        default -> null;
                    };
            return own == null ? other : own;
        }

        private Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("system", Turn.text(system));
            texts.put("user", Turn.text(user));
            texts.put(
                    "assistant",
                    assistant.before() + assistant.start() + assistant.end() + assistant.after());
            texts.put("other", Turn.text(other));
            return texts;
        }
    }

    /** What stands before and after a message. */
    public record Turn(String before, String after) {

        private static String text(@Nullable Turn turn) {
            return turn == null ? "" : turn.before() + turn.after();
        }
    }

    /**
     * What stands around an answer. Start and end are the assistant's own words and carry loss;
     * before and after are not.
     *
     * @param before the generation prompt, too
     * @param end the token that ends an answer, white space around it allowed
     */
    public record AssistantTurn(
            String before, String start, @JsonProperty(required = true) String end, String after) {

        public AssistantTurn {
            if (end.isBlank()) {
                throw new IllegalArgumentException(
                        "end must name the special token that ends an answer");
            }
        }
    }

    public ChatMarkup {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must say what people call the format by");
        }
        specialTokens = List.copyOf(specialTokens);
        variables = Map.copyOf(variables);
        Variables.requireKnown(variables.keySet());
        Map<String, String> values = variables;
        texts(specialTokens, opening, system, turns, closing)
                .forEach((key, text) ->
                        Variables.requireValues(key, text, values, key.equals("turns.other")));
    }

    /** Every text in which a variable may stand, by its key. */
    private static Map<String, String> texts(
            List<String> specialTokens,
            String opening,
            @Nullable SystemBlock system,
            Turns turns,
            String closing) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("opening", opening);
        texts.put("special-tokens", String.join(" ", specialTokens));
        if (system != null) {
            texts.put("system", system.before() + system.after());
        }
        turns.texts().forEach((role, text) -> texts.put("turns." + role, text));
        texts.put("closing", closing);
        return texts;
    }

    /** The same format with some variables' values set. */
    public ChatMarkup with(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(values);
        return new ChatMarkup(
                name,
                marks,
                specialTokens,
                all,
                opening,
                defaultSystem,
                system,
                turns,
                alternating,
                trim,
                closing);
    }

    /**
     * Lays a conversation out.
     *
     * @param toBeAnswered whether the assistant's next answer is to follow
     */
    public Rendering render(List<ChatMessage> messages, boolean toBeAnswered) {
        return new Renderer(this).render(messages, toBeAnswered);
    }

    /** Whether a chat template shows the marks of this format. */
    boolean isMarkedIn(String chatTemplate) {
        return marks != null && marks.areIn(chatTemplate);
    }

    /** Whether special tokens, without any template, tell this format. */
    boolean isToldBy(Predicate<String> isSpecial) {
        return marks != null
                && marks.tokensSuffice()
                && specialTokens.stream().map(this::filled).allMatch(isSpecial);
    }

    /** An answer as it follows the generation prompt, up to its end token. */
    List<Piece> answer(String content) {
        return new Renderer(this).answer(content);
    }

    /** A text of this format with its variables' values in place. */
    String filled(String text) {
        return Variables.fill(text, variables, "");
    }

    /** A text of a turn; {@code {role}} is whose. */
    String filled(String text, String role) {
        return Variables.fill(text, variables, role);
    }
}
