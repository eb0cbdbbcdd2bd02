package io.millrace.model.chat;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * ChatML: {@code <|im_start|>role\ncontent<|im_end|>\n} for each turn. Markup and content are
 * encoded apart, and content can't speak markup: {@code <|im_start|>} inside a message stays text.
 */
public final class ChatFormat {

    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>";

    /** The same format in the Jinja that Hugging Face's tokenizers and vLLM render. */
    private static final String TEMPLATE =
            """
            {% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}\
            {% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
            """;

    private final Tokenizer tokenizer;
    private final int start;
    private final int end;
    private final int[] newline;

    private ChatFormat(Tokenizer tokenizer, int start, int end) {
        this.tokenizer = tokenizer;
        this.start = start;
        this.end = end;
        this.newline = tokenizer.encode("\n");
    }

    /**
     * The format that a tokenizer's special tokens tell.
     *
     * @throws ModelException when they tell none that is known
     */
    public static ChatFormat of(Tokenizer tokenizer) {
        return new ChatFormat(tokenizer, special(tokenizer, START), special(tokenizer, END));
    }

    /**
     * The text of a {@code tokenizer_config.json} for a model with this format.
     *
     * @param endOfText the special token between documents; it pads, too
     */
    public static String tokenizerConfig(ModelConfig config, String endOfText) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("tokenizer_class", "PreTrainedTokenizerFast");
        json.put("model_max_length", config.maxPositions());
        json.putNull("bos_token");
        json.put("eos_token", END);
        json.put("pad_token", endOfText);
        json.put("clean_up_tokenization_spaces", false);
        json.put("chat_template", TEMPLATE);
        return json.toPrettyString() + "\n";
    }

    private static int special(Tokenizer tokenizer, String token) {
        return tokenizer
                .special(token)
                .orElseThrow(() ->
                        new ModelException(
                                "tokenizer.json has no special token "
                                        + token
                                        + ": use a model with the ChatML chat format"));
    }

    /** The token that ends an answer. */
    public int endToken() {
        return end;
    }

    /** A conversation up to where the assistant's answer begins. */
    public int[] prompt(List<ChatMessage> messages) {
        return stream(messages).toArray();
    }

    /** A conversation and the answer to learn; the loss covers the answer and its end token. */
    public Tokens example(List<ChatMessage> messages, String answer) {
        int[] prompt = prompt(messages);
        IntStream response =
                IntStream.concat(IntStream.of(tokenizer.encodeText(answer)), IntStream.of(end));
        return new Tokens(
                IntStream.concat(IntStream.of(prompt), response).toArray(), prompt.length);
    }

    private IntStream stream(List<ChatMessage> messages) {
        IntStream ids = IntStream.empty();
        for (ChatMessage message : messages) {
            ids = IntStream.concat(ids, turn(message));
        }
        return IntStream.concat(ids, header("assistant"));
    }

    private IntStream turn(ChatMessage message) {
        IntStream body = IntStream.of(tokenizer.encodeText(message.content()));
        IntStream tail = IntStream.concat(IntStream.of(end), IntStream.of(newline));
        return IntStream.concat(IntStream.concat(header(message.role()), body), tail);
    }

    private IntStream header(String role) {
        IntStream name = IntStream.of(tokenizer.encode(role));
        return IntStream.concat(IntStream.concat(IntStream.of(start), name), IntStream.of(newline));
    }
}
