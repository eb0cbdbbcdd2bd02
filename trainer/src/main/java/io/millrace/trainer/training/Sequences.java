package io.millrace.trainer.training;

import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.RefusedConversationException;
import io.millrace.model.chat.Tokens;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import io.millrace.trainer.dataset.Dataset;
import java.util.ArrayList;
import java.util.List;

/**
 * A dataset in tokens.
 *
 * @param trainable in the order of the dataset
 * @param refused examples that can't be learned from, each with the reason
 */
record Sequences(List<Sequence> trainable, List<Refusal> refused) {

    Sequences {
        trainable = List.copyOf(trainable);
        refused = List.copyOf(refused);
    }

    /** One example, as text and as tokens. */
    record Sequence(List<ChatMessage> prompt, String answer, Tokens tokens) {

        int length() {
            return tokens.length();
        }
    }

    /** One example left out, and why. */
    record Refusal(ExampleId example, String reason) {

        @Override
        public String toString() {
            return example + " " + reason;
        }
    }

    static Sequences of(Dataset dataset, BaseModel base, TrainingConfig config) {
        int longest = Math.min(config.maxTokens(), base.contextLength());
        List<Sequence> trainable = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (Example example : dataset.examples()) {
            List<ChatMessage> prompt = prompt(example);
            Tokens tokens;
            try {
                tokens = base.encode(prompt, example.answer());
            } catch (RefusedConversationException e) {
                refused.add(
                        new Refusal(
                                example.exampleId(),
                                "has no place in the chat format: " + e.getMessage()));
                continue;
            }
            if (tokens.length() > longest) {
                refused.add(
                        new Refusal(
                                example.exampleId(),
                                "is %d tokens long, the limit is %d"
                                        .formatted(tokens.length(), longest)));
            } else if (tokens.responseLength() < 2) {
                refused.add(new Refusal(example.exampleId(), "has no response token but the end"));
            } else {
                trainable.add(new Sequence(prompt, example.answer(), tokens));
            }
        }
        return new Sequences(trainable, refused);
    }

    private static List<ChatMessage> prompt(Example example) {
        return example.messages().stream().map(Sequences::turn).toList();
    }

    private static ChatMessage turn(Message message) {
        return new ChatMessage(name(message.role()), message.content());
    }

    private static String name(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}
